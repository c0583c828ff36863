//! A version that will judge must be ready, and one that does not load must say so now.

use super::Intended;
use crate::app::App;
use crate::http::problem::Problem;
use crate::services::policies;

pub(super) async fn check(app: &App, intended: &Intended<'_>) -> Result<(), Problem> {
    policies::loaded(app, intended.version).await?;
    Ok(())
}
