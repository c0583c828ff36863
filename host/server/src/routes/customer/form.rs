//! What the forms of the customer's page send.

use crate::http::check::Checks;
use crate::http::problem::Problem;
use crate::services::customer::Act;
use crate::views::customer::Done;
use axum::http::{HeaderMap, header};
use sanbao_domain::claim::survey::{Answer, Experience, FilledInBy};
use sanbao_domain::text::{Language, Text};
use std::collections::HashMap;
use std::str::FromStr;

/// Whether the form was sent from our own page. The secret is in the path, which no other site knows, so this
/// is a second fence: a browser that says that another site sent the form is refused. (`Origin` is `null`
/// even on our own page, as that page sends no referrer.)
pub(super) fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match text(header::ORIGIN.as_str()) {
        None | Some("null") => true,
        Some(origin) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == text(header::HOST.as_str())
        }
    }
}

/// The fields of a form, by name.
pub(super) struct Fields(HashMap<String, String>);

impl Fields {
    pub(super) fn parse(body: &[u8]) -> Self {
        Self(form_urlencoded::parse(body).into_owned().collect())
    }

    fn get(&self, name: &str) -> &str {
        self.0.get(name).map(|text| text.trim()).unwrap_or_default()
    }

    fn given(&self, name: &str) -> Option<String> {
        Some(self.get(name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    fn id<T: FromStr>(&self, name: &str) -> Result<T, Problem> {
        self.get(name).parse().map_err(|_| Problem::not_found())
    }

    pub(super) fn language(&self) -> Option<Language> {
        match self.get("lang") {
            "zh" => Some(Language::Zh),
            "en" => Some(Language::En),
            _ => None,
        }
    }

    /// What the form asks for; nothing where there is no such form.
    pub(super) fn act(&self, what: &str) -> Result<Option<(Act, Done)>, Problem> {
        Ok(Some(match what {
            "consent" => {
                (Act::Answer { quote: self.id("quote")?, by: self.name()?, refusal: None }, Done::Consented)
            }
            "refuse" => {
                let refusal = Some(self.text("reason", 1..=1000)?);
                (Act::Answer { quote: self.id("quote")?, by: self.name()?, refusal }, Done::Refused)
            }
            "sign" => {
                let (job, hash) = (self.id("job")?, self.text("hash", 64..=64)?);
                let comment = self.given("comment").map(|_| self.text("comment", 1..=1000)).transpose()?;
                (Act::Sign { job, hash, by: self.name()?, comment }, Done::Signed)
            }
            "survey" => (Act::Survey(self.survey()?), Done::Surveyed),
            _ => return Ok(None),
        }))
    }

    fn survey(&self) -> Result<Answer, Problem> {
        let (score, satisfied) = (self.get("score").parse(), self.get("satisfied"));
        let chosen = score.is_ok() && matches!(satisfied, "yes" | "no");
        Checks::new()
            .that(
                chosen,
                "score",
                Text::new("请打分并选择是否满意", "choose a score, and whether you are satisfied"),
                Text::new("选择 1 至 5 分。", "The score is from 1 to 5."),
            )
            .done()?;
        let experience = match self.get("experience") {
            "better" => Some(Experience::Better),
            "as-expected" => Some(Experience::AsExpected),
            "worse" => Some(Experience::Worse),
            _ => None,
        };
        let words = self.given("words").map(|_| self.text("words", 1..=2000)).transpose()?;
        Ok(Answer {
            score: score.unwrap_or_default(),
            satisfied: satisfied == "yes",
            experience,
            words,
            usage: None,
            by: FilledInBy::Customer,
        })
    }

    fn name(&self) -> Result<String, Problem> {
        self.text("by", 1..=100)
    }

    fn text(&self, name: &str, length: std::ops::RangeInclusive<usize>) -> Result<String, Problem> {
        let text = self.get(name).replace("\r\n", "\n");
        Checks::new().text(name, &text, length).done()?;
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let name = |name: &'static str| axum::http::HeaderName::from_static(name);
        pairs.iter().map(|(key, value)| (name(key), value.parse().unwrap())).collect()
    }

    #[test]
    fn another_site_sends_no_form() {
        assert!(is_ours(&sent(&[])), "no browser");
        assert!(is_ours(&sent(&[("sec-fetch-site", "same-origin"), ("origin", "null")])));
        assert!(!is_ours(&sent(&[("sec-fetch-site", "cross-site"), ("origin", "null")])));
        assert!(!is_ours(&sent(&[("sec-fetch-site", "same-site")])));
        assert!(is_ours(&sent(&[("host", "a.example"), ("origin", "https://a.example")])));
        assert!(!is_ours(&sent(&[("host", "a.example"), ("origin", "https://b.example")])));
    }
}
