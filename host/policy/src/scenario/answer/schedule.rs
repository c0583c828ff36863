//! What is due, who is told, who is visited.

use super::{Short, cites, decimal, or_why, plain, short, span, word, words};
use sanbao_domain::calendar::Calendar;
use sanbao_domain::follow_up::Visit;
use sanbao_domain::notices::{LastResort, Notice, Recipient};
use sanbao_domain::service_level::{Milestone, Target};
use sanbao_domain::time::Timestamp;

/// `milestones` ("repair-finished: completed within 1 weeks"), `channels` of each, `cites`, and with a start the
/// instants from which each is `overdue`.
pub(in crate::scenario) fn milestones(
    milestones: &[Milestone],
    at: Option<Timestamp>,
    calendar: &Calendar,
) -> Short {
    let stated = |milestone: &Milestone| {
        let met_by = word(milestone.met_by);
        format!("{}: {} within {}", milestone.id, plain(&met_by), span(milestone.due))
    };
    let mut parts = short([
        ("milestones", milestones.iter().map(stated).collect()),
        ("channels", milestones.iter().map(|one| words(&one.channels)).collect()),
        ("cites", cites(milestones.iter().map(|one| &one.citations))),
    ]);
    if let Some(at) = at {
        let due = milestones.iter().map(|one| or_why(calendar.due(at, one.due))).collect();
        parts.insert("overdue".to_owned(), due);
    }
    parts
}

/// `targets` ("timeliness at-least 90, BUS-03").
pub(in crate::scenario) fn targets(targets: &[Target]) -> Short {
    let stated = |target: &Target| {
        let (measure, bound) = (word(target.measure), word(target.bound));
        format!("{} {} {}, {}", plain(&measure), plain(&bound), decimal(target.percent), target.rule)
    };
    short([("targets", targets.iter().map(stated).collect())])
}

/// `notices` ("collect: to claimant, after 1 days, again every 3 days 2 times, until collected|closed, then
/// tell-superior-and-post-goods, by phone|message"; a role as "to role manager"), `subjects` and `bodies`
/// (English), `cites`.
pub(in crate::scenario) fn notices(notices: &[Notice]) -> Short {
    let stated = |notice: &Notice| {
        let mut text = match &notice.recipient {
            Recipient::Side(side) => format!("{}: to {}", notice.id, plain(&word(*side))),
            Recipient::Role(role) => format!("{}: to role {role}", notice.id),
        };
        if let Some(after) = notice.after {
            text.push_str(&format!(", after {}", span(after)));
        }
        if let Some(repeat) = &notice.repeat {
            text.push_str(&format!(", again every {} {} times", span(repeat.every), repeat.times));
        }
        if !notice.stopped_by.is_empty() {
            text.push_str(&format!(", until {}", words(&notice.stopped_by)));
        }
        if notice.at_last != LastResort::Nothing {
            text.push_str(&format!(", then {}", plain(&word(notice.at_last))));
        }
        if !notice.channels.is_empty() {
            text.push_str(&format!(", by {}", words(&notice.channels)));
        }
        text
    };
    short([
        ("notices", notices.iter().map(stated).collect()),
        ("subjects", notices.iter().map(|notice| notice.subject.en.as_str()).collect()),
        ("bodies", notices.iter().map(|notice| notice.body.en.as_str()).collect()),
        ("cites", cites(notices.iter().map(|notice| &notice.citations))),
    ])
}

/// `visits` ("first-call: after 1 days, within 2 weeks, every 1 months, until proficient, by phone, 2
/// questions"), `questions` of all (English), `cites`.
pub(in crate::scenario) fn visits(visits: &[Visit]) -> Short {
    let stated = |visit: &Visit| {
        let mut text = format!("{}:", visit.id);
        if let Some(after) = visit.after {
            text.push_str(&format!(" after {},", span(after)));
        }
        text.push_str(&format!(" within {}", span(visit.within)));
        if let Some(every) = visit.every {
            text.push_str(&format!(", every {}", span(every)));
        }
        if !visit.until.is_empty() {
            text.push_str(&format!(", until {}", words(&visit.until)));
        }
        if !visit.channels.is_empty() {
            text.push_str(&format!(", by {}", words(&visit.channels)));
        }
        if !visit.questions.is_empty() {
            text.push_str(&format!(", {} questions", visit.questions.len()));
        }
        text
    };
    let questions = visits.iter().flat_map(|visit| &visit.questions);
    short([
        ("visits", visits.iter().map(stated).collect()),
        ("questions", questions.map(|question| question.en.as_str()).collect()),
        ("cites", cites(visits.iter().map(|visit| &visit.citations))),
    ])
}
