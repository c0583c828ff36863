//! The ladder of articles 6 to 10: what the days since the sale leave open.

use crate::rules::*;
use sanbao_kit::prelude::*;

/// Article 6.
pub(super) const NO_REASON: Span = Span::days(7);
const REFUND: Span = Span::days(15);
const EXCHANGE: Span = Span::days(30);
const FREE_REPAIR: Span = Span::months(3);

/// A rung of the ladder for quality problems.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rung {
    /// Article 7: up to day 15.
    Refund,
    /// Article 8: up to day 30 (STO-R2).
    Exchange,
    /// Article 9: up to the day of three months (STO-R2).
    FreeRepair,
    /// Article 10.
    Charged,
}

impl Rung {
    /// Where `day` stands when the goods were sold on `sold`, which is day 0.
    pub(super) fn on(day: Date, sold: Date) -> Self {
        if day <= sold.add_days(REFUND.amount) {
            Self::Refund
        } else if day <= sold.add_days(EXCHANGE.amount) {
            Self::Exchange
        } else if day <= sold.add_months(FREE_REPAIR.amount) {
            Self::FreeRepair
        } else {
            Self::Charged
        }
    }

    pub(super) fn rule(self) -> &'static Rule {
        match self {
            Self::Refund => &STO_07,
            Self::Exchange => &STO_08,
            Self::FreeRepair => &STO_09,
            Self::Charged => &STO_10,
        }
    }

    /// The cover that this rung looks at; after three months, the free service that has ended.
    pub(super) fn cover(self, basis: Basis, sold: Date) -> Cover {
        let (term, rule) = match self {
            Self::Refund => (REFUND, &STO_07),
            Self::Exchange => (EXCHANGE, &STO_08),
            Self::FreeRepair | Self::Charged => (FREE_REPAIR, &STO_09),
        };
        Cover::counted(basis, sold, term, rule)
    }

    /// The free remedies of this rung, the one that the article names first (STO-R7).
    pub(super) fn remedies(self) -> &'static [Remedy] {
        match self {
            Self::Refund => &[Remedy::Refund, Remedy::Replace, Remedy::Repair],
            Self::Exchange => &[Remedy::Replace, Remedy::Repair],
            Self::FreeRepair => &[Remedy::Repair],
            Self::Charged => &[],
        }
    }

    /// The rung that would have given what is asked for, where that is too late now.
    pub(super) fn missed(self, asked: Wish) -> Option<Self> {
        let asked = match asked {
            Wish::Refund => Self::Refund,
            Wish::Replace => Self::Exchange,
            Wish::Repair | Wish::Parts => Self::FreeRepair,
            Wish::Credit | Wish::Unspecified => return None,
        };
        (asked < self).then_some(asked)
    }
}
