//! One table tries every page, every server function and every other route as everybody. One that has no row here fails.

use crate::browser::{Answer, Browser};
use crate::on_both_databases;
use crate::registration::registered;
use crate::support::World;
use app::backend::{Pictures, Rmas, Viewer};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::rma::{Condition, Route};
use leptos::server_fn::axum::server_fn_paths;
use std::collections::BTreeSet;

/// What nobody, the case's clerk, another store's clerk, its handler and an admin are answered.
type Expected = [u16; 5];

/// Reading something that everybody of the store may see, and nobody else may know of.
const OWN_STORE: Expected = [401, 200, 404, 200, 200];
/// Only for those who handle cases. `409`: they may, but the version that the row names is an old one.
const HANDLERS: Expected = [401, 403, 404, 409, 409];
/// Everybody of the store may; the row names an old version, or what is done already.
const OLD_VERSION: Expected = [401, 409, 404, 409, 409];
const STAFF: Expected = [401, 200, 200, 200, 200];
/// Views and runs are their maker's; nobody has this one.
const NO_RUN: Expected = [401, 404, 404, 404, 404];
const ADMINS: Expected = [401, 403, 403, 403, 200];
const EVERYBODY: Expected = [200; 5];

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// Server functions: name, how the arguments are written, arguments, answers. `{case}` and its like stand for what is
/// there. No row changes what another one needs: they name an old version, or what cannot be.
const FUNCTIONS: &[(&str, &str, &str, Expected)] = &[
    ("accept_invitation", FORM, "token=0123&name=A&password=long+enough&locale=nb", [404; 5]),
    ("account", FORM, "", STAFF),
    ("add_comment", FORM, "case={case}&number={number}&body=Hello", OWN_STORE),
    ("add_own_note", FORM, "case={case}&number={number}&body=Hello", OWN_STORE),
    ("answer_of_supplier", FORM, "case={case}&number={number}&version=0&answer=refusal&on=2026-10-19", HANDLERS),
    ("archive_case", FORM, "case={case}&number={number}&version=0&reason=settled", HANDLERS),
    ("ask_customer", FORM, "case={case}&number={number}&version=0&question=Where", HANDLERS),
    ("assign_case", FORM, "case={case}&number={number}&version=0&handler={handler}", HANDLERS),
    ("beginnings", FORM, "", STAFF),
    ("begin_bulk", FORM, "kind=labels&cases[]={case}", OWN_STORE),
    ("bulk", FORM, "run={nothing}", NO_RUN),
    ("bulk_archive", FORM, "run={nothing}&reason=other", NO_RUN),
    ("bulk_assign", FORM, "run={nothing}&handler={handler}", NO_RUN),
    ("bulk_letter", FORM, "run={nothing}&subject=A&body=B", NO_RUN),
    ("bulk_status", FORM, "run={nothing}&step=review", NO_RUN),
    ("bulks", FORM, "", STAFF),
    ("carrier", FORM, "", ADMINS),
    ("case", FORM, "number={number}", OWN_STORE),
    ("change_contact", FORM, "number={number}&customer_name=x", [401; 5]),
    ("change_view", FORM, "view={nothing}&name=A", NO_RUN),
    ("choose_columns", FORM, "columns[]=price", STAFF),
    ("change_password", FORM, "old=x&new=long+enough+now", [401, 422, 422, 422, 422]),
    ("change_picture", FORM, "picture={nothing}&number={number}&change=remove", [401, 404, 404, 404, 404]),
    ("confirm_at_till", FORM, "number=26-000099-9", [401, 404, 404, 404, 404]),
    ("confirm_page", JSON, r#"{"token": "0123"}"#, [404; 5]),
    ("confirm_report", FORM, "token=0123", [404; 5]),
    ("decide_case", FORM, "case={case}&number={number}&version=0&verdict=approved&reason=fault", HANDLERS),
    ("confirm_decision", FORM, "case={case}&number={number}&version=0", HANDLERS),
    ("discard_draft", FORM, "id={nothing}", STAFF),
    ("discard_report", FORM, "token=0123", [404; 5]),
    ("drop_report_item", FORM, "token=0123&case={nothing}", [404; 5]),
    ("drop_report_picture", FORM, "token=0123&picture={nothing}", [404; 5]),
    ("drafted_decision", FORM, "key=0123", EVERYBODY),
    ("edit_case", JSON, r#"{"input": {input}, "version": 99}"#, [401, 409, 404, 409, 409]),
    ("edit_page", JSON, r#"{"number": "{number}"}"#, OWN_STORE),
    ("examine_case", FORM, "case={case}&number={number}&version=0&cause=size&examiner=Kari&on=2026-10-19", OLD_VERSION),
    ("extend_rma", FORM, "rma={rma}&version=0&valid_until=2026-12-01", OLD_VERSION),
    ("extend_return", FORM, "number={number}", [401; 5]),
    ("failed_submission", FORM, "key=0123", EVERYBODY),
    ("find_status", FORM, "reference={number}&proof=0000", [422; 5]),
    ("form_page", JSON, r#"{"type_key": "shoes", "draft": null}"#, STAFF),
    ("form_pictures", JSON, r#"{"case": "{case}"}"#, OWN_STORE),
    ("fresh_invitation", FORM, "", STAFF),
    ("hand_over", FORM, "paper={nothing}&number={number}&how=given&on=2026-10-19", [401, 404, 404, 404, 404]),
    ("hand_over_papers", FORM, "papers[]={nothing}&how=posted&on=2026-10-19", [401, 404, 404, 404, 404]),
    ("inspect_rma", FORM, "rma={rma}&version=0&note=", HANDLERS),
    ("invitation", FORM, "token=0123", [404; 5]),
    ("invite_staff", FORM, "staff={clerk}", ADMINS),
    ("issue_rma", FORM, "case={case}&route=parcel", OLD_VERSION),
    ("join_case", FORM, "case={case}&number={number}&duplicate={case}", [401, 403, 404, 422, 422]),
    ("keep_view", FORM, "name=A&shared=yes&query=list%3Dactive", [401, 403, 403, 200, 200]),
    ("leave_status", FORM, "", EVERYBODY),
    ("leave_tablet", FORM, "", STAFF),
    ("list_cases", FORM, "query=", STAFF),
    ("make_tablet", FORM, "store={nothing}", [401, 403, 403, 403, 403]),
    ("wait_case", FORM, "case={case}&number={number}&version=0&on=goods", HANDLERS),
    ("own_absences", FORM, "", [401, 403, 403, 200, 200]),
    ("save_absence", FORM, "staff={handler}&from=2020-01-01&until=2020-01-02", [401, 403, 403, 422, 422]),
    ("remove_absence", FORM, "absence={nothing}", [401, 403, 403, 200, 200]),
    ("save_rule", FORM, "rule[brand]=x&rule[handlers][0]={handler}", ADMINS),
    ("move_rule", FORM, "id={nothing}&by=1", [401, 403, 403, 403, 404]),
    ("remove_rule", FORM, "id={nothing}", ADMINS),
    (
        "save_pauses",
        FORM,
        "pauses[customer_days]=5&pauses[customer_most]=2&pauses[goods_days]=5&pauses[goods_most]=2&pauses[supplier_days]=5&pauses[supplier_most]=2&pauses[repair_days]=5&pauses[repair_most]=2&pauses[expert_days]=5&pauses[expert_most]=2",
        ADMINS,
    ),
    ("match_parcel", FORM, "case={came}&condition=different", OLD_VERSION),
    ("move_case", FORM, "case={case}&number={number}&version=0&step=review", HANDLERS),
    ("move_rma", FORM, "rma={rma}&version=0&step=cancel", HANDLERS),
    ("move_type", FORM, "id=shoes&by=0", ADMINS),
    ("neighbours", FORM, "within=&at=n1.1", STAFF),
    ("note_law", FORM, "case={case}&number={number}&version=0", HANDLERS),
    ("order_pick_up", FORM, "rma={rma}&version=0&date=2026-11-02&window=08-12", HANDLERS),
    ("law_table", FORM, "", ADMINS),
    ("outbox", FORM, "", ADMINS),
    ("outbox_letter", FORM, "letter={letter}", OWN_STORE),
    ("papers_to_print", FORM, "", STAFF),
    ("phone_link", JSON, r#"{"case": "{case}"}"#, OWN_STORE),
    ("phone_pictures", JSON, r#"{"case": "{case}"}"#, OWN_STORE),
    ("pick_clerk", FORM, "clerk={handler}&pin=1234", [401; 5]),
    ("preview_decision", FORM, "case={case}&verdict=approved&reason=fault", [401, 403, 404, 200, 200]),
    ("preview_question", FORM, "case={case}&question=Where", [401, 403, 404, 200, 200]),
    ("prove_status", FORM, "token=0123&proof=0000", [404; 5]),
    ("public_look", FORM, "", EVERYBODY),
    ("read_letter", FORM, "letter={letter}", OWN_STORE),
    ("receive_rma", FORM, "rma={rma}&version=0&condition=as_described", OLD_VERSION),
    ("register_case", JSON, r#"{"input": {input}}"#, [401, 200, 403, 200, 200]),
    ("remove_view", FORM, "view={nothing}", NO_RUN),
    ("remove_form_picture", JSON, r#"{"case": "{case}", "picture": "{nothing}"}"#, [401, 404, 404, 404, 404]),
    ("remove_logo", FORM, "", ADMINS),
    ("remove_report_picture", JSON, r#"{"token": "0123", "case": "{nothing}", "picture": "{nothing}"}"#, [404; 5]),
    ("report_page", JSON, r#"{"token": "{report}", "item": null, "type_key": null}"#, EVERYBODY),
    ("report_pictures", JSON, r#"{"token": "0123", "case": "{nothing}"}"#, [404; 5]),
    ("report_sent", JSON, r#"{"token": "{report}"}"#, [404; 5]),
    ("report_start", FORM, "", EVERYBODY),
    ("resend_confirmation", FORM, "token=0123&to=a@example.com", [404; 5]),
    ("resend_letter", FORM, "letter={letter}&number={number}", OWN_STORE),
    ("rma", FORM, "number={number}", OWN_STORE),
    ("rmas", JSON, r#"{"query": {"filter": "awaited", "store": null, "after": null}}"#, STAFF),
    ("resend_unconfirmed", FORM, "reference={number}&proof=0000", [422; 5]),
    ("save_account", FORM, "name=Same&locale=nb&store={nothing}", [401, 422, 422, 422, 422]),
    (
        "save_carrier",
        FORM,
        "carrier[kind]=manual&carrier[manual_tracking_template]=&carrier[inpost_organisation]=&carrier[inpost_token]=&carrier[inpost_service]=&carrier[inpost_target_point]=&carrier[inpost_dropoff_point]=&carrier[inpost_tracking_template]=&carrier[bring_uid]=&carrier[bring_secret]=&carrier[bring_customer_number]=&carrier[bring_company]=&carrier[bring_service]=&carrier[bring_tracking_template]=&carrier[webhook_url]=&carrier[webhook_secret]=",
        ADMINS,
    ),
    (
        "save_cause",
        FORM,
        "cause[id]=size&cause[name_en]=a&cause[name_nb]=a&cause[name_pl]=a&cause[types][]=shoes&cause[active]=on",
        ADMINS,
    ),
    (
        "save_customers",
        FORM,
        "customers[open]=yes&customers[types][]=shoes&customers[types][]=other&customers[routes][]=store&customers[routes][]=parcel&customers[routes][]=pick_up&customers[confirm_hours]=72&customers[rma_days]=30&customers[carrier_email]=&customers[accent]=&customers[intro_en]=&customers[intro_nb]=&customers[intro_pl]=&customers[privacy_en]=&customers[privacy_nb]=&customers[privacy_pl]=&customers[privacy_url]=&customers[legal_name]=&customers[address]=&customers[sites]=",
        ADMINS,
    ),
    ("form_hints", JSON, r#"{"input": {input}}"#, [401, 200, 403, 200, 200]),
    ("save_draft", JSON, r#"{"input": {input}}"#, [401, 200, 403, 200, 200]),
    (
        "save_organisation",
        FORM,
        "organisation[name]=Fjell&organisation[country]=NO&organisation[currency]=NOK&organisation[time_zone]=Europe/Oslo&organisation[locale]=nb&organisation[reply_to]=&organisation[outcome_wanted]=on&organisation[remind_deputy]=1&organisation[remind_admin]=0",
        ADMINS,
    ),
    (
        "save_outcome",
        FORM,
        "outcome[id]=refund&outcome[name_en]=a&outcome[name_nb]=a&outcome[name_pl]=a&outcome[has_amount]=on&outcome[after]=approved&outcome[active]=on",
        ADMINS,
    ),
    (
        "save_own_status",
        FORM,
        "status[id]=&status[phase]=new&status[name_en]=a&status[name_nb]=a&status[name_pl]=a&status[active]=on",
        ADMINS,
    ),
    (
        "save_reason",
        FORM,
        "reason[id]=fault&reason[name_en]=a&reason[name_nb]=a&reason[name_pl]=a&reason[side]=for&reason[active]=on",
        ADMINS,
    ),
    (
        "save_staff",
        FORM,
        "staff[id]={clerk}&staff[name]=Kari&staff[login]=kari&staff[email]=kari@example.com&staff[role]=clerk&staff[locale]=nb&staff[stores][0]={oslo}&staff[active]=on",
        ADMINS,
    ),
    (
        "save_supplier_answer",
        FORM,
        "answer[id]=refusal&answer[name_en]=a&answer[name_nb]=a&answer[name_pl]=a&answer[active]=on",
        ADMINS,
    ),
    ("save_report", JSON, r#"{"input": {article}, "locale": "nb", "framed": false}"#, EVERYBODY),
    (
        "save_store",
        FORM,
        "store[id]={oslo}&store[code]=OSLO&store[name]=Oslo&store[email]=&store[phone]=&store[address]=&store[locale]=nb&store[country]=NO&store[time_zone]=Europe/Oslo&store[handler]={handler}&store[active]=on",
        ADMINS,
    ),
    (
        "save_type",
        FORM,
        "kind[id]=shoes&kind[name_en]=a&kind[name_nb]=a&kind[name_pl]=a&kind[target_days]=14&kind[goods]=ordinary&kind[active]=on",
        ADMINS,
    ),
    ("scan", FORM, "text={number}", STAFF),
    ("review_report", JSON, r#"{"token": "{report}"}"#, EVERYBODY),
    ("take_paper_back", FORM, "paper={nothing}&number={number}", [401, 404, 404, 404, 404]),
    ("search", FORM, "text={number}&limit=5", STAFF),
    ("seen_case", FORM, "case={case}&number={number}&version=0", OLD_VERSION),
    ("send_again", FORM, "letter={letter}", OWN_STORE),
    ("send_report", FORM, "token=0123", [404; 5]),
    ("send_back_decision", FORM, "case={case}&number={number}&version=0&note=Hm", HANDLERS),
    ("set_language", FORM, "locale=nb", EVERYBODY),
    ("set_own_kind", FORM, "token=0123&picture={nothing}&kind=damage", [404; 5]),
    ("set_pin", FORM, "password=x&pin=2580", [401, 422, 422, 422, 422]),
    ("set_usual_view", FORM, "view={nothing}", NO_RUN),
    ("start_bulk", FORM, "run={nothing}", NO_RUN),
    ("stop_bulk", FORM, "run={nothing}", NO_RUN),
    ("undo_bulk", FORM, "run={nothing}", NO_RUN),
    ("set_status", FORM, "case={case}&number={number}&version=0&status=", HANDLERS),
    ("settings", FORM, "", ADMINS),
    ("settle_case", FORM, "case={case}&number={number}&version=0&outcome=refund&amount=1", [401, 409, 404, 409, 409]),
    ("sign_in", FORM, "login=x&password=x&next=", [422; 5]),
    ("sign_out", FORM, "", EVERYBODY),
    ("sign_out_everywhere", FORM, "", STAFF),
    ("statistics", FORM, "query=", [401, 403, 403, 200, 200]),
    ("status", FORM, "number={number}", [401; 5]),
    ("status_link", JSON, r#"{"token": "0123"}"#, [404; 5]),
    ("status_upload", FORM, "number={number}", [401; 5]),
    ("tablet_staff", FORM, "", [401; 5]),
    ("try_carrier", FORM, "", ADMINS),
    ("upload_page", JSON, r#"{"token": "0123"}"#, [404; 5]),
    ("similar_cases", FORM, "case={case}", [401, 200, 404, 200, 200]),
    ("today", FORM, "everybody=true", [401, 403, 403, 200, 200]),
    ("withdraw_case", FORM, "number={number}", [401; 5]),
    ("write_message", FORM, "number={number}&id={nothing}&body=Hello", [401; 5]),
    ("writing_case", FORM, "case={case}", STAFF),
];

/// Pages, as a browser opens them. `303` and `302` send people to the page that is theirs: to sign in, or past it. An
/// unknown one-time link is told in kind words.
const PAGES: &[(&str, &str, Expected)] = &[
    ("/", "/", [303, 200, 200, 200, 200]),
    ("/account", "/account", [303, 200, 200, 200, 200]),
    ("/archive", "/archive", [303, 200, 200, 200, 200]),
    ("/cases", "/cases", [303, 200, 200, 200, 200]),
    ("/cases/{number}", "/cases/{number}", [303, 200, 404, 200, 200]),
    ("/cases/{number}/edit", "/cases/{number}/edit", [303, 200, 404, 200, 200]),
    ("/confirm/{token}", "/confirm/0123", [404; 5]),
    ("/new", "/new", [303, 200, 200, 200, 200]),
    ("/new/{type}", "/new/shoes", [303, 200, 200, 200, 200]),
    ("/bulk", "/bulk", [303, 200, 200, 200, 200]),
    ("/bulk/{run}", "/bulk/{nothing}", [303, 404, 404, 404, 404]),
    ("/rma", "/rma", [303, 200, 200, 200, 200]),
    ("/rma/new", "/rma/new?case={received}", [303, 302, 404, 302, 302]),
    ("/rma/{number}", "/rma/{number}", [303, 200, 404, 200, 200]),
    ("/scan", "/scan?text=nothing", [303, 200, 200, 200, 200]),
    ("/report", "/report", EVERYBODY),
    ("/report/{token}", "/report/{report}", EVERYBODY),
    ("/report/{token}/add", "/report/{report}/add", EVERYBODY),
    ("/report/{token}/review", "/report/{report}/review", EVERYBODY),
    ("/report/{token}/sent", "/report/{report}/sent", [404; 5]),
    ("/search", "/search?q=shoe", [303, 200, 200, 200, 200]),
    ("/settings", "/settings", [303, 403, 403, 403, 200]),
    ("/settings/{section}", "/settings/stores", [303, 403, 403, 403, 200]),
    ("/sign-in", "/sign-in", [200, 302, 302, 302, 302]),
    // Staff see a case on its own page; a customer's is opened by proof alone.
    ("/s/{token}", "/s/0123", [404; 5]),
    ("/status", "/status?number={number}", EVERYBODY),
    ("/status/{number}", "/status/{number}", [302; 5]),
    ("/status/{number}/contact", "/status/{number}/contact", [302; 5]),
    ("/status/{number}/withdraw", "/status/{number}/withdraw", [302; 5]),
    ("/papers", "/papers", [303, 200, 200, 200, 200]),
    ("/statistics", "/statistics", [303, 403, 403, 200, 200]),
    ("/tablet", "/tablet", [302; 5]),
    ("/u/{token}", "/u/{token}", EVERYBODY),
    ("/welcome/{token}", "/welcome/0123", EVERYBODY),
];

/// What is neither page nor server function: method, route, address, answers. A post has no body unless it needs one to
/// come as far as the rights.
const OTHERS: &[(&str, &str, &str, Expected)] = &[
    ("GET", "/health", "/health", EVERYBODY),
    // There is none.
    ("GET", "/logo", "/logo", [404; 5]),
    ("POST", "/settings/customers/logo", "/settings/customers/logo", [401, 403, 403, 403, 422]),
    ("GET", "/live", "/live?case={case}", OWN_STORE),
    ("GET", "/files/{id}/{size}", "/files/{nothing}/small", [401, 404, 404, 404, 404]),
    ("GET", "/u/{token}/files/{id}/{size}", "/u/{token}/files/{nothing}/small", [404; 5]),
    ("GET", "/status/{number}/files/{id}/{size}", "/status/{number}/files/{nothing}/small", [401; 5]),
    ("GET", "/r/{number}", "/r/{number}", [303; 5]),
    ("GET", "/cases/export", "/cases/export?list=active&store={oslo}&format=csv", OWN_STORE),
    ("GET", "/cases/{number}/documents/{kind}", "/cases/{number}/documents/protocol", [401, 200, 404, 200, 200]),
    ("POST", "/cases/{number}/documents/{kind}", "/cases/{number}/documents/label", [401, 303, 404, 303, 303]),
    ("GET", "/cases/{number}/papers/{paper}", "/cases/{number}/papers/{nothing}", [401, 404, 404, 404, 404]),
    ("GET", "/cases/labels", "/cases/labels?number={number}&paper=zpl", OWN_STORE),
    ("GET", "/rma/labels", "/rma/labels?number={number}&paper=zpl", [401, 200, 404, 200, 200]),
    ("GET", "/status/{number}/documents/{kind}", "/status/{number}/documents/protocol", [401; 5]),
    ("GET", "/statistics.csv", "/statistics.csv", [401, 403, 403, 200, 200]),
    ("GET", "/statistics.xlsx", "/statistics.xlsx", [401, 403, 403, 200, 200]),
    // No form of ours.
    ("POST", "/speak", "/speak?form=find_status&lang=nb", [404; 5]),
    ("POST", "/u/{token}/files", "/u/0123/files", [303; 5]),
    ("POST", "/report/{token}", "/report/{report}", [422; 5]),
    ("POST", "/report/{token}/files/{id}", "/report/{report}/files/{nothing}", [404; 5]),
    ("GET", "/report/{token}/files/{id}/{size}", "/report/{report}/files/{nothing}/small", [404; 5]),
    ("POST", "/files/case/{case}", "/files/case/{case}", [401, 303, 404, 303, 303]),
    ("GET", "/r/{number}", "/r/{number}", [303; 5]),
    ("POST", "/rma/{number}/label", "/rma/{number}/label", [401, 303, 404, 303, 303]),
    ("POST", "/scan/photo", "/scan/photo", [401, 303, 303, 303, 303]),
    ("POST", "/new/{type}", "/new/shoes", [303, 422, 422, 422, 422]),
    ("POST", "/cases/{number}/edit", "/cases/{number}/edit", [303, 422, 404, 422, 422]),
];

struct Things(Vec<(&'static str, String)>);

impl Things {
    async fn of(world: &World) -> Self {
        let (case, number) = registered(world, &[]).await;
        let input = crate::registration::input(world, world.oslo, &[]);
        let letter: String = sqlx::query_scalar("select id from letters")
            .fetch_one(&mut *world.desk.db.read().await.expect("a connection"))
            .await
            .expect("the letter");
        let link = world.desk.upload_link(&world.clerk, case).await.expect("a link");
        world.desk.issue_rma(&world.clerk, case, Route::Store).await.expect("a return");
        let rma = world.desk.rma(&world.clerk, number).await.expect("is there").rma.id;
        let (came, received) = registered(world, &[]).await;
        let matched = world.desk.match_parcel(&world.clerk, came, Condition::AsDescribed, String::new(), String::new());
        matched.await.expect("is taken in");
        let (report, _) = crate::reports::begun(world, &[]).await;
        let article = crate::reports::input(world, &report, crate::reports::typed(world, &[]));
        Self(vec![
            ("{rma}", rma.to_string()),
            ("{came}", came.to_string()),
            ("{received}", received.to_string()),
            ("{report}", report),
            ("{article}", serde_json::to_string(&article).expect("JSON")),
            ("{case}", case.to_string()),
            ("{number}", number.to_string()),
            ("{clerk}", world.clerk.id.to_string()),
            ("{oslo}", world.oslo.to_string()),
            ("{handler}", world.handler.id.to_string()),
            ("{letter}", letter),
            ("{nothing}", "0b1c5e1e-0000-4000-8000-000000000000".to_owned()),
            ("{token}", link.url.rsplit('/').next().expect("a token").to_owned()),
            ("{input}", serde_json::to_string(&input).expect("JSON")),
        ])
    }

    fn put_into(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    }
}

fn everybody(world: &World) -> [(&'static str, Option<&Viewer>); 5] {
    [
        ("nobody", None),
        ("the store's clerk", Some(&world.clerk)),
        ("another store's clerk", Some(&world.other_clerk)),
        ("the handler", Some(&world.handler)),
        ("an admin", Some(&world.admin)),
    ]
}

/// Tries one row as everybody, each with a fresh session, and notes what differs.
async fn try_row(
    world: &World,
    browser: &mut Browser,
    row: &str,
    expected: Expected,
    wrong: &mut Vec<String>,
    mut attempt: impl AsyncFnMut(&mut Browser) -> Answer,
) {
    for ((who, viewer), expected) in everybody(world).into_iter().zip(expected) {
        browser.cookie = None;
        if let Some(viewer) = viewer {
            browser.sign_in_as(world, viewer).await;
        }
        let answer = attempt(browser).await;
        if answer.status.as_u16() != expected {
            let body: String = answer.body.chars().take(200).collect();
            let body = if body.starts_with('{') { body } else { String::new() };
            wrong.push(format!("{row} as {who}: {} instead of {expected} {body}", answer.status.as_u16()));
        }
    }
}

/// Every `.route("…", …)` of the server's own sources.
fn routes_in_sources() -> BTreeSet<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/http");
    let mut routes = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("the sources") {
        let source = std::fs::read_to_string(entry.expect("a file").path()).expect("a source");
        // A route in a test of the sources themselves is none.
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        for part in source.split(".route(").skip(1) {
            let Some(path) = part.trim_start().strip_prefix('"').and_then(|part| part.split('"').next()) else {
                continue;
            };
            routes.insert(path.to_owned());
        }
    }
    assert!(routes.len() > 5, "the sources are where they were");
    routes
}

#[test]
fn everything_has_a_row() {
    let rows: BTreeSet<String> = FUNCTIONS.iter().map(|(name, ..)| format!("/api/{name}")).collect();
    let there: BTreeSet<String> = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    assert_eq!(there, rows, "server functions");

    let rows: BTreeSet<String> = PAGES.iter().map(|(route, ..)| (*route).to_owned()).collect();
    let there: BTreeSet<String> = server::http::page_paths().into_iter().collect();
    assert_eq!(there, rows, "pages");

    let rows: BTreeSet<String> = OTHERS.iter().map(|(_, route, ..)| (*route).to_owned()).collect();
    let missing: Vec<_> =
        routes_in_sources().into_iter().filter(|route| !rows.contains(route) && !route.starts_with("/api/")).collect();
    assert!(missing.is_empty(), "routes without a row: {missing:?}");
}

on_both_databases! {
    async fn server_functions_are_for_those_who_may(world: World) {
        let things = Things::of(&world).await;
        let mut browser = Browser::nobody(&world);
        let mut wrong = Vec::new();
        for (name, kind, arguments, expected) in FUNCTIONS {
            try_row(&world, &mut browser, name, *expected, &mut wrong, async |browser| {
                // The attempts of one row must not make the next one wait.
                world.clock.advance_ms(16 * 60_000);
                // Each registers a case of its own.
                let input = crate::registration::input(&world, world.oslo, &[]);
                let fresh = serde_json::to_string(&input).expect("JSON");
                let edited = fresh.replace(&input.id.to_string(), &things.put_into("{case}"));
                let input = if *name == "edit_case" { edited } else { fresh };
                let arguments = things.put_into(&arguments.replace("{input}", &input));
                browser.call(name, kind, &arguments).await
            })
            .await;
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    async fn pages_are_for_those_who_may(world: World) {
        let things = Things::of(&world).await;
        let mut browser = Browser::nobody(&world);
        let mut wrong = Vec::new();
        for (route, address, expected) in PAGES {
            let address = things.put_into(address);
            try_row(&world, &mut browser, route, *expected, &mut wrong, async |browser| browser.open(&address).await).await;
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    async fn other_routes_are_for_those_who_may(world: World) {
        let things = Things::of(&world).await;
        let mut browser = Browser::nobody(&world);
        let mut wrong = Vec::new();
        for (method, route, address, expected) in OTHERS {
            let address = things.put_into(address);
            try_row(&world, &mut browser, route, *expected, &mut wrong, async |browser| match *method {
                "GET" if route.starts_with("/live") => browser.peek(&address).await,
                "GET" => browser.send(Method::GET, &address, &[("accept", "application/json")], Body::empty()).await,
                _ => browser.submit_files(&address, &[]).await,
            })
            .await;
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    async fn another_site_can_change_nothing(world: World) {
        let mut browser = Browser::of(&world, &world.clerk).await;
        let body = "locale=pl";
        for headers in [
            &[("origin", "https://evil.example")][..],
            &[("sec-fetch-site", "cross-site"), ("origin", "http://redress.test")],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "null")],
            // A cookie without a word of where it comes from.
            &[],
        ] {
            let headers = [headers, &[("content-type", FORM)]].concat();
            for path in ["/api/set_language", "/api/sign_out", "/files/case/x", "/u/0123/files", "/new/shoes", "/"] {
                let answer = browser.send(Method::POST, path, &headers, body).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {headers:?}");
            }
        }
        let ours = browser.send(Method::POST, "/api/set_language", &[("sec-fetch-site", "same-origin"), ("content-type", FORM)], body);
        assert_eq!(ours.await.status, StatusCode::OK);
    }

    async fn no_get_calls_a_function_that_changes(world: World) {
        let mut browser = Browser::of(&world, &world.clerk).await;
        for path in ["/api/sign_out?", "/api/set_language?locale=pl", "/api/register_case"] {
            assert_eq!(browser.open(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }

    async fn every_answer_is_guarded_by_its_headers(world: World) {
        let mut browser = Browser::nobody(&world);
        for path in ["/sign-in", "/no/such/page", "/health", "/api/none", "/files/x/small", "/"] {
            let answer = browser.open(path).await;
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
            assert!(answer.header("permissions-policy").contains("camera=(self)"), "{path}");
            assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
            assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            assert_eq!(answer.header("strict-transport-security"), "", "{path}: this one is reached without TLS");
        }
    }

    async fn a_page_runs_our_scripts_alone(world: World) {
        let mut browser = Browser::nobody(&world);
        let (one, two) = (browser.open("/sign-in").await, browser.open("/sign-in").await);
        let nonce = |answer: &Answer| {
            let policy = answer.header("content-security-policy").to_owned();
            let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned();
            assert!(nonce.len() >= 20 && policy.contains("script-src 'nonce-") && !policy.contains("script-src 'unsafe"), "{policy}");
            nonce
        };
        assert_ne!(nonce(&one), nonce(&two));
        let scripts: Vec<&str> = one.body.split("<script").skip(1).filter_map(|part| part.split('>').next()).collect();
        assert!(!scripts.is_empty());
        for script in scripts {
            assert!(script.contains(&format!("nonce=\"{}\"", nonce(&one))), "<script{script}>");
        }
        assert!(!one.body.contains(" onclick=") && !one.body.contains("javascript:"));
    }

    async fn over_tls_cookies_and_browsers_stay_there(world: World) {
        let mut desk = world.desk.clone();
        let mut config = (*desk.config).clone();
        config.public_url = "https://redress.example.com".to_owned();
        desk.config = std::sync::Arc::new(config);
        assert_eq!(desk.cookie_name(), "__Host-redress");
        let cookie = app::backend::Sessions::sign_out(&desk, &app::backend::Visitor::Nobody).await.expect("a cookie");
        assert!(cookie.0.ends_with("; HttpOnly; SameSite=Lax; Secure") && cookie.0.contains("; Path=/;"), "{}", cookie.0);
        let secure = World { desk, ..world };
        let answer = Browser::nobody(&secure).open("/sign-in").await;
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
    }
}
