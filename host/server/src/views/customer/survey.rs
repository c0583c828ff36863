//! What the customer says of the service (STO-32; BUS-21).

use super::Shown;
use maud::{Markup, html};
use sanbao_domain::claim::CommandName;
use sanbao_domain::claim::survey::Name;

pub(super) fn of(shown: &Shown<'_>) -> Markup {
    if shown.claim.check(shown.actor, CommandName::from(Name::Answer)).is_err() {
        return html! {};
    }
    html! {
        h3 { (shown.say("您对服务满意吗？", "Are you satisfied with the service?")) }
        (shown.form("survey", html! {
            label { input type="radio" name="satisfied" value="yes" required; " " (shown.say("满意", "Yes")) }
            label { input type="radio" name="satisfied" value="no"; " " (shown.say("不满意", "No")) }
            label { (shown.say("评分", "Score"))
                " " select name="score" required {
                    @for score in (1..=5).rev() { option value=(score) { (score) } }
                }
            }
            label { (shown.say("与您的期望相比", "Compared with what you expected"))
                " " select name="experience" {
                    option value="" { "–" }
                    option value="better" { (shown.say("更好", "better")) }
                    option value="as-expected" { (shown.say("一样", "as expected")) }
                    option value="worse" { (shown.say("更差", "worse")) }
                }
            }
            label { (shown.say("您想说的（可不填）", "What you would like to say, if anything"))
                textarea name="words" maxlength="2000" rows="3" {}
            }
            button type="submit" { (shown.say("提交", "Send")) }
        }))
    }
}
