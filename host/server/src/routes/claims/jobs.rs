//! `…/jobs/…`: work at the customer's place (BUS-11…15, 19…36; ZZC-07…17; AUT-01).

mod body;
mod sign;

use super::steps::steps;
use crate::app::App;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use crate::services::tickets::facts::money;
use crate::services::tickets::procedures::jobs::JobOrder;
use body::*;
use sanbao_domain::approval::ApprovalPlan;
use sanbao_domain::case::Channel;
use sanbao_domain::claim::jobs::{Command, Findings, MajorProblem, Order, Outcome, Step, Visit};
use sanbao_domain::ids::JobId;
use sanbao_domain::text::Text;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(dispatch))
        .routes(routes!(schedule))
        .routes(routes!(depart))
        .routes(routes!(arrive))
        .routes(routes!(findings))
        .routes(routes!(parts))
        .routes(routes!(problem))
        .routes(routes!(end))
        .routes(routes!(sign::sign))
        .routes(routes!(decline_signature))
        .routes(routes!(report_back))
        .routes(routes!(return_home))
        .routes(routes!(approve))
        .routes(routes!(expenses))
        .routes(routes!(approve_expenses))
        .routes(routes!(reject_expenses))
        .routes(routes!(reimburse))
        .routes(routes!(call_off))
}

steps! {
    /// Sends people out, for what a call could not solve (BUS-19…24; ZZC-08, 17).
    dispatch "jobs/dispatch" DispatchJob => |given, app| dispatched(given, app.id())?;
    /// Fixes a time with the user (ZZC-09).
    schedule "jobs/schedule" ScheduleJob => |given, app| {
        let ScheduleJob { job, from, until, agreed_with, channel } = given;
        let channel = channel.unwrap_or(Channel::Phone);
        checked(&[("agreed_with", &agreed_with)])?;
        taken(job, Step::Schedule(Visit { from, until, agreed_with, channel }))
    };
    /// People set off.
    depart "jobs/depart" JobStep => |given, app| taken(given.job, Step::Depart { at: given.at });
    /// People are there; after the time agreed on they say why (ZZC-11).
    arrive "jobs/arrive" ArriveAtJob => |given, app| {
        if let Some(delay) = &given.delay {
            checked(&[("delay.reason", &delay.reason)])?;
        }
        taken(given.job, Step::Arrive { at: given.at, delay: given.delay })
    };
    /// What was heard, seen and checked (BUS-26…28). Cause, readings and declared facts become known of the
    /// claim; a claim that is still to be settled is judged anew.
    findings "jobs/findings" JobFindings => |given, app| found(given)?;
    /// The parts that were replaced or given, with the reason (BUS-30).
    parts "jobs/parts" JobParts => |given, app| {
        let JobParts { job, parts } = given;
        few("parts", parts.len(), 500)?;
        let texts = parts.iter().flat_map(|part| [("parts", &part.part), ("parts", &part.name), ("parts", &part.reason)]);
        checked(&texts.collect::<Vec<_>>())?;
        taken(job, Step::UseParts(parts))
    };
    /// Reports a major problem to the leader, with a proposal and the user's demand (BUS-31).
    problem "jobs/problem" JobProblem => |given, app| {
        let JobProblem { job, what, proposal, demand } = given;
        checked(&[("what", &what), ("proposal", &proposal), ("demand", &demand)])?;
        taken(job, Step::ReportProblem(MajorProblem { what, proposal, demand }))
    };
    /// The service has ended: from now on the customer can sign.
    end "jobs/end" EndJob => |given, app| {
        let EndJob { job, at, solved, words, agreed } = given;
        checked(&[("words", &words)])?;
        Checks::new().optional("agreed", agreed.as_deref(), 0..=5000).done()?;
        let outcome = Outcome { solved, words, agreed };
        taken(job, Step::End { at, outcome, plan: ApprovalPlan::baseline(false) })
    };
    /// The customer does not sign, and why.
    decline_signature "jobs/decline-signature" JobReason => |given, app| {
        checked(&[("reason", &given.reason)])?;
        taken(given.job, Step::DeclineSignature { reason: given.reason })
    };
    /// Tells the result before leaving, and asks for further tasks (BUS-33).
    report_back "jobs/report-back" JobResult => |given, app| {
        checked(&[("words", &given.words)])?;
        taken(given.job, Step::ReportBack { words: given.words })
    };
    /// People are back.
    return_home "jobs/return" JobStep => |given, app| taken(given.job, Step::Return { at: given.at });
    /// The leader approves the report, which archives it (BUS-35). The key must hold the role.
    approve "jobs/approve" ApproveJob => |given, app| {
        Checks::new().optional("note", given.note.as_deref(), 0..=5000).done()?;
        taken(given.job, Step::Approve { note: given.note })
    };
    /// Hands expenses in, with their vouchers (BUS-36).
    expenses "jobs/expenses" JobExpenses => |given, app| {
        let JobExpenses { job, vouchers } = given;
        few("vouchers", vouchers.len(), 500)?;
        let mut checks = Checks::new();
        for (index, voucher) in vouchers.iter().enumerate() {
            checks.text(format!("vouchers[{index}].kind"), &voucher.kind, 1..=100);
            checks.text(format!("vouchers[{index}].reference"), &voucher.reference, 1..=200);
            money(&mut checks, format!("vouchers[{index}].amount"), &voucher.amount);
        }
        checks.done()?;
        taken(job, Step::ClaimExpenses { vouchers, plan: ApprovalPlan::baseline(false) })
    };
    /// The leader has reviewed the expenses (BUS-36). The key must hold the role.
    approve_expenses "jobs/approve-expenses" ApproveJob => |given, app| {
        Checks::new().optional("note", given.note.as_deref(), 0..=5000).done()?;
        taken(given.job, Step::ApproveExpenses { note: given.note })
    };
    /// The leader does not accept the expenses; they can be handed in anew.
    reject_expenses "jobs/reject-expenses" JobReason => |given, app| {
        checked(&[("reason", &given.reason)])?;
        taken(given.job, Step::RejectExpenses { reason: given.reason })
    };
    /// The expenses are paid, the advance set off (BUS-36).
    reimburse "jobs/reimburse" WhichJob => |given, app| taken(given.job, Step::Reimburse);
    /// Nobody goes; until people are there.
    call_off "jobs/call-off" JobReason => |given, app| {
        checked(&[("reason", &given.reason)])?;
        taken(given.job, Step::CallOff { reason: given.reason })
    };
}

fn taken(job: Option<JobId>, step: Step) -> JobOrder {
    JobOrder(Command::Step { job, step })
}

fn dispatched(given: DispatchJob, job: JobId) -> Result<JobOrder, Problem> {
    let DispatchJob { purpose, task, site, because, people, leader, advance, carries, follows } = given;
    let mut checks = Checks::new();
    checks.text("task", &task, 1..=5000).text("site.address", &site.address, 0..=1000);
    checks.optional("because.reason", because.reason.as_deref(), 0..=5000);
    let more = [&site.contact, &site.phone, &site.traffic];
    for (field, text) in ["site.contact", "site.phone", "site.traffic"].into_iter().zip(more) {
        checks.optional(field, text.as_deref(), 1..=1000);
    }
    for (index, person) in people.iter().enumerate() {
        checks.text(format!("people[{index}].name"), &person.name, 0..=100);
        checks.optional(format!("people[{index}].phone"), person.phone.as_deref(), 1..=100);
        checks.optional(format!("people[{index}].qualification"), person.qualification.as_deref(), 1..=1000);
    }
    for (index, carried) in carries.iter().enumerate() {
        checks.text(format!("carries[{index}].part"), &carried.part, 1..=100);
    }
    if let Some(advance) = &advance {
        money(&mut checks, "advance".to_owned(), advance);
    }
    checks.done()?;
    few("people", people.len(), 50)?;
    few("carries", carries.len(), 500)?;
    let order = Order { job, purpose, task, site, because, people, leader, advance, carries, follows };
    Ok(JobOrder(Command::Dispatch(Box::new(order))))
}

fn found(given: JobFindings) -> Result<JobOrder, Problem> {
    let JobFindings { job, heard, seen, checked: found } = given;
    let mut texts = Vec::new();
    if let Some(heard) = &heard {
        texts.extend([("heard.used_for", &heard.used_for), ("heard.circumstances", &heard.circumstances)]);
    }
    if let Some(found) = &found {
        texts.push(("checked.words", &found.words));
        texts.extend(found.fault.as_ref().map(|fault| ("checked.fault", fault)));
    }
    checked(&texts)?;
    Ok(taken(job, Step::Record(Box::new(Findings { heard, seen, checked: found }))))
}

/// At most 5000 characters each; whether there must be any, the state machine says.
fn checked(texts: &[(&str, &String)]) -> Result<(), Problem> {
    let mut checks = Checks::new();
    for (field, text) in texts {
        checks.text(*field, text, 0..=5000);
    }
    checks.done()
}

fn few(field: &str, count: usize, most: usize) -> Result<(), Problem> {
    Checks::new()
        .that(
            count <= most,
            field,
            Text::new("数量过多", "there are too many"),
            Text::new(format!("至多 {most} 项。"), format!("Give at most {most}.")),
        )
        .done()
}
