//! After the service: is the customer satisfied with the handling (32)?

use crate::rules::*;
use sanbao_kit::prelude::*;

/// The visits that follow `event`.
pub fn visits(_: &Case, event: Event) -> Vec<Visit> {
    if event != Event::Completed {
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
