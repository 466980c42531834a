//! A case's page, and what is done to it.

use crate::on_both_databases;
use crate::registration::{count, registered};
use crate::support::{World, key};
use app::backend::{Cases, Deed, Viewer};
use app::error::AppError;
use domain::Locale;
use domain::case::ArchiveReason;
use domain::decision::{Decision, Verdict};
use domain::event::EventKind;
use domain::form::schema::common;
use domain::id::{CaseId, StatusId};
use domain::letter::{LetterState, Template};
use domain::phase::{Action, Phase, Waiting};
use futures::FutureExt;

fn decide(verdict: Verdict, reason: &str, explanation: &str) -> Deed {
    Deed::Decide(Decision::new(verdict, key(reason), explanation))
}

fn settle(outcome: &str, amount: &str) -> Deed {
    Deed::Settle { outcome: key(outcome), amount: amount.into() }
}

async fn done(world: &World, who: &Viewer, case: CaseId, deed: Deed) {
    world.clock.advance_ms(1000);
    world.desk.act(who, case, None, deed.clone()).await.unwrap_or_else(|error| panic!("{deed:?}: {error}"));
}

on_both_databases! {
    async fn the_whole_story_of_a_case(world: World) {
        let (id, number) = registered(&world, &[(common::CUSTOMER_LANGUAGE, "pl")]).await;
        let desk = &world.desk;
        done(&world, &world.handler, id, Deed::Assign(Some(world.handler.id))).await;
        let preview = desk.preview(&world.handler, id, &decide(Verdict::Rejected, "wear", "Zwykłe zużycie")).await.expect("a preview");
        assert_eq!((preview.to.as_str(), preview.language.as_str()), ("Oystein.Luczak@example.no", "Polski"));
        assert!(preview.html.contains("Zwykłe zużycie") && preview.text.contains("Zwykłe zużycie"));
        assert_eq!(count(&world, "select count(*) from letters").await, 1, "a preview sends nothing");
        done(&world, &world.handler, id, decide(Verdict::Approved, "fault", "")).await;
        let view = desk.case(&world.clerk, number).await.expect("is there");
        assert_eq!((view.phase, view.due), (Phase::Approved, None));
        let decision = view.decision.expect("decided");
        assert_eq!((decision.verdict, decision.reason.as_str(), decision.by.as_str()), (Verdict::Approved, "fault", "Hans Handler"));
        assert_eq!(view.outcomes.iter().map(|o| o.key.as_str()).collect::<Vec<_>>(), ["new_product", "refund"]);
        assert!(view.may.contains(&Action::Settle) && !view.may.contains(&Action::Archive));
        assert!(!view.may_edit, "a clerk after the decision");
        done(&world, &world.clerk, id, Deed::Move(Action::MakeReady)).await;
        done(&world, &world.clerk, id, settle("refund", "1 299,50")).await;
        let view = desk.case(&world.handler, number).await.expect("is there");
        let settled = view.settlement.expect("settled");
        assert_eq!((settled.outcome.as_str(), settled.amount.as_str(), settled.by.as_str()), ("refund", "1\u{a0}299,50\u{a0}kr", "Kari Kasse"));
        done(&world, &world.handler, id, Deed::Archive(ArchiveReason::Settled)).await;
        let view = desk.case(&world.clerk, number).await.expect("still there");
        assert_eq!((view.phase, view.archived), (Phase::Settled, Some(ArchiveReason::Settled)));
        assert_eq!(view.may, []);
        assert_eq!(desk.act(&world.clerk, id, None, Deed::Move(Action::Unsettle)).await, Err(AppError::Conflict));
        done(&world, &world.handler, id, Deed::Move(Action::Unarchive)).await;
        assert_eq!(desk.case(&world.clerk, number).await.expect("is there").archived, None);
        let letters: Vec<_> = view.letters.iter().map(|l| l.template).collect();
        assert_eq!(letters, [Template::Received, Template::Approved, Template::Ready]);
        let told: Vec<_> = view.timeline.iter().map(|e| e.detail.clone()).collect();
        assert!(told.contains(&"refund, 1\u{a0}299,50\u{a0}kr".to_owned()), "{told:?}");
    }

    async fn two_who_decide_at_once_meet(world: World) {
        for _ in 0..8 {
            let (id, number) = registered(&world, &[]).await;
            let go = |who: &Viewer, deed: Deed| {
                let (desk, who) = (world.desk.clone(), who.clone());
                tokio::spawn(async move { desk.act(&who, id, Some(1), deed).await })
            };
            let first = go(&world.handler, decide(Verdict::Approved, "fault", ""));
            let second = go(&world.admin, decide(Verdict::Rejected, "wear", "Slitt"));
            let answers = [first.await.expect("runs"), second.await.expect("runs")];
            assert_eq!(answers.iter().filter(|a| **a == Ok(())).count(), 1, "{answers:?}");
            assert!(answers.contains(&Err(AppError::Conflict)));
            let view = world.desk.case(&world.clerk, number).await.expect("is there");
            assert_eq!((view.version, view.letters.len()), (2, 2));
        }
    }

    async fn a_version_that_has_gone_by_is_a_conflict_but_a_note_is_not(world: World) {
        let (id, number) = registered(&world, &[]).await;
        done(&world, &world.clerk, id, Deed::Comment(" Kunden ringte ".into())).await;
        done(&world, &world.clerk, id, Deed::OwnNote("Kjent kunde".into())).await;
        assert_eq!(world.desk.act(&world.handler, id, Some(1), Deed::Move(Action::Review)).await, Err(AppError::Conflict));
        assert_eq!(world.desk.act(&world.handler, id, Some(3), Deed::Move(Action::Review)).await, Ok(()));
        let view = world.desk.case(&world.clerk, number).await.expect("is there");
        assert_eq!((view.version, view.phase), (4, Phase::InReview));
        assert_eq!((view.comments[0].body.as_str(), view.own_notes[0].body.as_str()), ("Kunden ringte", "Kjent kunde"));
        for body in ["  ".to_owned(), "x".repeat(10_001)] {
            assert!(matches!(world.desk.act(&world.clerk, id, None, Deed::Comment(body)).await, Err(AppError::Invalid { .. })));
        }
    }

    async fn many_notes_at_once_are_all_kept_and_found(world: World) {
        let (id, number) = registered(&world, &[]).await;
        let notes = (0..12).map(|n| {
            let (desk, who) = (world.desk.clone(), world.clerk.clone());
            tokio::spawn(async move { desk.act(&who, id, None, Deed::OwnNote(format!("notat nr{n}x"))).await })
        });
        for note in futures::future::join_all(notes).await {
            note.expect("runs").expect("noted");
        }
        let view = world.desk.case(&world.clerk, number).await.expect("is there");
        assert_eq!((view.own_notes.len(), view.version), (12, 13));
        for n in 0..12 {
            let found = world.desk.search(&world.clerk, &format!("nr{n}x"), 5).await.expect("searches");
            assert_eq!(found.rows.len(), 1, "{n}");
        }
    }

    async fn another_stores_case_is_not_there(world: World) {
        let (id, number) = registered(&world, &[]).await;
        let stranger = &world.other_clerk;
        let letter = world.desk.case(&world.clerk, number).await.expect("is there").letters[0].id;
        assert_eq!(world.desk.case(stranger, number).await.err(), Some(AppError::NotFound));
        assert_eq!(world.desk.letter(stranger, letter).await.err(), Some(AppError::NotFound));
        assert_eq!(world.desk.resend(stranger, letter).await, Err(AppError::NotFound));
        for deed in [Deed::Comment("x".into()), Deed::Move(Action::Withdraw), decide(Verdict::Approved, "fault", ""), settle("refund", "1")] {
            assert_eq!(world.desk.act(stranger, id, None, deed.clone()).await, Err(AppError::NotFound), "{deed:?}");
            assert_eq!(world.desk.preview(stranger, id, &deed).await.err(), Some(AppError::NotFound));
        }
    }

    async fn a_clerk_does_what_a_clerk_may(world: World) {
        let (id, number) = registered(&world, &[]).await;
        for deed in [
            Deed::Assign(Some(world.handler.id)),
            Deed::Move(Action::Review),
            Deed::Wait { on: Waiting::Supplier, whom: "Nowak Obuwie".into(), email: String::new() },
            Deed::SetStatus(None),
            Deed::Ask { question: "Har du kvittering?".into() },
            decide(Verdict::Approved, "fault", ""),
            Deed::Archive(ArchiveReason::Duplicate),
            Deed::Move(Action::NotCollected),
        ] {
            assert_eq!(world.desk.act(&world.clerk, id, Some(1), deed.clone()).await, Err(AppError::Forbidden), "{deed:?}");
        }
        assert_eq!(world.desk.preview(&world.clerk, id, &decide(Verdict::Approved, "fault", "")).await.err(), Some(AppError::Forbidden));
        assert_eq!(world.desk.case(&world.clerk, number).await.expect("is there").may, [Action::Withdraw]);
        for deed in [Deed::Move(Action::Assign), Deed::Move(Action::Ask), Deed::Move(Action::Decide(Verdict::Approved)), Deed::Move(Action::Settle)] {
            assert!(world.desk.act(&world.handler, id, Some(1), deed.clone()).await.is_err(), "{deed:?}");
        }
        done(&world, &world.clerk, id, Deed::Move(Action::Withdraw)).await;
        let view = world.desk.case(&world.clerk, number).await.expect("is there");
        assert_eq!((view.phase, view.due), (Phase::Withdrawn, None));
    }

    async fn decisions_and_settlements_are_checked(world: World) {
        let (id, _) = registered(&world, &[]).await;
        let invalid = |field: &str, word: &str| Err(AppError::invalid(field, word));
        let act = |who: &Viewer, deed: Deed| {
            let (desk, who) = (world.desk.clone(), who.clone());
            async move { desk.act(&who, id, None, deed).await }
        };
        assert_eq!(act(&world.handler, decide(Verdict::Rejected, "wear", " ")).await, invalid("explanation", "missing"));
        assert_eq!(act(&world.handler, decide(Verdict::Rejected, "fault", "x")).await, invalid("reason", "unknown_choice"));
        assert_eq!(act(&world.handler, decide(Verdict::Approved, "no_such", "")).await, invalid("reason", "unknown_choice"));
        assert_eq!(act(&world.handler, Deed::Assign(Some(world.clerk.id))).await, invalid("handler", "unknown_choice"));
        assert_eq!(act(&world.clerk, settle("refund", "1")).await, Err(AppError::Conflict));
        done(&world, &world.handler, id, decide(Verdict::Rejected, "wear", "Slitt")).await;
        assert_eq!(act(&world.clerk, settle("refund", "1")).await, invalid("outcome", "unknown_choice"));
        done(&world, &world.handler, id, decide(Verdict::Approved, "fault", "")).await;
        assert_eq!(act(&world.clerk, settle("refund", "")).await, invalid("amount", "missing"));
        assert_eq!(act(&world.clerk, settle("refund", "mye")).await, invalid("amount", "not_money"));
        assert_eq!(act(&world.clerk, settle("collected", "")).await, invalid("outcome", "unknown_choice"));
        done(&world, &world.clerk, id, settle("new_product", "")).await;
    }

    async fn a_settlement_is_taken_back_within_reason(world: World) {
        let (id, number) = registered(&world, &[]).await;
        done(&world, &world.handler, id, decide(Verdict::Partly, "fault", "Halv pris")).await;
        done(&world, &world.clerk, id, settle("refund", "100")).await;
        done(&world, &world.clerk, id, Deed::Move(Action::Unsettle)).await;
        let view = world.desk.case(&world.clerk, number).await.expect("is there");
        assert_eq!((view.phase, &view.settlement), (Phase::Partly, &None));
        assert!(view.timeline.iter().any(|e| e.what == EventKind::Unsettled));
        done(&world, &world.clerk, id, settle("refund", "90")).await;
        world.clock.advance_ms(15 * 24 * 3600 * 1000);
        assert!(!world.desk.case(&world.clerk, number).await.expect("is there").may.contains(&Action::Unsettle));
        assert_eq!(world.desk.act(&world.clerk, id, None, Deed::Move(Action::Unsettle)).await, Err(AppError::Forbidden));
        done(&world, &world.handler, id, Deed::Move(Action::Unsettle)).await;
    }

    async fn what_is_not_collected_is_archived_with_that_reason(world: World) {
        for deed in [Deed::Move(Action::NotCollected), Deed::Archive(ArchiveReason::NotCollected)] {
            let (id, number) = registered(&world, &[]).await;
            done(&world, &world.handler, id, decide(Verdict::Rejected, "wear", "Slitt")).await;
            done(&world, &world.handler, id, deed).await;
            let view = world.desk.case(&world.clerk, number).await.expect("is there");
            assert_eq!((view.phase, view.archived), (Phase::NotCollected, Some(ArchiveReason::NotCollected)));
        }
    }

    async fn a_question_goes_out_with_a_link(world: World) {
        let (id, number) = registered(&world, &[]).await;
        let deed = Deed::Ask { question: "Har du <kvittering>?".into() };
        let preview = world.desk.preview(&world.handler, id, &deed).await.expect("a preview");
        assert!(preview.text.contains("http://redress.test/u"), "{}", preview.text);
        assert_eq!(count(&world, "select count(*) from upload_links").await, 0);
        done(&world, &world.handler, id, deed).await;
        let view = world.desk.case(&world.handler, number).await.expect("is there");
        assert_eq!(view.phase, Phase::WaitingCustomer);
        let letter = view.letters.iter().find(|l| l.template == Template::Question).expect("a letter");
        let sent = world.desk.letter(&world.handler, letter.id).await.expect("readable");
        let (_, token) = sent.text.split_once("http://redress.test/u/").expect("a link");
        let token: String = token.chars().take_while(char::is_ascii_hexdigit).collect();
        let mut connection = world.desk.db.read().await.expect("a connection");
        let stored: (String, String, i64) = sqlx::query_as("select token_hash, question, expires_at - created_at from upload_links")
            .fetch_one(&mut *connection).await.expect("a link");
        assert_eq!(stored, (server::clock::token_hash(&token), "Har du <kvittering>?".to_owned(), 30 * 24 * 3600 * 1000));
        assert!(!sent.html.contains("<kvittering>"));
    }

    async fn an_own_status_lies_inside_its_phase(world: World) {
        let status = |phase| app::backend::StatusView {
            id: world.desk.random.id::<StatusId>(), phase, name: domain::Localized::new("Called", "Ringt", "Po telefonie"), active: true,
        };
        let (fits, other) = (status(Phase::InReview), status(Phase::New));
        let ids = (fits.id, other.id);
        world.desk.db.write(move |tx| async move {
            server::store::organisation::save_status(tx, &fits).await?;
            server::store::organisation::save_status(tx, &other).await?;
            server::store::book::touch(tx).await
        }.boxed()).await.expect("saved");
        world.desk.shelf.refresh(&world.desk.db).await.expect("read anew");
        let (id, number) = registered(&world, &[]).await;
        done(&world, &world.handler, id, Deed::Move(Action::Review)).await;
        assert_eq!(world.desk.act(&world.handler, id, None, Deed::SetStatus(Some(ids.1))).await, Err(AppError::invalid("status", "unknown_choice")));
        done(&world, &world.handler, id, Deed::SetStatus(Some(ids.0))).await;
        let polish = Viewer { locale: Locale::Pl, ..world.handler.clone() };
        let view = world.desk.case(&polish, number).await.expect("is there");
        assert_eq!(view.status.map(|s| s.name), Some("Po telefonie".to_owned()));
        assert_eq!(view.timeline.last().map(|e| e.detail.clone()), Some("Po telefonie".to_owned()));
        done(&world, &world.handler, id, Deed::Wait { on: Waiting::Expert, whom: "Ekspert".into(), email: String::new() }).await;
        assert_eq!(world.desk.case(&polish, number).await.expect("is there").status, None);
    }

    async fn a_letter_that_failed_is_sent_again(world: World) {
        let (id, number) = registered(&world, &[]).await;
        let letter = world.desk.case(&world.clerk, number).await.expect("is there").letters[0].id;
        world.desk.db.write(move |tx| async move {
            sqlx::query("update letters set state = 'failed', attempts = 20, error = '550 no such user'").execute(&mut *tx).await?;
            server::store::letters::mark_case(tx, id).await
        }.boxed()).await.expect("marked");
        assert!(world.desk.search(&world.clerk, &number.to_string(), 1).await.expect("found").rows[0].letter_failed);
        world.desk.resend(&world.clerk, letter).await.expect("again");
        world.desk.resend(&world.clerk, letter).await.expect("it waits already");
        let view = world.desk.case(&world.clerk, number).await.expect("is there");
        assert_eq!((view.letters[0].state, view.letters[0].error.as_str()), (LetterState::Waiting, ""));
        assert_eq!(view.timeline.iter().filter(|e| matches!(e.what, EventKind::LetterResent { .. })).count(), 1);
        assert!(!world.desk.search(&world.clerk, &number.to_string(), 1).await.expect("found").rows[0].letter_failed);
    }

    async fn each_reads_a_case_in_their_language(world: World) {
        let (_, number) = registered(&world, &[(common::PURCHASE_DATE, "17.10.2026"), (common::CUSTOMER_LANGUAGE, "nb")]).await;
        let english = world.desk.case(&world.admin, number).await.expect("is there");
        let norwegian = world.desk.case(&world.clerk, number).await.expect("is there");
        let value = |view: &app::backend::CaseView, key: &str| view.sections.iter().flat_map(|s| &s.answers).find(|a| a.key == key).map(|a| a.value.clone()).unwrap_or_default();
        assert_ne!(value(&english, common::PURCHASE_DATE), value(&norwegian, common::PURCHASE_DATE));
        assert_eq!((value(&english, common::SOLD), value(&norwegian, common::SOLD)), ("Yes".to_owned(), "Ja".to_owned()));
        assert_eq!((english.sections[0].title.as_str(), norwegian.sections[0].title.as_str()), ("All", "Alt"));
    }
}
