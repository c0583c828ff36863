//! What it costs, and the customer's answer (STO-30).

use super::Shown;
use maud::{Markup, html};
use sanbao_domain::charges::Collection;
use sanbao_domain::claim::charges::{Quoted, Stage};

pub(super) fn of(shown: &Shown<'_>) -> Markup {
    let Some(quoted) = shown.claim.procedures.charges.current() else { return html! {} };
    let Some(total) = &quoted.total else { return html! {} };
    html! {
        h3 { (shown.say("费用", "What it costs")) }
        table {
            tr {
                th { (shown.say("项目", "Item")) } th { (shown.say("数量", "Quantity")) }
                th.amount { (shown.say("金额", "Amount")) }
            }
            @for line in &quoted.terms.lines {
                tr {
                    td { (shown.text(&line.title)) } td { (line.quantity) }
                    td.amount { (line.amount) }
                }
            }
            tr { th { (shown.say("合计", "Total")) } th {} th.amount { (total) } }
        }
        p { (when(shown, quoted.terms.collect)) }
        (answer(shown, quoted))
    }
}

fn when(shown: &Shown<'_>, collect: Collection) -> &'static str {
    match collect {
        Collection::Never => shown.say("不向您收取任何费用。", "Nothing is collected from you."),
        Collection::AfterWork => shown.say("先服务，完成后付款。", "You pay when the work is done."),
        Collection::BeforeWork => shown.say("在开始之前付款。", "You pay before the work begins."),
    }
}

fn answer(shown: &Shown<'_>, quoted: &Quoted) -> Markup {
    if let Some(word) = &quoted.claimant {
        let said = if word.consents {
            shown.say("已同意：", "Agreed to by ")
        } else {
            shown.say("未同意：", "Not agreed to by ")
        };
        return html! { p { (said) (word.by) ", " (shown.time(word.at)) } };
    }
    let asked = quoted.terms.consent.by_claimant()
        && matches!(quoted.stage, Stage::Quoted | Stage::Disclosed)
        && !shown.claim.state.is_final();
    if !asked {
        return html! {};
    }
    let which = html! { input type="hidden" name="quote" value=(quoted.quote); };
    html! {
        p { (shown.say("未经您同意不会开始，也不会收费。", "Nothing begins and nothing is collected unless you agree.")) }
        (shown.form("consent", html! {
            (which) (shown.name_field())
            button type="submit" { (shown.say("同意此报价", "I agree to this quote")) }
        }))
        (shown.form("refuse", html! {
            (which) (shown.name_field())
            label { (shown.say("不同意的原因", "Why you do not agree"))
                input type="text" name="reason" required maxlength="1000";
            }
            button type="submit" { (shown.say("不同意", "I do not agree")) }
        }))
    }
}
