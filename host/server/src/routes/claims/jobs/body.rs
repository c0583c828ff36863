//! Bodies of the steps of a job.

use crate::http::schema;
use sanbao_domain::case::{Cause, Channel};
use sanbao_domain::claim::jobs::{
    Because, Carried, Checked, Delay, Heard, PartUsed, Person, Purpose, Seen, Site, Solved, Voucher,
};
use sanbao_domain::ids::JobId;
use sanbao_domain::money::Money;
use sanbao_domain::time::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;

/// Where the job is, and who is met there.
#[derive(ToSchema)]
#[schema(as = JobSite)]
#[allow(dead_code, missing_docs)] // The shape of a domain type.
pub(super) struct SiteSchema {
    #[schema(required = false)]
    address: String,
    contact: Option<String>,
    phone: Option<String>,
    distance_km: Option<u32>,
    traffic: Option<String>,
}

/// Why somebody goes there: an unresolved contact, or a reason.
#[derive(ToSchema)]
#[schema(as = JobBecause)]
#[allow(dead_code)]
pub(super) struct BecauseSchema {
    #[schema(value_type = Option<String>, format = Uuid)]
    contact: Option<String>,
    reason: Option<String>,
}

/// Somebody who goes out.
#[derive(ToSchema)]
#[schema(as = JobPerson)]
#[allow(dead_code)]
pub(super) struct PersonSchema {
    name: String,
    phone: Option<String>,
    /// What qualifies the person (ZZC-20).
    qualification: Option<String>,
}

/// A part that is carried along.
#[derive(ToSchema)]
#[schema(as = CarriedPart)]
#[allow(dead_code)]
pub(super) struct CarriedSchema {
    part: String,
    quantity: u32,
}

/// Why people came late.
#[derive(ToSchema)]
#[schema(as = JobDelay)]
#[allow(dead_code)]
pub(super) struct DelaySchema {
    reason: String,
    force_majeure: bool,
}

/// What the user says (BUS-26).
#[derive(ToSchema)]
#[schema(as = HeardOnSite)]
#[allow(dead_code)]
pub(super) struct HeardSchema {
    /// How the product is used.
    used_for: String,
    /// What went before the fault, and what came of it.
    circumstances: String,
    #[schema(required = false)]
    usage: Vec<schema::Usage>,
}

/// What there is to see (BUS-27).
#[derive(ToSchema)]
#[schema(as = SeenOnSite)]
#[allow(dead_code)]
pub(super) struct SeenSchema {
    /// The product is within the three guarantees.
    within_cover: bool,
    /// The part was dismantled before.
    dismantled: bool,
    /// Running time and mileage as they were read.
    usage: Vec<schema::Usage>,
    /// Facts that the policy declares; they become known of the claim.
    #[schema(value_type = Option<Object>)]
    attributes: Option<serde_json::Value>,
}

/// What the inspection found (BUS-28).
#[derive(ToSchema)]
#[schema(as = CheckedOnSite)]
#[allow(dead_code)]
pub(super) struct CheckedSchema {
    /// The true cause.
    #[schema(value_type = String, example = "quality")]
    cause: Cause,
    /// The faulty part and the analysis.
    words: String,
    fault: Option<String>,
}

/// A part that was replaced or given (BUS-30).
#[derive(ToSchema)]
#[schema(as = UsedPart)]
#[allow(dead_code)]
pub(super) struct PartUsedSchema {
    part: String,
    name: String,
    quantity: u32,
    reason: String,
}

/// A bill that was paid on the way.
#[derive(ToSchema)]
#[schema(as = JobVoucher)]
#[allow(dead_code)]
pub(super) struct VoucherSchema {
    #[schema(example = "toll")]
    kind: String,
    reference: String,
    amount: schema::Money,
}

/// People are sent out (BUS-19…24).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DispatchJob {
    /// repair, installation, inspection or training.
    #[schema(value_type = String, example = "repair")]
    pub(super) purpose: Purpose,
    /// What is to be done, as far as it is known.
    pub(super) task: String,
    /// Where.
    #[serde(default)]
    #[schema(value_type = SiteSchema, required = false)]
    pub(super) site: Site,
    /// Why somebody must go: telephone, fax and e-mail come first (ZZC-17).
    #[serde(default)]
    #[schema(value_type = BecauseSchema, required = false)]
    pub(super) because: Because,
    /// Who goes.
    #[schema(value_type = Vec<PersonSchema>)]
    pub(super) people: Vec<Person>,
    /// Who leads where two or more go (BUS-22).
    pub(super) leader: Option<String>,
    /// Money drawn in advance (BUS-23).
    #[schema(value_type = Option<schema::Money>)]
    pub(super) advance: Option<Money>,
    /// Parts carried along (BUS-24).
    #[serde(default)]
    #[schema(value_type = Vec<CarriedSchema>, required = false)]
    pub(super) carries: Vec<Carried>,
    /// The job that could not solve it (ZZC-13).
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) follows: Option<JobId>,
}

/// A time is fixed with the user.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ScheduleJob {
    /// Which job; the latest when nothing is said.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) job: Option<JobId>,
    /// Not before.
    #[schema(value_type = String, format = DateTime)]
    pub(super) from: Timestamp,
    /// On time is until then.
    #[schema(value_type = String, format = DateTime)]
    pub(super) until: Timestamp,
    /// With whom it was agreed.
    pub(super) agreed_with: String,
    /// phone, written, message, in-person, on-site or post: how the user was reached; phone when nothing is said.
    #[schema(value_type = Option<String>, example = "phone")]
    pub(super) channel: Option<Channel>,
}

/// A step that needs no more than its time.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct JobStep {
    /// Which job; the latest when nothing is said.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) job: Option<JobId>,
    /// When; now when nothing is said.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(super) at: Option<Timestamp>,
}

/// People are there.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ArriveAtJob {
    /// Which job; the latest when nothing is said.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) job: Option<JobId>,
    /// When; now when nothing is said.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(super) at: Option<Timestamp>,
    /// Why they came after the time agreed on (ZZC-11).
    #[schema(value_type = Option<DelaySchema>)]
    pub(super) delay: Option<Delay>,
}

/// What was found, as far as it is told now.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct JobFindings {
    /// Which job; the latest when nothing is said.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) job: Option<JobId>,
    /// What the user says.
    #[schema(value_type = Option<HeardSchema>)]
    pub(super) heard: Option<Heard>,
    /// What there is to see.
    #[schema(value_type = Option<SeenSchema>)]
    pub(super) seen: Option<Seen>,
    /// What the inspection found.
    #[schema(value_type = Option<CheckedSchema>)]
    pub(super) checked: Option<Checked>,
}

/// The parts that were used.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JobParts {
    /// Which job; the latest when nothing is said.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) job: Option<JobId>,
    /// All of them; they take the place of those told before.
    #[schema(value_type = Vec<PartUsedSchema>)]
    pub(super) parts: Vec<PartUsed>,
}

/// A major problem (BUS-31).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JobProblem {
    /// Which job; the latest when nothing is said.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) job: Option<JobId>,
    /// What it is.
    pub(super) what: String,
    /// What the people on site propose.
    pub(super) proposal: String,
    /// What the user demands.
    pub(super) demand: String,
}

/// The service has ended.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EndJob {
    /// Which job; the latest when nothing is said.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) job: Option<JobId>,
    /// When; now when nothing is said.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(super) at: Option<Timestamp>,
    /// yes, come-again, taken-back or unrepairable.
    #[schema(value_type = String, example = "yes")]
    pub(super) solved: Solved,
    /// What was done; where it is not solved, the fault in detail (ZZC-13).
    pub(super) words: String,
    /// What was agreed on with the user (BUS-29).
    pub(super) agreed: Option<String>,
}

/// The customer's signature (BUS-12).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignJob {
    /// Which job; the latest when nothing is said.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) job: Option<JobId>,
    /// Name of whoever signs.
    pub(super) by: String,
    /// What the customer adds.
    pub(super) comment: Option<String>,
    /// SHA-256 of the report that was shown, hex: where it has changed since, nobody signs.
    pub(super) hash: Option<String>,
}

/// A reason.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JobReason {
    /// Which job; the latest when nothing is said.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) job: Option<JobId>,
    /// In clear words.
    pub(super) reason: String,
}

/// The result, told before leaving (BUS-33).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JobResult {
    /// Which job; the latest when nothing is said.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) job: Option<JobId>,
    /// The result in brief, and further tasks that were given.
    pub(super) words: String,
}

/// A leader's signature.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ApproveJob {
    /// Which job; the latest when nothing is said.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) job: Option<JobId>,
    /// Remark.
    pub(super) note: Option<String>,
}

/// Expenses (BUS-36).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JobExpenses {
    /// Which job; the latest when nothing is said.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) job: Option<JobId>,
    /// In one currency.
    #[schema(value_type = Vec<VoucherSchema>)]
    pub(super) vouchers: Vec<Voucher>,
}

/// Nothing but the job.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct WhichJob {
    /// Which job; the latest when nothing is said.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) job: Option<JobId>,
}
