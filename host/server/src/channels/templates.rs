//! What the host itself writes, and the few places that any message may leave to be filled in.

use sanbao_domain::text::{Language, Text};

/// A message of the host's own. The first line is the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// The last notice to the customer brought nothing (STO-28).
    SuperiorTold,
    /// Nobody came: the goods are to be posted (STO-28).
    PostGoods,
    /// A deadline has passed.
    DeadlineMissed,
    /// A version failed too often and was taken back.
    PolicyReturned,
    /// A version fails too often, and there is nothing to return to.
    PolicyFailing,
}

impl Template {
    /// The word under which messages are listed.
    pub fn about(self) -> &'static str {
        match self {
            Self::SuperiorTold => "superior-told",
            Self::PostGoods => "post-goods",
            Self::DeadlineMissed => "deadline-missed",
            Self::PolicyReturned => "policy-returned",
            Self::PolicyFailing => "policy-failing",
        }
    }

    /// Subject and body in one language.
    pub fn words(self, language: Language) -> (&'static str, &'static str) {
        let text = match (self, language) {
            (Self::SuperiorTold, Language::Zh) => include_str!("templates/zh/superior-told.txt"),
            (Self::SuperiorTold, Language::En) => include_str!("templates/en/superior-told.txt"),
            (Self::PostGoods, Language::Zh) => include_str!("templates/zh/post-goods.txt"),
            (Self::PostGoods, Language::En) => include_str!("templates/en/post-goods.txt"),
            (Self::DeadlineMissed, Language::Zh) => include_str!("templates/zh/deadline-missed.txt"),
            (Self::DeadlineMissed, Language::En) => include_str!("templates/en/deadline-missed.txt"),
            (Self::PolicyReturned, Language::Zh) => include_str!("templates/zh/policy-returned.txt"),
            (Self::PolicyReturned, Language::En) => include_str!("templates/en/policy-returned.txt"),
            (Self::PolicyFailing, Language::Zh) => include_str!("templates/zh/policy-failing.txt"),
            (Self::PolicyFailing, Language::En) => include_str!("templates/en/policy-failing.txt"),
        };
        let (subject, body) = text.split_once('\n').unwrap_or((text, ""));
        (subject.trim(), body.trim())
    }

    /// Subject and body in both languages.
    pub fn texts(self) -> (Text, Text) {
        let ((subject_zh, body_zh), (subject_en, body_en)) =
            (self.words(Language::Zh), self.words(Language::En));
        (Text::new(subject_zh, subject_en), Text::new(body_zh, body_en))
    }
}

/// Fills in `{name}` places; what is not known stays as it was written.
pub fn fill(text: &str, places: &[(&str, String)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        let tail = &rest[open..];
        let known = tail[1..]
            .find('}')
            .map(|close| &tail[1..=close])
            .and_then(|name| places.iter().find(|(place, _)| *place == name));
        match known {
            Some((name, value)) => {
                filled.push_str(value);
                rest = &tail[name.len() + 2..];
            }
            None => {
                filled.push('{');
                rest = &tail[1..];
            }
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_once_and_strange_ones_left() {
        let places = [("number", "12".to_owned()), ("model", "{number}".to_owned())];
        for (text, filled) in [
            ("No. {number}: {model}", "No. 12: {number}"),
            ("{unknown} {number", "{unknown} {number"),
            ("{{number}}", "{12}"),
            ("第{number}号", "第12号"),
            ("", ""),
        ] {
            assert_eq!(fill(text, &places), filled);
        }
    }

    #[test]
    fn every_template_has_a_subject_and_a_body_in_both_languages() {
        for template in [
            Template::SuperiorTold,
            Template::PostGoods,
            Template::DeadlineMissed,
            Template::PolicyReturned,
            Template::PolicyFailing,
        ] {
            let (subject, body) = template.texts();
            for text in [&subject.en, &body.en] {
                assert!(!text.is_empty() && text.is_ascii(), "{template:?}: {text}");
            }
            for text in [&subject.zh, &body.zh] {
                assert!(!text.is_ascii(), "{template:?}: {text}");
            }
        }
    }
}
