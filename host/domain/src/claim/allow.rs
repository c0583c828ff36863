//! Who may give which command, and when.

use super::{Chain, Claim, CommandName, Reason, Refusal, State, procedure};
use crate::actor::Actor;
use crate::case::{Destination, Matter, Side};
use crate::verdict::Ruling;

impl Claim {
    /// Whether `actor` may give this command now, whatever its details.
    ///
    /// # Errors
    /// [`Refusal::WrongState`], [`Refusal::WrongSide`] or [`Refusal::WrongRole`].
    pub fn check(&self, actor: &Actor, command: CommandName) -> Result<(), Refusal> {
        if let CommandName::Procedure(name) = command {
            return procedure::check(self, actor, name);
        }
        if !self.state_allows(command) {
            return Err(Refusal::WrongState {
                command,
                state: self.state.name(),
                possible: self.possible(actor),
            });
        }
        self.side_allows(actor, command)?;
        self.role_allows(actor, command)?;
        match procedure::blocks(self, command) {
            Some(refusal) => Err(Refusal::Procedure(refusal)),
            None => Ok(()),
        }
    }

    /// The commands that `actor` may give now.
    pub fn possible(&self, actor: &Actor) -> Vec<CommandName> {
        CommandName::by_people().filter(|&command| self.may(actor, command)).collect()
    }

    /// As [`check`](Self::check), without a reason: a reason lists what is possible, and asks this.
    fn may(&self, actor: &Actor, command: CommandName) -> bool {
        match command {
            CommandName::Procedure(name) => procedure::check(self, actor, name).is_ok(),
            _ => {
                self.state_allows(command)
                    && self.side_allows(actor, command).is_ok()
                    && self.role_allows(actor, command).is_ok()
                    && procedure::blocks(self, command).is_none()
            }
        }
    }

    /// The refusal of a command that the claim's state does not allow. What people can do instead is left
    /// to [`possible`](Self::possible) for a procedure, which is asked there itself.
    pub(super) fn not_now(&self, command: impl Into<CommandName>) -> Refusal {
        Refusal::WrongState { command: command.into(), state: self.state.name(), possible: Vec::new() }
    }

    /// That `actor` acts for `side`.
    pub(super) fn needs_side(
        &self,
        actor: &Actor,
        needs: Side,
        command: impl Into<CommandName>,
    ) -> Result<(), Refusal> {
        if self.sides(actor).has(needs) {
            Ok(())
        } else {
            Err(Refusal::WrongSide { command: command.into(), needs })
        }
    }

    /// That `actor` takes part in the claim at all.
    pub(super) fn needs_part(&self, actor: &Actor, command: impl Into<CommandName>) -> Result<(), Refusal> {
        if self.sides(actor).any() {
            Ok(())
        } else {
            Err(Refusal::WrongSide { command: command.into(), needs: Side::Respondent })
        }
    }

    fn state_allows(&self, command: CommandName) -> bool {
        use CommandName as C;
        match command {
            // Deadlines are the host's own: they are set and marked wherever something still runs.
            C::SetDeadlines | C::MarkMissed => return !self.state.is_final(),
            // Follow-ups and notices outlive the claim.
            C::Wake => return true,
            _ => {}
        }
        match &self.state {
            // What is not about cover is not judged: whoever handles it closes it.
            State::Opened if self.matter != Matter::Warranty => {
                matches!(command, C::AddEvidence | C::Close | C::Cancel)
            }
            State::Opened | State::FactsMissing => {
                matches!(command, C::AddEvidence | C::Judge | C::Cancel | C::Escalate)
            }
            State::Judged => match command {
                C::AddEvidence | C::Judge | C::Agree | C::Escalate | C::Cancel => true,
                // Closing a refusal accepts it, whether or not the policy offers anything to choose.
                C::Close => self.verdict().is_some_and(|verdict| verdict.ruling == Ruling::NotCovered),
                _ => false,
            },
            State::Escalated(escalation) => match command {
                C::AddEvidence | C::Approve | C::Reject | C::Cancel => true,
                // The policy may be asked again only where it is the policy that could not answer.
                C::Judge => {
                    matches!(escalation.because, Reason::PolicyFailed { .. } | Reason::NoPolicy { .. })
                }
                _ => false,
            },
            State::AwaitingApproval { .. } => matches!(command, C::Approve | C::Reject | C::Cancel),
            State::Approved { settlement } => match command {
                C::StartWork => settlement.remedy.needs_work(),
                C::Complete => !settlement.remedy.needs_work(),
                C::Cancel => true,
                _ => false,
            },
            State::Rejected(_) => {
                matches!(command, C::AddEvidence | C::Escalate | C::Close | C::Cancel)
            }
            State::InWork { .. } => matches!(command, C::Complete),
            State::Completed { settlement } => match command {
                C::HandOver => settlement.remedy.needs_hand_over(),
                C::Close => !settlement.remedy.needs_hand_over(),
                _ => false,
            },
            State::HandedOver { .. } => matches!(command, C::Close),
            State::Closed { .. } | State::Cancelled { .. } => false,
        }
    }

    pub(super) fn side_allows(&self, actor: &Actor, command: CommandName) -> Result<(), Refusal> {
        use CommandName as C;
        let sides = self.sides(actor);
        let needs = match command {
            C::Agree | C::Escalate | C::Cancel => Side::Claimant,
            C::Approve | C::Reject => {
                self.chain().and_then(Chain::next).map_or(Side::Respondent, |step| step.by)
            }
            // Where the goods stay with the handler, the handler does the work.
            C::StartWork | C::Complete => match self.state.settlement().map(|settlement| settlement.goods_to)
            {
                Some(
                    Destination::Stays
                    | Destination::Store
                    | Destination::Dealer
                    | Destination::ServiceStation,
                ) if sides.claimant => return Ok(()),
                _ => Side::Respondent,
            },
            C::AddEvidence | C::Judge | C::HandOver | C::Close if sides.any() => return Ok(()),
            C::SetDeadlines | C::MarkMissed | C::Wake => return Ok(()),
            _ => Side::Claimant,
        };
        if sides.has(needs) { Ok(()) } else { Err(Refusal::WrongSide { command, needs }) }
    }

    fn role_allows(&self, actor: &Actor, command: CommandName) -> Result<(), Refusal> {
        match (command, self.chain().and_then(Chain::next)) {
            (CommandName::Approve | CommandName::Reject, Some(step)) if !actor.holds(&step.role) => {
                Err(Refusal::WrongRole { needs: step.role.clone() })
            }
            _ => Ok(()),
        }
    }
}
