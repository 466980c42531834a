//! The binary itself, as people run it.

use crate::support::World;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

fn redress(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    command.env_clear().current_dir(folder).env("REDRESS_SITE_DIR", folder.join("site"));
    command
}

fn run(command: &mut Command) -> Output {
    command.output().expect("runs")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(folder.path().join("site/pkg")).expect("a folder");
    let manifest = r#"{"js": "a.js", "wasm": "a.wasm", "css": "a.css"}"#;
    std::fs::write(folder.path().join("site/manifest.json"), manifest).expect("written");
    folder
}

/// A server, ended by SIGTERM when it goes.
struct Server {
    child: Child,
    port: u16,
    greeting: String,
}

impl Server {
    fn start(folder: &Path) -> Self {
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port();
        let mut child = redress(folder)
            .arg("serve")
            .env("REDRESS_LISTEN", format!("127.0.0.1:{port}"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut greeting = String::new();
        for line in lines.by_ref() {
            greeting += &(line.expect("a line") + "\n");
            if greeting.contains("Press Ctrl-C to end") {
                break;
            }
        }
        Self { child, port, greeting }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", self.port)).expect("connects");
        write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost:{}\r\nconnection: close\r\n\r\n", self.port)
            .expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    fn end(mut self) -> (bool, Duration) {
        let start = Instant::now();
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs").success());
        (self.child.wait().expect("ends").success(), start.elapsed())
    }
}

#[test]
fn a_first_start_says_how_to_go_on() {
    let folder = folder();
    let server = Server::start(folder.path());
    assert!(server.greeting.contains("█"), "a QR code");
    assert!(server.greeting.contains(&format!("http://localhost:{}", server.port)));
    let link = server.greeting.split_whitespace().find(|word| word.contains("/welcome/")).expect("a link").to_owned();
    let path = link.split_once(&format!(":{}", server.port)).expect("our address").1.to_owned();
    assert!(server.get(&path).contains("accept_invitation"));
    assert!(server.get("/health").starts_with("HTTP/1.1 200"));
    let (well, took) = server.end();
    assert!(well && took < Duration::from_secs(5), "{took:?}");

    let again = Server::start(folder.path());
    let fresh = again.greeting.split_whitespace().find(|word| word.contains("/welcome/")).expect("a link").to_owned();
    assert_ne!(fresh.rsplit('/').next(), link.rsplit('/').next());
    assert!(!again.get(&path).contains("accept_invitation"), "the older link has ended");
    again.end();
}

#[test]
fn people_are_added_and_a_copy_is_made_while_it_runs() {
    let folder = folder();
    let server = Server::start(folder.path());
    let added =
        run(redress(folder.path()).args(["staff", "add", "--login", "Siri", "--name", "Siri Boss", "--role", "admin"]));
    assert!(added.status.success() && said(&added).contains("/welcome/"), "{}", said(&added));
    let again =
        run(redress(folder.path()).args(["staff", "add", "--login", "siri", "--name", "Other", "--role", "admin"]));
    assert!(
        !again.status.success() && said(&again).contains("login: Somebody else has this already"),
        "{}",
        said(&again)
    );
    let homeless = run(redress(folder.path()).args(["staff", "add", "--login", "a", "--name", "A", "--role", "clerk"]));
    assert!(!homeless.status.success() && said(&homeless).contains("--store"), "{}", said(&homeless));
    let nowhere = ["staff", "add", "--login", "a", "--name", "A", "--role", "clerk", "--store", "X"];
    assert!(said(&run(redress(folder.path()).args(nowhere))).contains("there is no store X; there is 1"));

    std::fs::create_dir_all(folder.path().join("data/files/ab")).expect("a folder");
    std::fs::write(folder.path().join("data/files/ab/picture"), b"picture").expect("written");
    let backup = |name: &str| run(redress(folder.path()).args(["backup", name]));
    assert!(backup("copy.tar").status.success());
    assert!(said(&backup("copy.tar")).contains("is there already"));
    server.end();

    // Restoring, as --help says it.
    let data = folder.path().join("data");
    std::fs::remove_dir_all(&data).expect("gone");
    std::fs::create_dir(&data).expect("empty");
    let file = std::fs::File::open(folder.path().join("copy.tar")).expect("the copy");
    tar::Archive::new(file).unpack(&data).expect("unpacks");
    assert_eq!(std::fs::read(data.join("files/ab/picture")).expect("is there"), b"picture");
    let again =
        run(redress(folder.path()).args(["staff", "add", "--login", "siri", "--name", "Other", "--role", "admin"]));
    assert!(said(&again).contains("Somebody else has this already"), "the copy has the people: {}", said(&again));
}

#[test]
fn a_wrong_configuration_is_named_with_its_line() {
    let folder = folder();
    std::fs::write(folder.path().join("redress.toml"), "listen = \"here\"\n\nmail_form = \"a@b.no\"\n")
        .expect("written");
    let check = run(redress(folder.path()).arg("check"));
    assert!(!check.status.success());
    let words = said(&check);
    assert!(words.contains("redress.toml:1: `listen`: expected an address"), "{words}");
    assert!(words.contains("redress.toml:3: unknown key `mail_form` (is `mail_from` meant?)"), "{words}");
}

#[test]
fn the_configuration_is_tried() {
    let folder = folder();
    let check = run(redress(folder.path()).arg("check"));
    assert!(check.status.success(), "{}", said(&check));
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port();
    let wrong = run(redress(folder.path()).arg("check").env("REDRESS_SMTP_URL", format!("smtp://127.0.0.1:{port}")));
    assert!(!wrong.status.success() && said(&wrong).contains("wrong  smtp_url: 127.0.0.1"), "{}", said(&wrong));
    let defaults = run(redress(folder.path()).args(["check", "--print-defaults"]));
    assert!(said(&defaults).contains("# listen = \"0.0.0.0:3000\""));
}

#[tokio::test]
async fn on_postgres_a_copy_holds_the_files_and_says_so() {
    let world = World::on_postgres().await;
    let folder = folder();
    let mut command = redress(folder.path());
    command.args(["backup", "copy.tar"]).env("REDRESS_DATABASE_URL", &world.desk.config.database_url);
    let output = run(&mut command);
    assert!(output.status.success() && said(&output).contains("pg_dump"), "{}", said(&output));
    let mut migrate = redress(folder.path());
    let output = run(migrate.arg("migrate").env("REDRESS_DATABASE_URL", &world.desk.config.database_url));
    assert!(output.status.success(), "{}", said(&output));
}
