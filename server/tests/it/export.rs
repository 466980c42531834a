//! Lists as files, read back by what reads such files.

use crate::browser::Browser;
use crate::on_both_databases;
use crate::registration::{count, input, registered};
use crate::support::{World, key};
use app::backend::{Cases, Deed, ListKind, ListQuery, Registration, Viewer};
use app::error::AppError;
use domain::decision::{Decision, Verdict};
use domain::form::schema::common;
use domain::number::Number;
use domain::phase::Waiting;
use futures::{FutureExt, StreamExt};
use jiff::civil::date;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use server::desk::export::Format;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

fn active() -> ListQuery {
    let columns = domain::column::Column::ALL.to_vec();
    ListQuery { list: ListKind::Active, columns: Some(columns), ..ListQuery::default() }
}

async fn file(world: &World, who: &Viewer, query: &ListQuery, format: Format) -> Vec<u8> {
    let export = world.desk.export(who, query, format).await.expect("begins");
    let pieces: Vec<_> = export.body.collect().await;
    pieces.into_iter().flat_map(|piece| piece.expect("goes on")).collect()
}

/// The rows of a CSV file, without its mark.
pub fn rows(file: &[u8], separator: u8) -> Vec<Vec<String>> {
    let text = file.strip_prefix("\u{feff}".as_bytes()).expect("the mark of UTF-8");
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).has_headers(false).from_reader(text);
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    pub text: bool,
    pub value: String,
    pub formula: bool,
    /// The number of its format; 14 is Excel's own date.
    pub look: u32,
}

/// The cells of the one sheet by their names, as the file's own XML has them.
pub fn workbook(file: &[u8]) -> BTreeMap<String, Cell> {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).expect("a workbook");
    let mut part = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).expect("is there").read_to_string(&mut text).expect("UTF-8");
        text
    };
    let (styles, sheet) = (part("xl/styles.xml"), part("xl/worksheets/sheet1.xml"));
    let attribute = |element: &BytesStart<'_>, name: &str| {
        element.try_get_attribute(name).expect("well-formed").map(|it| it.value.into_owned())
    };
    let mut looks = Vec::new();
    let mut reader = Reader::from_str(&styles);
    let mut within = false;
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Eof => break,
            Event::Start(element) if element.name().as_ref() == "cellXfs" => within = true,
            Event::End(element) if element.name().as_ref() == "cellXfs" => within = false,
            Event::Start(element) | Event::Empty(element) if within && element.name().as_ref() == "xf" => {
                looks.push(attribute(&element, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or_default());
            }
            _ => {}
        }
    }
    let mut cells = BTreeMap::<String, Cell>::new();
    let mut reader = Reader::from_str(&sheet);
    let mut name = String::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Eof => return cells,
            Event::Start(element) if element.name().as_ref() == "c" => {
                name = attribute(&element, "r").expect("a name");
                let style = attribute(&element, "s").map_or(0, |style| style.parse::<usize>().expect("a number"));
                let text = attribute(&element, "t").is_some_and(|kind| kind == "inlineStr");
                cells.insert(name.clone(), Cell { text, look: looks[style], ..Cell::default() });
            }
            Event::Start(element) if element.name().as_ref() == "f" => {
                cells.get_mut(&name).expect("within a cell").formula = true;
            }
            Event::Text(text) => {
                if let Some(cell) = cells.get_mut(&name) {
                    cell.value += &*text;
                }
            }
            // Since some version of the reader each reference is an event of its own.
            Event::GeneralRef(reference) => {
                let character = match &*reference {
                    "quot" => '"',
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    other => panic!("&{other};"),
                };
                cells.get_mut(&name).expect("within a cell").value.push(character);
            }
            _ => {}
        }
    }
}

const ODD: &str = "=HYPERLINK(\"http://x\";\"Łódź\");+1";

/// A case whose customer types formulas.
async fn odd(world: &World) {
    registered(
        world,
        &[
            (common::CUSTOMER_NAME, ODD),
            (common::ARTICLE_NAME, "@SUM(A1:A9)"),
            (common::RECEIPT_NUMBER, "+47 22 33 44 55"),
            (common::PRICE, "1 234,05"),
        ],
    )
    .await;
}

on_both_databases! {
    async fn csv_opens_right_in_the_readers_language_and_runs_nothing(world: World) {
        odd(&world).await;
        let nb = file(&world, &world.handler, &active(), Format::Csv).await;
        let [head, row] = &rows(&nb, b';')[..] else { panic!("two rows") };
        assert_eq!((head[0].as_str(), head[13].as_str(), head[15].as_str()), ("Nummer", "Merke", "Pris"));
        assert_eq!(row[1], "'@SUM(A1:A9)");
        assert_eq!(row[4], format!("'{ODD}"));
        assert_eq!(row[6], "2026-11-02");
        assert_eq!(row[8], "Oslo");
        assert_eq!(row[12], "'+47 22 33 44 55");
        assert_eq!(row[15], "1234,05");
        let en = file(&world, &world.admin, &active(), Format::Csv).await;
        let [head, row] = &rows(&en, b',')[..] else { panic!("two rows") };
        assert_eq!((head[0].as_str(), row[15].as_str()), ("Number", "1234.05"));
        assert_eq!(String::from_utf8_lossy(&en).matches('\n').count(), String::from_utf8_lossy(&en).matches("\r\n").count());
    }

    async fn a_workbook_has_texts_dates_and_numbers_and_no_formula(world: World) {
        odd(&world).await;
        let sheet = workbook(&file(&world, &world.handler, &active(), Format::Xlsx).await);
        let cell = |at: &str| sheet.get(at).cloned().unwrap_or_default();
        assert_eq!(cell("A1"), Cell { text: true, value: "Nummer".into(), ..cell("A1") });
        assert_eq!(cell("E2"), Cell { text: true, value: ODD.into(), ..Cell::default() });
        assert_eq!(cell("B2"), Cell { text: true, value: "@SUM(A1:A9)".into(), ..Cell::default() });
        assert_eq!(cell("M2"), Cell { text: true, value: "+47 22 33 44 55".into(), ..Cell::default() });
        assert_eq!((cell("P2").text, cell("P2").value.as_str()), (false, "1234.05"));
        // Excel counts days from 30 December 1899.
        let days = date(1899, 12, 30).until(date(2026, 11, 2)).expect("days").get_days();
        assert_eq!(cell("G2"), Cell { value: days.to_string(), look: 14, ..Cell::default() });
        assert!(sheet.values().all(|cell| !cell.formula), "{sheet:?}");
        assert!(!sheet.contains_key("A3"));
    }

    async fn a_file_has_what_the_list_shows_to_its_reader_and_it_is_noted(world: World) {
        for _ in 0..3 {
            registered(&world, &[]).await;
        }
        let far = input(&world, world.krakow, &[]);
        world.desk.register(&world.other_clerk, far).await.expect("registers");
        for (who, cases) in [(&world.clerk, 3), (&world.other_clerk, 1), (&world.handler, 4)] {
            let shown = world.desk.list(who, &active()).await.expect("a page").rows;
            let told = rows(&file(&world, who, &active(), Format::Csv).await, b';');
            assert_eq!((shown.len(), told.len()), (cases, cases + 1));
            for row in shown {
                assert!(told.iter().any(|told| told[0] == row.number.to_string()));
            }
        }
        let nothing = ListQuery { words: "nothing-of-that".into(), ..active() };
        assert_eq!(rows(&file(&world, &world.clerk, &nothing, Format::Csv).await, b';').len(), 1, "the heads alone");
        let far = ListQuery { store: Some(world.krakow), ..active() };
        assert_eq!(world.desk.export(&world.clerk, &far, Format::Csv).await.err(), Some(AppError::NotFound));
        assert_eq!(count(&world, "select count(*) from exports").await, 4);
        assert_eq!(count(&world, "select cast(sum(cases) as bigint) from exports").await, 8);
    }

    async fn what_was_decided_and_whom_one_waits_for_stand_in_lists_and_files(world: World) {
        let cases: Vec<_> = [registered(&world, &[]).await, registered(&world, &[]).await, registered(&world, &[]).await].into();
        let act = async |at: usize, deed: Deed| world.desk.act(&world.handler, cases[at].0, None, deed).await.expect("is done");
        world.clock.advance_ms(1000);
        act(0, Deed::Wait { on: Waiting::Supplier, whom: "=Nowak".into(), email: String::new() }).await;
        act(1, Deed::Wait { on: Waiting::Goods, whom: String::new(), email: String::new() }).await;
        act(2, Deed::Decide(Decision::new(Verdict::Rejected, key("wear"), "Nei"))).await;
        world
            .desk
            .db
            .write(move |tx| {
                async move {
                    let sql = "update cases set cause = 'wear', outcome = 'none' where phase = 'rejected'";
                    sqlx::query(sql).execute(tx).await?;
                    Ok(())
                }
                .boxed()
            })
            .await
            .expect("written");
        let told = rows(&file(&world, &world.handler, &active(), Format::Csv).await, b';');
        assert_eq!(told[0][16..], ["Avgjørelse", "Årsak", "Kundens utfall", "Venter på", "Venter siden"]);
        let of = |number: Number| told.iter().find(|row| row[0] == number.to_string()).expect("its row")[16..].to_vec();
        assert_eq!(of(cases[0].1), ["", "", "", "'=Nowak", "2026-10-19"]);
        assert_eq!(of(cases[1].1), ["", "", "", "varene", "2026-10-19"]);
        let book = world.desk.book();
        let named = [book.cause_name(&key("wear"), world.handler.locale), book.outcome_name(&key("none"), world.handler.locale)];
        assert_eq!(of(cases[2].1), ["Ikke godkjent", &named[0], &named[1], "", ""]);
        let sheet = workbook(&file(&world, &world.handler, &active(), Format::Xlsx).await);
        let waiting = sheet.values().find(|cell| cell.value == "=Nowak").expect("a text as it is");
        assert!(waiting.text && !waiting.formula);
        let since = sheet.iter().filter(|(at, cell)| at.starts_with('U') && cell.look == 14);
        assert_eq!(since.count(), 2, "two days");
        let page = world.desk.list(&world.handler, &active()).await.expect("a page").rows;
        let row = page.iter().find(|row| row.number == cases[0].1).and_then(|row| row.details.clone()).expect("its details");
        assert_eq!((row.waiting.as_str(), row.since), ("=Nowak", Some(date(2026, 10, 19))));
    }

    async fn a_long_list_is_whole_and_in_order(world: World) {
        for n in 0..1_203 {
            world.clock.advance_ms(1000);
            let form = input(&world, world.oslo, &[(common::CUSTOMER_EMAIL, ""), (common::RECEIPT_NUMBER, &n.to_string())]);
            world.desk.register(&world.clerk, form).await.expect("registers");
        }
        let told = rows(&file(&world, &world.clerk, &active(), Format::Csv).await, b';');
        let receipts: Vec<i32> = told[1..].iter().map(|row| row[12].parse().expect("a number")).collect();
        assert_eq!(receipts, (0..1_203).rev().collect::<Vec<_>>());
    }

    async fn the_address_of_a_list_leads_to_its_file(world: World) {
        odd(&world).await;
        let mut browser = Browser::of(&world, &world.clerk).await;
        let csv = browser.open("/cases/export?list=active&format=csv").await;
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(csv.header("content-disposition"), "attachment; filename=\"redress-2026-10-19.csv\"");
        assert_eq!(rows(csv.body.as_bytes(), b';')[0].len(), 11, "the usual columns");
        let chosen = browser.open("/cases/export?list=active&columns=price&format=csv").await;
        assert_eq!(rows(chosen.body.as_bytes(), b';')[0], ["Nummer", "Pris"]);
        assert_eq!(browser.open("/cases/export?list=active&format=exe").await.status.as_u16(), 404);
    }
}
