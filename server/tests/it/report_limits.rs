//! What strangers cannot do with the form, however often they try.

use crate::on_both_databases;
use crate::registration::count;
use crate::reports::{HOUR, begun, filed, home, input, typed};
use crate::support::{World, key};
use app::backend::{Cases, Origin, ReportInput, Reports, Setting, Settings};
use app::error::AppError;
use domain::form::schema::common;
use domain::letter::{LetterState, Template};
use domain::{Locale, Localized};
use server::desk::Desk;
use std::sync::Arc;

on_both_databases! {
    async fn robots_are_told_and_cost_nothing(world: World) {
        let desk = &world.desk;
        let token = desk.random.token();
        let filled = ReportInput { website: "https://spam.example".into(), ..input(&world, &token, typed(&world, &[])) };
        assert_eq!(desk.save_report(home(), Locale::En, filled).await, Err(AppError::invalid("website", "robot")));
        let forged = input(&world, "not a secret of ours", typed(&world, &[]));
        assert_eq!(desk.save_report(home(), Locale::En, forged).await, Err(AppError::NotFound));
        let huge = typed(&world, &[(common::DESCRIPTION, &"x".repeat(300_000))]);
        assert_eq!(desk.save_report(home(), Locale::En, input(&world, &token, huge)).await, Err(AppError::invalid("answers", "too_long")));
        assert_eq!(count(&world, "select count(*) from reports").await, 0);
        let (token, _) = begun(&world, &[]).await;
        assert_eq!(desk.send_report(Locale::En, &token).await, Err(AppError::invalid("", "too_fast")));
    }

    async fn one_address_begins_so_many_and_another_is_not_kept_out(world: World) {
        let config = server::config::Config { reports_per_hour: 3, ..(*world.desk.config).clone() };
        let desk = Desk { config: Arc::new(config), ..world.desk.clone() };
        let save = |from: Origin| {
            let input = input(&world, &desk.random.token(), typed(&world, &[]));
            let desk = desk.clone();
            async move { desk.save_report(from, Locale::Nb, input).await }
        };
        for _ in 0..3 {
            save(home()).await.expect("is kept");
        }
        assert!(matches!(save(home()).await, Err(AppError::TooMany { .. })));
        let other = Origin { address: "198.51.100.1".parse().expect("an address") };
        save(other).await.expect("is kept");
        world.clock.advance_ms(HOUR + 1);
        save(home()).await.expect("an hour later again");
    }

    async fn an_inbox_is_not_filled_by_a_stranger(world: World) {
        for _ in 0..10 {
            filed(&world, &[]).await;
        }
        let (token, _) = begun(&world, &[]).await;
        world.clock.advance_ms(10_000);
        let sent = world.desk.send_report(Locale::Nb, &token).await;
        assert!(matches!(sent, Err(AppError::TooMany { .. })), "{sent:?}");
        world.clock.advance_ms(24 * HOUR);
        world.desk.send_report(Locale::Nb, &token).await.expect("the next day");
    }

    async fn what_is_not_offered_cannot_be_filed(world: World) {
        let desk = &world.desk;
        let public = desk.book().public_form.clone();
        let only_shoes = app::backend::PublicForm { types: vec![key("shoes")], intro: Localized::new("Hi", "Hei", "Cześć"), ..public.clone() };
        desk.save_setting(&world.admin, Setting::PublicForm(only_shoes.into())).await.expect("is kept");
        let start = desk.report_start(Locale::Pl, None).await.expect("open");
        assert_eq!(start.types.iter().map(|kind| kind.key.as_str()).collect::<Vec<_>>(), ["shoes"]);
        assert_eq!(start.look.intro, "Cześć");
        assert!(matches!(desk.new_report(Locale::Pl, &key("other")).await, Err(AppError::NotFound)));
        let closed = app::backend::PublicForm { open: false, ..public };
        desk.save_setting(&world.admin, Setting::PublicForm(closed.into())).await.expect("is kept");
        assert_eq!(desk.report_start(Locale::Pl, None).await, Err(AppError::NotFound));
        let saved = desk.save_report(home(), Locale::Nb, input(&world, &desk.random.token(), typed(&world, &[]))).await;
        assert_eq!(saved, Err(AppError::NotFound));
    }

    async fn a_letter_with_a_link_is_sent_again_by_an_admin_alone(world: World) {
        filed(&world, &[]).await;
        let sent = world.desk.outbox(&world.admin, None).await.expect("is read").letters.remove(0);
        assert!(!sent.is_case && sent.letter.template == Template::Confirm);
        count(&world, "update letters set state = 'failed', error = 'no such mailbox' returning 1").await;
        for who in [&world.clerk, &world.handler] {
            assert_eq!(world.desk.resend(who, sent.letter.id).await, Err(AppError::NotFound));
        }
        world.desk.resend(&world.admin, sent.letter.id).await.expect("goes out");
        let again = world.desk.outbox(&world.admin, None).await.expect("is read").letters.remove(0);
        assert_eq!((again.letter.state, again.letter.error.as_str()), (LetterState::Waiting, ""));
    }
}
