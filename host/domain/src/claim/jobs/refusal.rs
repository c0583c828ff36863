//! Why a step of a job is refused.

use super::super::procedure::{Explanation, Obstacle};
use crate::ids::JobId;
use crate::text::Text;

/// A step that is refused, or a command of the claim that must wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such job.
    NoSuchJob,
    /// Another party's people do the job.
    NotYours,
    /// Neither an unresolved contact nor a reason says why somebody must go (ZZC-17).
    RemoteFirst,
    /// The contact that is named is not there, or solved it (ZZC-08).
    NoUnresolvedContact,
    /// Nobody is named who goes.
    NobodyGoes,
    /// Two or more go and nobody leads (BUS-22).
    LeaderMissing,
    /// The leader is not among those who go.
    LeaderStaysHome,
    /// The job that it follows is not there.
    FollowsNothing,
    /// The visit ends before it begins.
    VisitBackwards,
    /// No time was fixed with the user (ZZC-09).
    NotScheduled,
    /// Nobody has set off.
    NotDeparted,
    /// Nobody is there yet.
    NotArrived,
    /// That has been done.
    Done,
    /// Nobody goes.
    CalledOff,
    /// People are there: it is too late to call it off.
    UnderWay,
    /// The time lies in the future, or before what it must follow.
    WrongTime,
    /// Late, and nobody says why (ZZC-11).
    DelayUnexplained,
    /// Words are missing in this field, for this rule.
    WordsMissing {
        /// Field.
        field: &'static str,
        /// Rule.
        rule: &'static str,
    },
    /// The report does not say what was heard, seen or checked (BUS-26…28).
    FindingMissing {
        /// heard, seen or checked.
        field: &'static str,
        /// Rule.
        rule: &'static str,
    },
    /// The service has not ended.
    NotEnded,
    /// A signature before the end of the service is forbidden (BUS-13).
    SignatureBeforeEnd,
    /// The report is signed and stays as it is (BUS-14).
    ReportSigned,
    /// The report is not the one that was shown (BUS-14).
    ReportChanged,
    /// The customer has neither signed nor said why not (BUS-12).
    NotSigned,
    /// The result was not told before leaving (BUS-33).
    NotReportedBack,
    /// People are not back.
    NotReturned,
    /// There are no vouchers, or one is worth nothing (BUS-36).
    VouchersMissing,
    /// Vouchers of several currencies, or beyond what can be counted.
    Uncountable,
    /// No expenses wait for a review, or none were accepted (BUS-36).
    NothingToReview,
    /// The claim's work waits for this job.
    Open {
        /// Which.
        job: JobId,
    },
    /// This job did not solve it, and nobody has gone again (ZZC-13).
    Unsolved {
        /// Which.
        job: JobId,
    },
}

impl Refusal {
    #[allow(clippy::too_many_lines)] // One row for each refusal.
    pub(super) fn explain(&self) -> Explanation {
        use Obstacle::{Input, Right, State, Unknown};
        let say = |code, kind, field, rule, title: [&str; 2], fix: [&str; 2]| Explanation {
            code,
            kind,
            field,
            rule,
            title: Text::new(title[0], title[1]),
            fix: Text::new(fix[0], fix[1]),
        };
        match self {
            Self::NoSuchJob => say(
                "no-such-job",
                Unknown,
                Some("job"),
                None,
                ["没有这项外出任务", "There is no such job"],
                [
                    "填写 procedures.jobs 中的 job，或先派工。",
                    "Give the `job` of one of procedures.jobs, or dispatch somebody first.",
                ],
            ),
            Self::NotYours => say(
                "job-of-another",
                Right,
                None,
                None,
                ["任务由另一方的人员执行", "Another party's people do this job"],
                ["由派工的一方操作。", "Let the party that dispatched them do it."],
            ),
            Self::RemoteFirst => say(
                "remote-first",
                Input,
                Some("because"),
                Some("ZZC-17"),
                ["应先以电话、传真或邮件处理", "Telephone, fax and e-mail come first"],
                [
                    "在 because 中填写未解决的联系记录，或写明须到现场的理由。",
                    "Name in `because` the contact that did not solve it, or say why somebody must go.",
                ],
            ),
            Self::NoUnresolvedContact => say(
                "no-unresolved-contact",
                Input,
                Some("because.contact"),
                Some("ZZC-08"),
                ["没有这次未能解决的联系", "There is no such contact that was left unresolved"],
                [
                    "填写 procedures.contacts 中一条 unresolved 的记录，或在 because.reason 写明理由。",
                    "Name one of procedures.contacts that is `unresolved`, or say why in `because.reason`.",
                ],
            ),
            Self::NobodyGoes => say(
                "nobody-goes",
                Input,
                Some("people"),
                Some("BUS-19"),
                ["没有外出人员，或姓名重复", "Nobody goes, or two have the same name"],
                ["列出外出人员，姓名不得重复。", "List the people who go, each with a name of its own."],
            ),
            Self::LeaderMissing => say(
                "leader-missing",
                Input,
                Some("leader"),
                Some("BUS-22"),
                ["两人以上外出须指定临时负责人", "Two or more who go out need a temporary leader"],
                ["在 leader 中指定外出人员之一。", "Name one of them as `leader`."],
            ),
            Self::LeaderStaysHome => say(
                "leader-not-among-people",
                Input,
                Some("leader"),
                Some("BUS-22"),
                ["临时负责人不在外出人员之中", "The temporary leader is not among those who go"],
                ["指定外出人员之一。", "Name one of the people who go."],
            ),
            Self::FollowsNothing => say(
                "no-such-job",
                Input,
                Some("follows"),
                Some("ZZC-13"),
                ["没有所接续的任务", "There is no job that this one could follow"],
                [
                    "填写本诉求中先前任务的 job，或不填。",
                    "Give the `job` of an earlier job of this claim, or leave it out.",
                ],
            ),
            Self::VisitBackwards => say(
                "visit-backwards",
                Input,
                Some("until"),
                Some("ZZC-09"),
                ["约定时间的结束早于开始", "The visit ends before it begins"],
                ["until 须晚于 from。", "Give an `until` after `from`."],
            ),
            Self::NotScheduled => say(
                "visit-not-scheduled",
                State,
                None,
                Some("ZZC-09"),
                ["尚未与用户约定时间", "No time is fixed with the user"],
                ["先用 jobs/schedule 与用户约定时间。", "Fix a time with the user first: jobs/schedule."],
            ),
            Self::NotDeparted => say(
                "not-departed",
                State,
                None,
                None,
                ["人员尚未出发", "Nobody has set off"],
                ["先记录出发：jobs/depart。", "Record that they set off first: jobs/depart."],
            ),
            Self::NotArrived => say(
                "not-arrived",
                State,
                None,
                Some("BUS-11"),
                ["人员尚未到达现场", "Nobody is on site yet"],
                ["先记录到达：jobs/arrive。", "Record that they arrived first: jobs/arrive."],
            ),
            Self::Done => say(
                "already-done",
                State,
                None,
                None,
                ["此步骤已经完成", "This step has been done"],
                ["继续下一步骤；见 possible。", "Go on with the next step; see `possible`."],
            ),
            Self::CalledOff => say(
                "job-called-off",
                State,
                None,
                None,
                ["任务已取消", "The job was called off"],
                ["另行派工。", "Dispatch somebody anew."],
            ),
            Self::UnderWay => say(
                "job-under-way",
                State,
                None,
                None,
                ["人员已到现场，任务不能取消", "People are on site: it is too late to call the job off"],
                [
                    "用 jobs/end 结束服务并说明结果。",
                    "End the service with jobs/end and say what came of it.",
                ],
            ),
            Self::WrongTime => say(
                "wrong-time",
                Input,
                Some("at"),
                None,
                [
                    "时间晚于现在，或早于前一步骤",
                    "The time lies in the future or before the step that it follows",
                ],
                ["填写实际时间，或不填（即现在）。", "Give the actual time, or leave it out for now."],
            ),
            Self::DelayUnexplained => say(
                "delay-unexplained",
                Input,
                Some("delay"),
                Some("ZZC-11"),
                ["晚于约定时间到达而未说明原因", "They came after the time agreed on, and nobody says why"],
                [
                    "在 delay 中写明原因以及是否不可抗力。",
                    "Say why in `delay`, and whether it was force majeure.",
                ],
            ),
            Self::WordsMissing { field, rule } => say(
                "words-missing",
                Input,
                Some(field),
                Some(rule),
                ["此处须用文字写明", "This must be put in words"],
                ["如实、清楚地填写。", "Fill it in truthfully and clearly."],
            ),
            Self::FindingMissing { field, rule } => say(
                "finding-missing",
                State,
                Some(field),
                Some(rule),
                ["服务报告缺少听、看或查的记录", "The report does not say what was heard, seen and checked"],
                ["先用 jobs/findings 补记。", "Record it with jobs/findings first."],
            ),
            Self::NotEnded => say(
                "service-not-ended",
                State,
                None,
                None,
                ["服务尚未结束", "The service has not ended"],
                ["先用 jobs/end 结束服务。", "End the service first: jobs/end."],
            ),
            Self::SignatureBeforeEnd => say(
                "signature-before-end",
                State,
                None,
                Some("BUS-13"),
                [
                    "服务结束前不得要求签字；此次要求已记录",
                    "A signature before the end of the service is forbidden; the attempt is on record",
                ],
                ["服务结束后再请用户签字。", "Ask for the signature when the service has ended."],
            ),
            Self::ReportSigned => say(
                "report-signed",
                State,
                None,
                Some("BUS-14"),
                ["用户已签字，报告不得更改", "The customer has signed: the report stays as it is"],
                ["另行派工，或将更正写入新的记录。", "Put what is new into a record or job of its own."],
            ),
            Self::ReportChanged => say(
                "report-changed",
                State,
                Some("hash"),
                Some("BUS-14"),
                ["报告在出示之后有更改", "The report has changed since it was shown"],
                ["重新出示报告后再签字。", "Show the report as it is now, then ask for the signature."],
            ),
            Self::NotSigned => say(
                "report-not-signed",
                State,
                None,
                Some("BUS-12"),
                ["用户尚未签字", "The customer has not signed"],
                [
                    "先请用户签字，或记录其未签字的原因。",
                    "Have the customer sign, or record why not: jobs/decline-signature.",
                ],
            ),
            Self::NotReportedBack => say(
                "result-not-reported",
                State,
                None,
                Some("BUS-33"),
                ["离开前未向单位报告结果", "The result was not reported before leaving"],
                [
                    "先用 jobs/report-back 报告结果并请示有无其他任务。",
                    "Report the result and ask for further tasks first: jobs/report-back.",
                ],
            ),
            Self::NotReturned => say(
                "not-returned",
                State,
                None,
                Some("BUS-36"),
                ["人员尚未返回", "They are not back yet"],
                ["返回后再报销：jobs/return。", "Hand expenses in after the return: jobs/return."],
            ),
            Self::VouchersMissing => say(
                "vouchers-missing",
                Input,
                Some("vouchers"),
                Some("BUS-36"),
                [
                    "没有单据，或单据金额不为正",
                    "There are no vouchers, or one is not worth more than nothing",
                ],
                ["逐张列出单据及金额。", "List the vouchers with their amounts."],
            ),
            Self::Uncountable => say(
                "uncountable",
                Input,
                Some("vouchers"),
                Some("BUS-36"),
                ["单据币种不一或金额过大", "The vouchers are in several currencies, or too large to add up"],
                ["一次只报一种币种。", "Hand in one currency at a time."],
            ),
            Self::NothingToReview => say(
                "nothing-to-review",
                State,
                None,
                Some("BUS-36"),
                ["没有可审核或可报销的费用", "No expenses wait for this"],
                ["先提交并审核费用。", "Have the expenses handed in and reviewed first."],
            ),
            Self::Open { job } => Explanation {
                code: "job-open",
                kind: State,
                field: None,
                rule: Some("BUS-12"),
                title: Text::new("现场任务尚未结束", "A job at the customer's place is still open"),
                fix: Text::new(
                    format!("先完成任务 {job}：服务结束并由用户签字，或取消。"),
                    format!("Finish job {job} first: end the service and have it signed, or call it off."),
                ),
            },
            Self::Unsolved { job } => Explanation {
                code: "job-unsolved",
                kind: State,
                field: None,
                rule: Some("ZZC-13"),
                title: Text::new("现场问题未解决", "The job did not solve the problem"),
                fix: Text::new(
                    format!("再次派工，并以 follows 指明 {job}。"),
                    format!("Dispatch somebody again, with `follows` naming {job}."),
                ),
            },
        }
    }
}
