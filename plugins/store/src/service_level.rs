//! What is due when: the repair's week (article 16) and the reply on missing stock (article 35).

use crate::rules::*;
use sanbao_kit::prelude::*;

/// What starts with `event`.
pub fn milestones(case: &Case, event: Event) -> Vec<Milestone> {
    match event {
        Event::Agreed if case.agreed == Some(Remedy::Repair) => vec![
            Milestone::due(
                "repair-finished",
                words("维修完成", "Repair finished"),
                Span::weeks(1),
                Event::Completed,
                &STO_16,
            )
            .because(STO_R12.cite()),
        ],
        Event::StockRequested => vec![Milestone::due(
            "stock-reply",
            words("答复顾客缺货情况", "Reply to the customer about the stock"),
            Span::weeks(1),
            Event::Replied,
            &STO_35,
        )],
        _ => Vec::new(),
    }
}
