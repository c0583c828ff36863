//! Accepts connections, each within limits of size and time, until the host stops.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

/// Time to send all headers.
const HEADER_TIME: Duration = Duration::from_secs(15);
/// Bytes that a connection may buffer, which is also the most that its headers may take. The friendlier
/// limit of the configuration is below it.
const BUFFER: usize = 64 << 10;

/// Serves until `stop`, then lets open connections finish their request, for `grace` at most.
pub(crate) async fn run(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
    (connections, grace): (usize, Duration),
) {
    let slots = Arc::new(Semaphore::new(connections));
    let graceful = GracefulShutdown::new();
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEADER_TIME).max_buf_size(BUFFER).max_headers(100);
    loop {
        // A slot first: connections beyond the limit wait in the listener's queue.
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = async { (slots.clone().acquire_owned().await, listener.accept().await) } => accepted,
        };
        let (Ok(slot), Ok((stream, _))) = accepted else {
            // Out of file handles, or the peer has gone: neither ends the host.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        // Answers are small and complete: waiting to fill a packet only delays them.
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone());
        let connection = graceful.watch(server.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection ended");
            }
            drop(slot);
        });
    }
    drop(listener);
    if tokio::time::timeout(grace, graceful.shutdown()).await.is_err() {
        tracing::warn!("some connections were still open when the host stopped");
    }
}
