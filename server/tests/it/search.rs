//! The field at the top: everything is found, by whoever may.

use crate::on_both_databases;
use crate::registration::{input, registered};
use crate::support::World;
use app::backend::{Cases, Deed, Exact, FormInput, Registration, Viewer};
use domain::case::ArchiveReason;
use domain::decision::{Decision, Verdict};
use domain::form::schema::common;
use domain::number::Number;

async fn numbers(world: &World, who: &Viewer, text: &str) -> Vec<Number> {
    let found = world.desk.search(who, text, 20).await.expect("searches");
    found.rows.into_iter().map(|row| row.number).collect()
}

on_both_databases! {
    async fn a_case_is_found_by_all_that_it_holds(world: World) {
        let (id, number) = registered(&world, &[
            (common::CUSTOMER_PHONE, "912 34 567"),
            (common::ARTICLE_NUMBER, "4006381333931"),
            (common::SERIAL, "AB-1234/5"),
            (common::RECEIPT_NUMBER, "KV 2026-0042"),
            (common::DESCRIPTION, "Sålen løsner, Łódź 2024"),
        ]).await;
        registered(&world, &[(common::CUSTOMER_NAME, "Kari Nordmann"), (common::CUSTOMER_EMAIL, "kari@example.no"), (common::DESCRIPTION, "glidelås")]).await;
        world.desk.act(&world.clerk, id, None, Deed::OwnNote("Snakket med Żaneta".into())).await.expect("noted");
        world.desk.act(&world.clerk, id, None, Deed::Comment("Kvittering ettersendes".into())).await.expect("noted");
        let digits = number.digits();
        for text in [
            number.to_string().as_str(), &digits, &number.to_string().replace('-', "–"), &number.to_string().replace('-', " "),
            "26-000001", "000001", "østein", "OSTEIN LUCZAK", "łucz", "luczak o",
            "91234567", "912 34 567", "+47 912 34 567", "0047 912 34 567", "004791234567", "4791234567", "912 34", "+4791 23 45 67",
            "oystein.luczak@example.no", "Oystein.Luczak@EXAMPLE", "oystein.l",
            "4006381333931", "4006381 333931", "ab-1234/5", "AB12345", "1234", "KV 2026-0042", "kv20260042", "0042",
            "løsner", "LOSNER", "salen losner", "lodz 2024", "zaneta", "ettersendes kvitt", "soft 7", "ł",
        ] {
            assert!(numbers(&world, &world.clerk, text).await.contains(&number), "{text:?}");
        }
        for text in ["", " ", "…", "glidelås", "kari", "91234568", "+46 912 34 567", "oystein@example.no", "sålene", "§", "\"", "' or 1=1 --", "* OR", "NEAR(a b)"] {
            assert!(!numbers(&world, &world.clerk, text).await.contains(&number), "{text:?}");
        }
    }

    async fn the_exact_number_opens_and_a_typo_is_told(world: World) {
        let (_, number) = registered(&world, &[]).await;
        for text in [number.to_string(), number.digits(), format!(" {} ", number.to_string().replace('-', "\u{2212}"))] {
            let found = world.desk.search(&world.clerk, &text, 5).await.expect("searches");
            assert_eq!((found.exact, found.rows.len(), found.wrong_check_digit), (Some(Exact::Case(number)), 1, false), "{text}");
        }
        let typo = format!("{}{}", &number.to_string()[..10], (number.to_string().as_bytes()[10] - b'0' + 1) % 10);
        for text in [typo.clone(), typo.replace('-', "")] {
            let found = world.desk.search(&world.clerk, &text, 5).await.expect("searches");
            assert_eq!((found.exact, found.wrong_check_digit), (None, true), "{text}");
        }
        let phone = world.desk.search(&world.clerk, "601234567", 5).await.expect("searches");
        assert!(!phone.wrong_check_digit, "a Polish phone is no mistyped number");
    }

    async fn nobody_finds_what_another_store_has(world: World) {
        let (_, oslo) = registered(&world, &[]).await;
        let krakow = world.desk.register(&world.other_clerk, input(&world, world.krakow, &[])).await.expect("registers");
        for text in ["ecco", "e", &oslo.to_string(), &krakow.to_string()] {
            let mine = numbers(&world, &world.clerk, text).await;
            assert!(!mine.contains(&krakow), "{text}");
            assert!(!numbers(&world, &world.other_clerk, text).await.contains(&oslo), "{text}");
            let all = numbers(&world, &world.admin, text).await;
            assert_eq!(all, numbers(&world, &world.handler, text).await);
        }
        assert_eq!(numbers(&world, &world.admin, "ecco").await, [krakow, oslo]);
        let exact = world.desk.search(&world.clerk, &krakow.to_string(), 5).await.expect("searches");
        assert_eq!(exact.exact, None);
        let nowhere = Viewer { reach: domain::role::Reach::Stores(vec![]), ..world.clerk.clone() };
        assert_eq!(numbers(&world, &nowhere, "ecco").await, []);
    }

    async fn the_newest_come_first_and_the_archive_is_included(world: World) {
        let mut all = Vec::new();
        for _ in 0..7 {
            all.push(registered(&world, &[]).await);
        }
        let (id, archived) = all[6];
        let decision = Decision::new(Verdict::Approved, crate::support::key("fault"), "");
        world.desk.act(&world.handler, id, Some(1), Deed::Decide(decision)).await.expect("decided");
        world.desk.act(&world.handler, id, Some(2), Deed::Archive(ArchiveReason::Other)).await.expect("archived");
        let found = world.desk.search(&world.clerk, "ecco", 5).await.expect("searches");
        let expected: Vec<Number> = all.iter().rev().take(5).map(|(_, number)| *number).collect();
        assert_eq!(found.rows.iter().map(|row| row.number).collect::<Vec<_>>(), expected);
        assert!(found.more);
        assert_eq!((found.rows[0].number, found.rows[0].archived), (archived, Some(ArchiveReason::Other)));
        assert!(!world.desk.search(&world.clerk, "ecco", 7).await.expect("searches").more);
    }

    async fn a_case_in_two_languages_is_one(world: World) {
        let polish = FormInput { store: world.krakow, ..input(&world, world.krakow, &[(common::CUSTOMER_NAME, "Zażółć Gęślą"), (common::CUSTOMER_PHONE, "601 234 567")]) };
        let number = world.desk.register(&world.other_clerk, polish).await.expect("registers");
        for text in ["zazolc", "ZAŻÓŁĆ gęś", "601234567", "+48 601 234 567", "48601234567"] {
            assert_eq!(numbers(&world, &world.other_clerk, text).await, [number], "{text}");
        }
    }
}
