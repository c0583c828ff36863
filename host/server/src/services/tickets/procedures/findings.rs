//! Taking a finding down: what is known of earlier ones, and what the policy proposes.

use crate::http::check::Checks;
use crate::http::problem::Problem;
use crate::services::tickets::order::Carry;
use crate::services::tickets::walk::Walk;
use sanbao_domain::claim::findings::{Command, Name};
use sanbao_domain::ids::{ClaimId, FindingId};
use sanbao_domain::money::Money;
use sanbao_domain::penalty::{Finding, FindingKind};
use sanbao_domain::text::Text;
use sanbao_domain::time::Moment;

/// A finding as a client states it.
#[derive(Clone, Debug)]
pub struct RecordFinding {
    /// The id that it gets.
    pub id: FindingId,
    /// What was found.
    pub kind: FindingKind,
    /// What it rests on.
    pub evidence: String,
    /// When it was found, if not now.
    pub found: Option<Moment>,
    /// Value of the batch; the claim's own when absent.
    pub batch_value: Option<Money>,
    /// A serious case.
    pub serious: bool,
    /// The person whom it concerns.
    pub person: Option<String>,
}

impl Carry for RecordFinding {
    async fn carry(self, walk: &mut Walk<'_>, id: ClaimId) -> Result<(), Problem> {
        let Self { id: finding_id, kind, evidence, found, batch_value, serious, person } = self;
        let claim = walk.check(id, Name::Record.into())?;
        let batch_value = batch_value.or_else(|| claim.product_as_counted().price);
        let today = walk.governed(id)?.respondent.calendar.moment(walk.now());
        let found = found.unwrap_or(today);
        let mut checks = Checks::new();
        checks.that(
            found.on <= today.on,
            "found",
            Text::new("在将来", "it lies in the future"),
            Text::new("填写今天或更早的日期。", "Give today or an earlier day."),
        );
        checks.done()?;
        let earlier = walk.earlier(id, kind, person.as_deref()).await?;
        let finding = Finding { kind, found, batch_value, serious, earlier };
        // Words that the machine will refuse need no proposal.
        let proposal = if evidence.trim().is_empty() {
            sanbao_domain::claim::findings::Proposal::default()
        } else {
            walk.assess(id, finding.clone()).await?
        };
        walk.give(id, Command::Record { id: finding_id, finding, person, evidence, proposal }.into()).await
    }
}
