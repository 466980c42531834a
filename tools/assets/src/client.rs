//! The client: wasm-bindgen's JavaScript and WebAssembly, made small.

use std::path::Path;

use wasm_bindgen_cli_support::Bindgen;

use crate::Options;
use crate::fail::{Context as _, Fail};
use crate::{inputs, site, tool};

/// The two files that the browser gets.
pub struct Client {
    pub js: Vec<u8>,
    pub wasm: Vec<u8>,
}

/// Runs wasm-bindgen, wasm-opt and esbuild in `work`; keeps the result for the next run with the same input, since `wasm-opt` takes long.
///
/// The page's script names the WebAssembly when it calls the JavaScript's default export, so no file name stands in either.
pub fn make(options: &Options, work: &Path) -> Result<Client, Fail> {
    let key = inputs::client_key(options)?;
    let (js, wasm, mark) = (work.join("redress.min.js"), work.join("redress.min.wasm"), work.join("client.key"));
    if std::fs::read_to_string(&mark).is_ok_and(|last| last == key) {
        return read(&js, &wasm);
    }

    site::empty(work)?;
    Bindgen::new()
        .input_path(options.wasm())
        .out_name("redress")
        .web(true)
        .context("wasm-bindgen")?
        .typescript(false)
        .debug(options.dev)
        .keep_debug(options.dev)
        .remove_name_section(!options.dev)
        .remove_producers_section(!options.dev)
        .generate(work)
        .context("wasm-bindgen")?;

    let bound = work.join("redress_bg.wasm");
    if options.dev {
        std::fs::copy(&bound, &wasm).context("copying the client")?;
    } else {
        tool::wasm_opt(&bound, &wasm)?;
    }
    // Bundling takes in the snippets that a crate may bring.
    tool::esbuild(&work.join("redress.js"), &js, options.dev, &["--format=esm"])?;
    std::fs::write(&mark, &key).context("writing the client's key")?;
    read(&js, &wasm)
}

fn read(js: &Path, wasm: &Path) -> Result<Client, Fail> {
    Ok(Client {
        js: std::fs::read(js).context("reading the bundled script")?,
        wasm: std::fs::read(wasm).context("reading the optimised client")?,
    })
}
