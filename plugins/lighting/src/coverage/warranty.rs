//! The warranty: how long, and counted from when (rules 4 to 9).

use crate::rules::*;
use sanbao_kit::prelude::*;

/// The category of rule 5.
pub(crate) const RIGID_LIGHT_BAR: &str = "rigid-light-bar";

/// The warranty that a claim looks at.
pub(super) struct Warranty {
    basis: Basis,
    starts: Date,
    term: Span,
    /// Sets the term.
    rule: &'static Rule,
    /// Sets the starting day.
    basis_rule: &'static Rule,
}

impl Warranty {
    /// `None` when no day is known from which it could be counted.
    pub(super) fn of(case: &Case) -> Option<Self> {
        let dates = &case.dates;
        let (basis, from, basis_rule) = if case.from_end_customer() {
            dates
                .sold
                .map(|sold| (Basis::Sold, sold, &LGT_07))
                .or(dates.produced.map(|produced| (Basis::Produced, produced, &LGT_08)))
                .or(dates.shipped.map(|shipped| (Basis::Shipped, shipped, &LGT_06)))
        } else {
            dates
                .shipped
                .map(|shipped| (Basis::Shipped, shipped, &LGT_09))
                .or(dates.produced.map(|produced| (Basis::Produced, produced, &LGT_06)))
        }?;
        let (years, rule) = if !case.from_end_customer() {
            (3, &LGT_09)
        } else if light_bar(case) {
            (2, &LGT_05)
        } else {
            (3, &LGT_04)
        };
        Some(Self { basis, starts: from.on, term: Span::years(years), rule, basis_rule })
    }

    pub(super) fn starts(&self) -> Date {
        self.starts
    }

    pub(super) fn last_day(&self) -> Date {
        self.starts.add_years(self.term.amount)
    }

    pub(super) fn cover(&self) -> Cover {
        Cover::counted(self.basis, self.starts, self.term, self.rule)
    }

    /// The rules that set it, and the last day.
    pub(super) fn cited(&self) -> [Citation; 2] {
        let last = self.last_day();
        [
            self.rule.applied(say!(zh: "保修至 ", last; en: "warranty until ", last)),
            self.basis_rule.applied(say!(zh: "自 ", self.starts, " 起算"; en: "counted from ", self.starts)),
        ]
    }

    /// Who claims decided from which day it is counted (LGT-R1).
    pub(super) fn claimant_mattered(&self, case: &Case) -> bool {
        !matches!(self.basis, Basis::Sold) && (case.from_end_customer() || case.dates.sold.is_some())
    }
}

pub(super) fn light_bar(case: &Case) -> bool {
    case.product.category == RIGID_LIGHT_BAR
}

/// The production date, which stands on every product, is the least that must be known.
pub(super) fn missing() -> Verdict {
    Verdict::missing(
        "dates.produced",
        words(
            "请提供购买日期；没有购买凭证或销售日期标识的，请提供产品上的生产日期",
            "Which day was it sold; or, without purchase proof and sale-date mark, which production date does it bear?",
        ),
        &LGT_08,
    )
}
