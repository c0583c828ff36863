//! Asking a party's own policy which figures it aims at (BUS-03…05). No claim is judged, so no receipt is
//! kept; without an exported `service-level`, or where it fails, there are none.

use super::{Found, Governing};
use crate::app::App;
use crate::http::problem::Problem;
use crate::services::parties::Known;
use sanbao_domain::service_level::Target;
use sanbao_policy::contract::Interface;
use sanbao_policy::question::Targets;
use std::sync::Arc;

/// The figures that a party aims at now.
///
/// # Errors
/// The database.
pub async fn targets(app: &App, party: Arc<Known>) -> Result<Vec<Target>, Problem> {
    let found = {
        let mut conn = app.store().read(party.id).await?;
        Found::in_force(&mut conn, party, app.now()).await?
    };
    let governed = found.load(app).await?;
    match &governed.policy {
        Some(policy) => Ok(policy.targets(app).await),
        None => Ok(Vec::new()),
    }
}

impl Governing {
    async fn targets(&self, app: &App) -> Vec<Target> {
        if !self.policy.exports(Interface::ServiceLevel) {
            return Vec::new();
        }
        let (decision, _) = self.ask(app, Targets { settings: self.settings.clone() }).await;
        decision.outcome.unwrap_or_else(|failure| {
            tracing::warn!(policy = self.by.name, %failure, "the policy names no targets");
            Vec::new()
        })
    }
}
