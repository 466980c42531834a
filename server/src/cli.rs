//! The command line. What it prints is for people; the log goes to standard error.
#![expect(clippy::print_stdout, reason = "a command line answers on standard output")]

mod backup;
mod check;
mod demo;
mod serve;
mod staff;

use crate::clock::{Random, SystemClock};
use crate::config::{self, Config, LogFormat};
use crate::desk::{Desk, seed};
use crate::store::Db;
use clap::{Parser, Subcommand};
use std::error::Error;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

type Outcome = Result<(), Box<dyn Error>>;

/// Complaints, warranty claims and returns for shops.
#[derive(Debug, Parser)]
#[command(name = "redress", version, arg_required_else_help = true)]
pub struct Arguments {
    /// The configuration's file. Without it ./redress.toml or /etc/redress/redress.toml, if there is one.
    #[arg(long, global = true, env = "REDRESS_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server.
    Serve,
    /// Bring the database to this version's tables; `serve` does so by itself.
    Migrate,
    /// Write a copy of everything to a file, also while the server is running.
    ///
    /// FILE becomes a tar archive with the database and the files. To restore it, stop the server, unpack it into an
    /// empty data folder (`tar -xf FILE -C data`) and start. With PostgreSQL it holds the files alone: copy the database
    /// with pg_dump, first the database and then the files. Pictures in a bucket (files_url) are not in it.
    Backup {
        /// Must not exist yet.
        file: PathBuf,
    },
    /// Fill a fresh data folder with a demo chain: stores, staff of each role, and cases in all phases.
    Demo {
        /// How many. Up to 120 have a whole course of events with pictures; the others are for measuring.
        #[arg(long, default_value_t = 400, value_name = "N")]
        cases: u32,
    },
    /// Add people.
    #[command(subcommand)]
    Staff(StaffCommand),
    /// Look whether the configuration is right and everything that it names can be reached.
    Check {
        /// Print a file with every key, its meaning and its default instead.
        #[arg(long)]
        print_defaults: bool,
    },
}

#[derive(Debug, Subcommand)]
enum StaffCommand {
    /// Add somebody, also while the server is running. Without a password it prints a one-time link for choosing one.
    Add(staff::NewStaff),
}

/// Runs a command to its end.
pub fn run(arguments: &Arguments) -> ExitCode {
    match attempt(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "a command line complains on standard error")]
fn complain(text: &str) {
    eprintln!("redress: {text}");
}

fn attempt(arguments: &Arguments) -> Outcome {
    if matches!(arguments.command, Command::Check { print_defaults: true }) {
        print!("{}", config::print_defaults());
        return Ok(());
    }
    let config = match config::load(arguments.config.as_deref(), std::env::vars()) {
        Ok((config, _)) => config,
        Err(problems) => {
            let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
            return Err(format!("the configuration is wrong\n  {}", lines.join("\n  ")).into());
        }
    };
    start_log(&config);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match &arguments.command {
            Command::Serve => serve::serve(config).await,
            Command::Backup { file } => backup::backup(&config, file).await,
            Command::Demo { cases } => demo::demo(config, *cases).await,
            Command::Staff(StaffCommand::Add(new)) => staff::add(config, new).await,
            Command::Check { .. } => check::check(&config).await,
            Command::Migrate => {
                open_database(&config).await?.close().await;
                println!("The database is up to date.");
                Ok(())
            }
        }
    })
}

fn start_log(config: &Config) {
    let filter = tracing_subscriber::EnvFilter::try_new(&config.log).unwrap_or_default();
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    // A second one in the same process would be a test's.
    let _ = match config.log_format {
        LogFormat::Text => log.with_target(false).try_init(),
        LogFormat::Json => log.json().try_init(),
    };
}

async fn open_database(config: &Config) -> Result<Db, Box<dyn Error>> {
    make_private(&config.data_dir)?;
    Ok(Db::open(&config.database_url).await?)
}

/// The data folder is for the server's own user alone.
fn make_private(folder: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// A desk on the configured database, which is brought up to date and seeded first.
async fn open_desk(config: Config) -> Result<Desk, Box<dyn Error>> {
    let db = open_database(&config).await?;
    let random = Arc::new(Random::from_system());
    seed::seed(&db, &random).await?;
    Ok(Desk::open(db, Arc::new(SystemClock), random, config).await?)
}
