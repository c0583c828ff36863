//! Works on the back-tests that wait, one at a time. Any number of hosts may run this at once: the database hands
//! each back-test to one of them.

use crate::app::App;
use crate::services::back_tests::{Worked, work};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often to look.
const EVERY: Duration = Duration::from_millis(500);

/// Works until told to stop; what was begun is then given back.
pub async fn run(app: App, stop: CancellationToken) {
    if app.config().back_test_threads == 0 {
        return;
    }
    loop {
        match work(&app, &stop, None).await {
            Ok(Worked::Ended) => continue,
            Ok(Worked::Nothing | Worked::GivenBack) => {}
            Err(error) => tracing::warn!(%error, "could not work on the back-tests"),
        }
        if stop.run_until_cancelled(tokio::time::sleep(EVERY)).await.is_none() {
            return;
        }
    }
}
