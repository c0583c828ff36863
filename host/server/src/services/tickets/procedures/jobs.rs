//! Steps of a job: who approves its report and reviews its expenses is asked of the policy, and what was
//! found on site is judged at once.

use crate::http::check::Checks;
use crate::http::problem::Problem;
use crate::services::tickets::facts;
use crate::services::tickets::order::Carry;
use crate::services::tickets::walk::Walk;
use sanbao_domain::approval::{ApprovalPlan, ApprovalRequest, Subject};
use sanbao_domain::case::Matter;
use sanbao_domain::claim::jobs::{Command, Step, Voucher};
use sanbao_domain::claim::{Command as ClaimCommand, State};
use sanbao_domain::ids::ClaimId;
use sanbao_domain::money::Money;

/// A command to a job, as a client gives it: plans of approval in it are filled in here.
#[derive(Clone, Debug)]
pub struct JobOrder(pub Command);

impl Carry for JobOrder {
    async fn carry(self, walk: &mut Walk<'_>, id: ClaimId) -> Result<(), Problem> {
        let mut command = self.0;
        walk.check(id, ClaimCommand::from(command.clone()).name())?;
        if let Command::Step { step, .. } = &mut command {
            match step {
                Step::Record(findings) => {
                    let given = findings.seen.as_ref().map(|seen| &seen.attributes);
                    if let (Some(given), Some(policy)) = (given, &walk.governed(id)?.policy) {
                        let mut checks = Checks::new();
                        facts::attributes(&mut checks, "seen.", &policy.problems(given));
                        checks.done()?;
                    }
                }
                Step::End { plan, .. } => *plan = approvers(walk, id, Subject::ServiceReport, None).await?,
                Step::ClaimExpenses { plan, vouchers } => {
                    *plan = approvers(walk, id, Subject::Expense, total(vouchers)).await?;
                }
                _ => {}
            }
        }
        let judged = walk.claim(id)?.judgement.is_some();
        walk.give(id, command.into()).await?;
        let claim = walk.claim(id)?;
        if judged && claim.matter == Matter::Warranty && matches!(claim.state, State::Opened) {
            walk.judge(id).await?;
        }
        Ok(())
    }
}

async fn approvers(
    walk: &mut Walk<'_>,
    id: ClaimId,
    subject: Subject,
    amount: Option<Money>,
) -> Result<ApprovalPlan, Problem> {
    walk.plan(id, ApprovalRequest::of(subject, amount)).await
}

/// What the policy is told that it is about; the machine adds up and refuses by itself.
fn total(vouchers: &[Voucher]) -> Option<Money> {
    let (first, rest) = vouchers.split_first()?;
    rest.iter().try_fold(first.amount.clone(), |sum, voucher| {
        let minor = sum.minor.checked_add(voucher.amount.minor)?;
        (sum.currency == voucher.amount.currency).then_some(Money { minor, currency: sum.currency })
    })
}
