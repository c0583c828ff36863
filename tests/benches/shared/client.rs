//! The least HTTP client that keeps its connection, so that the machine's cores go to the host.

use super::Failure;
use serde_json::Value;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub(crate) struct Client {
    stream: TcpStream,
    key: String,
    buffer: Vec<u8>,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr, key: &str) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, key: key.to_owned(), buffer: Vec::with_capacity(1 << 16) })
    }

    /// Posts `body` and returns the status and the answer's body.
    pub(crate) async fn post(
        &mut self,
        path: &str,
        kind: &str,
        once: &str,
        body: &[u8],
    ) -> Result<(u16, Vec<u8>), Failure> {
        let key = &self.key;
        let mut request = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {key}\r\ncontent-type: {kind}\r\n\
             idempotency-key: {once}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        )
        .into_bytes();
        request.extend_from_slice(body);
        self.stream.write_all(&request).await?;
        self.answer().await
    }

    /// Gets a path; the status and the answer's body.
    pub(crate) async fn get(&mut self, path: &str) -> Result<(u16, Vec<u8>), Failure> {
        let key = &self.key;
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {key}\r\n\r\n");
        self.stream.write_all(request.as_bytes()).await?;
        self.answer().await
    }

    /// Posts JSON, once; the answer, which must be a success.
    pub(crate) async fn send(&mut self, path: &str, body: &Value) -> Result<Value, Failure> {
        let once = uuid::Uuid::now_v7().to_string();
        let answered = self.post(path, "application/json", &once, body.to_string().as_bytes()).await?;
        success(path, answered)
    }

    /// Gets JSON; the answer, which must be a success.
    pub(crate) async fn read(&mut self, path: &str) -> Result<Value, Failure> {
        let answered = self.get(path).await?;
        success(path, answered)
    }

    async fn answer(&mut self) -> Result<(u16, Vec<u8>), Failure> {
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err("the host closed the connection".into());
            }
            let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
            let head = std::str::from_utf8(&self.buffer[..end])?.to_ascii_lowercase();
            let status = head.split(' ').nth(1).ok_or("no status")?.parse()?;
            let length: usize = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length:"))
                .ok_or("an answer without a length")?
                .trim()
                .parse()?;
            while self.buffer.len() < end + 4 + length {
                if self.stream.read_buf(&mut self.buffer).await? == 0 {
                    return Err("the host closed the connection".into());
                }
            }
            return Ok((status, self.buffer[end + 4..].to_vec()));
        }
    }
}

fn success(path: &str, (status, answer): (u16, Vec<u8>)) -> Result<Value, Failure> {
    if !(200..300).contains(&status) {
        return Err(format!("{path}: {status}: {}", String::from_utf8_lossy(&answer)).into());
    }
    Ok(serde_json::from_slice(&answer)?)
}
