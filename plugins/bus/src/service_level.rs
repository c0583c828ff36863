//! What is due when (rules 6 to 8), and which figures are aimed at (rules 3 to 5).

use crate::manifest::*;
use crate::rules::*;
use sanbao_kit::prelude::*;
use sanbao_kit::service_level::Measure;

/// Kilometres of rules 6 and 7.
const RADIUS: i64 = 100;
const TO_BE_ON_SITE: Span = Span::hours(24);
const TO_ANSWER: Span = Span::hours(12);

/// What starts with `event`: a reported fault starts the clocks.
pub fn milestones(case: &Case, event: Event) -> Vec<Milestone> {
    if event != Event::Reported || case.matter != Matter::Warranty {
        return Vec::new();
    }
    match SYSTEM.text(case) {
        Some(CHASSIS | ENGINE) => vec![written_contact()],
        Some(BODY) => body(case),
        _ => vec![answer().because(BUS_R5.cite())],
    }
}

fn body(case: &Case) -> Vec<Milestone> {
    let within = DISTANCE_KM.integer(case).map(|distance| distance <= RADIUS);
    match (within, SUPPLIER_CONTACT_NEEDED.is_true(case)) {
        (Some(true), true) => vec![answer().because(BUS_R3.cite())],
        (Some(true), false) => on_site(),
        (None, false) => vec![answer().because(BUS_R5.cite())],
        (Some(false), _) | (None, true) => vec![answer()],
    }
}

/// Rule 6.
fn on_site() -> Vec<Milestone> {
    let due = |id, title, met_by| {
        Milestone::due(id, title, TO_BE_ON_SITE, met_by, &BUS_06).by(Channel::OnSite).because(BUS_R2.cite())
    };
    vec![
        due("on-site", words("到达现场", "On site"), Event::Arrived),
        due("handling", words("开始处理", "Handling begun"), Event::Inspected).because(BUS_R4.cite()),
    ]
}

/// Rule 7.
fn answer() -> Milestone {
    Milestone::due("answer", words("答复用户", "The user answered"), TO_ANSWER, Event::Replied, &BUS_07)
}

/// Rule 8.
fn written_contact() -> Milestone {
    let title = words("书面联系处理", "Written contact made");
    Milestone::due("written-contact", title, TO_ANSWER, Event::Replied, &BUS_08)
        .by(Channel::Written)
        .because(BUS_R13.cite())
}

/// The complaint rate has a target once the maker has set one below 100 %.
pub fn targets(settings: &[Attribute]) -> Vec<Target> {
    let mut targets = vec![
        Target::at_least(Measure::Timeliness, Decimal::whole(90), &BUS_03),
        Target::at_least(Measure::Satisfaction, Decimal::whole(85), &BUS_04),
    ];
    let chosen = COMPLAINT_RATE_TARGET.decimal(settings);
    if let Some(percent) = chosen.filter(|percent| percent.is_below(100)) {
        targets.push(Target::at_most(Measure::JustifiedComplaints, percent, &BUS_05));
    }
    targets
}
