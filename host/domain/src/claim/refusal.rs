//! Why a command is refused. Each names what stands in the way and what would be possible.

use super::{CommandName, StateName, procedure};
use crate::case::{Remedy, Side};
use thiserror::Error;

/// A command that the machine refuses; the claim stays as it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The state does not allow it.
    #[error("{} is not possible while the claim is {}", command.as_str(), state.as_str())]
    WrongState {
        /// What was asked.
        command: CommandName,
        /// Where the claim stands.
        state: StateName,
        /// What people can do instead.
        possible: Vec<CommandName>,
    },
    /// The actor takes part in the claim on another side.
    #[error("{} belongs to the {needs:?} side", command.as_str())]
    WrongSide {
        /// What was asked.
        command: CommandName,
        /// Who may.
        needs: Side,
    },
    /// The key does not hold the role whose signature is next.
    #[error("the next signature is that of {needs}")]
    WrongRole {
        /// Role.
        needs: String,
    },
    /// There is no offer with this index.
    #[error("there is no offer {choice}; the verdict makes {offers}")]
    NoSuchOffer {
        /// What was asked for.
        choice: usize,
        /// How many there are.
        offers: usize,
    },
    /// A reason in clear words is needed (STO-25).
    #[error("{} needs a reason in clear words", command.as_str())]
    ReasonMissing {
        /// What was asked.
        command: CommandName,
    },
    /// Nothing was agreed on, so the approval must say what is granted.
    #[error("nothing was agreed on: the approval must name the remedy that it grants")]
    RemedyMissing,
    /// The approval names another remedy than the one agreed on.
    #[error("{agreed:?} was agreed on, not {named:?}")]
    OtherRemedy {
        /// Agreed on.
        agreed: Remedy,
        /// Named.
        named: Remedy,
    },
    /// A refusal is not something to approve.
    #[error("a refusal is made with reject, which asks for its reason (STO-25)")]
    DeclineIsReject,
    /// The goods cannot have arrived in the future.
    #[error("the goods cannot have arrived later than now")]
    InTheFuture,
    /// A procedure beside the claim's own states refuses it, or holds it back.
    #[error("{}", .0.explain().title.en)]
    Procedure(procedure::Refusal),
}

impl Refusal {
    /// Stable word for problem documents.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongState { .. } => "wrong-state",
            Self::WrongSide { .. } => "wrong-side",
            Self::WrongRole { .. } => "wrong-role",
            Self::NoSuchOffer { .. } => "no-such-offer",
            Self::ReasonMissing { .. } => "reason-missing",
            Self::RemedyMissing => "remedy-missing",
            Self::OtherRemedy { .. } => "other-remedy",
            Self::DeclineIsReject => "decline-is-reject",
            Self::InTheFuture => "in-the-future",
            Self::Procedure(refusal) => refusal.explain().code,
        }
    }
}
