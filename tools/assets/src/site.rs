//! The site folder: names, copies and precompressed files.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use crate::client::Client;
use crate::fail::{Context as _, Fail};
use crate::inputs::{files_in, short_hash};

/// Below this a file is one packet either way.
const WORTH_COMPRESSING: usize = 256;

/// The hashed names in `pkg/`.
#[derive(Debug, PartialEq)]
pub struct Names {
    pub js: String,
    pub wasm: String,
    pub css: String,
}

impl Names {
    fn of(client: &Client, css: &[u8]) -> Self {
        let name = |bytes: &[u8], kind| format!("redress.{}.{kind}", short_hash(bytes));
        Self { js: name(&client.js, "js"), wasm: name(&client.wasm, "wasm"), css: name(css, "css") }
    }

    /// `manifest.json`. The names hold no character that JSON would escape.
    pub fn manifest(&self) -> String {
        let Self { js, wasm, css } = self;
        format!("{{\"js\": \"{js}\", \"wasm\": \"{wasm}\", \"css\": \"{css}\"}}\n")
    }
}

/// Makes an empty folder, whatever was there.
pub fn empty(folder: &Path) -> Result<(), Fail> {
    if folder.exists() {
        fs::remove_dir_all(folder).context(format_args!("removing {}", folder.display()))?;
    }
    fs::create_dir_all(folder).context(format_args!("making {}", folder.display()))
}

/// Copies the files of `public` under their own names.
pub fn copy_public(public: &Path, site: &Path) -> Result<(), Fail> {
    for from in files_in(public)? {
        let name = from.strip_prefix(public).context("naming a public file")?;
        if name.starts_with("pkg") || name == Path::new("manifest.json") {
            return Err(Fail::new(format!("{} would hide a file that is made: choose another name", from.display())));
        }
        let to = site.join(name);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).context(format_args!("making {}", folder.display()))?;
        }
        fs::copy(&from, &to).context(format_args!("copying {}", from.display()))?;
    }
    Ok(())
}

/// Writes the client and the style into `pkg/`, named by what they hold.
pub fn write_pkg(site: &Path, client: &Client, css: &[u8]) -> Result<Names, Fail> {
    let names = Names::of(client, css);
    let pkg = site.join("pkg");
    fs::create_dir_all(&pkg).context("making pkg")?;
    for (name, bytes) in [(&names.js, &client.js[..]), (&names.wasm, &client.wasm), (&names.css, css)] {
        fs::write(pkg.join(name), bytes).context(format_args!("writing {name}"))?;
    }
    Ok(names)
}

/// Puts `.br` and `.gz` beside each file that gets smaller by a tenth or more; takes them from `last` if the file is the same there.
pub fn compress(site: &Path, last: &Path) -> Result<(), Fail> {
    for path in files_in(site)? {
        let bytes = fs::read(&path).context(format_args!("reading {}", path.display()))?;
        if bytes.len() < WORTH_COMPRESSING || packed_already(&path) {
            continue;
        }
        let before = last.join(path.strip_prefix(site).context("naming a file of the site")?);
        let same = fs::read(&before).is_ok_and(|old| old == bytes);
        let encodings: [(&str, Encode); 2] = [("br", brotli), ("gz", gzip)];
        for (extension, encode) in encodings {
            let to = beside(&path, extension);
            if same && fs::copy(beside(&before, extension), &to).is_ok() {
                continue;
            }
            let small = encode(&bytes).context(format_args!("compressing {}", path.display()))?;
            if small.len() < bytes.len() / 10 * 9 {
                fs::write(&to, small).context(format_args!("writing {}", to.display()))?;
            }
        }
    }
    Ok(())
}

/// Pictures and fonts that are compressed by their nature.
fn packed_already(path: &Path) -> bool {
    path.extension().is_some_and(|kind| {
        ["png", "jpg", "jpeg", "webp", "avif", "gif", "woff2", "br", "gz"].iter().any(|packed| kind == *packed)
    })
}

type Encode = fn(&[u8]) -> std::io::Result<Vec<u8>>;

fn beside(path: &Path, extension: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut small, &parameters)?;
    Ok(small)
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Puts the new site where the old one stood.
pub fn replace(next: &Path, site: &Path) -> Result<(), Fail> {
    if site.exists() {
        fs::remove_dir_all(site).context(format_args!("removing {}", site.display()))?;
    }
    fs::rename(next, site).context(format_args!("moving the new site to {}", site.display()))
}

/// Tells the sizes that a browser has to fetch.
pub fn report(site: &Path, names: &Names) {
    let size = |path: &Path| fs::metadata(path).map(|file| file.len()).ok();
    for name in [&names.wasm, &names.js, &names.css] {
        let path = site.join("pkg").join(name);
        let br = size(&beside(&path, "br")).map(|bytes| format!(", {bytes} in brotli")).unwrap_or_default();
        eprintln!("  pkg/{name}: {} bytes{br}", size(&path).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(js: &str) -> (tempfile::TempDir, Names) {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let client = Client { js: js.into(), wasm: vec![0; 4096] };
        let names = write_pkg(dir.path(), &client, b"a{b:c}").expect("a writable folder");
        (dir, names)
    }

    #[test]
    fn a_name_changes_with_its_file_alone() {
        let (_, one) = made("let a");
        let (_, two) = made("let b");
        assert_ne!(one.js, two.js);
        assert_eq!((one.wasm, one.css), (two.wasm, two.css));
    }

    #[test]
    fn the_manifest_names_the_files() {
        let (dir, names) = made("let a");
        let manifest = names.manifest();
        for name in [&names.js, &names.wasm, &names.css] {
            assert!(manifest.contains(&format!("\"{name}\"")), "{manifest}");
            assert!(dir.path().join("pkg").join(name).exists());
        }
    }

    #[test]
    fn compresses_what_shrinks_and_nothing_else() {
        let (dir, names) = made("let a");
        let nowhere = dir.path().join("nowhere");
        fs::write(dir.path().join("icon.png"), vec![0; 4096]).expect("a file");
        compress(dir.path(), &nowhere).expect("a writable folder");
        let wasm = dir.path().join("pkg").join(&names.wasm);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut fs::File::open(beside(&wasm, "br")).expect("the brotli file"), &mut back)
            .expect("whole");
        assert_eq!(back, vec![0; 4096]);
        assert!(beside(&wasm, "gz").exists());
        assert!(!beside(&dir.path().join("pkg").join(&names.js), "br").exists(), "too small to be worth it");
        assert!(!dir.path().join("icon.png.br").exists(), "compressed by its nature");
    }

    #[test]
    fn takes_a_compressed_file_from_the_last_site_only_if_its_source_is_the_same() {
        let (last, names) = made("let a");
        let (next, _) = made("let a");
        let of_last = beside(&last.path().join("pkg").join(&names.wasm), "br");
        fs::write(&of_last, "from the last run").expect("a file");
        compress(next.path(), last.path()).expect("a writable folder");
        let of_next = beside(&next.path().join("pkg").join(&names.wasm), "br");
        assert_eq!(fs::read(&of_next).expect("a file"), b"from the last run");

        fs::write(last.path().join("pkg").join(&names.wasm), "another").expect("a file");
        compress(next.path(), last.path()).expect("a writable folder");
        assert_ne!(fs::read(&of_next).expect("a file"), b"from the last run");
    }

    #[test]
    fn a_public_file_may_not_hide_a_made_one() {
        let public = tempfile::tempdir().expect("a temporary folder");
        let site = tempfile::tempdir().expect("a temporary folder");
        fs::write(public.path().join("manifest.json"), "{}").expect("a file");
        assert!(copy_public(public.path(), site.path()).is_err());
    }
}
