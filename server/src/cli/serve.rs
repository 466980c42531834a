//! `redress serve`.
#![expect(clippy::print_stdout, reason = "a command line answers on standard output")]

use super::{Outcome, open_desk};
use crate::config::Config;
use crate::http::{Site, serve};
use crate::store::sessions;
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use tokio::net::TcpListener;

pub async fn serve(config: Config) -> Outcome {
    let site = Site::open(&config.site_dir).map_err(|error| {
        format!(
            "{}: {error}\nThis folder holds scripts and styles; tools/build.sh makes it.",
            config.site_dir.display()
        )
    })?;
    let listener = TcpListener::bind(config.listen).await.map_err(|error| format!("{}: {error}", config.listen))?;
    let desk = open_desk(config).await?;
    desk.files.reach().await?;
    println!("{}", greeting(&desk.config.public_url, desk.config.smtp_url.is_some()));
    if sessions::nobody_yet(&mut *desk.db.read().await?).await? {
        let link = desk.new_invitation(None).await?;
        println!("Nobody can sign in yet. Open this link to make the first account; it works once:\n\n  {link}\n");
    }
    println!("Press Ctrl-C to end.");
    serve::serve(desk, site, listener).await?;
    Ok(())
}

fn greeting(url: &str, mail: bool) -> String {
    let qr = QrCode::new(url).map(|code| {
        // Dark on light whatever the terminal's colours are: most terminals are dark, and a phone wants dark modules.
        code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).quiet_zone(true).build()
    });
    let letters =
        if mail { "" } else { "Letters stay in the local outbox (Settings, Outbox): no mail server is configured.\n" };
    format!("\n{}\n\nRedress listens at  {url}\n{letters}", qr.unwrap_or_default())
}
