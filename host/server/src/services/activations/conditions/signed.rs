//! A party that requires signatures puts signed versions in force only.

use super::{How, Intended};
use crate::app::App;
use crate::http::problem::Problem;
use crate::services::signing;

pub(super) async fn check(app: &App, intended: &Intended<'_>) -> Result<(), Problem> {
    match intended.how {
        How::Activated | How::Returned => signing::may_activate(app, intended.version).await,
        // It judges already.
        How::Changed => Ok(()),
    }
}
