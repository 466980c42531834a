//! A mail server that does as it is told: takes a letter, refuses it, or dies in the middle; plainly or over TLS.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

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

/// How the server is spoken to.
#[derive(Clone)]
pub enum Speaks {
    Plainly,
    /// From the first byte.
    Tls(TlsAcceptor),
    /// After the client has asked for it.
    StartTls(TlsAcceptor),
}

#[derive(Clone, Debug)]
pub struct Received {
    pub encrypted: bool,
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
    /// The argument of the `AUTH` that is right; without it none is asked for.
    auth: Option<&'static str>,
    /// The verbs of every conversation, those over TLS in small letters.
    verbs: Vec<String>,
}

impl MailServer {
    pub async fn start() -> Self {
        Self::speaking(Speaks::Plainly).await
    }

    pub async fn speaking(speaks: Speaks) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let scheme = match speaks {
            Speaks::Plainly => "smtp",
            Speaks::Tls(_) => "smtps",
            Speaks::StartTls(_) => "smtp+starttls",
        };
        let url = format!("{scheme}://{}", listener.local_addr().expect("an address"));
        let server = Self { url, state: Arc::default() };
        let state = server.state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (state, speaks) = (state.clone(), speaks.clone());
                // A client that hangs up ends its own conversation alone.
                tokio::spawn(async move { attend(stream, &state, speaks).await });
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

    /// The argument of the only `AUTH` that is right.
    pub fn ask_for(&self, auth: &'static str) {
        self.state.lock().expect("not poisoned").auth = Some(auth);
    }

    /// What was said by clients, verb by verb; over TLS in small letters.
    pub fn verbs(&self) -> Vec<String> {
        self.state.lock().expect("not poisoned").verbs.clone()
    }

    /// Every letter whose text came in full.
    pub fn received(&self) -> Vec<Received> {
        self.state.lock().expect("not poisoned").received.clone()
    }
}

async fn attend(mut stream: TcpStream, state: &Mutex<State>, speaks: Speaks) -> std::io::Result<()> {
    match speaks {
        Speaks::Plainly => {
            stream.write_all(b"220 test\r\n").await?;
            converse(stream, state, false, false).await?;
        }
        Speaks::Tls(acceptor) => {
            let mut stream = acceptor.accept(stream).await?;
            stream.write_all(b"220 test\r\n").await?;
            converse(stream, state, true, false).await?;
        }
        Speaks::StartTls(acceptor) => {
            stream.write_all(b"220 test\r\n").await?;
            if let Some(stream) = converse(stream, state, false, true).await? {
                converse(acceptor.accept(stream).await?, state, true, false).await?;
            }
        }
    }
    Ok(())
}

/// Answers the stream for TLS to begin on it where the client asked for that.
async fn converse<S>(stream: S, state: &Mutex<State>, encrypted: bool, offer: bool) -> std::io::Result<Option<S>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut stream = BufReader::new(stream);
    let (mut from, mut to, mut answer) = (String::new(), String::new(), Answer::Take);
    let asked = state.lock().expect("not poisoned").auth;
    let mut known = asked.is_none();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        let line = line.trim_end().to_owned();
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let heard = if encrypted { verb.to_lowercase() } else { verb.clone() };
        state.lock().expect("not poisoned").verbs.push(heard);
        let reply = match verb.as_str() {
            "EHLO" => {
                let mut offers = vec!["250-test"];
                offers.extend(offer.then_some("250-STARTTLS"));
                offers.extend(asked.map(|_| "250-AUTH PLAIN"));
                offers.extend(state.lock().expect("not poisoned").utf8.then_some("250-SMTPUTF8"));
                offers.push("250 8BITMIME");
                offers.join("\r\n")
            }
            "STAR" if offer => {
                stream.write_all(b"220 go ahead\r\n").await?;
                return Ok(Some(stream.into_inner()));
            }
            "AUTH" => {
                known = Some(line.get(5..).unwrap_or_default()) == asked;
                if known { "235 2.7.0 welcome" } else { "535 5.7.8 authentication credentials invalid" }.to_owned()
            }
            "MAIL" if !known => "530 5.7.0 authentication required".to_owned(),
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
                stream.write_all(b"354 go on\r\n").await?;
                let mut text = String::new();
                while !text.ends_with("\r\n.\r\n") {
                    if stream.read_line(&mut text).await? == 0 {
                        return Ok(None);
                    }
                }
                let text = text.trim_end_matches(".\r\n").replace("\r\n..", "\r\n.");
                match answer {
                    Answer::RefuseText(words) => words.to_owned(),
                    _ => {
                        let received = Received { encrypted, from: from.clone(), to: to.clone(), text };
                        state.lock().expect("not poisoned").received.push(received);
                        if matches!(answer, Answer::TakeAndDie) {
                            return Ok(None);
                        }
                        "250 queued".to_owned()
                    }
                }
            }
            "RSET" | "NOOP" => "250 ok".to_owned(),
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(None);
            }
            _ => "500 what?".to_owned(),
        };
        stream.write_all(format!("{reply}\r\n").as_bytes()).await?;
    }
}
