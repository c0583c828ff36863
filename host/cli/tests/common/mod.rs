//! The built binary, a host of its own, and the policy packs.

#![allow(clippy::unwrap_used, dead_code, unreachable_pub)] // Each test uses a part of it.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The binary that these tests are about.
pub fn sanbao() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sanbao"));
    for name in ["SANBAO_KEY", "SANBAO_HOST", "SANBAO_DATABASE", "SANBAO_LISTEN", "CI", "RUST_LOG"] {
        command.env_remove(name);
    }
    command
}

pub fn run(args: &[&str]) -> Output {
    sanbao().args(args).output().unwrap()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A file of the project, from its root.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Where the build left the packs.
pub fn packs() -> PathBuf {
    let folder = std::env::var_os("SANBAO_PACKS")
        .map_or_else(|| project("plugins/target/wasm32-unknown-unknown/release"), PathBuf::from);
    assert!(
        folder.join("sanbao_store_pack.wasm").is_file(),
        "no policy packs in {}: run plugins/build.sh",
        folder.display()
    );
    folder
}

pub fn store_pack() -> PathBuf {
    packs().join("sanbao_store_pack.wasm")
}

/// `sanbao serve` on a free port, with a store whose policy has been in force since 2020.
pub struct Host {
    process: Child,
    pub base: String,
    pub store_key: String,
    _dir: tempfile::TempDir,
}

impl Host {
    pub fn with_store() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let key_file = dir.path().join("admin.key");
        let mut process = sanbao()
            .args(["serve", "--listen", "127.0.0.1:0", "--admin-key-file", text(&key_file), "--database"])
            .arg(format!("sqlite:{}", dir.path().join("host.sqlite").display()))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut base = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut base).unwrap();
        let admin = std::fs::read_to_string(&key_file).unwrap();
        let mut host = Self { process, base: base.trim().to_owned(), store_key: String::new(), _dir: dir };
        let party = host.post(
            admin.trim(),
            "/v1/parties",
            &json!({
                "kind": "store", "name": "Test store", "jurisdiction": "CN",
                "calendar": { "time_zone": "UTC" },
            }),
        );
        host.store_key = party["key"]["secret"].as_str().unwrap().to_owned();
        let wasm = std::fs::read(store_pack()).unwrap();
        let policy = host.upload(wasm);
        let path = format!("/v1/policies/{policy}/activations");
        host.post(&host.store_key, &path, &json!({ "from": "2020-01-01" }));
        host
    }

    /// Uploads a component of the store's; the id of its version.
    pub fn upload(&self, wasm: Vec<u8>) -> String {
        let mut upload = self.send(&self.store_key, "/v1/policies", "application/wasm", wasm);
        while ["queued", "checking"].contains(&upload["status"].as_str().unwrap()) {
            upload = self.get(&format!("/v1/uploads/{}?wait=30", upload["id"].as_str().unwrap()));
        }
        assert_eq!(upload["status"], "accepted", "{upload:#}");
        upload["policy"].as_str().unwrap().to_owned()
    }

    pub fn post(&self, key: &str, path: &str, body: &Value) -> Value {
        self.send(key, path, "application/json", body.to_string().into_bytes())
    }

    fn send(&self, key: &str, path: &str, kind: &str, body: Vec<u8>) -> Value {
        let request =
            client().post(format!("{}{path}", self.base)).bearer_auth(key).header("content-type", kind);
        finish(request.body(body))
    }

    pub fn get(&self, path: &str) -> Value {
        finish(client().get(format!("{}{path}", self.base)).bearer_auth(&self.store_key))
    }

    /// The very bytes of an answer.
    pub fn text(&self, path: &str) -> String {
        let request = client().get(format!("{}{path}", self.base)).bearer_auth(&self.store_key);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let response = request.send().await.unwrap();
            assert!(response.status().is_success(), "{path}: {}", response.status());
            response.text().await.unwrap()
        })
    }

    /// Asks it to stop as an operator would, and waits for its exit code.
    #[cfg(unix)]
    pub fn stop(mut self) -> Option<i32> {
        let told = Command::new("kill").arg("-TERM").arg(self.process.id().to_string()).status().unwrap();
        assert!(told.success());
        self.process.wait().unwrap().code()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}

fn finish(request: reqwest::RequestBuilder) -> Value {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let response = request.send().await.unwrap();
        let status = response.status();
        let body: Value = response.json().await.unwrap();
        assert!(status.is_success(), "{status}: {body:#}");
        body
    })
}
