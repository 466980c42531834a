//! What the site is made of, as one key: the same key, the same site.

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::Options;
use crate::fail::{Context as _, Fail};

/// The key of everything that the site depends on: the client, the style, the public files, the tools and this program itself.
pub fn key(options: &Options) -> Result<String, Fail> {
    let mut hash = Sha256::new();
    hash.update([u8::from(options.dev)]);
    let mut files = vec![options.wasm()];
    files.extend(tools()?);
    for folder in ["style", "frontend/public"] {
        files.extend(files_in(Path::new(folder))?);
    }
    update(&mut hash, &files)?;
    Ok(hex(&hash.finalize()))
}

/// The key of the client alone, whose optimising takes longest.
pub fn client_key(options: &Options) -> Result<String, Fail> {
    let mut hash = Sha256::new();
    hash.update([u8::from(options.dev)]);
    update(&mut hash, &[options.wasm()])?;
    update(&mut hash, &tools()?)?;
    Ok(hex(&hash.finalize()))
}

/// This program, and the names and versions of those that it calls.
fn tools() -> Result<[PathBuf; 2], Fail> {
    Ok(["tools/package-lock.json".into(), std::env::current_exe().context("finding this program's own file")?])
}

fn update(hash: &mut Sha256, files: &[PathBuf]) -> Result<(), Fail> {
    for path in files {
        let bytes = std::fs::read(path).context(format_args!("reading {}", path.display()))?;
        hash.update(path.as_os_str().as_encoded_bytes());
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    }
    Ok(())
}

/// Every file below a folder, in a fixed order; none if there is no such folder.
pub fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Fail> {
    let mut found = Vec::new();
    if !folder.exists() {
        return Ok(found);
    }
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).context(format_args!("reading {}", folder.display()))? {
            let path = entry.context(format_args!("reading {}", folder.display()))?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Twelve characters of a content's hash: enough that two versions of one file never share a name.
pub fn short_hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))[..12].to_owned()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_files_in_a_fixed_order() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(dir.path().join("b")).expect("a folder");
        for name in ["c", "b/a", "a"] {
            std::fs::write(dir.path().join(name), name).expect("a file");
        }
        let found = files_in(dir.path()).expect("a readable folder");
        let names: Vec<_> = found.iter().filter_map(|path| path.strip_prefix(dir.path()).ok()?.to_str()).collect();
        assert_eq!(names, ["a", "b/a", "c"]);
    }

    #[test]
    fn a_name_follows_the_content() {
        assert_eq!(short_hash(b"abc"), "ba7816bf8f01");
        assert_ne!(short_hash(b"abc"), short_hash(b"abd"));
    }
}
