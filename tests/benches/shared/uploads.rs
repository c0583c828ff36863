//! Uploads, followed to their end.

use super::Failure;
use super::client::Client;
use serde_json::Value;

/// Uploads a component and waits for the end of its check: the upload as it then is.
pub(crate) async fn upload(client: &mut Client, component: &[u8]) -> Result<Value, Failure> {
    let once = uuid::Uuid::now_v7().to_string();
    let (status, answer) = client.post("/v1/policies", "application/wasm", &once, component).await?;
    if status != 202 {
        return Err(format!("upload: {status}: {}", String::from_utf8_lossy(&answer)).into());
    }
    let mut upload: Value = serde_json::from_slice(&answer)?;
    let follow = format!("/v1/uploads/{}?wait=30", upload["id"].as_str().ok_or("no upload")?);
    while upload["status"] == "queued" || upload["status"] == "checking" {
        upload = client.read(&follow).await?;
    }
    Ok(upload)
}

/// The id of the version that an upload became.
pub(crate) fn version(upload: &Value) -> Result<String, Failure> {
    Ok(upload["policy"].as_str().ok_or_else(|| format!("not accepted: {upload}"))?.to_owned())
}

/// The same component under another digest: a custom section more.
pub(crate) fn variant(component: &[u8], number: u64) -> Vec<u8> {
    [component, &[0, 14, 5], b"bench", &number.to_le_bytes()].concat()
}
