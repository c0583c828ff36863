//! `…/findings/…`: what inspections found, and the measures that follow (LGT-30, 31, 45; BUS-14, 17; STO-38).

use super::steps::steps;
use crate::app::App;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use crate::http::schema;
use crate::services::tickets::facts;
use crate::services::tickets::procedures::findings::RecordFinding;
use sanbao_domain::claim::findings::{Command, Outcome};
use sanbao_domain::claim::procedure;
use sanbao_domain::ids::FindingId;
use sanbao_domain::money::Money;
use sanbao_domain::penalty::FindingKind;
use sanbao_domain::text::Text;
use sanbao_domain::time::Moment;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(record))
        .routes(routes!(confirm))
        .routes(routes!(drop_measure))
        .routes(routes!(appeal))
        .routes(routes!(review))
}

/// Something was found.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Found {
    /// deliberate-damage, forged-signature, early-signature, soliciting, parts-not-held, late-application,
    /// unauthorised-return, resale-of-repaired or rule-violation.
    #[schema(value_type = String, example = "deliberate-damage")]
    kind: FindingKind,
    /// What it rests on, in words.
    evidence: String,
    /// When it was found; now when nothing is said.
    #[schema(value_type = Option<schema::Moment>)]
    found: Option<Moment>,
    /// Value of the return batch or the goods concerned; when nothing is said, the price of the claim's
    /// pieces as they were counted.
    #[schema(value_type = Option<schema::Money>)]
    batch_value: Option<Money>,
    /// A serious case (LGT-31).
    #[serde(default)]
    serious: bool,
    /// The person whom it concerns, where it is not the party as a whole.
    person: Option<String>,
}

/// A measure is imposed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConfirmMeasure {
    /// Id of the finding.
    #[schema(value_type = String, format = Uuid)]
    finding: FindingId,
    /// Position of the measure, from 0.
    #[serde(default)]
    measure: usize,
    /// How much, within what the policy proposes.
    #[schema(value_type = Option<schema::Money>)]
    amount: Option<Money>,
    /// Remark.
    note: Option<String>,
}

/// Words about a measure.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AboutMeasure {
    /// Id of the finding.
    #[schema(value_type = String, format = Uuid)]
    finding: FindingId,
    /// Position of the measure, from 0.
    #[serde(default)]
    measure: usize,
    /// In clear words.
    reason: String,
}

/// What comes of an appeal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum AppealOutcome {
    /// The measure stays as it is.
    Upheld,
    /// The amount is less.
    Reduced,
    /// The measure falls away.
    Lifted,
}

/// An appeal is settled.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReviewAppeal {
    /// Id of the finding.
    #[schema(value_type = String, format = Uuid)]
    finding: FindingId,
    /// Position of the measure, from 0.
    #[serde(default)]
    measure: usize,
    /// upheld, reduced or lifted.
    #[schema(value_type = String, example = "upheld")]
    outcome: AppealOutcome,
    /// From now on, where it is reduced.
    #[schema(value_type = Option<schema::Money>)]
    amount: Option<Money>,
    /// Why, in clear words.
    reason: String,
}

steps! {
    /// Takes down a finding. The respondent's policy proposes the measures; nothing is imposed yet. Without a
    /// policy that answers none are proposed.
    record "findings/record" Found => |given, app| found(&app, given)?;
    /// Imposes a measure. The key holds the role penalties or manager; an amount lies within what the policy
    /// proposes. A confirmed cancel-standing ends the dealership (LGT-31).
    confirm "findings/confirm" ConfirmMeasure => |given, app| procedure::Command::from(confirmed(given)?);
    /// Does not impose a measure, with the reason.
    drop_measure "findings/drop" AboutMeasure => |given, app| {
        let AboutMeasure { finding, measure, reason } = about(given)?;
        procedure::Command::from(Command::Drop { finding, measure, reason })
    };
    /// The subject does not accept a measure. It stands until somebody else has settled the appeal.
    appeal "findings/appeal" AboutMeasure => |given, app| {
        let AboutMeasure { finding, measure, reason: words } = about(given)?;
        procedure::Command::from(Command::Appeal { finding, measure, words })
    };
    /// Settles an appeal; by another person than the one who confirmed the measure. Lifting a
    /// cancel-standing lets the dealership go on.
    review "findings/review" ReviewAppeal => |given, app| procedure::Command::from(reviewed(given)?);
}

fn found(app: &App, given: Found) -> Result<RecordFinding, Problem> {
    let Found { kind, evidence, found, batch_value, serious, person } = given;
    let mut checks = Checks::new();
    checks.text("evidence", &evidence, 0..=5000).optional("person", person.as_deref(), 1..=200);
    amount(&mut checks, "batch_value", batch_value.as_ref());
    checks.done()?;
    Ok(RecordFinding { id: app.id(), kind, evidence, found, batch_value, serious, person })
}

fn confirmed(given: ConfirmMeasure) -> Result<Command, Problem> {
    let ConfirmMeasure { finding, measure, amount: value, note } = given;
    let mut checks = Checks::new();
    checks.optional("note", note.as_deref(), 1..=5000);
    amount(&mut checks, "amount", value.as_ref());
    checks.done()?;
    Ok(Command::Confirm { finding, measure, amount: value, note })
}

fn about(given: AboutMeasure) -> Result<AboutMeasure, Problem> {
    Checks::new().text("reason", &given.reason, 0..=5000).done()?;
    Ok(given)
}

fn reviewed(given: ReviewAppeal) -> Result<Command, Problem> {
    let ReviewAppeal { finding, measure, outcome, amount: value, reason } = given;
    let mut checks = Checks::new();
    checks.text("reason", &reason, 0..=5000);
    amount(&mut checks, "amount", value.as_ref());
    let reduced = matches!(outcome, AppealOutcome::Reduced);
    checks.that(
        reduced == value.is_some(),
        "amount",
        Text::new("减轻时填写金额，其他情况不填", "an amount belongs to a reduction, and to nothing else"),
        Text::new("outcome 为 reduced 时填写 amount。", "Give amount when the outcome is reduced."),
    );
    checks.done()?;
    let outcome = match (outcome, value) {
        (AppealOutcome::Lifted, _) => Outcome::Lifted,
        (AppealOutcome::Reduced, Some(amount)) => Outcome::Reduced { amount },
        (AppealOutcome::Upheld | AppealOutcome::Reduced, _) => Outcome::Upheld,
    };
    Ok(Command::Review { finding, measure, outcome, reason })
}

fn amount(checks: &mut Checks, field: &str, value: Option<&Money>) {
    if let Some(value) = value {
        facts::money(checks, field.to_owned(), value);
    }
}
