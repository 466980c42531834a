//! `redress backup FILE`.
#![expect(clippy::print_stdout, reason = "a command line answers on standard output")]

use super::Outcome;
use crate::config::Config;
use crate::store::Db;
use crate::store::dialect::Dialect;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// Where pictures and documents lie in the data folder, and so in the archive.
pub const FILES: &str = "files";
const DATABASE: &str = "redress.db";

/// Writes beside the wanted name first, so that a broken run leaves no half archive under it.
pub async fn backup(config: &Config, file: &Path) -> Outcome {
    if file.exists() {
        return Err(format!("{} is there already", file.display()).into());
    }
    let postgres = Dialect::of_url(&config.database_url) == Some(Dialect::Postgres);
    if let (true, Some(bucket)) = (postgres, &config.files_url) {
        return Err(format!(
            "there is nothing to write: copy the database with pg_dump, and the pictures from the bucket {bucket} after it"
        )
        .into());
    }
    let unfinished = beside(file, "part");
    // In the data folder, which is private, and on a disk that has room for a second one.
    let copy = config.data_dir.join(".backup.db");
    let done = write(config, &unfinished, &copy).await;
    remove(&copy)?;
    if let Err(error) = done {
        remove(&unfinished)?;
        return Err(error);
    }
    std::fs::rename(&unfinished, file)?;
    println!("Wrote {}.", file.display());
    if postgres {
        println!("It holds the files alone. Copy the database with pg_dump, before the files.");
    }
    if let Some(bucket) = &config.files_url {
        println!("It holds the database alone. The pictures are in the bucket {bucket}: copy that after it.");
    }
    Ok(())
}

/// The database first: a file is written before the row that names it, and removed after it, so that every row of the
/// copy finds its file.
async fn write(config: &Config, archive: &Path, copy: &Path) -> Outcome {
    remove(copy)?;
    if Dialect::of_url(&config.database_url) == Some(Dialect::Sqlite) {
        let db = Db::connect(&config.database_url).await?;
        db.copy_into(copy).await?;
        db.close().await;
    }
    // A bucket has copies of its own, and may be larger than any disk here.
    let files = config.files_url.is_none().then(|| config.data_dir.join(FILES));
    let (archive, copy) = (archive.to_owned(), copy.to_owned());
    tokio::task::spawn_blocking(move || pack(&archive, &copy, files.as_deref())).await??;
    Ok(())
}

fn pack(archive: &Path, copy: &Path, files: Option<&Path>) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let file = File::options().write(true).create(true).truncate(true).mode(0o600).open(archive)?;
    let mut tar = tar::Builder::new(BufWriter::new(file));
    if copy.exists() {
        tar.append_path_with_name(copy, DATABASE)?;
    }
    if let Some(files) = files.filter(|files| files.is_dir()) {
        append(&mut tar, files, Path::new(FILES))?;
    }
    tar.into_inner()?.into_inner().map_err(|error| error.into_error())?.sync_all()
}

/// Like `append_dir_all`, but a file that goes meanwhile is no fault: its row went before it.
fn append(tar: &mut tar::Builder<BufWriter<File>>, folder: &Path, name: &Path) -> std::io::Result<()> {
    tar.append_dir(name, folder)?;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = name.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            append(tar, &entry.path(), &name)?;
            continue;
        }
        match File::open(entry.path()) {
            Ok(mut file) => tar.append_file(name, &mut file)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    file.with_file_name(name)
}

fn remove(file: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
