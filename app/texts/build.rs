//! Turns `app/locales/<language>/<namespace>.json` into functions; a missing key or a placeholder that differs stops the build.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs, io};

mod generate;

fn main() -> io::Result<()> {
    let root = Path::new("../locales");
    println!("cargo::rerun-if-changed=generate.rs");
    println!("cargo::rerun-if-changed=../locales");
    let mut sources = generate::Sources::default();
    for (source, (tag, _)) in sources.iter_mut().zip(generate::LOCALES) {
        *source = read(&root.join(tag))?;
    }
    match generate::generate(&sources) {
        Ok(code) => {
            let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
            fs::write(Path::new(&out).join("texts.rs"), code)
        }
        Err(faults) => {
            for fault in faults {
                println!("cargo::error=app/{fault}");
            }
            Ok(())
        }
    }
}

fn read(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            files.insert(name, fs::read_to_string(&path)?);
        }
    }
    Ok(files)
}
