//! The language that texts are asked for in.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use sanbao_domain::text::Language;
use std::convert::Infallible;

/// The language of `Accept-Language`; English when neither of ours is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Lang(pub Language);

impl<S: Sync> FromRequestParts<S> for Lang {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(of(&parts.headers)))
    }
}

/// The wanted language with the highest weight; of equal ones the first.
pub(crate) fn of(headers: &HeaderMap) -> Language {
    let mut best = (0.0, Language::En);
    let stated = headers.get_all(header::ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok());
    for range in stated.flat_map(|value| value.split(',')) {
        let mut parts = range.split(';');
        let tag = parts.next().unwrap_or_default().trim();
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .map_or(Some(1.0), |weight| weight.trim().parse::<f32>().ok())
            .filter(|weight| (0.0..=1.0).contains(weight));
        let language = match tag.split('-').next() {
            Some(primary) if primary.eq_ignore_ascii_case("zh") => Language::Zh,
            Some(primary) if primary.eq_ignore_ascii_case("en") || primary == "*" => Language::En,
            _ => continue,
        };
        if let Some(weight) = weight
            && weight > best.0
        {
            best = (weight, language);
        }
    }
    best.1
}

/// The value of `Content-Language`.
pub(crate) fn header(language: Language) -> HeaderValue {
    HeaderValue::from_static(match language {
        Language::Zh => "zh",
        Language::En => "en",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(value: &'static str) -> Language {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(value));
        of(&headers)
    }

    #[test]
    fn the_heaviest_of_ours_wins() {
        assert_eq!(of(&HeaderMap::new()), Language::En);
        assert_eq!(asked("zh-CN,zh;q=0.9,en;q=0.8"), Language::Zh);
        assert_eq!(asked("de, en;q=0.5, zh;q=0.4"), Language::En);
        assert_eq!(asked("en;q=0.1, ZH-Hans"), Language::Zh);
        assert_eq!(asked("zh;q=0, *"), Language::En);
        assert_eq!(asked("zh;q=nonsense, fr"), Language::En);
    }
}
