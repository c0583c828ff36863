//! Views of tickets: gathers the names and the manifests that they need.

use crate::app::App;
use crate::http::problem::Problem;
use crate::services::parties;
use crate::views::claim::Names;
use crate::views::ticket::{Lens, TicketView};
use sanbao_domain::actor::Actor;
use sanbao_domain::claim::PolicyRef;
use sanbao_domain::ids::{PartyId, PolicyId};
use sanbao_domain::manifest::Manifest;
use sanbao_domain::text::Language;
use sanbao_domain::ticket::Ticket;
use sanbao_policy::digest::Digest;
use sanbao_store::{Scope, policy};
use std::collections::HashMap;
use std::sync::Arc;

/// What the views of some tickets need beside the tickets.
#[derive(Default)]
pub struct Words {
    names: Names,
    manifests: HashMap<PolicyId, Arc<Manifest>>,
}

impl Words {
    /// Gathers them; almost always from memory.
    ///
    /// # Errors
    /// The database.
    pub async fn gather(app: &App, tickets: &[&Ticket]) -> Result<Self, Problem> {
        let mut words = Self::default();
        for ticket in tickets {
            words.name(app, ticket.handler).await?;
            for claim in &ticket.claims {
                words.name(app, claim.respondent).await?;
                if let Some(claimant) = claim.claimant.party {
                    words.name(app, claimant).await?;
                }
                for (owner, by) in claim.asked() {
                    if !words.manifests.contains_key(&by.policy)
                        && let Some(manifest) = manifest(app, owner, by).await?
                    {
                        words.manifests.insert(by.policy, manifest);
                    }
                }
            }
        }
        Ok(words)
    }

    /// Adds the name of a party.
    ///
    /// # Errors
    /// The database.
    pub async fn name(&mut self, app: &App, party: PartyId) -> Result<(), Problem> {
        if !self.names.contains_key(&party)
            && let Some(known) = parties::known(app, party).await?
        {
            self.names.insert(party, known.name.clone());
        }
        Ok(())
    }

    /// Names of the parties.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// How `viewer` looks at the tickets.
    pub fn lens<'a>(&'a self, viewer: &'a Actor, language: Language) -> Lens<'a> {
        Lens { viewer, language, names: &self.names, manifests: &self.manifests }
    }
}

/// The view of one ticket.
///
/// # Errors
/// The database.
pub async fn ticket(
    app: &App,
    viewer: &Actor,
    language: Language,
    ticket: &Ticket,
    version: i64,
) -> Result<TicketView, Problem> {
    let words = Words::gather(app, &[ticket]).await?;
    Ok(TicketView::new(ticket, version, &words.lens(viewer, language)))
}

/// What a policy says of itself: from the loaded component, else as it was kept at the upload.
async fn manifest(app: &App, owner: PartyId, by: &PolicyRef) -> Result<Option<Arc<Manifest>>, Problem> {
    let loaded = by.digest.parse::<Digest>().ok().and_then(|digest| app.policies().get(digest));
    if let Some(policy) = loaded {
        return Ok(Some(Arc::clone(policy.manifest())));
    }
    let kept = {
        let mut conn = app.store().read(Scope::Platform).await?;
        policy::find(&mut conn, owner, by.policy).await?
    };
    let Some(kept) = kept else { return Ok(None) };
    serde_json::from_str(&kept.manifest).map(|manifest| Some(Arc::new(manifest))).map_err(Problem::internal)
}
