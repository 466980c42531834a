//! Decisions: looked at by a second person, sent in the handler's words, kept on paper as they went out.

use crate::browser::Browser;
use crate::on_both_databases;
use crate::registration::{count, input, registered};
use crate::support::{World, key};
use app::backend::{
    Adr, CaseView, Cases, Deed, DocumentKind, FormInput, LetterPreview, ListKind, ListQuery, Organisation,
    Registration, Second, Setting, Settings, TodayKind, Viewer,
};
use app::error::AppError;
use app::urls;
use axum::http::StatusCode;
use domain::contact::Medium;
use domain::decision::{Decision, OwnWords, Verdict};
use domain::event::EventKind;
use domain::form::schema::common;
use domain::id::{CaseId, PaperId, StaffId};
use domain::letter::Template;
use domain::number::Number;
use domain::phase::{Action, Phase};
use jiff::civil::date;
use server::store::{cases, papers};
use std::path::PathBuf;

fn approved() -> Decision {
    Decision::new(Verdict::Approved, key("fault"), "Limet har sluppet.")
}

fn rejected() -> Decision {
    Decision::new(Verdict::Rejected, key("wear"), "Zwykłe zużycie.")
}

async fn view(world: &World, who: &Viewer, number: Number) -> CaseView {
    world.desk.case(who, number).await.expect("is there")
}

async fn act(world: &World, who: &Viewer, case: CaseId, deed: Deed) -> Result<(), AppError> {
    world.clock.advance_ms(1000);
    world.desk.act(who, case, None, deed).await
}

async fn preview(world: &World, case: CaseId, decision: Decision) -> LetterPreview {
    world.desk.preview(&world.handler, case, &Deed::Decide(decision)).await.expect("a preview")
}

pub async fn organisation(world: &World, change: impl FnOnce(Organisation) -> Organisation) {
    let before = world.desk.settings(&world.admin).await.expect("an admin reads them").organisation;
    world.desk.save_setting(&world.admin, Setting::Organisation(change(before))).await.expect("is good");
}

/// Above 1000 kr.
async fn limited(world: &World) {
    organisation(world, |before| Organisation { second_above: Some(100_000), ..before }).await;
}

fn paper_file(world: &World, paper: PaperId) -> PathBuf {
    world.folder.path().join("files/papers").join(format!("{paper}.pdf"))
}

async fn paper(world: &World, number: Number, paper: PaperId) -> Result<Vec<u8>, AppError> {
    world.desk.paper_for_staff(&world.handler, number, paper).await.map(|made| made.bytes)
}

async fn text_of(world: &World, paper: PaperId) -> papers::Paper {
    let found = papers::by_id(&mut world.desk.db.read().await.expect("a connection"), paper).await.expect("reads");
    found.expect("is there").0
}

fn sent_back(view: &CaseView) -> Option<&str> {
    view.proposed.as_ref()?.sent_back.as_ref().map(|back| back.note.as_str())
}

/// To the customer, in their order.
fn to_customer(view: &CaseView) -> Vec<Template> {
    view.letters.iter().map(|letter| letter.template).filter(|template| template.is_for_customer()).collect()
}

/// Addresses of the notices to our own people, oldest first.
async fn notices(world: &World) -> Vec<String> {
    sqlx::query_scalar("select to_address from letters where template = 'second' order by created_at, to_address")
        .fetch_all(&mut *world.desk.db.read().await.expect("a connection"))
        .await
        .expect("addresses")
}

/// What the start page has of that kind.
async fn today(world: &World, who: &Viewer, kind: TodayKind) -> Vec<Number> {
    let page = world.desk.today(who, false).await.expect("a start page");
    let sections = page.sections.into_iter().filter(|section| section.kind == kind);
    sections.flat_map(|section| section.rows).map(|row| row.number).collect()
}

/// Another price, as a handler may change it.
async fn priced(world: &World, id: CaseId, number: Number, price: &str) {
    let page = world.desk.edit_page(&world.handler, number).await.expect("is changed");
    let mut answers = page.answers;
    answers.0.insert(common::PRICE.to_owned(), vec![price.to_owned()]);
    let version = page.editing.expect("is changed").1;
    let form = FormInput { id, type_key: page.type_key, form_version: page.form.version, store: world.oslo, answers };
    world.desk.edit(&world.handler, form, version).await.expect("is good");
}

async fn settle(world: &World, id: CaseId, outcome: &str, amount: &str) -> Result<(), AppError> {
    act(world, &world.clerk, id, Deed::Settle { outcome: key(outcome), amount: amount.into() }).await
}

fn decided_by(view: &CaseView) -> (&str, &str) {
    view.decision.as_ref().map_or(("", ""), |decision| (decision.by.as_str(), decision.second.as_str()))
}

on_both_databases! {
    async fn above_the_limit_a_second_person_lets_it_go_out(world: World) {
        limited(&world).await;
        let (id, number) = registered(&world, &[(common::PRICE, "1 299,50")]).await;
        assert!(preview(&world, id, approved()).await.second);
        act(&world, &world.handler, id, Deed::Decide(approved())).await.expect("is kept");
        let waits = view(&world, &world.handler, number).await;
        assert_eq!((waits.phase, waits.decision.is_none(), to_customer(&waits).len()), (Phase::New, true, 1), "nothing goes out");
        assert_eq!(notices(&world).await, ["ada@example.com"], "whoever may confirm it is told");
        assert_eq!(today(&world, &world.admin, TodayKind::ToConfirm).await, [number]);
        assert_eq!(today(&world, &world.handler, TodayKind::ToConfirm).await, []);
        let proposed = waits.proposed.clone().expect("waits");
        assert_eq!((proposed.decision.by.as_str(), proposed.may_confirm, proposed.letter), ("Hans Handler", false, None));
        assert_eq!(count(&world, "select count(*) from decisions").await, 0);
        registered(&world, &[]).await;
        let query = ListQuery { list: ListKind::Active, second: Some(Second::Waits), ..ListQuery::default() };
        let listed = world.desk.list(&world.admin, &query).await.expect("lists").rows;
        assert_eq!(listed.iter().map(|row| (row.number, row.proposed)).collect::<Vec<_>>(), [(number, true)]);

        for (who, error) in [(&world.handler, AppError::Forbidden), (&world.clerk, AppError::Forbidden), (&world.other_clerk, AppError::NotFound)] {
            assert_eq!(act(&world, who, id, Deed::Confirm).await, Err(error), "{}", who.name);
        }
        let seen = view(&world, &world.admin, number).await.proposed.expect("waits");
        assert!(seen.may_confirm && seen.letter.expect("is read first").paper.contains("Limet har sluppet."));
        act(&world, &world.admin, id, Deed::Confirm).await.expect("another person");
        let done = view(&world, &world.clerk, number).await;
        assert_eq!((done.phase, done.proposed.is_none(), decided_by(&done)), (Phase::Approved, true, ("Hans Handler", "Ada Admin")));
        assert_eq!(to_customer(&done), [Template::Received, Template::Approved]);
        assert_eq!(today(&world, &world.admin, TodayKind::ToConfirm).await, []);
        let event = done.timeline.iter().find(|event| matches!(event.what, EventKind::Decided { .. })).expect("is told");
        assert_eq!(event.by, "Ada Admin");
        assert!(event.detail.contains("Hans Handler"), "{}", event.detail);
        assert_eq!(act(&world, &world.admin, id, Deed::Confirm).await, Err(AppError::Conflict), "once");
        assert_eq!(count(&world, "select count(*) from cases where proposed = 1").await, 0);
    }

    async fn an_admin_does_not_confirm_their_own_and_what_is_below_goes_out_at_once(world: World) {
        limited(&world).await;
        let (id, number) = registered(&world, &[(common::PRICE, "5000")]).await;
        act(&world, &world.admin, id, Deed::Decide(approved())).await.expect("is kept");
        assert_eq!(act(&world, &world.admin, id, Deed::Confirm).await, Err(AppError::Forbidden));
        assert_eq!(act(&world, &world.admin, id, Deed::SendBack("Nei".into())).await, Err(AppError::Forbidden));
        // A small amount hides no dear article; a new decision takes the place of one that waits.
        let small = Decision { offer: Some(key("refund")), amount_minor: Some(100_000), ..approved() };
        assert!(preview(&world, id, small.clone()).await.second);
        act(&world, &world.handler, id, Deed::Decide(small.clone())).await.expect("is kept");
        let waits = view(&world, &world.clerk, number).await;
        assert_eq!((waits.phase, waits.proposed.map(|proposed| proposed.decision.by)), (Phase::New, Some("Hans Handler".into())));
        let (at_the_limit, below) = registered(&world, &[(common::PRICE, "1000")]).await;
        act(&world, &world.handler, at_the_limit, Deed::Decide(small)).await.expect("goes out");
        let done = view(&world, &world.clerk, below).await;
        assert_eq!((done.phase, done.proposed.is_none(), decided_by(&done)), (Phase::Approved, true, ("Hans Handler", "")));
        let large = Decision { offer: Some(key("refund")), amount_minor: Some(100_001), ..approved() };
        let (cheap, _) = registered(&world, &[(common::PRICE, "10")]).await;
        act(&world, &world.handler, cheap, Deed::Decide(large)).await.expect("is kept");
        assert_eq!(count(&world, "select count(*) from cases where proposed = 1").await, 2);
        let (unknown, _) = registered(&world, &[]).await;
        act(&world, &world.handler, unknown, Deed::Decide(approved())).await.expect("nobody knows its value");
        assert_eq!(count(&world, "select count(*) from decisions").await, 2);
    }

    async fn a_price_that_is_taken_away_still_counts(world: World) {
        limited(&world).await;
        for cheap in ["", "10"] {
            let (id, number) = registered(&world, &[(common::PRICE, "5000")]).await;
            priced(&world, id, number, cheap).await;
            assert!(preview(&world, id, approved()).await.second, "{cheap:?}");
            act(&world, &world.handler, id, Deed::Decide(approved())).await.expect("is kept");
            assert!(view(&world, &world.handler, number).await.proposed.is_some(), "{cheap:?}");
            // As often as it is changed.
            priced(&world, id, number, "20").await;
            priced(&world, id, number, "").await;
            assert!(preview(&world, id, approved()).await.second, "{cheap:?}");
        }
        let (id, number) = registered(&world, &[(common::PRICE, "10")]).await;
        priced(&world, id, number, "999").await;
        assert!(!preview(&world, id, approved()).await.second, "it was never more");
    }

    async fn nobody_goes_home_with_more_than_was_confirmed(world: World) {
        limited(&world).await;
        let refund = |minor| Decision { offer: Some(key("refund")), amount_minor: Some(minor), ..approved() };
        let (id, number) = registered(&world, &[(common::PRICE, "5000")]).await;
        act(&world, &world.handler, id, Deed::Decide(refund(200_000))).await.expect("is kept");
        act(&world, &world.admin, id, Deed::Confirm).await.expect("goes out");
        let refused = |field: &str| Err(AppError::invalid(field, "not_confirmed"));
        assert_eq!(settle(&world, id, "refund", "2000,01").await, refused("amount"));
        assert_eq!(settle(&world, id, "new_product", "").await, refused("outcome"));
        assert_eq!(view(&world, &world.clerk, number).await.phase, Phase::Approved);
        // A cheaper article by now changes nothing.
        priced(&world, id, number, "10").await;
        assert_eq!(settle(&world, id, "new_product", "").await, refused("outcome"));
        // Decided again with the other remedy it waits for a second person, and then is what goes home.
        act(&world, &world.handler, id, Deed::Decide(Decision { offer: Some(key("new_product")), ..approved() })).await.expect("is kept");
        assert_eq!(settle(&world, id, "new_product", "").await, refused("outcome"));
        act(&world, &world.admin, id, Deed::Confirm).await.expect("goes out");
        settle(&world, id, "new_product", "").await.expect("was confirmed");
        // Below the limit nobody has to confirm anything.
        let (id, _) = registered(&world, &[(common::PRICE, "")]).await;
        act(&world, &world.handler, id, Deed::Decide(approved())).await.expect("goes out");
        assert_eq!(settle(&world, id, "refund", "1000,01").await, refused("amount"));
        settle(&world, id, "refund", "1000").await.expect("is below");
    }

    async fn what_is_sent_back_waits_for_the_first_again(world: World) {
        limited(&world).await;
        let (id, number) = registered(&world, &[(common::PRICE, "5000")]).await;
        act(&world, &world.handler, id, Deed::Decide(approved())).await.expect("is kept");
        assert!(matches!(act(&world, &world.admin, id, Deed::SendBack("  ".into())).await, Err(AppError::Invalid { .. })));
        act(&world, &world.admin, id, Deed::SendBack("Tilby ny vare".into())).await.expect("is sent back");
        let back = view(&world, &world.handler, number).await;
        assert_eq!((to_customer(&back).len(), sent_back(&back)), (1, Some("Tilby ny vare")));
        assert_eq!(notices(&world).await, ["ada@example.com", "hans@example.com"], "and whose it is");
        assert_eq!(today(&world, &world.handler, TodayKind::SentBack).await, [number]);
        assert_eq!(today(&world, &world.admin, TodayKind::SentBack).await, []);
        assert_eq!(today(&world, &world.admin, TodayKind::ToConfirm).await, []);
        assert_eq!(back.proposed.as_ref().map(|proposed| proposed.given.clone()), Some(approved()), "nothing typed is lost");
        assert!(back.timeline.iter().any(|event| event.what == EventKind::SentBack { note: "Tilby ny vare".into() }));
        assert_eq!(act(&world, &world.admin, id, Deed::Confirm).await, Err(AppError::Conflict), "it waits for nobody");
        act(&world, &world.handler, id, Deed::Decide(Decision { offer: Some(key("new_product")), ..approved() })).await.expect("anew");
        act(&world, &world.admin, id, Deed::Confirm).await.expect("goes out");
        let done = view(&world, &world.clerk, number).await;
        assert_eq!(done.decision.map(|decision| decision.offer), Some("new_product".to_owned()));
        assert_eq!(to_customer(&view(&world, &world.clerk, number).await).len(), 2);
        assert_eq!(today(&world, &world.handler, TodayKind::SentBack).await, []);
    }

    async fn whoever_closes_the_case_takes_the_decision_that_waits_away(world: World) {
        limited(&world).await;
        let (id, number) = registered(&world, &[(common::PRICE, "5000")]).await;
        act(&world, &world.handler, id, Deed::Decide(approved())).await.expect("is kept");
        act(&world, &world.clerk, id, Deed::Move(Action::Withdraw)).await.expect("is withdrawn");
        assert!(view(&world, &world.admin, number).await.proposed.is_none());
        assert_eq!(act(&world, &world.admin, id, Deed::Confirm).await, Err(AppError::Conflict));
    }

    async fn the_letter_is_seen_changed_and_sent_as_it_was_seen(world: World) {
        let rich = Decision {
            evidence: "Undersøkelse 20.10.".into(),
            offer: Some(key("refund")),
            amount_minor: Some(129_950),
            next_step: "Send oss kontonummeret ditt.".into(),
            until: Some(date(2026, 11, 10)),
            ..approved()
        };
        let (id, number) = registered(&world, &[(common::CUSTOMER_LANGUAGE, "nb")]).await;
        let first = preview(&world, id, rich.clone()).await;
        let draft = first.own.clone().expect("can be changed");
        for part in ["Limet har sluppet.", "Undersøkelse 20.10.", "refund, 1\u{a0}299,50\u{a0}kr", "Send oss kontonummeret ditt.", "10. november 2026"] {
            assert!(draft.body.contains(part) && first.text.replace('\n', " ").contains(&part.replace('\u{a0}', " ")) || first.html.contains(part), "{part}: {}", draft.body);
        }
        assert!(!draft.body.contains(&number.to_string()));
        // Whoever changes nothing sends the composed letter.
        let same = OwnWords { subject: draft.subject.clone(), body: draft.body.replace('\n', "\r\n") };
        assert_eq!(preview(&world, id, Decision { letter: Some(same), ..rich.clone() }).await.html, first.html);

        let own = OwnWords { subject: "Svaret vårt".into(), body: "Hei igjen,\n\nvi betaler <alt>.".into() };
        let mine = Decision { letter: Some(own), ..rich };
        let seen = preview(&world, id, mine.clone()).await;
        assert_eq!(count(&world, "select count(*) from letters").await, 1, "a preview sends nothing");
        act(&world, &world.handler, id, Deed::Decide(mine)).await.expect("goes out");
        let case = view(&world, &world.handler, number).await;
        let letter = case.letters.last().expect("a letter");
        let sent = world.desk.letter(&world.handler, letter.id).await.expect("is read");
        assert_eq!(sent.subject, "Svaret vårt");
        let link = sent.text.lines().find(|line| line.contains("/s/")).expect("leads to the status page").to_owned();
        let (seen_link, sent_link) = (seen.text.lines().find(|line| line.contains("/s/")).expect("a place for it"), link.as_str());
        assert_eq!(seen.text.replace(seen_link, "LINK"), sent.text.replace(sent_link, "LINK"));
        assert!(sent.html.contains("vi betaler &lt;alt&gt;.") && !sent.html.contains("Limet har"));

        // On paper, word for word, without the secret.
        let [on_paper] = &case.papers[..] else { panic!("one paper") };
        assert_eq!((on_paper.letter, on_paper.subject.as_str()), (Some(letter.id), "Svaret vårt"));
        let text = text_of(&world, on_paper.id).await;
        assert!(text.body.contains("Hei igjen,\n\nvi betaler <alt>.") && text.body.contains(&number.to_string()) && !text.body.contains("/s/"), "{}", text.body);
        let words = |text: &str| text.split_whitespace().filter(|word| !word.contains("http")).map(str::to_owned).collect::<Vec<_>>();
        let mailed = sent.text.split("\n-- \n").next().expect("a text");
        assert_eq!(words(&text.body), words(mailed));
        assert!(!paper_file(&world, on_paper.id).exists());
        world.desk.make_papers().await.expect("are made");
        let kept = std::fs::read(paper_file(&world, on_paper.id)).expect("is in the store");
        assert!(kept.starts_with(b"%PDF-1.7"));
        assert_eq!(paper(&world, number, on_paper.id).await, Ok(kept.clone()));
        // What the case says later changes no word of it.
        organisation(&world, |before| Organisation { name: "Ny Eier".into(), ..before }).await;
        world.desk.make_papers().await.expect("nothing to do");
        assert_eq!(paper(&world, number, on_paper.id).await, Ok(kept));
    }

    async fn whoever_has_no_address_gets_a_letter_to_be_printed(world: World) {
        let (id, number) = registered(&world, &[(common::CUSTOMER_EMAIL, "")]).await;
        let seen = preview(&world, id, approved()).await;
        assert!(seen.to.is_empty() && seen.own.expect("is there").paper.contains("Limet har sluppet."));
        act(&world, &world.handler, id, Deed::Decide(approved())).await.expect("is decided");
        let case = view(&world, &world.clerk, number).await;
        let [on_paper] = &case.papers[..] else { panic!("one paper") };
        assert_eq!((on_paper.letter, case.letters.len()), (None, 0));
        assert!(case.timeline.iter().any(|event| event.what == EventKind::ToPrint { template: Template::Approved }));
        let text = text_of(&world, on_paper.id).await.body;
        assert!(!text.contains("e-post") && text.contains("skriv til oss"), "{text}");
        // The first who reads it makes it.
        assert!(paper(&world, number, on_paper.id).await.expect("is made").starts_with(b"%PDF"));
        assert!(paper_file(&world, on_paper.id).exists());
        let strange = world.desk.paper_for_staff(&world.other_clerk, number, on_paper.id).await;
        assert_eq!(strange.err(), Some(AppError::NotFound));
        let (_, other) = registered(&world, &[]).await;
        assert_eq!(paper(&world, other, on_paper.id).await.err(), Some(AppError::NotFound), "of another case");
    }

    async fn a_disk_that_fails_costs_nobody_a_decision(world: World) {
        let (id, number) = registered(&world, &[]).await;
        let folder = world.folder.path().join("files/papers");
        std::fs::write(&folder, b"in the way").expect("is written");
        act(&world, &world.handler, id, Deed::Decide(approved())).await.expect("is decided");
        world.desk.make_papers().await.expect("is put off");
        let case = view(&world, &world.clerk, number).await;
        assert_eq!((case.phase, case.letters.len(), case.papers.len()), (Phase::Approved, 2, 1));
        assert!(matches!(paper(&world, number, case.papers[0].id).await, Err(AppError::Internal { .. })));
        assert_eq!(count(&world, "select count(*) from papers where made_at is null and attempts = 1").await, 1);
        std::fs::remove_file(&folder).expect("is removed");
        world.desk.make_papers().await.expect("is not due yet");
        assert_eq!(count(&world, "select count(*) from papers where made_at is null").await, 1);
        world.clock.advance_ms(61_000);
        world.desk.make_papers().await.expect("is made");
        assert_eq!(count(&world, "select count(*) from papers where made_at is null").await, 0);
        assert!(paper(&world, number, case.papers[0].id).await.expect("is there").starts_with(b"%PDF"));
    }

    async fn changing_a_decision_keeps_the_first(world: World) {
        let (id, number) = registered(&world, &[]).await;
        act(&world, &world.handler, id, Deed::Decide(approved())).await.expect("is decided");
        act(&world, &world.admin, id, Deed::Decide(Decision::new(Verdict::Partly, key("wear"), "Halvparten"))).await.expect("is changed");
        let case = view(&world, &world.clerk, number).await;
        assert_eq!(case.decision.as_ref().map(|now| (now.verdict, now.by.as_str())), Some((Verdict::Partly, "Ada Admin")));
        let [first] = &case.earlier[..] else { panic!("one before") };
        assert_eq!((first.verdict, first.explanation.as_str(), first.by.as_str()), (Verdict::Approved, "Limet har sluppet.", "Hans Handler"));
        assert_eq!(case.papers.len(), 2);
        assert_eq!(count(&world, "select max(nr) from decisions").await, 2);
    }

    async fn a_rejection_says_what_the_law_wants_whatever_is_written_and_keeps_saying_it(world: World) {
        let input = input(&world, world.krakow, &[(common::CUSTOMER_LANGUAGE, "pl")]);
        let id = input.id;
        let number = world.desk.register(&world.other_clerk, input).await.expect("registers");
        let own = OwnWords { subject: "Odpowiedź".into(), body: "Nie.".into() };
        act(&world, &world.handler, id, Deed::Decide(Decision { letter: Some(own), ..rejected() })).await.expect("goes out");
        let case = view(&world, &world.handler, number).await;
        let letter = case.letters.last().expect("a letter").id;
        let sent = world.desk.letter(&world.handler, letter).await.expect("is read").text.replace('\n', " ");
        assert!(sent.contains("Nie.") && sent.contains("Sąd Polubowny"), "{sent}");
        assert!(text_of(&world, case.papers[0].id).await.body.contains("Sąd Polubowny"));
        // We say something else today; what was sent stays.
        let other = Adr { consents: true, body: "Inspekcja".into(), address: "Warszawa".into() };
        organisation(&world, |before| Organisation { adr: Some(other), ..before }).await;
        let kept = cases::by_number(&mut world.desk.db.read().await.expect("a connection"), number).await.expect("reads");
        let further = kept.expect("is there").decision.expect("decided").further.expect("is kept").join(" ");
        assert!(further.contains("Sąd Polubowny") && !further.contains("Warszawa"), "{further}");
        let document = world.desk.document_for_staff(&world.handler, number, DocumentKind::Decision).await.expect("is made");
        assert!(document.bytes.starts_with(b"%PDF"));
        // Without a statement it does not go out, in whosever words.
        organisation(&world, |before| Organisation { adr: None, ..before }).await;
        let refused = act(&world, &world.handler, id, Deed::Decide(rejected())).await;
        assert_eq!(refused, Err(AppError::invalid("verdict", "adr_missing")));
    }

    async fn a_decision_is_checked_on_the_server(world: World) {
        let (id, _) = registered(&world, &[]).await;
        let decide = |change: fn(&mut Decision)| {
            let mut decision = approved();
            change(&mut decision);
            world.desk.act(&world.handler, id, None, Deed::Decide(decision))
        };
        assert_eq!(decide(|d| d.offer = Some(key("collected"))).await, Err(AppError::invalid("offer", "unknown_choice")));
        assert_eq!(decide(|d| d.until = Some(date(2026, 10, 18))).await, Err(AppError::invalid("until", "has_passed")));
        assert_eq!(decide(|d| d.letter = Some(OwnWords { subject: "x".into(), body: " \n ".into() })).await, Err(AppError::invalid("body", "missing")));
        assert_eq!(decide(|d| d.reason = key("wear")).await, Err(AppError::invalid("reason", "unknown_choice")));
        assert_eq!(count(&world, "select count(*) from decisions").await, 0);
    }

    async fn an_sms_has_its_letter_on_paper(world: World) {
        let (id, number) = registered(&world, &[]).await;
        let write = world.desk.db.write(|tx| {
            Box::pin(async move {
                sqlx::query("update cases set medium = 'sms', customer_phone = '+4791234567'").execute(tx).await?;
                Ok(())
            })
        });
        write.await.expect("is written");
        let case = view(&world, &world.handler, number).await;
        // Without a gateway nothing goes by SMS: the e-mail does.
        assert_eq!(case.customer.medium, Some(Medium::Email));
        act(&world, &world.handler, id, Deed::Decide(approved())).await.expect("is decided");
        assert_eq!(view(&world, &world.handler, number).await.papers.len(), 1);
    }

    async fn two_who_decide_at_the_same_second_meet_and_what_the_second_typed_stays(world: World) {
        let (id, number) = registered(&world, &[]).await;
        let page = urls::case(number);
        let form = |words: &str| format!("case={id}&number={number}&version=1&verdict=approved&reason=fault&explanation={words}&evidence=Spor&step=send");
        let mut browsers = [Browser::of(&world, &world.handler).await, Browser::of(&world, &world.admin).await];
        for browser in &mut browsers {
            browser.open(&page).await;
        }
        let [mut one, mut two] = browsers;
        let (first, second) = (form("En+forklaring"), form("To+forklaringer"));
        let (a, b) = futures::join!(one.submit("/api/decide_case", &first), two.submit("/api/decide_case", &second));
        assert_eq!((a.status, b.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
        let (lost, words) = if one.address.contains("retry=") { (&mut one, "En forklaring") } else { (&mut two, "To forklaringer") };
        let back = lost.address.clone();
        assert!(back.contains("retry="), "{back}");
        let shown = lost.open(&back).await;
        assert!(shown.body.contains(words) && shown.body.contains("Spor"), "what was typed stays");
        assert!(shown.body.contains("case-decide") && shown.body.contains("notice"), "{}", shown.status);
        assert_eq!(count(&world, "select count(*) from decisions").await, 1);
        assert_eq!(count(&world, "select count(*) from letters where template = 'approved'").await, 1);
    }

    async fn without_script_the_letter_is_seen_before_it_goes(world: World) {
        let (id, number) = registered(&world, &[]).await;
        let mut browser = Browser::of(&world, &world.handler).await;
        browser.open(&urls::case(number)).await;
        let form = format!("case={id}&number={number}&version=1&verdict=approved&reason=fault&explanation=Limet");
        browser.submit("/api/decide_case", &format!("{form}&step=preview")).await;
        let seen = browser.address.clone();
        assert!(seen.contains("retry="), "{seen}");
        let shown = browser.open(&seen).await;
        assert!(shown.body.contains("name=\"body\"") && shown.body.contains("value=\"send\"") && shown.body.contains("Limet"));
        assert_eq!(count(&world, "select count(*) from decisions").await, 0);
        // Changed words are looked at again, and sent.
        let own = "&subject=Svar&body=Hei%0D%0A%0D%0Aja";
        browser.submit("/api/decide_case", &format!("{form}{own}&drafted=x&step=send&again=yes")).await;
        let again = browser.address.clone();
        assert!(browser.open(&again).await.body.contains("Svar"));
        assert_eq!(count(&world, "select count(*) from decisions").await, 0);
        browser.submit("/api/decide_case", &format!("{form}{own}&drafted=x&step=send")).await;
        assert_eq!(browser.address, urls::case(number));
        let case = view(&world, &world.handler, number).await;
        assert_eq!((case.phase, case.papers[0].subject.as_str()), (Phase::Approved, "Svar"));
        // A mistake is told before anything is shown.
        browser.submit("/api/decide_case", &format!("case={id}&number={number}&version=2&verdict=rejected&reason=wear&step=preview")).await;
        let wrong = browser.address.clone();
        assert!(browser.open(&wrong).await.body.contains("field-bad"));
    }

    async fn several_servers_confirm_once(world: World) {
        limited(&world).await;
        let second = Viewer { id: StaffId(uuid::Uuid::from_u128(7)), ..world.admin.clone() };
        for _ in 0..4 {
            let (id, number) = registered(&world, &[(common::PRICE, "5000")]).await;
            act(&world, &world.handler, id, Deed::Decide(approved())).await.expect("is kept");
            let go = |who: &Viewer| {
                let (desk, who) = (world.desk.clone(), who.clone());
                tokio::spawn(async move { desk.act(&who, id, Some(2), Deed::Confirm).await })
            };
            let (a, b) = (go(&world.admin), go(&second));
            let answers = [a.await.expect("runs"), b.await.expect("runs")];
            assert_eq!(answers.iter().filter(|answer| **answer == Ok(())).count(), 1, "{answers:?}");
            assert_eq!(to_customer(&view(&world, &world.handler, number).await).len(), 2);
        }
    }
}
