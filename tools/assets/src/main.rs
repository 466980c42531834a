//! Turns the client's WebAssembly, the style and `frontend/public` into `target/site`, which the server serves as it is:
//!
//! ```text
//! site/manifest.json               {"js": "redress.<hash>.js", "wasm": "redress.<hash>.wasm", "css": "redress.<hash>.css"}
//! site/pkg/redress.<hash>.*        named by content, to be cached for ever; `.br` and `.gz` beside each
//! site/<what frontend/public has>  the same names; `.br` and `.gz` beside what gets smaller by it
//! ```
//!
//! Run from the root of the clone by `tools/build.sh`. A run whose inputs are those of the last one does nothing.

mod client;
mod fail;
mod inputs;
mod site;
mod style;
mod tool;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use fail::{Context as _, Fail};

const HELP: &str = "\
usage: assets [--dev] [--target-dir DIR]

  --dev              takes the debug build of the client; no wasm-opt, no minifying, no precompressed files
  --target-dir DIR   where cargo builds (default: target); the site is made in DIR/site";

/// What the command line asks for.
struct Options {
    dev: bool,
    target: PathBuf,
}

impl Options {
    fn parse(mut args: impl Iterator<Item = String>) -> Result<Self, Fail> {
        let mut options = Self { dev: false, target: PathBuf::from("target") };
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--dev" => options.dev = true,
                "--target-dir" => options.target = args.next().ok_or(Fail::new("--target-dir needs a folder"))?.into(),
                other => return Err(Fail::new(format!("unknown argument {other}\n{HELP}"))),
            }
        }
        Ok(options)
    }

    /// The client as cargo left it.
    fn wasm(&self) -> PathBuf {
        let profile = if self.dev { "debug" } else { "wasm-release" };
        self.target.join("wasm32-unknown-unknown").join(profile).join("frontend.wasm")
    }
}

fn main() -> ExitCode {
    match Options::parse(std::env::args().skip(1)).and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fail) => {
            eprintln!("assets: {fail}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), Fail> {
    let site = options.target.join("site");
    let work = options.target.join("assets");
    let mark = work.join("site.key");
    let key = inputs::key(options)?;
    if site.join("manifest.json").exists() && std::fs::read_to_string(&mark).is_ok_and(|last| last == key) {
        return Ok(());
    }
    let started = Instant::now();

    let client = client::make(options, &work.join("client"))?;
    let css = style::make(options, Path::new("style/main.css"), &work)?;

    // Made beside the old one and then put in its place, so that a broken run leaves a whole site behind.
    let next = options.target.join("site.next");
    site::empty(&next)?;
    site::copy_public(Path::new("frontend/public"), &next)?;
    let names = site::write_pkg(&next, &client, &css)?;
    if !options.dev {
        site::compress(&next, &site)?;
    }
    std::fs::write(next.join("manifest.json"), names.manifest()).context("writing manifest.json")?;
    site::replace(&next, &site)?;
    std::fs::write(&mark, key).context("writing the key of the inputs")?;
    eprintln!("assets: {} in {:.1} s", site.display(), started.elapsed().as_secs_f32());
    site::report(&site, &names);
    Ok(())
}
