//! The tools that npm brings, as `tools/package-lock.json` names them.

use std::path::Path;
use std::process::Command;

use crate::fail::{Context as _, Fail};

/// Browsers from about 2022 on: the oldest that run the client's WebAssembly (reference types, bulk memory).
const BROWSERS: &str = "--target=chrome109,edge109,firefox115,safari16.4";

/// esbuild, told to write `output`; source maps go with a development build alone.
pub fn esbuild(input: &Path, output: &Path, dev: bool, more: &[&str]) -> Result<(), Fail> {
    let mut command = tool("esbuild")?;
    command
        .arg(input)
        .arg("--bundle")
        .arg(format!("--outfile={}", output.display()))
        .arg("--log-level=warning")
        .args(more);
    if dev {
        command.arg("--sourcemap=inline");
    } else {
        command.args(["--minify", "--legal-comments=none", BROWSERS]);
    }
    run(command)
}

/// binaryen's optimiser, for the smallest client.
pub fn wasm_opt(input: &Path, output: &Path) -> Result<(), Fail> {
    let mut command = tool("wasm-opt")?;
    command.arg(input).arg("-o").arg(output).args(["-Oz", "--strip-producers", "--strip-target-features"]);
    // What rustc takes for granted on wasm32 since 1.82, and nothing more.
    for feature in [
        "bulk-memory",
        "bulk-memory-opt",
        "call-indirect-overlong",
        "multivalue",
        "mutable-globals",
        "nontrapping-float-to-int",
        "reference-types",
        "sign-ext",
    ] {
        command.arg(format!("--enable-{feature}"));
    }
    run(command)
}

fn tool(name: &str) -> Result<Command, Fail> {
    let path = Path::new("tools/node_modules/.bin").join(name);
    if path.exists() {
        Ok(Command::new(path))
    } else {
        Err(Fail::new(format!("{name} is not installed: run tools/setup.sh run")))
    }
}

fn run(mut command: Command) -> Result<(), Fail> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().context(format_args!("starting {name}"))?;
    if status.success() { Ok(()) } else { Err(Fail::new(format!("{name} failed ({status})"))) }
}
