//! The binary `redress`.

use clap::Parser;
use std::process::ExitCode;

/// The system's own spends a third of a page's time on many small pieces, and keeps what a load has asked for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    server::cli::run(&server::cli::Arguments::parse())
}
