//! A party that requires signatures puts signed versions in force only, whichever way: with other settings an
//! unsigned one would judge what it has not judged before. To take an activation back to a signed version, or to
//! end it, needs no signature of its own.

use super::Intended;
use crate::app::App;
use crate::http::problem::Problem;
use crate::services::signing;

pub(super) async fn check(app: &App, intended: &Intended<'_>) -> Result<(), Problem> {
    signing::may_activate(app, intended.version).await
}
