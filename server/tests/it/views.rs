//! Kept lists and chosen columns: whose they are, what they hold, and that they open whatever has gone.

use crate::browser::Browser;
use crate::on_both_databases;
use crate::registration::registered;
use crate::support::{World, key};
use app::backend::{Cases, Kept, ListKind, ListQuery, Sort, ViewRef, Viewer, Views, Within};
use app::error::AppError;
use app::pages::list::query;
use domain::column::Column;
use domain::form::schema::common;
use domain::id::ViewId;
use domain::phase::Phase;

fn kept(query: ListQuery) -> Kept {
    Kept { query, columns: vec![Column::Number, Column::Brand, Column::Price] }
}

fn active() -> ListQuery {
    ListQuery { list: ListKind::Active, ..ListQuery::default() }
}

async fn views(world: &World, who: &Viewer) -> Vec<ViewRef> {
    world.desk.list(who, &active()).await.expect("a page").views
}

async fn opened(world: &World, who: &Viewer, view: ViewId) -> app::backend::ListPage {
    let views = views(world, who).await;
    let address = &views.iter().find(|one| one.id == view).expect("is theirs to open").address;
    let (_, search) = address.split_once('?').expect("a query");
    world.desk.list(who, &query::read(ListKind::Active, search)).await.expect("opens")
}

on_both_databases! {
    async fn a_view_keeps_a_list_with_its_order_and_columns(world: World) {
        registered(&world, &[(common::PRICE, "1 299,50"), (common::RECEIPT_NUMBER, "K-77")]).await;
        let list = ListQuery {
            list: ListKind::Active,
            store: Some(world.oslo),
            type_key: Some(key("shoes")),
            phase: Some(Phase::New),
            handler: Some(world.handler.id),
            older_than: None,
            due: Some(Within::Week),
            words: "Ecco & sålen".into(),
            sort: Sort::Oldest,
            after: Some("n1.1".into()),
            ..ListQuery::default()
        };
        let view = world.desk.keep_view(&world.handler, "  Mine   sko ", false, kept(list.clone())).await.expect("is kept");
        let [found] = &views(&world, &world.handler).await[..] else { panic!("one") };
        assert_eq!((found.name.as_str(), found.shared, found.may_change, found.usual), ("Mine sko", false, true, false));
        let address = query::read(ListKind::New, found.address.split_once('?').expect("a query").1);
        assert_eq!(address, ListQuery { after: None, view: Some(view), ..list });
        let page = opened(&world, &world.handler, view).await;
        assert_eq!(page.columns, [Column::Number, Column::Brand, Column::Price]);
        let whole = world.desk.list(&world.handler, &ListQuery { view: Some(view), ..active() }).await.expect("a page");
        let details = whole.rows[0].details.as_ref().expect("asked for");
        assert_eq!((details.receipt.as_str(), details.price.as_str()), ("K-77", "1\u{a0}299,50\u{a0}kr"));
        assert_eq!(views(&world, &world.admin).await, [], "nobody else's");
        assert!(world.desk.list(&world.handler, &active()).await.expect("a page").rows[0].details.is_none(), "nothing that nobody asked for");
    }

    async fn shared_views_are_everybodys_to_open_and_their_makers_to_change(world: World) {
        let desk = &world.desk;
        assert_eq!(desk.keep_view(&world.clerk, "Ours", true, kept(active())).await, Err(AppError::Forbidden));
        let view = desk.keep_view(&world.handler, "Ours", true, kept(active())).await.expect("is kept");
        let [seen] = &views(&world, &world.other_clerk).await[..] else { panic!("one") };
        assert_eq!((seen.by.as_str(), seen.may_change), ("Hans Handler", false));
        for denied in [
            desk.change_view(&world.clerk, view, "X", true, None).await,
            desk.remove_view(&world.clerk, view).await,
        ] {
            assert_eq!(denied, Err(AppError::Forbidden));
        }
        let mine = desk.keep_view(&world.clerk, "Mine", false, kept(active())).await.expect("is kept");
        assert_eq!(desk.change_view(&world.admin, mine, "X", false, None).await, Err(AppError::NotFound), "an own one is not even there");
        assert_eq!(desk.change_view(&world.clerk, mine, "X", true, None).await, Err(AppError::Forbidden));
        let oldest = Kept { query: ListQuery { sort: Sort::Oldest, ..active() }, columns: vec![Column::Number] };
        desk.change_view(&world.admin, view, "Everybody's", true, Some(oldest)).await.expect("an admin may");
        let [seen, ..] = &views(&world, &world.handler).await[..] else { panic!("one") };
        assert!(seen.address.contains("sort=oldest") && seen.name == "Everybody's" && seen.may_change);
        desk.set_usual_view(&world.clerk, Some(view)).await.expect("a default");
        assert!(views(&world, &world.clerk).await.iter().any(|one| one.id == view && one.usual));
        desk.remove_view(&world.handler, view).await.expect("goes");
        assert!(views(&world, &world.clerk).await.iter().all(|one| !one.usual && one.id != view));
        assert_eq!(desk.set_usual_view(&world.clerk, Some(view)).await, Err(AppError::NotFound));
    }

    async fn a_name_is_needed_and_has_an_end(world: World) {
        for (name, key) in [(" ", "missing"), (&"x".repeat(61) as &str, "text_too_long")] {
            let kept = world.desk.keep_view(&world.clerk, name, false, kept(active())).await;
            assert_eq!(kept, Err(AppError::invalid("name", key)));
        }
        for n in 0..50 {
            world.desk.keep_view(&world.clerk, &format!("V{n}"), false, kept(active())).await.expect("is kept");
        }
        let one_more = world.desk.keep_view(&world.clerk, "V", false, kept(active())).await;
        assert_eq!(one_more, Err(AppError::invalid("name", "too_many_views")));
    }

    async fn a_view_opens_though_what_it_names_has_gone(world: World) {
        registered(&world, &[]).await;
        let gone = |list: ListQuery| kept(ListQuery { list: ListKind::Active, ..list });
        let nothing = "0b1c5e1e-0000-4000-8000-000000000000";
        let of_store = world.desk.keep_view(&world.handler, "A", true, gone(ListQuery { store: Some(world.oslo), ..ListQuery::default() })).await.expect("kept");
        let rest = ListQuery { handler: nothing.parse().ok(), type_key: Some(key("gone")), ..ListQuery::default() };
        let of_rest = world.desk.keep_view(&world.handler, "B", true, gone(rest)).await.expect("kept");
        assert_eq!(opened(&world, &world.handler, of_store).await.rows.len(), 1);
        assert_eq!(opened(&world, &world.other_clerk, of_store).await.rows, [], "a store out of reach");
        assert_eq!(opened(&world, &world.handler, of_rest).await.rows, []);
        let mut browser = Browser::of(&world, &world.handler).await;
        for address in [
            format!("/cases?list=active&view={nothing}&columns=gone.price.gone&handler={nothing}&type=gone&phase=gone"),
            "/cases?list=gone&view=gone&columns=&store=gone".to_owned(),
        ] {
            assert_eq!(browser.open(&address).await.status.as_u16(), 200, "{address}");
        }
    }

    async fn columns_are_each_persons_own_and_cases_opens_with_their_view(world: World) {
        registered(&world, &[(common::RECEIPT_NUMBER, "K-77")]).await;
        let mut browser = Browser::of(&world, &world.clerk).await;
        browser.open("/cases?list=active").await;
        browser.submit("/api/choose_columns", "query=list%3Dactive&columns[]=receipt&columns[]=customer&columns[]=gone").await;
        assert_eq!(browser.address, "/cases?list=active");
        let list = browser.open("/cases?list=active").await.body;
        assert!(list.contains("K-77") && list.contains("Kvitteringsnummer"));
        let columns = world.desk.list(&world.clerk, &active()).await.expect("a page").columns;
        assert_eq!(columns, [Column::Number, Column::Customer, Column::Receipt]);
        assert_eq!(world.desk.list(&world.handler, &active()).await.expect("a page").columns, Column::USUAL);
        browser.submit("/api/keep_view", "name=Sko&query=list%3Dactive%26sort%3Doldest&columns=number.receipt").await;
        let view = browser.address.clone();
        assert!(view.starts_with("/cases?list=active&sort=oldest&view="), "{view}");
        assert!(browser.open(&view).await.body.contains("Visningen «Sko»"));
        let id = view.rsplit('=').next().expect("an id").to_owned();
        browser.submit("/api/set_usual_view", &format!("view={id}")).await;
        browser.open("/cases").await;
        assert_eq!(browser.address, view);
        // Beside a view the columns stand in the address, until the view is replaced.
        browser.open(&view).await;
        browser.submit("/api/choose_columns", &format!("query=list%3Dactive%26view%3D{id}&columns[]=price")).await;
        assert_eq!(browser.address, format!("/cases?list=active&view={id}&columns=number.price"));
        browser.submit("/api/choose_columns", "query=list%3Dactive&usual=yes&columns[]=price").await;
        assert_eq!(world.desk.list(&world.clerk, &active()).await.expect("a page").columns, Column::USUAL);
        browser.submit("/api/remove_view", &format!("view={id}&query=list%3Dactive%26view%3D{id}")).await;
        assert_eq!(browser.address, "/cases?list=active");
        assert_eq!(browser.open("/cases").await.status.as_u16(), 200);
    }
}
