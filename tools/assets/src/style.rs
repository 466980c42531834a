//! The style: `style/main.css` and all that it imports, as one file. (An `--external:/*` would match every import: esbuild
//! compares it with the resolved, absolute paths, too.)

use std::path::Path;

use crate::Options;
use crate::fail::{Context as _, Fail};
use crate::tool;

/// Bundles the style. A relative `url(…)` is taken in as a data URL.
pub fn make(options: &Options, main: &Path, work: &Path) -> Result<Vec<u8>, Fail> {
    let output = work.join("redress.min.css");
    tool::esbuild(
        main,
        &output,
        options.dev,
        &["--loader:.svg=dataurl", "--loader:.png=dataurl", "--loader:.woff2=dataurl"],
    )?;
    std::fs::read(&output).context("reading the bundled style")
}
