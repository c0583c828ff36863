//! Who or what caused the problem: that decides everything else (rules 10 and 11).

use sanbao_kit::prelude::*;

/// What the rules tell apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Rule 10.
    Quality,
    /// Nobody has looked yet (AUT-R2).
    Presumed,
    /// What was delivered is not what was owed (AUT-R3).
    Delivery,
    /// Rule 11.
    Human,
    /// Neither (AUT-R4).
    Outside,
    /// The product works: guidance (rule 2).
    None,
}

impl Origin {
    pub(crate) fn of(case: &Case) -> Self {
        match case.cause {
            Cause::Quality => Self::Quality,
            Cause::Unknown => Self::Presumed,
            Cause::Transit | Cause::WrongDelivery | Cause::Shortage | Cause::Nonconforming => Self::Delivery,
            Cause::Misuse
            | Cause::Handling
            | Cause::Incompatible
            | Cause::Tampering
            | Cause::CustomerDamage
            | Cause::Deliberate => Self::Human,
            Cause::Environment | Cause::ForceMajeure | Cause::Wear => Self::Outside,
            Cause::NoFault => Self::None,
        }
    }
}
