//! `redress check`.
#![expect(clippy::print_stdout, reason = "a command line answers on standard output")]

use super::{Outcome, make_private};
use crate::config::Config;
use crate::files::Files;
use crate::http::Site;
use crate::mail::phone;
use crate::mail::smtp::Courier;
use crate::store::{Db, book};
use std::time::Duration;
use tokio::net::TcpStream;

/// The file and the environment have been read already; here everything that they name is tried.
pub async fn check(config: &Config) -> Outcome {
    let tried = [
        ("data_dir", data_dir(config)),
        ("files_url", files(config).await),
        ("database_url", database(config).await),
        ("site_dir", site(config)),
        ("smtp_url", mail(config).await),
        ("sms_gateway", gateway(config)),
    ];
    let mut wrong = 0;
    for (key, outcome) in tried {
        match outcome {
            Ok(words) => println!("ok     {key}: {words}"),
            Err(error) => {
                wrong += 1;
                println!("wrong  {key}: {error}");
            }
        }
    }
    println!("       public_url: {}", config.public_url);
    if wrong == 0 { Ok(()) } else { Err(format!("{wrong} of the configuration's values do not work").into()) }
}

type Tried = Result<String, Box<dyn std::error::Error>>;

fn data_dir(config: &Config) -> Tried {
    make_private(&config.data_dir)?;
    let probe = config.data_dir.join(".check");
    std::fs::write(&probe, b"")?;
    std::fs::remove_file(&probe)?;
    Ok(format!("{} can be written", config.data_dir.display()))
}

async fn files(config: &Config) -> Tried {
    let Some(bucket) = &config.files_url else { return Ok("none; pictures lie in data_dir".to_owned()) };
    Files::open(config)?.reach().await?;
    Ok(format!("{bucket} can be written"))
}

async fn database(config: &Config) -> Tried {
    if config.database_file().is_some_and(|file| !file.exists()) {
        return Ok("is not there yet; `redress serve` makes it".to_owned());
    }
    let db = Db::connect(&config.database_url).await?;
    let answer = match book::version(&db).await {
        Ok(_) => "answers".to_owned(),
        Err(_) => "answers, but has no organisation yet; `redress serve` makes it".to_owned(),
    };
    db.close().await;
    Ok(answer)
}

fn site(config: &Config) -> Tried {
    let site = Site::open(&config.site_dir).map_err(|error| format!("{}: {error}", config.site_dir.display()))?;
    Ok(format!("{}, {} files", config.site_dir.display(), site.paths().count()))
}

/// It is not asked: each request costs a message.
fn gateway(config: &Config) -> Tried {
    let Some(kind) = config.sms_gateway else { return Ok("none; customers are reached by e-mail alone".to_owned()) };
    phone::gateway(config)?;
    let at = if config.sms_url.is_empty() { kind.base() } else { &config.sms_url };
    Ok(format!("{} at {at}; it is asked with the first message", kind.key()))
}

async fn mail(config: &Config) -> Tried {
    let Some(url) = &config.smtp_url else { return Ok("none; letters stay in the local outbox".to_owned()) };
    let (scheme, rest) = url.split_once("://").ok_or("no scheme")?;
    let place = rest.rsplit('@').next().unwrap_or(rest).split(['/', '?']).next().unwrap_or_default();
    let port = match scheme {
        "smtps" => 465,
        "smtp+starttls" => 587,
        _ => 25,
    };
    let place = if place.rsplit(':').next().is_some_and(|port| port.parse::<u16>().is_ok()) {
        place.to_owned()
    } else {
        format!("{place}:{port}")
    };
    tokio::time::timeout(Duration::from_secs(10), TcpStream::connect(&place))
        .await
        .map_err(|_| format!("{place} does not answer"))?
        .map_err(|error| format!("{place}: {error}"))?;
    let courier = Courier::new(config)?;
    tokio::time::timeout(Duration::from_secs(30), courier.greet())
        .await
        .map_err(|_| format!("{place} does not answer"))?
        .map_err(|words| format!("{place}: {words}"))?;
    Ok(format!("{place} takes letters"))
}
