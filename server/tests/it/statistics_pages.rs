//! Statistics as they leave the server: the page, its dates, the files.

use crate::browser::Browser;
use crate::export::{rows, workbook};
use crate::on_both_databases;
use crate::statistics::{complaint, half_a_year, now, view};
use crate::support::World;
use app::backend::{Cases, ListKind, ListQuery, StatisticsQuery};
use axum::http::StatusCode;
use domain::form::schema::common;
use domain::statistics::Preset;
use futures::StreamExt;
use jiff::civil::date;
use server::desk::export::Format;

on_both_databases! {
    async fn dates_that_are_none_are_told_beside_their_field(world: World) {
        for (from, until, expected) in [
            ("soon", "", ("from", "not_a_date")),
            ("", "1.1.2026", ("from", "not_a_date")),
            ("1.1.2026", "32.1.2026", ("until", "not_a_date")),
            ("2.1.2026", "1.1.2026", ("until", "before_from")),
            ("1.1.2001", "1.1.2026", ("from", "too_long")),
        ] {
            let asked = StatisticsQuery { preset: Preset::Free, from: from.into(), until: until.into(), ..StatisticsQuery::default() };
            let wrong = view(&world, &world.admin, &asked).await.wrong.expect("a fault");
            assert_eq!((wrong.0.as_str(), wrong.1.as_str()), expected);
        }
        // The preset's own dates make it no other.
        let shown = view(&world, &world.admin, &StatisticsQuery { preset: Preset::ThisMonth, ..StatisticsQuery::default() }).await;
        assert_eq!((shown.span.from, shown.span.until, shown.today), (date(2026, 10, 1), date(2026, 10, 19), date(2026, 10, 19)));
        let same = StatisticsQuery { preset: Preset::ThisMonth, from: "2026-10-01".into(), until: "2026-10-19".into(), ..StatisticsQuery::default() };
        assert_eq!(view(&world, &world.admin, &same).await.preset, Preset::ThisMonth);
        let other = StatisticsQuery { from: "2026-10-02".into(), ..same };
        let other = view(&world, &world.admin, &other).await;
        assert_eq!((other.preset, other.span.from), (Preset::Free, date(2026, 10, 2)));
    }

    async fn a_spreadsheet_gets_the_same_numbers(world: World) {
        half_a_year(&world).await;
        complaint(&world, false, "shoes", &[(common::BRAND, "=cmd|' /C calc'!A0"), (common::ARTICLE_NAME, "Sko; \"fin\"")]).await;
        let mut browser = Browser::of(&world, &world.handler).await;
        let answer = browser.open("/statistics.csv").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
        assert!(answer.header("content-disposition").starts_with("attachment; filename=\"statistikk_2026"), "{}", answer.header("content-disposition"));
        let view = view(&world, &world.handler, &StatisticsQuery::default()).await;
        assert!(answer.body.starts_with('\u{feff}'));
        assert!(answer.body.contains(&format!(";\"{}\";\"{}\"\r\n", view.registered.now.n, view.registered.before.n)), "{}", answer.body);
        assert!(answer.body.contains(";\"'=cmd|' /C calc'!A0\";") || answer.body.contains(";'=cmd|' /C calc'!A0;"), "{}", answer.body);
        assert!(answer.body.contains("Sko; \"\"fin\"\"\""));
        let clerk = Browser::of(&world, &world.clerk).await.open("/statistics.csv").await;
        assert_eq!(clerk.status, StatusCode::FORBIDDEN);
    }

    async fn a_workbook_gets_numbers_as_numbers_and_runs_nothing(world: World) {
        half_a_year(&world).await;
        complaint(&world, false, "shoes", &[(common::BRAND, "=cmd|' /C calc'!A0"), (common::ARTICLE_NAME, "+47")]).await;
        let asked = StatisticsQuery::default();
        let export = world.desk.statistics_file(&world.handler, &asked, Format::Xlsx).await.expect("is made");
        assert!(export.name.starts_with("statistikk_2026") && export.name.ends_with(".xlsx"), "{}", export.name);
        let pieces: Vec<_> = export.body.collect().await;
        let file: Vec<u8> = pieces.into_iter().flat_map(|piece| piece.expect("goes on")).collect();
        let sheet = workbook(&file);
        assert!(sheet.values().all(|cell| !cell.formula));
        let view = view(&world, &world.handler, &asked).await;
        let number = |at: &str| sheet.get(at).map(|cell| (cell.text, cell.value.clone()));
        assert_eq!(number("E2"), Some((false, view.registered.now.n.to_string())));
        assert_eq!(number("F2"), Some((false, view.registered.before.n.to_string())));
        for odd in ["=cmd|' /C calc'!A0", "+47"] {
            assert!(sheet.values().any(|cell| cell.text && cell.value.contains(odd)), "{odd} is a text as it was typed");
        }
        let share = f64::from(view.target.share[0].expect("some were decided")) / 10.0;
        let shown = sheet.iter().filter(|(at, cell)| at.starts_with('E') && !cell.text);
        assert!(shown.into_iter().any(|(_, cell)| cell.value == share.to_string()), "{share} per cent");
        // As many rows as the other file, and the same words in them.
        let csv = world.desk.statistics_file(&world.handler, &asked, Format::Csv).await.expect("is made");
        let pieces: Vec<_> = csv.body.collect().await;
        let told = rows(&pieces.into_iter().flat_map(|piece| piece.expect("goes on")).collect::<Vec<u8>>(), b';');
        let last = format!("A{}", told.len());
        assert_eq!(number(&last), Some((true, told[told.len() - 1][0].clone())));
        assert!(!sheet.contains_key(&format!("A{}", told.len() + 1)));
        let mut browser = Browser::of(&world, &world.handler).await;
        let answer = browser.open("/statistics").await;
        assert!(answer.body.contains("href=\"/statistics.xlsx\""));
    }

    async fn the_page_is_whole_without_script(world: World) {
        half_a_year(&world).await;
        let mut browser = Browser::of(&world, &world.handler).await;
        let page = browser.open("/statistics?period=this_year").await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.body.matches("role=\"img\"").count(), 3, "two drawings of the course and one of the decisions");
        assert!(page.body.contains("aria-labelledby=\"course-wide-title course-wide-desc\"") && page.body.contains("<title id=\"course-wide-title\">"));
        assert!(page.body.contains("/cases?list=all&amp;decided="));
        let list = browser.open("/cases?list=all&brand=bamse").await;
        assert_eq!(list.status, StatusCode::OK);
        assert!(list.body.contains("Merke: bamse") && list.body.contains("name=\"brand\" value=\"bamse\""));
    }

    async fn words_narrow_a_number_further(world: World) {
        half_a_year(&world).await;
        let all = now(&world).await.registered.now;
        let words = |words: &str| ListQuery { list: ListKind::All, slice: all.slice.clone(), words: words.into(), ..ListQuery::default() };
        let found = world.desk.list(&world.admin, &words("bamse")).await.expect("a page");
        assert_eq!(found.rows.len(), 20);
        assert!(found.told.iter().any(|part| part.contains("2026")), "{:?}", found.told);
        let of_oslo = ListQuery { store: Some(world.oslo), ..words("bamse") };
        assert!(world.desk.list(&world.admin, &of_oslo).await.expect("a page").rows.len() < 20);
        assert!(world.desk.list(&world.admin, &words("nothing")).await.expect("a page").rows.is_empty());
    }
}
