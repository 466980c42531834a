//! A mail server that does as it is told: takes a letter, refuses it, or dies in the middle.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with the next letter. The words are a whole SMTP reply without its line end.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    Take,
    /// To `RCPT TO`.
    RefuseAddress(&'static str),
    /// To the text, once it is there in full.
    RefuseText(&'static str),
    /// Takes the text and hangs up instead of saying so.
    TakeAndDie,
}

#[derive(Clone, Debug)]
pub struct Received {
    /// The arguments of `MAIL` and `RCPT`.
    pub from: String,
    pub to: String,
    pub text: String,
}

impl Received {
    /// The header's lines, unfolded.
    pub fn headers(&self) -> Vec<String> {
        let (headers, _) = self.text.split_once("\r\n\r\n").expect("a header and a body");
        headers.replace("\r\n ", " ").replace("\r\n\t", " ").split("\r\n").map(str::to_owned).collect()
    }

    pub fn header(&self, name: &str) -> String {
        let all: Vec<String> = self
            .headers()
            .into_iter()
            .filter_map(|line| line.strip_prefix(&format!("{name}: ")).map(str::to_owned))
            .collect();
        assert_eq!(all.len(), 1, "one {name} in {:#?}", self.headers());
        all[0].clone()
    }
}

#[derive(Clone)]
pub struct MailServer {
    pub url: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    answers: VecDeque<Answer>,
    received: Vec<Received>,
    utf8: bool,
}

impl MailServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let server = Self { url, state: Arc::default() };
        let state = server.state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = state.clone();
                // A client that hangs up ends its own conversation alone.
                tokio::spawn(async move { converse(stream, &state).await });
            }
        });
        server
    }

    /// For the letters to come, in their order; further ones are taken.
    pub fn will(&self, answers: impl IntoIterator<Item = Answer>) {
        self.state.lock().expect("not poisoned").answers.extend(answers);
    }

    pub fn offer_smtputf8(&self) {
        self.state.lock().expect("not poisoned").utf8 = true;
    }

    /// Every letter whose text came in full.
    pub fn received(&self) -> Vec<Received> {
        self.state.lock().expect("not poisoned").received.clone()
    }
}

async fn converse(mut stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let (read, mut write) = stream.split();
    let mut lines = BufReader::new(read);
    let (mut from, mut to, mut answer) = (String::new(), String::new(), Answer::Take);
    write.write_all(b"220 test\r\n").await?;
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let line = line.trim_end().to_owned();
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let reply = match verb.as_str() {
            "EHLO" if state.lock().expect("not poisoned").utf8 => "250-test\r\n250-8BITMIME\r\n250 SMTPUTF8".to_owned(),
            "EHLO" => "250-test\r\n250 8BITMIME".to_owned(),
            "MAIL" => {
                answer = state.lock().expect("not poisoned").answers.pop_front().unwrap_or(Answer::Take);
                from = line[10..].to_owned();
                "250 ok".to_owned()
            }
            "RCPT" => {
                to = line[8..].to_owned();
                if let Answer::RefuseAddress(words) = answer { words.to_owned() } else { "250 ok".to_owned() }
            }
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                let mut text = String::new();
                while !text.ends_with("\r\n.\r\n") {
                    if lines.read_line(&mut text).await? == 0 {
                        return Ok(());
                    }
                }
                let text = text.trim_end_matches(".\r\n").replace("\r\n..", "\r\n.");
                match answer {
                    Answer::RefuseText(words) => words.to_owned(),
                    _ => {
                        let received = Received { from: from.clone(), to: to.clone(), text };
                        state.lock().expect("not poisoned").received.push(received);
                        if matches!(answer, Answer::TakeAndDie) {
                            return Ok(());
                        }
                        "250 queued".to_owned()
                    }
                }
            }
            "RSET" | "NOOP" => "250 ok".to_owned(),
            "QUIT" => {
                write.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "500 what?".to_owned(),
        };
        write.write_all(format!("{reply}\r\n").as_bytes()).await?;
    }
}
