//! Why a contact is not taken down or answered so.

use crate::claim::procedure::{Explanation, Obstacle};

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such contact.
    Unknown,
    /// Nothing was said.
    WordsMissing,
    /// It took place later than now.
    InTheFuture,
    /// It cannot be solved now, and nobody is named to reply to (ZZC-07).
    PersonMissing,
    /// It cannot be solved now, and there is no telephone number to reply to (ZZC-07).
    PhoneMissing,
    /// It was answered on the spot and could not be solved.
    AnsweredAndUnresolved,
    /// It was answered on the spot, though it is not clear what is meant (BUS-39).
    AnsweredAndUnclear,
    /// We answered our own contact.
    OwnContact,
    /// What is meant must be made clear first (BUS-39).
    Unclear,
    /// Nothing is unclear about it.
    ClearAlready,
    /// Somebody waits for an answer.
    SomebodyWaits,
}

impl Refusal {
    pub(super) fn explained(self) -> Explanation {
        use Obstacle as O;
        match self {
            Self::Unknown => Explanation::new(
                "no-such-contact",
                O::Unknown,
                ("没有这条联系记录", "There is no such contact"),
                ("填写 procedures.contacts 中的 id。", "Give an id of the claim's procedures.contacts."),
            )
            .field("contact"),
            Self::WordsMissing => Explanation::new(
                "words-missing",
                O::Input,
                ("没有内容", "Nothing is said"),
                ("写明内容。", "Write down what was said."),
            )
            .field("words")
            .rule("BUS-38"),
            Self::InTheFuture => Explanation::new(
                "contact-in-the-future",
                O::Input,
                ("时间晚于现在", "It lies in the future"),
                ("填写实际时间。", "Give the time at which it took place."),
            )
            .field("at")
            .rule("BUS-37"),
            Self::PersonMissing => Explanation::new(
                "contact-person-missing",
                O::Input,
                ("没有联系人", "Nobody is named to reply to"),
                (
                    "不能当场解决的，必须记下联系人。",
                    "Take down whom to reply to when it cannot be solved now.",
                ),
            )
            .field("person")
            .rule("ZZC-07"),
            Self::PhoneMissing => Explanation::new(
                "contact-phone-missing",
                O::Input,
                ("没有联系电话", "There is no telephone number to reply to"),
                (
                    "不能当场解决的，必须记下联系电话。",
                    "Take down the telephone number when it cannot be solved now.",
                ),
            )
            .field("phone")
            .rule("ZZC-07"),
            Self::AnsweredAndUnresolved => Explanation::new(
                "answered-and-unresolved",
                O::Input,
                ("不能既已答复又未解决", "It cannot be answered and unresolved at once"),
                ("去掉 answer 或 unresolved。", "Leave out answer or unresolved."),
            )
            .field("unresolved"),
            Self::AnsweredAndUnclear => Explanation::new(
                "answered-and-unclear",
                O::Input,
                ("问题不明，先弄清再答复", "What is unclear is made clear before it is answered"),
                ("先 contacts/clarify，再 contacts/reply。", "Clarify it first, then reply."),
            )
            .field("answer")
            .rule("BUS-39"),
            Self::OwnContact => Explanation::new(
                "own-contact",
                O::State,
                ("这是我方发出的联系", "This contact went out from here"),
                ("答复对方的来电、来信。", "Reply to what the customer said."),
            )
            .field("contact"),
            Self::Unclear => Explanation::new(
                "contact-unclear",
                O::State,
                ("问题不明，先弄清再处理", "It is not clear yet what is meant"),
                ("先 contacts/clarify 记下弄清的内容。", "Clarify it first, with what you found out."),
            )
            .rule("BUS-39"),
            Self::ClearAlready => Explanation::new(
                "contact-clear",
                O::State,
                ("这条记录没有不明之处", "Nothing is unclear about it"),
                ("直接 contacts/reply。", "Reply to it."),
            )
            .field("contact"),
            Self::SomebodyWaits => Explanation::new(
                "reply-owed",
                O::State,
                ("还有来电或来信没有答复", "Somebody still waits for a reply"),
                ("先 contacts/reply 答复并存档。", "Reply to every open contact first; the reply is kept."),
            )
            .rule("BUS-40"),
        }
    }
}
