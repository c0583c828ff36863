//! Listeners on this machine that messages go to: a mail server, and a party's program.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What a listener got, and how often it will say no.
#[derive(Clone, Default)]
pub struct Sink<T> {
    state: Arc<Mutex<(Vec<T>, usize)>>,
    pub address: String,
}

/// A call of a program.
#[derive(Clone, Debug)]
pub struct Call {
    pub headers: HashMap<String, String>,
    pub body: String,
}

impl<T: Clone> Sink<T> {
    pub fn got(&self) -> Vec<T> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    /// The next so many are refused for the moment.
    pub fn refuse(&self, times: usize) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).1 = times;
    }

    /// Takes it, unless it is to be refused.
    fn take(&self, one: T) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.1 > 0 {
            state.1 -= 1;
            return false;
        }
        state.0.push(one);
        true
    }
}

/// A mail server that keeps what it is sent, as it was sent.
pub async fn mail() -> Sink<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("smtp://{}", listener.local_addr().expect("an address"));
    let sink = Sink { address, state: Arc::default() };
    let keep = sink.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let keep = keep.clone();
            tokio::spawn(async move { speak_smtp(stream, &keep).await });
        }
    });
    sink
}

async fn speak_smtp(stream: TcpStream, keep: &Sink<String>) -> Option<()> {
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    writing.write_all(b"220 sink\r\n").await.ok()?;
    while let Some(line) = lines.next_line().await.ok()? {
        let answer: &[u8] = match line.split(' ').next().unwrap_or_default() {
            "QUIT" => return writing.write_all(b"221 bye\r\n").await.ok(),
            "DATA" => {
                writing.write_all(b"354 go on\r\n").await.ok()?;
                let mut mail = String::new();
                while let Some(line) = lines.next_line().await.ok()? {
                    if line == "." {
                        break;
                    }
                    mail.push_str(&line);
                    mail.push('\n');
                }
                if keep.take(mail) { b"250 taken\r\n" } else { b"451 not now\r\n" }
            }
            _ => b"250 sink\r\n",
        };
        writing.write_all(answer).await.ok()?;
    }
    Some(())
}

/// A party's program that keeps its calls.
pub async fn program() -> Sink<Call> {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/hook", listener.local_addr().expect("an address"));
    let sink = Sink { address, state: Arc::default() };
    let keep = sink.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let keep = keep.clone();
            tokio::spawn(async move { speak_http(stream, &keep).await });
        }
    });
    sink
}

async fn speak_http(stream: TcpStream, keep: &Sink<Call>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.insert(name.to_lowercase(), value.trim().to_owned());
        }
    }
    let mut body = vec![0; headers.get("content-length")?.parse().ok()?];
    stream.read_exact(&mut body).await.ok()?;
    let call = Call { headers, body: String::from_utf8(body).ok()? };
    let answer: &[u8] = if keep.take(call) {
        b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"
    } else {
        b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    };
    stream.write_all(answer).await.ok()
}
