//! A version that changes more than its party expects does not come into force by mistake.

use super::Intended;
use crate::app::App;
use crate::http::problem::Problem;
use crate::services::activations::settings;
use crate::services::back_tests::condition;

pub(super) async fn check(app: &App, intended: &Intended<'_>) -> Result<(), Problem> {
    let Some(demand) = intended.back_test else { return Ok(()) };
    let chosen = settings(&intended.activation.settings)?;
    condition::check(app, intended.party.id, intended.version, &chosen, demand).await
}
