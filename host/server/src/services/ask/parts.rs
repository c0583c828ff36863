//! What a policy says of parts: who approves a requisition, what becomes of old ones, how long good ones are
//! kept and how many a dealer must hold. Where no policy answers, the host's baseline does.

use super::Governing;
use crate::app::App;
use crate::services::parties::Known;
use crate::services::tickets::tape::Tape;
use sanbao_domain::approval::{ApprovalRequest, ApprovalStep, Subject};
use sanbao_domain::case::{Case, Cause, Dates, History, Matter, PartyRole, Product, Wish};
use sanbao_domain::claim::{Claim, PolicyRef};
use sanbao_domain::parts::Part;
use sanbao_domain::parts::requisition::old_part_baseline;
use sanbao_domain::retention::{self, Keeping, OldPart};
use sanbao_domain::time::{Moment, Timestamp};
use sanbao_policy::contract::Interface;
use sanbao_policy::question::{Approval, Keep, Replaced, RequiredStock};

impl Governing {
    /// Which version answers.
    pub fn policy(&self) -> &PolicyRef {
        &self.by
    }

    /// Who approves that parts are drawn for a claim (BUS-41)? Nobody named: the leader.
    pub async fn requisition_steps(
        &self,
        app: &App,
        claim: &Claim,
        now: Timestamp,
        tape: &mut Tape,
    ) -> Vec<ApprovalStep> {
        let request = ApprovalRequest::of(Subject::PartRequisition, None);
        let plan = self.put(app, claim, now, tape, |case| Approval { case, request }).await;
        plan.and_then(|(_, plan)| plan.ok()).map(|plan| plan.steps).unwrap_or_default()
    }

    /// What becomes of the part that is taken out for this one (BUS-32, 42, 48)?
    pub async fn old_part(
        &self,
        app: &App,
        claim: &Claim,
        part: &Part,
        now: Timestamp,
        tape: &mut Tape,
    ) -> OldPart {
        let question = |case| Replaced { case, part: asked(part, false) };
        let answer = self.put(app, claim, now, tape, question).await;
        answer.and_then(|(_, answer)| answer.ok()).unwrap_or_else(old_part_baseline)
    }

    /// How long spares of this part are kept after its model was discontinued (LGT-43)? Nothing where the
    /// policy does not say; a policy that fails keeps them: `Err` with what went wrong.
    ///
    /// # Errors
    /// What the policy failed with.
    pub async fn keeping(
        &self,
        app: &App,
        owner: &Known,
        part: &Part,
        repaired: bool,
        now: Timestamp,
    ) -> Result<Option<Keeping>, String> {
        if !self.policy.exports(Interface::Retention) {
            return Ok(None);
        }
        let case = self.stock_case(owner, part, now);
        let (decision, _) = self.ask(app, Keep { case, part: asked(part, repaired) }).await;
        decision.outcome.map_err(|failure| failure.to_string())
    }

    /// What those who claim from this party must hold in stock (LGT-44).
    ///
    /// # Errors
    /// What the policy failed with.
    pub async fn required_stock(&self, app: &App) -> Result<Vec<retention::RequiredStock>, String> {
        if !self.policy.exports(Interface::Retention) {
            return Ok(Vec::new());
        }
        let (decision, _) = self.ask(app, RequiredStock { settings: self.settings.clone() }).await;
        decision.outcome.map_err(|failure| failure.to_string())
    }

    /// A part on the shelf, as a case: nobody claims anything.
    fn stock_case(&self, owner: &Known, part: &Part, now: Timestamp) -> Case {
        let respondent = &self.respondent;
        let role = |kind| PartyRole { kind, standing: None, grade: None };
        Case {
            now: respondent.calendar.moment(now),
            jurisdiction: respondent.jurisdiction.clone(),
            claimant: role(owner.kind),
            respondent: role(respondent.kind),
            matter: Matter::default(),
            product: Product {
                category: part.category.clone().unwrap_or_else(|| part.kind.clone()),
                model: part.model.clone().unwrap_or_else(|| part.number.clone()),
                serial: None,
                lot: None,
                quantity: 1,
                price: None,
            },
            dates: Dates { discontinued: part.discontinued_on.map(Moment::day), ..Dates::default() },
            history: History::default(),
            asked: Wish::Parts,
            agreed: None,
            cause: Cause::Unknown,
            fault: None,
            claimed: None,
            attributes: Vec::new(),
            settings: self.settings.clone(),
        }
    }
}

fn asked(part: &Part, repaired: bool) -> retention::Part {
    retention::Part { number: part.number.clone(), kind: part.kind.clone(), repaired }
}
