//! `redress staff add`.
#![expect(clippy::print_stdout, reason = "a command line answers on standard output")]

use super::{Outcome, open_desk};
use crate::config::Config;
use crate::desk::Desk;
use crate::desk::sessions::account::{checked_email, checked_login, checked_password, checked_pin, taken};
use crate::store::{StoreError, book, organisation};
use app::backend::StaffView;
use app::error::AppError;
use app::ui::error_view::error_text;
use clap::Args;
use domain::Locale;
use domain::role::Role;
use futures::FutureExt;
use std::io::Read;

#[derive(Debug, Args)]
pub struct NewStaff {
    /// The user name to sign in with.
    #[arg(long)]
    pub login: String,
    /// As colleagues know them.
    #[arg(long)]
    pub name: String,
    #[arg(long, default_value = "")]
    pub email: String,
    /// clerk, handler or admin.
    #[arg(long, value_parser = role)]
    pub role: Role,
    /// A store's code; may be given several times. An admin reaches every store.
    #[arg(long = "store", value_name = "CODE", num_args = 1..)]
    pub stores: Vec<String>,
    /// en, nb or pl; without it the first store's.
    #[arg(long, value_parser = |text: &str| text.parse::<Locale>().map_err(|_| "expected en, nb or pl"))]
    pub language: Option<Locale>,
    /// Read the password from standard input.
    #[arg(long)]
    pub password_stdin: bool,
    /// 4 to 8 digits for the store's tablet. Others on this machine can see it in the list of processes.
    #[arg(long)]
    pub pin: Option<String>,
}

fn role(text: &str) -> Result<Role, &'static str> {
    Role::from_key(text).ok_or("expected clerk, handler or admin")
}

pub async fn add(config: Config, new: &NewStaff) -> Outcome {
    let desk = open_desk(config).await?;
    let password = match new.password_stdin {
        false => None,
        true => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text)?;
            Some(text.lines().next().unwrap_or_default().to_owned())
        }
    };
    let staff = view(&desk, new, password.is_some())?;
    let (id, login) = (staff.id, staff.login.clone());
    let hash = match &password {
        Some(password) => {
            checked_password("password", password).map_err(told)?;
            Some(desk.passwords.hash(password, &desk.random).await)
        }
        None => None,
    };
    let now = desk.clock.now_ms();
    let written = desk.db.write(move |tx| {
        async move {
            book::touch(tx).await?;
            organisation::save_staff(tx, &staff, now).await.map_err(taken)?;
            if let Some(hash) = &hash {
                organisation::set_password(tx, id, hash).await?;
            }
            Ok(())
        }
        .boxed()
    });
    written.await.map_err(|error| match error {
        StoreError::Answer(answer) => told(answer),
        other => other.to_string(),
    })?;
    if let Some(pin) = &new.pin {
        desk.save_pin(id, pin).await?;
    }
    println!("Added {login}.");
    if password.is_none() {
        let link = desk.new_invitation(Some(id)).await?;
        println!("They choose a password at this link; it works once, for a week:\n\n  {link}");
    }
    desk.db.close().await;
    Ok(())
}

fn view(desk: &Desk, new: &NewStaff, has_password: bool) -> Result<StaffView, String> {
    let book = desk.book();
    let store = |code: &String| {
        let found = book.stores.values().find(|store| store.code.eq_ignore_ascii_case(code));
        found.ok_or_else(|| {
            let codes: Vec<_> = book.stores.values().map(|store| store.code.as_str()).collect();
            format!("there is no store {code}; there is {}", codes.join(", "))
        })
    };
    let stores = new.stores.iter().map(store).collect::<Result<Vec<_>, _>>()?;
    if stores.is_empty() && new.role != Role::Admin {
        return Err("a clerk or a handler needs a --store".to_owned());
    }
    if let Some(pin) = &new.pin {
        checked_pin(pin).map_err(told)?;
    }
    let locale = stores.first().map_or(book.organisation.locale, |store| store.locale);
    Ok(StaffView {
        id: desk.random.id(),
        login: checked_login(&new.login).map_err(told)?,
        name: new.name.trim().to_owned(),
        email: checked_email(&new.email).map_err(told)?,
        role: new.role,
        locale: new.language.unwrap_or(locale),
        stores: stores.iter().map(|store| store.id).collect(),
        has_password,
        has_pin: new.pin.is_some(),
        active: true,
        last_seen: None,
    })
}

/// As the pages would say it.
fn told(error: AppError) -> String {
    let words = error_text(Locale::En, &error);
    match error {
        AppError::Invalid { field, .. } => format!("{field}: {words}"),
        _ => words,
    }
}
