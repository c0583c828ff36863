//! A job from the dispatch order to the archived report and the reimbursed expenses.

use super::super::state::Chain;
use crate::case::{Cause, Channel, Usage};
use crate::ids::{ContactId, JobId, PartyId};
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};

/// What people are sent out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// A fault is looked for and made good.
    Repair,
    /// The product is installed and adjusted (AUT-01).
    Installation,
    /// The product is looked at, so that the claim can be judged.
    Inspection,
    /// Somebody is taught to use it.
    Training,
}

impl Purpose {
    /// Whether the report must say what was heard, seen and checked (BUS-26…28).
    pub fn needs_findings(self) -> bool {
        matches!(self, Self::Repair | Self::Inspection)
    }
}

/// Where the job is, and who is met there (BUS-20, 24).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Site {
    /// Address, or where the vehicle stands.
    pub address: String,
    /// Who is met there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// That person's telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Road distance from the service radius' centre.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_km: Option<u32>,
    /// How to get there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traffic: Option<String>,
}

/// Why somebody goes there: telephone and writing come first (ZZC-08, 17).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Because {
    /// The call or letter that did not solve it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactId>,
    /// Why it cannot be solved from afar, where there was no call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Somebody who goes out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Name; unique within the job.
    pub name: String,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// What qualifies the person (ZZC-20).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualification: Option<String>,
}

/// A part that is carried along (BUS-24).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carried {
    /// Part number.
    pub part: String,
    /// Pieces.
    pub quantity: u32,
}

/// A dispatch order (BUS-19…24).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The job.
    pub job: JobId,
    /// What for.
    pub purpose: Purpose,
    /// What is to be done, as far as it is known.
    pub task: String,
    /// Where.
    pub site: Site,
    /// Why somebody must go.
    pub because: Because,
    /// Who goes; one at least.
    pub people: Vec<Person>,
    /// Who leads where two or more go (BUS-22).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leader: Option<String>,
    /// Money drawn in advance (BUS-23).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advance: Option<Money>,
    /// Parts carried along.
    #[serde(default)]
    pub carries: Vec<Carried>,
    /// The job that could not solve it (ZZC-13).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<JobId>,
}

/// The time that was fixed with the user (ZZC-09).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// Not before.
    pub from: Timestamp,
    /// On time is until then.
    pub until: Timestamp,
    /// With whom it was agreed.
    pub agreed_with: String,
    /// How the user was reached.
    pub channel: Channel,
}

/// Why people came late (ZZC-11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delay {
    /// In clear words.
    pub reason: String,
    /// Nobody could have helped it.
    pub force_majeure: bool,
}

/// When people came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// When.
    pub at: Timestamp,
    /// Why late, where it was after the time agreed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay: Option<Delay>,
}

/// What the user says (BUS-26).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Heard {
    /// How the product is used.
    pub used_for: String,
    /// What went before the fault and what came of it.
    pub circumstances: String,
    /// Running time and mileage as the user states them.
    pub usage: Vec<Usage>,
}

/// What there is to see (BUS-27).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// The product is within the three guarantees.
    pub within_cover: bool,
    /// The part was dismantled before.
    pub dismantled: bool,
    /// Running time and mileage as they were read: evidence.
    pub usage: Vec<Usage>,
    /// Facts that the policy declares; they become known of the claim.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub attributes: Map<String, Json>,
}

/// What the inspection found (BUS-28).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checked {
    /// The true cause.
    pub cause: Cause,
    /// The faulty part and the analysis.
    pub words: String,
    /// Fault code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

/// A part that was replaced or given (BUS-30).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartUsed {
    /// Part number.
    pub part: String,
    /// Its name.
    pub name: String,
    /// Pieces.
    pub quantity: u32,
    /// Why.
    pub reason: String,
}

/// How the service ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Solved {
    /// The product does what it should.
    Yes,
    /// Somebody must come again (ZZC-13).
    ComeAgain,
    /// The equipment was taken back, to be studied (ZZC-13).
    TakenBack,
    /// It cannot be repaired (STO-29).
    Unrepairable,
}

/// What was done, and how it ended (BUS-29).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// How it ended.
    pub solved: Solved,
    /// What was done; where it is not solved, the fault in detail (ZZC-13).
    pub words: String,
    /// What was agreed on with the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<String>,
}

/// A major problem, reported to the leader at once (BUS-31).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MajorProblem {
    /// What it is.
    pub what: String,
    /// What the people on site propose.
    pub proposal: String,
    /// What the user demands.
    pub demand: String,
}

/// A major problem that was reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedProblem {
    /// Which.
    #[serde(flatten)]
    pub problem: MajorProblem,
    /// When.
    pub at: Timestamp,
}

/// Somebody who signed or decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// Name of whoever signed.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// SHA-256 of the report as it was signed, hex.
    pub hash: String,
    /// What the customer adds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// A decision of the leader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// By whom.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Words with their time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// By whom.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The words.
    pub words: String,
}

/// The service report (BUS-11, 30; ZZC-14).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// What was heard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heard: Option<Heard>,
    /// What was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
    /// What was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<Checked>,
    /// Parts replaced or given.
    pub parts: Vec<PartUsed>,
    /// What was done, and how it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// When the service ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// The customer's signature (BUS-12).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<Signed>,
    /// Why the customer did not sign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unsigned: Option<Said>,
    /// Who approves it, and how far that is (BUS-35).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval: Option<Chain>,
    /// The leader's approval; from then on it is archived (BUS-35).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved: Option<Decided>,
}

impl Report {
    /// SHA-256, hex, of what a signature vouches for: everything up to the end of the service.
    pub fn hash(&self, job: JobId) -> String {
        let content =
            (job, &self.heard, &self.seen, &self.checked, &self.parts, &self.outcome, self.ended_at);
        // Plain data always has a JSON form; were there none, nothing would match it.
        let bytes = serde_json::to_vec(&content).unwrap_or_default();
        hex::encode(Sha256::digest(bytes))
    }

    /// Whether the customer has signed, or has said why not.
    pub fn is_concluded(&self) -> bool {
        self.signed.is_some() || self.unsigned.is_some()
    }
}

/// A bill that was paid on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voucher {
    /// What it was for: "fuel", "toll".
    pub kind: String,
    /// Number under which it can be found.
    pub reference: String,
    /// How much; more than nothing.
    pub amount: Money,
}

/// Expenses of the job (BUS-36).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expenses {
    /// The vouchers.
    pub vouchers: Vec<Voucher>,
    /// Their sum.
    pub total: Money,
    /// What is still to be paid out after the advance; less than nothing where money is given back.
    pub balance: Money,
    /// When they were handed in.
    pub at: Timestamp,
    /// Who reviews them, and how far that is.
    pub review: Chain,
    /// The review came out well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Decided>,
    /// The review did not; they can be handed in anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejected: Option<Said>,
    /// They were paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reimbursed: Option<Decided>,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The order is given.
    Ordered,
    /// A time is fixed with the user.
    Scheduled,
    /// People are on their way.
    Departed,
    /// People are there.
    Arrived,
    /// The service has ended.
    Ended,
    /// The customer signed, or said why not.
    Concluded,
    /// The report is approved and archived.
    Archived,
    /// Nobody goes.
    CalledOff,
}

/// One job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// How far it is.
    pub stage: Stage,
    /// The party whose people go.
    pub by: PartyId,
    /// When the order was given.
    pub ordered_at: Timestamp,
    /// The order.
    #[serde(flatten)]
    pub order: Order,
    /// The time agreed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<Visit>,
    /// When people set off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departed_at: Option<Timestamp>,
    /// When they came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrived: Option<Arrival>,
    /// The service report.
    #[serde(default)]
    pub report: Report,
    /// A signature was asked for before the service had ended, which is forbidden (BUS-13).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub early_signatures: Vec<Decided>,
    /// Major problems (BUS-31).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<ReportedProblem>,
    /// The result as it was told before leaving, and further tasks (BUS-33).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported_back: Option<Said>,
    /// When people were back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned_at: Option<Timestamp>,
    /// Expenses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expenses: Option<Expenses>,
    /// Why nobody goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_off: Option<Said>,
}

impl Job {
    /// Its id.
    pub fn id(&self) -> JobId {
        self.order.job
    }

    /// Whether the claim's work must still wait for it.
    pub fn is_open(&self) -> bool {
        self.stage < Stage::Concluded
    }
}

/// The jobs of a claim, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Jobs(pub Vec<Job>);

impl Jobs {
    /// The job with this id; without one, the latest.
    pub fn find(&self, id: Option<JobId>) -> Option<&Job> {
        match id {
            Some(id) => self.0.iter().find(|job| job.id() == id),
            None => self.0.last(),
        }
    }
}
