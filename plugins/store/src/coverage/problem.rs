//! What kind of problem is it (article 18)?

use sanbao_kit::prelude::*;

/// The problem, as the articles tell problems apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    /// A quality problem was found.
    Quality,
    /// Reported, not yet looked into (STO-R5).
    Presumed,
    /// The store did not hand over what was agreed (STO-R8).
    Delivery,
    /// The customer's doing (STO-14).
    Customer,
    /// Neither: the product needs work, and nobody at fault.
    Circumstances,
    /// The product works as it should.
    None,
}

impl Problem {
    pub(super) fn of(case: &Case) -> Self {
        match case.cause {
            Cause::Quality => Self::Quality,
            Cause::Unknown => Self::Presumed,
            Cause::Nonconforming | Cause::WrongDelivery | Cause::Shortage | Cause::Transit => Self::Delivery,
            Cause::Misuse
            | Cause::Handling
            | Cause::Incompatible
            | Cause::Tampering
            | Cause::CustomerDamage
            | Cause::Deliberate => Self::Customer,
            Cause::Environment | Cause::ForceMajeure | Cause::Wear => Self::Circumstances,
            Cause::NoFault => Self::None,
        }
    }

    /// The ladder of articles 7 to 10 is open.
    pub(super) fn counts_as_quality(self) -> bool {
        matches!(self, Self::Quality | Self::Presumed | Self::Delivery)
    }
}
