//! What was done at the customer's place, and the customer's signature, once the service has ended (BUS-12, 13).

use super::Shown;
use maud::{Markup, html};
use sanbao_domain::case::UseUnit;
use sanbao_domain::claim::CommandName;
use sanbao_domain::claim::jobs::{Job, Name, Report, Solved, Stage};

pub(super) fn of(shown: &Shown<'_>) -> Markup {
    let jobs = &shown.claim.procedures.jobs.0;
    html! {
        @for job in jobs.iter().filter(|job| job.stage != Stage::CalledOff) {
            h3 { (shown.say("上门服务", "Visit")) }
            @if let Some(visit) = &job.visit {
                p { (shown.say("约定时间：", "Time agreed on: ")) (shown.time(visit.from)) " – " (shown.time(visit.until)) }
            }
            @if job.report.ended_at.is_some() { (reported(shown, job)) }
        }
    }
}

fn reported(shown: &Shown<'_>, job: &Job) -> Markup {
    let report = &job.report;
    html! {
        table {
            @if let Some(heard) = &report.heard {
                tr { th { (shown.say("您的说明", "What you told us")) }
                    td { pre { (heard.used_for) "\n" (heard.circumstances) } } }
            }
            @if let Some(seen) = &report.seen {
                tr { th { (shown.say("查看", "What we saw")) } td {
                    @for usage in &seen.usage { (usage.amount) " " (unit(shown, usage.unit)) " · " }
                    @if seen.within_cover { (shown.say("在三包期内", "within cover")) } @else { (shown.say("不在三包期内", "not within cover")) }
                } }
            }
            @if let Some(checked) = &report.checked {
                tr { th { (shown.say("检查结果", "What we found")) } td { pre { (checked.words) } } }
            }
            @if let Some(outcome) = &report.outcome {
                tr { th { (shown.say("处理", "What was done")) } td {
                    pre { (outcome.words) }
                    (solved(shown, outcome.solved))
                    @if let Some(agreed) = &outcome.agreed { pre { (agreed) } }
                } }
            }
            @if let Some(ended) = report.ended_at {
                tr { th { (shown.say("服务结束", "Service ended")) } td { (shown.time(ended)) } }
            }
        }
        (parts(shown, report))
        (signature(shown, job))
    }
}

fn parts(shown: &Shown<'_>, report: &Report) -> Markup {
    html! {
        @if !report.parts.is_empty() {
            table {
                tr {
                    th { (shown.say("配件", "Part")) } th { (shown.say("数量", "Quantity")) }
                    th { (shown.say("原因", "Why")) }
                }
                @for part in &report.parts {
                    tr { td { (part.name) " (" (part.part) ")" } td { (part.quantity) } td { (part.reason) } }
                }
            }
        }
    }
}

fn signature(shown: &Shown<'_>, job: &Job) -> Markup {
    if let Some(signed) = &job.report.signed {
        return html! {
            p { (shown.say("已签字：", "Signed by ")) (signed.by) ", " (shown.time(signed.at)) }
        };
    }
    let open = matches!(job.stage, Stage::Ended | Stage::Concluded);
    let may = shown.claim.check(shown.actor, CommandName::from(Name::Sign)).is_ok();
    if !open || !may {
        return html! {};
    }
    html! {
        p { (shown.say(
            "服务已结束。如果报告属实，请签字；签字后报告不能更改。",
            "The service has ended. If the report is true, please sign it; what is signed cannot be changed.")) }
        (shown.form("sign", html! {
            input type="hidden" name="job" value=(job.id());
            input type="hidden" name="hash" value=(job.report.hash(job.id()));
            (shown.name_field())
            label { (shown.say("您的意见（可不填）", "Your remarks, if any"))
                textarea name="comment" maxlength="1000" rows="3" {}
            }
            button type="submit" { (shown.say("签字确认", "Sign the report")) }
        }))
    }
}

fn unit(shown: &Shown<'_>, unit: UseUnit) -> &'static str {
    match unit {
        UseUnit::Kilometres => shown.say("公里", "km"),
        UseUnit::Hours => shown.say("小时", "hours"),
        UseUnit::Cycles => shown.say("次", "cycles"),
    }
}

fn solved(shown: &Shown<'_>, solved: Solved) -> &'static str {
    match solved {
        Solved::Yes => shown.say("问题已解决。", "The problem is solved."),
        Solved::ComeAgain => shown.say("我们会再次上门。", "We will come again."),
        Solved::TakenBack => shown.say("设备已带回检查。", "The equipment was taken back to be studied."),
        Solved::Unrepairable => shown.say("无法修复。", "It cannot be repaired."),
    }
}
