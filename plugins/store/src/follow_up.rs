//! After the service: is the customer satisfied with the handling (32)?

use crate::rules::*;
use sanbao_kit::prelude::*;

/// The visits that follow `event`.
pub fn visits(case: &Case, event: Event) -> Vec<Visit> {
    // What is not about cover has no work to complete: its handling ends with the case.
    let served = match event {
        Event::Completed => true,
        Event::Closed => case.matter != Matter::Warranty,
        _ => false,
    };
    if !served {
        return Vec::new();
    }
    vec![
        Visit::due("satisfaction", words("了解满意度", "Ask for satisfaction"), Span::weeks(1), &STO_32)
            .by(Channel::Phone)
            .by(Channel::Message)
            .asking(words("您对处理结果是否满意？", "Are you satisfied with the handling?"))
            .asking(words("有哪些地方可以做得更好？", "What could we do better?"))
            .because(STO_R15.cite()),
    ]
}
