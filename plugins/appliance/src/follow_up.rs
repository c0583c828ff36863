//! Two visits within a month of the installation (3), to find out whether there is any trouble (4).

use crate::rules::*;
use sanbao_kit::prelude::*;

/// Where the first visit ends and the second begins (HAI-R2).
const SPACING: Span = Span::weeks(2);
const BOTH: Span = Span::months(1);

/// The visits that follow `event`.
pub fn visits(_: &Case, event: Event) -> Vec<Visit> {
    if event != Event::Installed {
        return Vec::new();
    }
    let first = Visit::due("first-visit", words("第一次回访", "First follow-up visit"), SPACING, &HAI_03);
    let second = Visit::due("second-visit", words("第二次回访", "Second follow-up visit"), BOTH, &HAI_03)
        .not_before(SPACING);
    vec![looking_for_trouble(first), looking_for_trouble(second)]
}

fn looking_for_trouble(visit: Visit) -> Visit {
    visit
        .because(HAI_04.cite())
        .because(HAI_01.cite())
        .because(HAI_R2.cite())
        .by(Channel::OnSite)
        .by(Channel::Phone)
        .asking(words("机器是否安装到位？", "Is the unit in place?"))
        .asking(words("运转是否正常？", "Does it work normally?"))
        .asking(words("使用中有什么烦恼？", "Is there any trouble in using it?"))
        .asking(words("对服务是否满意？", "Are you satisfied with the service?"))
}
