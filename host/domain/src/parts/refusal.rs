//! Why something about parts is refused. Each names what stands in the way.

use super::ledger::Short;
use super::requisition::{CommandName, StateName};
use super::{Condition, Movement, Place};
use crate::time::Date;
use thiserror::Error;

/// What is not done; everything stays as it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// At least one piece must move.
    #[error("the quantity must be at least one")]
    NoQuantity,
    /// No rule lets parts move like this.
    #[error("parts do not move from {} to {} as {:?}", movement.from.place, movement.to.place, movement.kind)]
    NoSuchMovement {
        /// What was asked.
        movement: Box<Movement>,
    },
    /// Repaired parts replace defective ones; they are never sold as good (LGT-47).
    #[error("{part} was repaired and is never sold")]
    NeverSold {
        /// Part number.
        part: String,
    },
    /// There is less than is to be taken.
    #[error(transparent)]
    Short(#[from] Short),
    /// The requisition's state does not allow it.
    #[error("{} is not possible while the requisition is {}", command.as_str(), state.as_str())]
    WrongState {
        /// What was asked.
        command: CommandName,
        /// Where it stands.
        state: StateName,
        /// What is possible instead.
        possible: Vec<CommandName>,
    },
    /// The key does not hold the role whose signature is next.
    #[error("the next signature is that of {needs}")]
    WrongRole {
        /// Role.
        needs: String,
    },
    /// A reason in clear words is needed.
    #[error("{} needs a reason in clear words", command.as_str())]
    ReasonMissing {
        /// What was asked.
        command: CommandName,
    },
    /// More than is still open.
    #[error("{} takes at most {left}, not {asked}", command.as_str())]
    TooMany {
        /// What was asked.
        command: CommandName,
        /// Pieces still open.
        left: u32,
        /// Pieces asked for.
        asked: u32,
    },
    /// Parts are drawn from a shelf or a station's account.
    #[error("parts are not drawn from {place}")]
    NotAShelf {
        /// The place named.
        place: Place,
    },
    /// Somebody or the mail takes a part over, nobody else.
    #[error("{place} cannot take parts over")]
    NotCustody {
        /// The place named.
        place: Place,
    },
    /// Only good and repaired parts are built in.
    #[error("parts in condition {} are not issued", condition.as_str())]
    NotUsable {
        /// The condition named.
        condition: Condition,
    },
    /// Only mailed parts may end without the old part, and only they cost postage (BUS-43).
    #[error("this holds for mailed parts only")]
    NotMailed,
    /// Some of what was drawn is neither used nor returned (BUS-47).
    #[error("{open} pieces are neither used nor returned")]
    Unaccounted {
        /// Pieces.
        open: u32,
    },
    /// There is no report on the work, or another work's (BUS-42).
    #[error("there is no service report on this work")]
    NoReport,
    /// The user has not signed the report (BUS-12, 42).
    #[error("the user has not signed the service report")]
    ReportNotSigned,
    /// It was signed before the part was even issued (BUS-13).
    #[error("the service report was signed before the part was issued")]
    ReportTooEarly,
    /// The leader has not approved the report (BUS-35, 42).
    #[error("the leader has not approved the service report")]
    ReportNotApproved,
    /// The report states fewer pieces of the part than were used (BUS-30).
    #[error("the service report states {stated} pieces of the part, not {used}")]
    NotInReport {
        /// Pieces stated.
        stated: u32,
        /// Pieces used.
        used: u32,
    },
    /// Old parts are not back (BUS-42).
    #[error("{missing} old parts are not back")]
    OldPartMissing {
        /// Pieces.
        missing: u32,
    },
    /// The model is still made, or its parts must be kept for some years yet (LGT-43).
    #[error("the part must be kept")]
    MustBeKept {
        /// Part number.
        part: String,
        /// The last day; absent while the model is made.
        until: Option<Date>,
        /// Rules behind it.
        rules: Vec<String>,
    },
    /// Retention does not let these old parts be scrapped yet (BUS-48).
    #[error("the old parts may not be scrapped yet")]
    NotYetScrap {
        /// The first day on which they may; absent: never.
        from: Option<Date>,
        /// Rules behind it.
        rules: Vec<String>,
    },
    /// Parts drawn in or exchanged are booked by voucher (BUS-46).
    #[error("parts drawn in or exchanged are booked by voucher")]
    VoucherMissing,
    /// Repaired parts come in as such, and nothing else does (LGT-47).
    #[error("line {line}: repaired parts belong to the after-sales pool, others do not")]
    WrongPool {
        /// Index of the line.
        line: usize,
    },
    /// The sheet does not say how much of this there is.
    #[error("{part} in condition {} was not counted", condition.as_str())]
    NotCounted {
        /// Part number.
        part: String,
        /// Condition.
        condition: Condition,
    },
    /// The sheet says it twice.
    #[error("line {line} counts the same again")]
    CountedTwice {
        /// Index of the line.
        line: usize,
    },
    /// A difference is recorded with its reason (BUS-44).
    #[error("line {line} differs from the book and has no reason")]
    DifferenceUnexplained {
        /// Index of the line.
        line: usize,
        /// Pieces in the book.
        book: i64,
        /// Pieces counted.
        counted: u32,
    },
    /// Repaired parts that are missing turn up as good ones (LGT-47).
    #[error("line {line} counts repaired or old parts as good ones")]
    CountedAsGood {
        /// Index of the line with the surplus.
        line: usize,
    },
}

impl Refusal {
    /// Stable word for problem documents.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoQuantity => "no-quantity",
            Self::NoSuchMovement { .. } => "no-such-movement",
            Self::NeverSold { .. } => "never-sold",
            Self::Short(_) => "out-of-stock",
            Self::WrongState { .. } => "wrong-state",
            Self::WrongRole { .. } => "wrong-role",
            Self::ReasonMissing { .. } => "reason-missing",
            Self::TooMany { .. } => "too-many",
            Self::NotAShelf { .. } => "not-a-shelf",
            Self::NotCustody { .. } => "not-custody",
            Self::NotUsable { .. } => "not-usable",
            Self::NotMailed => "not-mailed",
            Self::Unaccounted { .. } => "unaccounted",
            Self::NoReport => "no-report",
            Self::ReportNotSigned => "report-not-signed",
            Self::ReportTooEarly => "report-too-early",
            Self::ReportNotApproved => "report-not-approved",
            Self::NotInReport { .. } => "not-in-report",
            Self::OldPartMissing { .. } => "old-part-missing",
            Self::MustBeKept { .. } => "must-be-kept",
            Self::NotYetScrap { .. } => "not-yet-scrap",
            Self::VoucherMissing => "voucher-missing",
            Self::WrongPool { .. } => "wrong-pool",
            Self::NotCounted { .. } => "not-counted",
            Self::CountedTwice { .. } => "counted-twice",
            Self::DifferenceUnexplained { .. } => "difference-unexplained",
            Self::CountedAsGood { .. } => "counted-as-good",
        }
    }

    /// The rule behind it; none where it is a matter of form, or where the policy named its own.
    pub fn rule(&self) -> Option<&'static str> {
        match self {
            Self::WrongRole { .. } => Some("BUS-41"),
            Self::WrongState { command: CommandName::Issue, .. } => Some("BUS-41"),
            Self::NeverSold { .. } | Self::WrongPool { .. } | Self::CountedAsGood { .. } => Some("LGT-47"),
            Self::NotMailed => Some("BUS-43"),
            Self::Unaccounted { .. } => Some("BUS-47"),
            Self::NoReport
            | Self::ReportNotSigned
            | Self::ReportNotApproved
            | Self::OldPartMissing { .. }
            | Self::WrongState { command: CommandName::WriteOff, .. } => Some("BUS-42"),
            Self::ReportTooEarly => Some("BUS-13"),
            Self::NotInReport { .. } => Some("BUS-30"),
            Self::VoucherMissing => Some("BUS-46"),
            Self::Short(_)
            | Self::NotCounted { .. }
            | Self::CountedTwice { .. }
            | Self::DifferenceUnexplained { .. } => Some("BUS-44"),
            Self::MustBeKept { .. } => Some("LGT-43"),
            Self::NotYetScrap { .. } => Some("BUS-48"),
            _ => None,
        }
    }
}
