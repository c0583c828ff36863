//! What a policy declares about itself. Rules, facts, settings and roles are statics: an answer refers to
//! the static, so an id that the manifest lacks cannot be written down.

use crate::manifest::{self, Condition, Manifest, Requirement, RuleKind, ValueType};
use crate::types::{Citation, Event, Text, Value};
use alloc::borrow::ToOwned;
use alloc::vec::Vec;

/// A fixed text in both languages.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// A fixed text in both languages.
pub const fn words(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}

impl From<Words> for Text {
    fn from(words: Words) -> Self {
        Self { zh: words.zh.to_owned(), en: words.en.to_owned() }
    }
}

/// A rule that answers may cite.
#[derive(Debug)]
pub struct Rule {
    /// "STO-07"; a reading is numbered "STO-R1".
    pub id: &'static str,
    /// A provision of the regulation, a reading that settles a gap in it, or conduct, which no answer cites.
    pub kind: RuleKind,
    /// A heading.
    pub title: Words,
    /// The rule as the claimant is told it.
    pub text: Words,
    /// When people are reminded of it.
    pub occasions: &'static [Event],
}

impl Rule {
    /// Cites the rule.
    pub fn cite(&self) -> Citation {
        Citation { rule: self.id.to_owned(), detail: None }
    }

    /// Cites the rule and says how it applied to the case.
    pub fn applied(&self, detail: impl Into<Text>) -> Citation {
        Citation { rule: self.id.to_owned(), detail: Some(detail.into()) }
    }
}

/// Declares rules as statics, and `ALL` of them for the manifest, in the order of the regulation:
/// `provisions { STO_07 = "STO-07": "标题" / "title", "正文" / "text"; … } readings { … } conduct { … }`. Readings
/// and conduct may be left out. A provision or a rule of conduct may end with the events at which people are
/// reminded of it: `"正文" / "text", on [Arrived, Completed];`.
#[macro_export]
macro_rules! rules {
    (
        provisions { $($p:ident = $pid:literal: $ptz:literal / $pte:literal, $pz:literal / $pe:literal
            $(, on [$($po:ident),* $(,)?])?;)* }
        $(readings { $($r:ident = $rid:literal: $rtz:literal / $rte:literal, $rz:literal / $re:literal;)* })?
        $(conduct { $($c:ident = $cid:literal: $ctz:literal / $cte:literal, $cz:literal / $ce:literal
            $(, on [$($co:ident),* $(,)?])?;)* })?
    ) => {
        $($crate::rules!(@ $p $pid Provision $ptz $pte $pz $pe [$($($po)*)?]);)*
        $($($crate::rules!(@ $r $rid Reading $rtz $rte $rz $re []);)*)?
        $($($crate::rules!(@ $c $cid Conduct $ctz $cte $cz $ce [$($($co)*)?]);)*)?
        /// Every rule that the policy declares.
        pub static ALL: &[&$crate::Rule] = &[$(&$p,)* $($(&$r,)*)? $($(&$c,)*)?];
    };
    (@ $name:ident $id:literal $kind:ident $tz:literal $te:literal $z:literal $e:literal [$($on:ident)*]) => {
        #[doc = $te]
        pub static $name: $crate::Rule = $crate::Rule {
            id: $id,
            kind: $crate::manifest::RuleKind::$kind,
            title: $crate::words($tz, $te),
            text: $crate::words($z, $e),
            occasions: &[$($crate::types::Event::$on,)*],
        };
    };
}

/// A role of the respondent that steps, discretion and referral name.
#[derive(Debug)]
pub struct Role {
    /// Lower-case words joined by hyphens.
    pub id: &'static str,
    /// What it is called.
    pub title: Words,
}

/// A fixed value: what a fact must be for another to be asked, or a setting's default.
#[derive(Clone, Copy, Debug)]
pub enum Constant {
    /// Yes or no.
    Boolean(bool),
    /// Whole number.
    Integer(i64),
    /// Text.
    Text(&'static str),
}

impl From<Constant> for Value {
    fn from(constant: Constant) -> Self {
        match constant {
            Constant::Boolean(yes) => Self::Boolean(yes),
            Constant::Integer(number) => Self::Integer(number),
            Constant::Text(text) => Self::Text(text.to_owned()),
        }
    }
}

/// When a fact must be given before the claim can be judged.
#[derive(Clone, Copy, Debug)]
pub enum Required {
    /// Never.
    Optional,
    /// Always.
    Always,
    /// When all of these facts have these values.
    When(&'static [(&'static str, Constant)]),
}

/// One of the values that a text may take, and its label.
pub type Choice = (&'static str, Words);

/// A fact beyond the core of a case that the policy reads.
#[derive(Debug)]
pub struct Fact {
    /// Lower-case words joined by hyphens.
    pub name: &'static str,
    /// Its type.
    pub value_type: ValueType,
    /// The question on an intake form.
    pub label: Words,
    /// An explanation.
    pub help: Option<Words>,
    /// When it must be given.
    pub required: Required,
    /// For texts: the values to choose from.
    pub choices: &'static [Choice],
    /// Rules that read it.
    pub rules: &'static [&'static Rule],
}

impl Fact {
    /// An optional fact without help or choices.
    pub const fn new(
        name: &'static str,
        value_type: ValueType,
        label: Words,
        rules: &'static [&'static Rule],
    ) -> Self {
        Self { name, value_type, label, help: None, required: Required::Optional, choices: &[], rules }
    }

    /// An optional yes or no.
    pub const fn yes_no(name: &'static str, label: Words, rules: &'static [&'static Rule]) -> Self {
        Self::new(name, ValueType::Boolean, label, rules)
    }

    /// An optional text out of `choices`.
    pub const fn one_of(
        name: &'static str,
        label: Words,
        choices: &'static [Choice],
        rules: &'static [&'static Rule],
    ) -> Self {
        Self { choices, ..Self::new(name, ValueType::Text, label, rules) }
    }

    /// With an explanation.
    pub const fn explained(self, help: Words) -> Self {
        Self { help: Some(help), ..self }
    }
}

/// A figure that the party chooses when it activates the policy.
#[derive(Debug)]
pub struct Setting {
    /// Lower-case words joined by hyphens.
    pub name: &'static str,
    /// Its type.
    pub value_type: ValueType,
    /// What it is.
    pub label: Words,
    /// An explanation.
    pub help: Option<Words>,
    /// Used unless the party chooses otherwise.
    pub default: Option<Constant>,
    /// Rules that read it.
    pub rules: &'static [&'static Rule],
}

impl Setting {
    /// A figure without a default: the party must choose it before it can activate the policy.
    pub const fn new(
        name: &'static str,
        value_type: ValueType,
        label: Words,
        rules: &'static [&'static Rule],
    ) -> Self {
        Self { name, value_type, label, help: None, default: None, rules }
    }

    /// Used unless the party chooses otherwise.
    pub const fn or(self, default: Constant) -> Self {
        Self { default: Some(default), ..self }
    }

    /// With an explanation.
    pub const fn explained(self, help: Words) -> Self {
        Self { help: Some(help), ..self }
    }
}

/// A policy's declarations.
#[derive(Debug)]
pub struct Policy {
    /// Lower-case words joined by hyphens, the same from version to version.
    pub name: &'static str,
    /// Semantic version.
    pub version: &'static str,
    /// What it is called.
    pub title: Words,
    /// Rules.
    pub rules: &'static [&'static Rule],
    /// Facts.
    pub facts: &'static [&'static Fact],
    /// Settings.
    pub settings: &'static [&'static Setting],
    /// Roles.
    pub roles: &'static [&'static Role],
}

impl Policy {
    /// The answer to `manifest.describe`.
    pub fn manifest(&self) -> Manifest {
        Manifest {
            name: self.name.to_owned(),
            version: self.version.to_owned(),
            title: self.title.into(),
            rules: self.rules.iter().map(|rule| rule.declaration()).collect(),
            attributes: self.facts.iter().map(|fact| fact.declaration()).collect(),
            settings: self.settings.iter().map(|setting| setting.declaration()).collect(),
            roles: self
                .roles
                .iter()
                .map(|role| manifest::Role { id: role.id.to_owned(), title: role.title.into() })
                .collect(),
        }
    }
}

impl Rule {
    fn declaration(&self) -> manifest::Rule {
        manifest::Rule {
            id: self.id.to_owned(),
            kind: self.kind,
            title: self.title.into(),
            text: self.text.into(),
            occasions: self.occasions.to_vec(),
        }
    }
}

impl Fact {
    fn declaration(&self) -> manifest::AttributeDeclaration {
        manifest::AttributeDeclaration {
            name: self.name.to_owned(),
            value_type: self.value_type,
            label: self.label.into(),
            help: self.help.map(Text::from),
            required: match self.required {
                Required::Optional => Requirement::Optional,
                Required::Always => Requirement::Always,
                Required::When(conditions) => Requirement::When(
                    conditions
                        .iter()
                        .map(|(name, value)| Condition {
                            attribute: (*name).to_owned(),
                            equals: (*value).into(),
                        })
                        .collect(),
                ),
            },
            choices: self
                .choices
                .iter()
                .map(|(value, label)| manifest::Choice { value: (*value).to_owned(), label: (*label).into() })
                .collect(),
            rules: ids(self.rules),
        }
    }
}

impl Setting {
    fn declaration(&self) -> manifest::SettingDeclaration {
        manifest::SettingDeclaration {
            name: self.name.to_owned(),
            value_type: self.value_type,
            label: self.label.into(),
            help: self.help.map(Text::from),
            default: self.default.map(Value::from),
            choices: Vec::new(),
            rules: ids(self.rules),
        }
    }
}

fn ids(rules: &[&Rule]) -> Vec<alloc::string::String> {
    rules.iter().map(|rule| rule.id.to_owned()).collect()
}
