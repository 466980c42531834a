//! Pictures in a bucket: a real S3 server, s3s-fs, as a process of its own.

use crate::browser::Browser;
use crate::on_both_databases;
use crate::pictures::fixture;
use crate::registration::{count, registered};
use crate::support::World;
use crate::tls::Authority;
use app::backend::{PictureView, Pictures};
use app::urls::{self, Size};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::id::CaseId;
use server::config::{Config, Secret};
use server::desk::Desk;
use server::files::Files;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

pub const ID: &str = "redress";
pub const SECRET: &str = "a-secret-that-nobody-sees";

/// An S3 server with one bucket, `pictures`.
pub struct S3 {
    port: u16,
    /// `None` while it is away.
    running: Option<Child>,
    folder: tempfile::TempDir,
}

/// `tools/setup.sh test` puts it there.
fn program() -> PathBuf {
    let named = std::env::var_os("TEST_S3_SERVER").map(PathBuf::from);
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")));
    let program = named.or_else(|| cache.map(|cache| cache.join("redress/tools/bin/s3s-fs"))).expect("a home");
    assert!(program.is_file(), "{} is missing: tools/setup.sh test builds it", program.display());
    program
}

impl S3 {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("pictures")).expect("the bucket");
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        drop(listener);
        let mut server = Self { port, running: None, folder };
        server.come_back();
        server
    }

    pub fn go_away(&mut self) {
        if let Some(mut child) = self.running.take() {
            child.kill().expect("SIGKILL");
            child.wait().expect("ends");
        }
    }

    pub fn come_back(&mut self) {
        let child = Command::new(program())
            .args(["--host", "127.0.0.1", "--port", &self.port.to_string(), "--access-key", ID, "--secret-key", SECRET])
            .arg(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        self.running = Some(child);
        let begun = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(20), "the S3 server does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What lies in the bucket, by key.
    fn keys(&self) -> Vec<String> {
        fn walk(folder: &Path, keys: &mut Vec<PathBuf>) {
            for entry in std::fs::read_dir(folder).expect("readable") {
                let path = entry.expect("readable").path();
                if path.is_dir() { walk(&path, keys) } else { keys.push(path) }
            }
        }
        let (bucket, mut keys) = (self.folder.path().join("pictures"), Vec::new());
        walk(&bucket, &mut keys);
        let key = |path: &PathBuf| path.strip_prefix(&bucket).expect("within").display().to_string();
        let mut keys: Vec<_> = keys.iter().map(key).filter(|key| !key.starts_with('.')).collect();
        keys.sort();
        keys
    }

    fn config(&self, world: &World) -> Config {
        Config {
            files_url: Some("s3://pictures/shop".parse().expect("a bucket")),
            s3_endpoint: Some(self.endpoint()),
            s3_access_key: Some(ID.to_owned()),
            s3_secret_key: Some(Secret(SECRET.to_owned())),
            ..(*world.desk.config).clone()
        }
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        self.go_away();
    }
}

fn desk_with(world: &World, config: Config) -> Desk {
    Desk { files: Files::open(&config).expect("opens"), config: Arc::new(config), ..world.desk.clone() }
}

/// A world whose pictures lie in the bucket.
fn moved(mut world: World, s3: &S3) -> World {
    world.desk = desk_with(&world, s3.config(&world));
    world
}

/// Sends a file as the script of a page does.
async fn send(browser: &mut Browser, case: CaseId, name: &str, bytes: &[u8]) -> (StatusCode, String) {
    let mut body =
        format!("--cut\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n").into_bytes();
    body.extend_from_slice(bytes);
    body.extend(b"\r\n--cut--\r\n");
    let headers = [
        ("accept", "application/json"),
        ("content-type", "multipart/form-data; boundary=cut"),
        ("origin", "http://redress.test"),
    ];
    let answer = browser.send(Method::POST, &urls::case_files(case), &headers, body).await;
    (answer.status, answer.body)
}

async fn sent(browser: &mut Browser, case: CaseId, name: &str, bytes: &[u8]) -> PictureView {
    let (status, body) = send(browser, case, name, bytes).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    serde_json::from_str::<Vec<PictureView>>(&body).expect("JSON").pop().expect("one")
}

on_both_databases! {
    async fn pictures_and_documents_lie_in_the_bucket_and_come_from_it(world: World) {
        let s3 = S3::start();
        let world = moved(world, &s3);
        let (case, _) = registered(&world, &[]).await;
        let mut browser = Browser::of(&world, &world.clerk).await;
        let picture = sent(&mut browser, case, "a.jpg", fixture!("orientation_1.jpg")).await;
        let receipt = sent(&mut browser, case, "a.pdf", fixture!("receipt.pdf")).await;
        // More than one piece of a multipart upload, with an end that is no whole one.
        let mut long = fixture!("receipt.pdf").to_vec();
        long.extend((0..11_000_000_u32).map(|i| (i % 251) as u8));
        let long_receipt = sent(&mut browser, case, "long.pdf", &long).await;
        let mut keys = vec![
            format!("shop/{}/large.jpg", picture.id),
            format!("shop/{}/small.jpg", picture.id),
            format!("shop/{}/document.pdf", receipt.id),
            format!("shop/{}/document.pdf", long_receipt.id),
        ];
        keys.sort();
        assert_eq!(s3.keys(), keys);
        let local = std::fs::read_dir(world.folder.path().join("files")).expect("the first desk's").count();
        assert_eq!((local, world.desk.files.leftovers().await.expect("readable").len()), (0, 0), "nothing lies here");

        // Another server on the same database and bucket shows them, with a data folder of its own.
        let folder = tempfile::tempdir().expect("a folder");
        let config = Config { data_dir: folder.path().to_owned(), ..s3.config(&world) };
        let other = World { desk: desk_with(&world, config), folder, ..world };
        let mut browser = Browser::of(&other, &other.clerk).await;
        for (id, size, kind) in [
            (picture.id, Size::Large, "image/jpeg"),
            (picture.id, Size::Small, "image/jpeg"),
            (receipt.id, Size::Large, "application/pdf"),
        ] {
            let file = browser.send(Method::GET, &urls::file(id, size), &[], Body::empty()).await;
            assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, kind));
            assert!(!file.header("content-length").is_empty());
        }
        let small = other.desk.files.bytes(picture.id, Size::Small).await.expect("readable").expect("is there");
        assert!(image::load_from_memory(&small).is_ok());
        let (_, file) = other.desk.picture_file(&other.clerk, long_receipt.id, Size::Large).await.expect("is there");
        assert_eq!(file.bytes, long.len() as u64);
        let read: Vec<_> = futures::TryStreamExt::try_collect(file.stream).await.expect("readable");
        assert!(read.concat() == long, "byte for byte");

        // Sent once more it is stored once; thrown away it goes from the bucket.
        assert_eq!(sent(&mut browser, case, "b.jpg", fixture!("orientation_1.jpg")).await.id, picture.id);
        assert_eq!(s3.keys(), keys);
        let draft: CaseId = other.desk.random.id();
        sent(&mut browser, draft, "c.jpg", fixture!("orientation_2.jpg")).await;
        assert_eq!(s3.keys().len(), keys.len() + 2);
        assert_eq!(other.desk.discard_pictures(draft).await.expect("removes"), 1);
        assert_eq!(s3.keys(), keys);
    }

    async fn while_the_bucket_is_away_nothing_is_half_kept(world: World) {
        let mut s3 = S3::start();
        let world = moved(world, &s3);
        let (case, _) = registered(&world, &[]).await;
        let draft: CaseId = world.desk.random.id();
        let mut browser = Browser::of(&world, &world.clerk).await;
        let first = sent(&mut browser, case, "a.jpg", fixture!("orientation_1.jpg")).await;
        sent(&mut browser, draft, "b.jpg", fixture!("orientation_2.jpg")).await;
        let before = s3.keys();

        s3.go_away();
        let begun = Instant::now();
        for (name, bytes) in [("c.jpg", fixture!("orientation_3.jpg")), ("c.pdf", fixture!("receipt.pdf"))] {
            let (status, body) = send(&mut browser, case, name, bytes).await;
            assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
            assert!(body.contains("incident") && !body.contains("127.0.0.1") && !body.contains(ID), "{body}");
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
        let parts: [(&str, &str, &[u8]); 1] = [("file", "c.jpg", fixture!("orientation_3.jpg"))];
        let page = browser.submit_files(&urls::case_files(case), &parts).await;
        assert_eq!((page.status, page.header("content-type")), (StatusCode::INTERNAL_SERVER_ERROR, "text/html; charset=utf-8"));
        let shown = browser.send(Method::GET, &urls::file(first.id, Size::Large), &[], Body::empty()).await;
        assert_eq!(shown.status, StatusCode::INTERNAL_SERVER_ERROR, "it is away, not gone");
        assert_eq!(count(&world, "select count(*) from attachments").await, 2);
        // A draft can be thrown away all the same.
        assert!(world.desk.discard_pictures(draft).await.is_err());
        assert_eq!(count(&world, "select count(*) from attachments").await, 1);

        s3.come_back();
        let again = sent(&mut browser, case, "c.jpg", fixture!("orientation_3.jpg")).await;
        assert_eq!(world.desk.pictures(&world.clerk, case).await.map(|all| all.len()), Ok(2));
        // The next start ends what could not be ended then.
        assert_eq!(world.desk.tidy_leftovers().await.expect("tidies"), 4);
        assert_eq!(world.desk.files.leftovers().await.expect("readable"), []);
        let mut keys: Vec<_> = before.into_iter().filter(|key| key.contains(&first.id.to_string())).collect();
        keys.extend([format!("shop/{}/large.jpg", again.id), format!("shop/{}/small.jpg", again.id)]);
        keys.sort();
        assert_eq!(s3.keys(), keys);
    }
}

#[tokio::test]
async fn what_a_sender_who_hung_up_has_cut_off_the_next_start_ends() {
    let s3 = S3::start();
    let world = World::on_sqlite().await;
    let (case, _) = registered(&world, &[]).await;
    // Takes a connection and never answers, as a bucket behind a broken line.
    let deaf = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let endpoint = format!("http://{}", deaf.local_addr().expect("an address"));
    let config = Config { s3_endpoint: Some(endpoint), ..s3.config(&world) };
    let world = World { desk: desk_with(&world, config), ..world };
    let mut browser = Browser::of(&world, &world.clerk).await;
    let upload = send(&mut browser, case, "a.pdf", fixture!("receipt.pdf"));
    assert!(tokio::time::timeout(Duration::from_secs(3), upload).await.is_err(), "still on its way");

    let world = moved(world, &s3);
    assert_eq!(world.desk.tidy_leftovers().await.expect("tidies"), 1);
    assert_eq!(world.desk.files.leftovers().await.expect("readable"), []);
    assert_eq!(count(&world, "select count(*) from attachments").await, 0);
}

fn said(output: &std::process::Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The binary in a folder of its own, with this bucket in its environment.
fn redress(folder: &Path, s3: &S3, arguments: &[&str]) -> Command {
    std::fs::create_dir_all(folder.join("site/pkg")).expect("a folder");
    let manifest = r#"{"js": "a.js", "wasm": "a.wasm", "css": "a.css"}"#;
    std::fs::write(folder.join("site/manifest.json"), manifest).expect("written");
    std::fs::write(folder.join("secret"), format!("{SECRET}\n")).expect("written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    command
        .env_clear()
        .current_dir(folder)
        .args(arguments)
        .env("REDRESS_SITE_DIR", folder.join("site"))
        .env("REDRESS_LISTEN", "127.0.0.1:0")
        .env("REDRESS_FILES_URL", "s3://pictures/shop")
        .env("REDRESS_S3_ENDPOINT", s3.endpoint())
        .env("REDRESS_S3_ACCESS_KEY", ID)
        .env("REDRESS_S3_SECRET_KEY_FILE", "secret");
    command
}

#[test]
fn a_bucket_that_cannot_be_used_is_named_before_anybody_signs_in() {
    let (mut s3, folder) = (S3::start(), tempfile::tempdir().expect("a folder"));
    let run = |s3: &S3, command: &str, variables: &[(&str, &str)]| {
        let mut command = redress(folder.path(), s3, &[command]);
        let output = command.envs(variables.iter().copied()).output().expect("runs");
        let words = said(&output);
        assert!(!words.contains(SECRET) && !words.contains("another-secret"), "{words}");
        (output.status.success(), words)
    };
    let (well, words) = run(&s3, "check", &[]);
    assert!(well && words.contains("ok     files_url: s3://pictures/shop can be written"), "{words}");
    assert_eq!(s3.keys(), Vec::<String>::new(), "the try leaves nothing");

    let wrong_secret = [("REDRESS_S3_SECRET_KEY", "another-secret"), ("REDRESS_S3_SECRET_KEY_FILE", "")];
    let wrong_id = [("REDRESS_S3_ACCESS_KEY", "somebody")];
    let no_bucket = [("REDRESS_FILES_URL", "s3://nowhere")];
    for (variables, bucket, why) in [
        (
            &wrong_secret[..],
            "the bucket s3://pictures/shop at",
            "s3_access_key and s3_secret_key are not taken (SignatureDoesNotMatch)",
        ),
        (&wrong_id[..], "the bucket s3://pictures/shop at", "are not taken"),
        (&no_bucket[..], "the bucket s3://nowhere at", "there is no such bucket"),
    ] {
        for command in ["check", "serve"] {
            let (well, words) = run(&s3, command, variables);
            assert!(!well && words.contains(bucket) && words.contains(why), "{command}: {words}");
            assert!(!words.contains("Press Ctrl-C"), "{words}");
        }
    }
    s3.go_away();
    for command in ["check", "serve"] {
        let begun = Instant::now();
        let (well, words) = run(&s3, command, &[]);
        assert!(!well && words.contains("the bucket s3://pictures/shop at") && words.contains("refused"), "{words}");
        assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_https_the_certificate_must_be_one_that_the_system_trusts() {
    let (s3, folder, authority) =
        (S3::start(), tempfile::tempdir().expect("a folder"), Authority::named("Fjell & Sko"));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let endpoint = format!("https://{}", listener.local_addr().expect("an address"));
    let (acceptor, port) = (authority.acceptor("127.0.0.1"), s3.port);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let mut stream = acceptor.accept(stream).await?;
                let mut behind = tokio::net::TcpStream::connect(("127.0.0.1", port)).await?;
                tokio::io::copy_bidirectional(&mut stream, &mut behind).await
            });
        }
    });
    std::fs::write(folder.path().join("ca.pem"), &authority.pem).expect("written");
    let check = async |variables: &[(&str, &str)]| {
        let mut command = redress(folder.path(), &s3, &["check"]);
        command.env("REDRESS_S3_ENDPOINT", &endpoint).envs(variables.iter().copied());
        let output = tokio::task::spawn_blocking(move || command.output()).await.expect("runs").expect("runs");
        (output.status.success(), said(&output))
    };
    let (well, words) = check(&[]).await;
    assert!(!well && words.contains(&endpoint) && words.contains("certificate"), "{words}");
    let (well, words) = check(&[("SSL_CERT_FILE", "ca.pem")]).await;
    assert!(well && words.contains("ok     files_url: s3://pictures/shop can be written"), "{words}");
}

#[tokio::test]
async fn a_copy_holds_no_pictures_of_a_bucket_and_says_so() {
    let (s3, folder) = (S3::start(), tempfile::tempdir().expect("a folder"));
    assert!(redress(folder.path(), &s3, &["migrate"]).output().expect("runs").status.success());
    // From before the pictures moved to the bucket.
    std::fs::create_dir_all(folder.path().join("data/files/ab")).expect("a folder");
    std::fs::write(folder.path().join("data/files/ab/large.jpg"), b"old").expect("written");
    let output = redress(folder.path(), &s3, &["backup", "copy.tar"]).output().expect("runs");
    let words = said(&output);
    assert!(output.status.success() && words.contains("The pictures are in the bucket s3://pictures/shop"), "{words}");
    let file = std::fs::File::open(folder.path().join("copy.tar")).expect("the copy");
    let mut names = Vec::new();
    for entry in tar::Archive::new(file).entries().expect("readable") {
        names.push(entry.expect("readable").path().expect("a path").display().to_string());
    }
    assert_eq!(names, ["redress.db"]);

    let world = World::on_postgres().await;
    let mut command = redress(folder.path(), &s3, &["backup", "nothing.tar"]);
    let output = command.env("REDRESS_DATABASE_URL", &world.desk.config.database_url).output().expect("runs");
    let words = said(&output);
    assert!(!output.status.success() && words.contains("pg_dump") && words.contains("s3://pictures/shop"), "{words}");
    assert!(!folder.path().join("nothing.tar").exists());
}
