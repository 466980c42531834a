//! Signing in, the store's tablet, invitations.

use crate::browser::session;
use crate::on_both_databases;
use crate::support::World;
use app::backend::{Origin, Sessions, Setting, Settings, StaffView, Viewer, Visitor, Welcome};
use app::error::AppError;
use domain::Locale;
use domain::role::{Reach, Role};
use server::desk::Desk;
use server::store::organisation;

const MINUTE: i64 = 60_000;

fn from(last: u8) -> Origin {
    Origin { address: [192, 0, 2, last].into() }
}

async fn give_password(world: &World, who: &Viewer, password: &str) {
    let hash = world.desk.passwords.hash(password, &world.desk.random).await;
    let id = who.id;
    let saved = world.desk.db.write(move |tx| Box::pin(async move { organisation::set_password(tx, id, &hash).await }));
    saved.await.expect("saved");
}

fn token(cookie: &app::backend::SetCookie) -> String {
    cookie.0.split(['=', ';']).nth(1).expect("a value").to_owned()
}

async fn who(desk: &Desk, token: &str) -> Visitor {
    desk.visitor(token).await.expect("looks up")
}

fn staff_of(visitor: Visitor) -> Viewer {
    let Visitor::Staff(viewer) = visitor else { panic!("{visitor:?} is no staff") };
    viewer
}

async fn change(world: &World, who: &Viewer, change: impl FnOnce(&mut StaffView)) {
    let settings = world.desk.settings(&world.admin).await.expect("settings");
    let mut staff = settings.staff.into_iter().find(|staff| staff.id == who.id).expect("is there");
    change(&mut staff);
    world.desk.save_setting(&world.admin, Setting::Staff(staff)).await.expect("saves");
}

on_both_databases! {
    async fn signs_in_by_user_name_or_address_and_out_again(world: World) {
        give_password(&world, &world.clerk, "correct horse").await;
        for login in ["kari", " KARI@example.com "] {
            let cookie = world.desk.sign_in(from(1), login, "correct horse", "Firefox").await.expect("signs in");
            assert!(cookie.0.ends_with("HttpOnly; SameSite=Lax"), "{}", cookie.0);
            let viewer = staff_of(who(&world.desk, &token(&cookie)).await);
            assert_eq!((viewer.id, viewer.role), (world.clerk.id, Role::Clerk));
            let ended = world.desk.sign_out(&Visitor::Staff(viewer)).await.expect("signs out");
            assert!(ended.0.contains("Max-Age=0"));
            assert_eq!(who(&world.desk, &token(&cookie)).await, Visitor::Nobody);
        }
    }

    async fn the_answer_never_tells_which_half_was_wrong(world: World) {
        give_password(&world, &world.clerk, "correct horse").await;
        let wrong = AppError::invalid("password", "wrong");
        assert_eq!(world.desk.sign_in(from(1), "kari", "wrong", "").await, Err(wrong.clone()));
        assert_eq!(world.desk.sign_in(from(1), "nobody", "wrong", "").await, Err(wrong.clone()));
        // Invited, and without a password yet.
        assert_eq!(world.desk.sign_in(from(1), "hans", "", "").await, Err(wrong));
    }

    async fn guessing_costs_growing_waits(world: World) {
        give_password(&world, &world.clerk, "correct horse").await;
        for _ in 0..5 {
            assert_eq!(world.desk.sign_in(from(1), "kari", "x", "").await, Err(AppError::invalid("password", "wrong")));
        }
        let waits = world.desk.sign_in(from(2), "kari", "correct horse", "").await;
        assert_eq!(waits, Err(AppError::TooMany { seconds: 15 }), "the account waits, wherever they try from");
        world.clock.advance_ms(15_000);
        assert_eq!(world.desk.sign_in(from(1), "kari", "x", "").await, Err(AppError::invalid("password", "wrong")));
        assert_eq!(world.desk.sign_in(from(1), "kari", "x", "").await, Err(AppError::TooMany { seconds: 30 }));
        world.clock.advance_ms(30_000);
        world.desk.sign_in(from(1), "kari", "correct horse", "").await.expect("the right one, after the wait");
        assert_eq!(
            world.desk.sign_in(from(1), "kari", "x", "").await,
            Err(AppError::invalid("password", "wrong")),
            "a success forgets"
        );
    }

    async fn many_guesses_at_once_do_not_slip_through(world: World) {
        give_password(&world, &world.clerk, "correct horse").await;
        let tries = (0..12).map(|_| world.desk.sign_in(from(1), "kari", "x", ""));
        let answers = futures::future::join_all(tries).await;
        let made = answers.iter().filter(|a| **a == Err(AppError::invalid("password", "wrong"))).count();
        assert!(made <= 5, "{made} were tried");
    }

    async fn an_address_that_tries_many_accounts_waits(world: World) {
        for n in 0..30 {
            let tried = world.desk.sign_in(from(9), &format!("user{n}"), "x", "").await;
            assert_eq!(tried, Err(AppError::invalid("password", "wrong")));
        }
        let next = world.desk.sign_in(from(9), "user99", "x", "").await;
        assert!(matches!(next, Err(AppError::TooMany { .. })), "{next:?}");
        let elsewhere = world.desk.sign_in(from(8), "user99", "x", "").await;
        assert_eq!(elsewhere, Err(AppError::invalid("password", "wrong")));
    }

    async fn a_session_survives_a_restart_and_ends_everywhere(world: World) {
        let (one, two) = (session(&world, Some(world.clerk.id), None).await, session(&world, Some(world.clerk.id), None).await);
        let again = Desk::open(world.desk.db.clone(), world.clock.clone(), world.desk.random.clone(), (*world.desk.config).clone());
        let again = again.await.expect("opens again");
        let viewer = staff_of(who(&again, &one).await);
        assert_eq!(again.devices(&viewer).await.expect("devices").len(), 2);
        again.sign_out_everywhere(&viewer).await.expect("signs out");
        assert_eq!(who(&again, &one).await, Visitor::Nobody);
        assert_eq!(who(&again, &two).await, Visitor::Nobody);
    }

    async fn a_session_lasts_while_it_is_used(world: World) {
        let day = 24 * 60 * MINUTE;
        let begun = {
            give_password(&world, &world.clerk, "correct horse").await;
            token(&world.desk.sign_in(from(1), "kari", "correct horse", "").await.expect("signs in"))
        };
        for _ in 0..3 {
            world.clock.advance_ms(29 * day);
            staff_of(who(&world.desk, &begun).await);
        }
        world.clock.advance_ms(31 * day);
        assert_eq!(who(&world.desk, &begun).await, Visitor::Nobody);
    }

    async fn what_an_admin_changes_counts_at_once(world: World) {
        let clerk = session(&world, Some(world.clerk.id), None).await;
        change(&world, &world.clerk, |staff| staff.role = Role::Handler).await;
        assert_eq!(staff_of(who(&world.desk, &clerk).await).role, Role::Handler);
        change(&world, &world.clerk, |staff| staff.active = false).await;
        assert_eq!(who(&world.desk, &clerk).await, Visitor::Nobody);
        give_password(&world, &world.clerk, "correct horse").await;
        let back = world.desk.sign_in(from(1), "kari", "correct horse", "").await;
        assert_eq!(back, Err(AppError::invalid("password", "wrong")));
    }

    async fn a_tablet_knows_its_store_and_forgets_the_clerk(world: World) {
        world.desk.save_pin(world.clerk.id, "2580").await.expect("saved");
        world.desk.reread().await.expect("reread");
        assert_eq!(world.desk.make_tablet(&world.clerk, world.oslo).await, Err(AppError::Forbidden));
        let handler = staff_of(who(&world.desk, &session(&world, Some(world.handler.id), None).await).await);
        let cookie = token(&world.desk.make_tablet(&handler, world.oslo).await.expect("becomes a tablet"));
        let Visitor::Tablet(tablet) = who(&world.desk, &cookie).await else { panic!("a tablet") };
        let there = world.desk.tablet_staff(&tablet).await.expect("staff");
        assert_eq!(there.iter().map(|staff| staff.name.as_str()).collect::<Vec<_>>(), ["Kari Kasse"]);

        assert_eq!(world.desk.pick_clerk(&tablet, world.clerk.id, "0000").await, Err(AppError::invalid("pin", "wrong")));
        assert_eq!(world.desk.pick_clerk(&tablet, world.other_clerk.id, "2580").await, Err(AppError::NotFound));
        world.desk.pick_clerk(&tablet, world.clerk.id, "2580").await.expect("the right PIN");
        let viewer = staff_of(who(&world.desk, &cookie).await);
        assert_eq!((viewer.id, viewer.tablet), (world.clerk.id, Some(world.oslo)));

        world.desk.leave_tablet(&viewer).await.expect("leaves");
        assert!(matches!(who(&world.desk, &cookie).await, Visitor::Tablet(_)));
        world.desk.pick_clerk(&tablet, world.clerk.id, "2580").await.expect("the right PIN");
        world.clock.advance_ms(9 * MINUTE);
        staff_of(who(&world.desk, &cookie).await);
        world.clock.advance_ms(11 * MINUTE);
        assert!(matches!(who(&world.desk, &cookie).await, Visitor::Tablet(_)), "nobody has been there for ten minutes");
        assert!(matches!(who(&world.desk, &cookie).await, Visitor::Tablet(_)));
    }

    async fn a_pin_opens_one_store_and_no_settings(world: World) {
        world.desk.save_pin(world.admin.id, "2580").await.expect("saved");
        world.desk.reread().await.expect("reread");
        let cookie = session(&world, None, Some(world.oslo)).await;
        let Visitor::Tablet(tablet) = who(&world.desk, &cookie).await else { panic!("a tablet") };
        world.desk.pick_clerk(&tablet, world.admin.id, "2580").await.expect("the right PIN");
        let viewer = staff_of(who(&world.desk, &cookie).await);
        assert_eq!((viewer.role, viewer.reach), (Role::Handler, Reach::Stores(vec![world.oslo])));
    }

    async fn pins_are_not_to_be_guessed(world: World) {
        world.desk.save_pin(world.clerk.id, "2580").await.expect("saved");
        world.desk.reread().await.expect("reread");
        let cookie = session(&world, None, Some(world.oslo)).await;
        let Visitor::Tablet(tablet) = who(&world.desk, &cookie).await else { panic!("a tablet") };
        for _ in 0..5 {
            let tried = world.desk.pick_clerk(&tablet, world.clerk.id, "1111").await;
            assert_eq!(tried, Err(AppError::invalid("pin", "wrong")));
        }
        let next = world.desk.pick_clerk(&tablet, world.clerk.id, "2580").await;
        assert_eq!(next, Err(AppError::TooMany { seconds: 15 }));
    }

    async fn an_invitation_works_once(world: World) {
        let url = world.desk.invite(&world.admin, world.clerk.id).await.expect("invites");
        let token_of = |url: &str| url.rsplit('/').next().expect("a token").to_owned();
        let old = token_of(&url);
        let url = world.desk.invite(&world.admin, world.clerk.id).await.expect("invites again");
        assert_eq!(world.desk.invitation(&old).await, Err(AppError::NotFound), "a newer one takes its place");
        let welcome = Welcome {
            token: token_of(&url),
            organisation: String::new(),
            login: "intruder".to_owned(),
            name: "Kari Kasse".to_owned(),
            email: String::new(),
            password: "correct horse".to_owned(),
            locale: Locale::Nb,
        };
        let short = Welcome { password: "short".to_owned(), ..welcome.clone() };
        assert_eq!(
            world.desk.accept_invitation(from(1), short, "").await,
            Err(AppError::invalid("password", "too_short"))
        );
        let before = session(&world, Some(world.clerk.id), None).await;
        let cookie = world.desk.accept_invitation(from(1), welcome.clone(), "").await.expect("accepts");
        let viewer = staff_of(who(&world.desk, &token(&cookie)).await);
        assert_eq!((viewer.id, viewer.role), (world.clerk.id, Role::Clerk));
        assert_eq!(world.desk.book().staff[&world.clerk.id].login, "kari", "the user name is the admin's to choose");
        assert_eq!(who(&world.desk, &before).await, Visitor::Nobody, "older sessions end");
        assert_eq!(world.desk.accept_invitation(from(1), welcome, "").await, Err(AppError::Expired));
    }

    async fn the_first_admins_link_ends_with_the_first_admin(world: World) {
        let link = world.desk.new_invitation(None).await.expect("a link");
        let token = link.rsplit('/').next().expect("a token").to_owned();
        assert!(world.desk.invitation(&token).await.expect("open").first_admin);
        give_password(&world, &world.admin, "made by the command line").await;
        assert_eq!(world.desk.invitation(&token).await, Err(AppError::Expired));
        let welcome = Welcome {
            token,
            organisation: "Mine now".to_owned(),
            name: "Somebody Else".to_owned(),
            login: "else".to_owned(),
            email: "else@example.com".to_owned(),
            password: "correct horse battery".to_owned(),
            locale: Locale::En,
        };
        assert_eq!(world.desk.accept_invitation(from(1), welcome, "").await, Err(AppError::Expired));
        assert_ne!(world.desk.book().organisation.name, "Mine now");
    }

    async fn an_invitation_ends_after_a_week(world: World) {
        let url = world.desk.invite(&world.admin, world.clerk.id).await.expect("invites");
        world.clock.advance_ms(8 * 24 * 60 * MINUTE);
        let token = url.rsplit('/').next().expect("a token");
        assert_eq!(world.desk.invitation(token).await, Err(AppError::Expired));
    }

    async fn a_changed_password_signs_the_others_out(world: World) {
        give_password(&world, &world.clerk, "correct horse").await;
        let other = session(&world, Some(world.clerk.id), None).await;
        let mine = staff_of(who(&world.desk, &session(&world, Some(world.clerk.id), None).await).await);
        assert_eq!(
            world.desk.change_password(&mine, "guess", "battery staple").await,
            Err(AppError::invalid("old", "wrong"))
        );
        let cookie = world.desk.change_password(&mine, "correct horse", "battery staple").await.expect("changes");
        staff_of(who(&world.desk, &token(&cookie)).await);
        assert_eq!(who(&world.desk, &other).await, Visitor::Nobody);
        world.desk.sign_in(from(1), "kari", "battery staple", "").await.expect("the new one");
    }

    async fn no_secret_is_kept_as_it_is(world: World) {
        give_password(&world, &world.clerk, "correct horse").await;
        let cookie = token(&world.desk.sign_in(from(1), "kari", "correct horse", "").await.expect("signs in"));
        let mut connection = world.desk.db.read().await.expect("a connection");
        let hash: String = sqlx::query_scalar("select password_hash from staff where login = 'kari'")
            .fetch_one(&mut *connection)
            .await
            .expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let kept: Vec<String> =
            sqlx::query_scalar("select token_hash from sessions").fetch_all(&mut *connection).await.expect("hashes");
        assert!(!kept.is_empty() && !kept.contains(&cookie));
    }
}
