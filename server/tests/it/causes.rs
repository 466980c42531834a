//! What was found (R12) and what the supplier answered (E26): facts of their own.

use crate::on_both_databases;
use crate::pictures::{fixture, take};
use crate::registration::registered;
use crate::support::{World, key};
use app::backend::{CaseView, Cases, Deed, Finding, NEW_KEY, Setting, Settings, SupplierWord, Viewer};
use app::error::AppError;
use domain::Localized;
use domain::case::ArchiveReason;
use domain::decision::{Decision, Verdict};
use domain::event::{Change, EventKind};
use domain::handling::{AnswerChoice, Cause};
use domain::id::{AttachmentId, CaseId};
use domain::number::Number;
use domain::phase::Phase;
use jiff::civil::date;
use server::desk::pictures::Sender;

fn found(cause: &str, finding: &str) -> Finding {
    Finding {
        cause: key(cause),
        finding: finding.into(),
        examiner: "Verksted Nord".into(),
        on: date(2026, 10, 19),
        pictures: Vec::new(),
    }
}

fn said(answer: &str, amount: &str) -> SupplierWord {
    SupplierWord { answer: key(answer), note: "Ref. 77".into(), amount: amount.into(), on: date(2026, 10, 19) }
}

async fn act(world: &World, who: &Viewer, case: CaseId, deed: Deed) -> Result<(), AppError> {
    world.clock.advance_ms(1000);
    world.desk.act(who, case, None, deed).await
}

async fn view(world: &World, number: Number) -> CaseView {
    world.desk.case(&world.clerk, number).await.expect("is there")
}

fn change(field: &str, before: &str, after: &str) -> Change {
    Change { field: key(field), before: before.into(), after: after.into() }
}

on_both_databases! {
    async fn what_was_found_is_kept_with_its_pictures_and_each_change_is_told(world: World) {
        let (id, number) = registered(&world, &[]).await;
        take(&world, Sender::Staff(&world.clerk), id, fixture!("orientation_6.jpg")).await.expect("taken");
        let case = view(&world, number).await;
        assert_eq!(case.causes.iter().map(|cause| cause.key.as_str()).collect::<Vec<_>>(), ["production", "size"], "those of the type");
        let picture = case.pictures[0].id;
        act(&world, &world.clerk, id, Deed::Examine(Finding { pictures: vec![picture], ..found("production", " Limet slapp ") })).await.expect("is kept");
        let examined = view(&world, number).await.examined.expect("is there");
        assert_eq!((examined.cause.as_str(), examined.finding.as_str(), examined.examiner.as_str()), ("production", "Limet slapp", "Verksted Nord"));
        assert_eq!((examined.by.as_str(), examined.pictures, examined.on), ("Kari Kasse", vec![picture], date(2026, 10, 19)));
        act(&world, &world.handler, id, Deed::Examine(found("size", "Limet slapp"))).await.expect("is changed");
        let case = view(&world, number).await;
        let changes: Vec<_> = case.timeline.iter().filter_map(|event| match &event.what {
            EventKind::Examined { changes } => Some((changes.clone(), event.detail.clone())),
            _ => None,
        }).collect();
        let [(first, _), (second, told)] = &changes[..] else { panic!("{changes:?}") };
        assert!(first.contains(&change("cause", "", "production")) && first.contains(&change("pictures", "", &picture.to_string())));
        assert_eq!(second, &[change("cause", "production", "size"), change("pictures", &picture.to_string(), "")]);
        assert!(told.contains("production → size"), "{told}");
        // The same again is nothing new; the decision is another matter.
        act(&world, &world.clerk, id, Deed::Examine(found("size", "Limet slapp"))).await.expect("is taken");
        let case = view(&world, number).await;
        assert_eq!(case.examined.map(|examined| examined.by), Some("Hans Handler".to_owned()));
        assert_eq!(case.timeline.iter().filter(|event| matches!(event.what, EventKind::Examined { .. })).count(), 2);
        assert_eq!((case.phase, case.decision), (Phase::New, None));
    }

    async fn a_finding_is_checked(world: World) {
        let (id, _) = registered(&world, &[]).await;
        let stranger = AttachmentId(uuid::Uuid::from_u128(9));
        for (wrong, field) in [
            (found("lot", ""), "cause"),
            (found("nonsense", ""), "cause"),
            (Finding { examiner: "  ".into(), ..found("size", "") }, "examiner"),
            (Finding { on: date(2026, 10, 20), ..found("size", "") }, "on"),
            (found("size", &"x".repeat(10_001)), "finding"),
            (Finding { pictures: vec![stranger], ..found("size", "") }, "pictures"),
        ] {
            let answer = act(&world, &world.handler, id, Deed::Examine(wrong)).await;
            assert!(matches!(&answer, Err(AppError::Invalid { field: told, .. }) if told == field), "{field}: {answer:?}");
        }
        assert_eq!(act(&world, &world.other_clerk, id, Deed::Examine(found("size", ""))).await, Err(AppError::NotFound));
    }

    async fn a_cause_that_is_offered_no_more_stays_with_the_case_that_has_it(world: World) {
        let (id, number) = registered(&world, &[]).await;
        act(&world, &world.clerk, id, Deed::Examine(found("size", "Trang"))).await.expect("is kept");
        let gone = Cause { key: key("size"), name: Localized::new("Fit", "Passform", "Rozmiar"), types: Vec::new(), active: false };
        world.desk.save_setting(&world.admin, Setting::Cause(gone)).await.expect("is saved");
        let case = view(&world, number).await;
        assert_eq!(case.examined.map(|examined| examined.cause_name), Some("Passform".to_owned()));
        assert!(case.causes.iter().any(|cause| cause.key == "size"));
        act(&world, &world.clerk, id, Deed::Examine(found("size", "Svært trang"))).await.expect("is kept");
        let (other, number) = registered(&world, &[]).await;
        assert!(view(&world, number).await.causes.iter().all(|cause| cause.key != "size"));
        assert!(act(&world, &world.clerk, other, Deed::Examine(found("size", ""))).await.is_err());
    }

    async fn the_suppliers_answer_changes_no_decision(world: World) {
        let (id, number) = registered(&world, &[]).await;
        act(&world, &world.handler, id, Deed::Decide(Decision::new(Verdict::Approved, key("fault"), ""))).await.expect("is decided");
        assert_eq!(act(&world, &world.clerk, id, Deed::AnswerOfSupplier(said("refusal", ""))).await, Err(AppError::Forbidden));
        act(&world, &world.handler, id, Deed::AnswerOfSupplier(said("refusal", ""))).await.expect("is kept");
        act(&world, &world.handler, id, Deed::AnswerOfSupplier(said("credit_note", "499,50"))).await.expect("is changed");
        let case = view(&world, number).await;
        let supplier = case.supplier.clone().expect("is there");
        assert_eq!((supplier.answer_name.as_str(), supplier.amount.as_str(), supplier.by.as_str()), ("credit_note", "499,50\u{a0}kr", "Hans Handler"));
        assert_eq!((case.phase, case.decision.map(|decision| decision.verdict), case.letters.len()), (Phase::Approved, Some(Verdict::Approved), 2));
        let told: Vec<_> = case.timeline.iter().filter_map(|event| match &event.what {
            EventKind::SupplierAnswered { changes } => Some(changes.clone()),
            _ => None,
        }).collect();
        assert_eq!(told.len(), 2);
        assert_eq!(told[1], [change("answer", "refusal", "credit_note"), change("amount", "", "49950")]);
        for (wrong, field) in [(said("nonsense", ""), "answer"), (said("refusal", "mye"), "amount"), (SupplierWord { on: date(2026, 11, 1), ..said("refusal", "") }, "on")] {
            let answer = act(&world, &world.handler, id, Deed::AnswerOfSupplier(wrong)).await;
            assert!(matches!(&answer, Err(AppError::Invalid { field: told, .. }) if told == field), "{field}: {answer:?}");
        }
        act(&world, &world.handler, id, Deed::Archive(ArchiveReason::Other)).await.expect("rests");
        assert_eq!(act(&world, &world.handler, id, Deed::AnswerOfSupplier(said("refusal", ""))).await, Err(AppError::Conflict));
        assert_eq!(act(&world, &world.handler, id, Deed::Examine(found("size", ""))).await, Err(AppError::Conflict));
    }

    async fn lists_are_the_organisations_own(world: World) {
        let name = |text: &str| Localized { en: text.to_owned(), ..Localized::default() };
        let cause = |text: &str, types: Vec<&str>| Setting::Cause(Cause { key: key(NEW_KEY), name: name(text), types: types.into_iter().map(key).collect(), active: true });
        let save = |setting: Setting| world.desk.save_setting(&world.admin, setting);
        save(cause("Loose glue", vec!["shoes"])).await.expect("is new");
        assert_eq!(save(cause("loose GLUE", vec![])).await, Err(AppError::invalid("name", "taken")));
        assert_eq!(save(cause("Other", vec!["boats"])).await, Err(AppError::invalid("types", "unknown_choice")));
        assert_eq!(save(cause(" ", vec![])).await, Err(AppError::invalid("name", "missing")));
        let answer = AnswerChoice { key: key(NEW_KEY), name: name("Ask again"), active: true };
        save(Setting::SupplierAnswer(answer.clone())).await.expect("is new");
        assert_eq!(save(Setting::SupplierAnswer(AnswerChoice { key: key("nowhere"), ..answer })).await, Err(AppError::NotFound));
        let settings = world.desk.settings(&world.admin).await.expect("reads");
        assert!(settings.causes.iter().any(|cause| cause.key == key("loose_glue") && cause.types == [key("shoes")]));
        assert!(settings.supplier_answers.iter().any(|answer| answer.key == key("ask_again")));
    }
}
