//! Query strings and pages of lists.

use super::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sanbao_domain::text::Text;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Items on a page when nothing is said.
const USUAL: u32 = 50;
/// Most items on a page.
const MOST: u32 = 200;

/// The query string as a struct; unknown names are refused where the struct denies them.
#[derive(Clone, Debug)]
pub struct Params<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let source = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
        serde_path_to_error::deserialize(source).map(Self).map_err(|error| {
            let message = error.inner().to_string();
            Problem::invalid().error(
                error.path().to_string(),
                Text::new(&message, &message),
                Text::new(
                    "按 /openapi.json 中的参数填写。",
                    "Write the parameters as /openapi.json describes them.",
                ),
            )
        })
    }
}

/// Which part of a list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageParams {
    /// Items on a page, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// A checked [`PageParams`].
#[derive(Clone, Debug)]
pub struct Page<C> {
    limit: u32,
    /// Where the page before ended.
    pub after: Option<C>,
}

impl<C: DeserializeOwned> Page<C> {
    /// Checks the limit and reads the cursor.
    ///
    /// # Errors
    /// 422 for a limit outside 1 to 200, or a cursor that this list did not give.
    pub fn new(limit: Option<u32>, cursor: Option<&str>) -> Result<Self, Problem> {
        let limit = limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            return Err(Problem::invalid().error(
                "limit",
                Text::new("数量超出范围", "the limit is out of range"),
                Text::new("填 1 至 200。", "Ask for 1 to 200."),
            ));
        }
        let after = cursor.map(|text| decode(text).ok_or_else(bad_cursor)).transpose()?;
        Ok(Self { limit, after })
    }

    /// How many rows to ask the store for: one more than the page shows, to know whether another follows.
    pub fn fetch(&self) -> u32 {
        self.limit + 1
    }

    /// The page's items, and the cursor of the next page where there is one.
    pub fn list<R, V>(&self, mut rows: Vec<R>, cursor: impl Fn(&R) -> C, view: impl Fn(R) -> V) -> Listed<V>
    where
        C: Serialize,
    {
        let limit = self.limit as usize;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = rows.last().filter(|_| more).and_then(|last| encode(&cursor(last)));
        Listed { items: rows.into_iter().map(view).collect(), next_cursor }
    }
}

impl PageParams {
    /// The checked page.
    ///
    /// # Errors
    /// As [`Page::new`].
    pub fn page<C: DeserializeOwned>(&self) -> Result<Page<C>, Problem> {
        Page::new(self.limit, self.cursor.as_deref())
    }
}

/// A page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Listed<T> {
    /// The items.
    pub items: Vec<T>,
    /// Ask with `cursor` set to this for the next page; null on the last one.
    pub next_cursor: Option<String>,
}

impl<T> Listed<T> {
    /// A list that always fits on one page.
    pub fn all(items: Vec<T>) -> Self {
        Self { items, next_cursor: None }
    }

    /// The same page with other items.
    pub fn map<V>(self, view: impl FnMut(T) -> V) -> Listed<V> {
        Listed { items: self.items.into_iter().map(view).collect(), next_cursor: self.next_cursor }
    }
}

fn encode(cursor: &impl Serialize) -> Option<String> {
    serde_json::to_vec(cursor).ok().map(|json| URL_SAFE_NO_PAD.encode(json))
}

fn decode<C: DeserializeOwned>(text: &str) -> Option<C> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}

fn bad_cursor() -> Problem {
    Problem::invalid().error(
        "cursor",
        Text::new("不是此列表给出的 cursor", "the cursor is not one that this list gave"),
        Text::new("用上一页的 next_cursor。", "Use next_cursor of the page before, with the same filters."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_to_the_next_page_and_the_last_page_has_none() {
        let page = Page::<u32>::new(Some(2), None).unwrap();
        let listed = page.list(vec![1, 2, 3], |row| *row, |row| row * 10);
        assert_eq!(listed.items, [10, 20]);
        let next = Page::<u32>::new(Some(2), listed.next_cursor.as_deref()).unwrap();
        assert_eq!(next.after, Some(2));
        assert_eq!(next.list(vec![3, 4], |row| *row, |row| row).next_cursor, None);
    }

    #[test]
    fn limits_and_foreign_cursors_are_refused() {
        for limit in [0, 201] {
            assert!(Page::<u32>::new(Some(limit), None).is_err());
        }
        for cursor in ["", "x", "bm9wZQ"] {
            assert!(Page::<u32>::new(None, Some(cursor)).is_err(), "{cursor}");
        }
    }
}
