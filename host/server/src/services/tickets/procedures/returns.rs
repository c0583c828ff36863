//! Records about goods that also are facts to the policy, and the labels of the cartons.

use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use crate::services::tickets::facts;
use crate::services::tickets::order::Carry;
use crate::services::tickets::read;
use crate::services::tickets::walk::Walk;
use crate::views::ticket::concerns;
use axum::http::StatusCode;
use sanbao_domain::claim::returns::{Anomaly, Carton, Command, Label, Name};
use sanbao_domain::claim::{Evidence, Facts};
use sanbao_domain::ids::{ClaimId, TicketId};
use sanbao_domain::text::Text;

/// The attribute that tells a policy of goods without approval (LGT-27).
const SENT_UNAPPROVED: &str = "sent-unapproved";

/// A transport anomaly: recorded, and told to the policy (LGT-37).
#[derive(Clone, Debug)]
pub struct Anomalous(pub Box<Anomaly>);

impl Carry for Anomalous {
    fn facts(&self, known: &Facts) -> Facts {
        let mut facts = known.clone();
        facts.add(&self.0.evidence());
        facts
    }

    async fn carry(self, walk: &mut Walk<'_>, id: ClaimId) -> Result<(), Problem> {
        walk.check(id, Name::RecordAnomaly.into())?;
        let evidence = self.0.evidence();
        let facts = self.facts(&walk.claim(id)?.facts);
        let mut checks = Checks::new();
        facts::check(&mut checks, "", &facts, &walk.governed(id)?.respondent.calendar, walk.now());
        checks.done()?;
        walk.give(id, Command::RecordAnomaly(self.0).into()).await?;
        walk.learn(id, evidence).await
    }
}

/// Goods that came without approval: recorded, and told to the policy (LGT-27).
#[derive(Clone, Debug)]
pub struct Unapproved(pub Command);

impl Carry for Unapproved {
    async fn carry(self, walk: &mut Walk<'_>, id: ClaimId) -> Result<(), Problem> {
        walk.give(id, self.0.into()).await?;
        let attributes = [(SENT_UNAPPROVED.to_owned(), true.into())].into_iter().collect();
        walk.learn(id, Evidence { attributes, ..Evidence::default() }).await
    }
}

/// What is printed on the labels.
#[derive(Clone, Debug)]
pub struct Printed {
    /// Number of the ticket.
    pub number: u64,
    /// The claim.
    pub claim: ClaimId,
    /// What every label says.
    pub label: Label,
    /// The cartons.
    pub cartons: Vec<Carton>,
}

/// The labels of the cartons of a claim.
///
/// # Errors
/// 404 where the claim does not concern the caller, 409 before anything is packed.
pub async fn labels(
    app: &App,
    caller: &Caller,
    (id, claim): (TicketId, ClaimId),
) -> Result<Printed, Problem> {
    let ticket = read::saved(app, caller, id).await?.ticket;
    let found = ticket.claim(claim).filter(|claim| concerns(&ticket, claim, caller.party.id));
    let returns = &found.ok_or_else(Problem::not_found)?.procedures.returns;
    let label = returns.label.clone().ok_or_else(not_packed)?;
    Ok(Printed { number: ticket.number, claim, label, cartons: returns.cartons.clone() })
}

fn not_packed() -> Problem {
    Problem::new(StatusCode::CONFLICT, "not-packed", Text::new("尚未装箱", "Nothing is packed yet"))
        .rule("LGT-28")
        .fix(Text::new("先用 returns/pack 登记每箱内容。", "State what is in each carton with returns/pack."))
}
