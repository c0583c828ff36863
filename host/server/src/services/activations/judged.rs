//! Which activation judges on a basis date, and why the others do not.

use super::{instant, standing::kinds};
use crate::app::App;
use crate::http::auth::Caller;
use crate::http::problem::Problem;
use sanbao_domain::activation::judges;
use sanbao_domain::ids::ActivationId;
use sanbao_domain::text::Text;
use sanbao_domain::time::Date;
use sanbao_store::activation::{self, Activation};
use serde::Serialize;

/// Why an activation judges on a day, or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It covers the beginning of the day, and no other that does was made later.
    MadeLast,
    /// Another one that covers it was made later.
    MadeEarlier,
    /// It begins after the day has begun.
    NotYet,
    /// It ends before the day begins.
    Over,
    /// Its version is retired.
    Retired,
}

impl Why {
    /// For people.
    pub fn explain(self) -> Text {
        let (zh, en) = match self {
            Self::MadeLast => (
                "当日零时有效的启用记录中，它最后设立，由它裁决。",
                "Of those that cover the beginning of the day, it was made last: it judges.",
            ),
            Self::MadeEarlier => {
                ("另一条也有效的记录设立得更晚。", "Another one that covers the day was made later.")
            }
            Self::NotYet => ("当日开始时尚未生效。", "It begins after the day has begun."),
            Self::Over => ("当日开始前已终止。", "It ended before the day began."),
            Self::Retired => ("该版本已停用。", "Its version is retired."),
        };
        Text::new(zh, en)
    }
}

/// An activation on a day.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The activation.
    pub activation: Activation,
    /// Why it judges on the day, or does not.
    pub why: Why,
    /// What judges in its place.
    pub instead: Option<ActivationId>,
}

/// The caller's activations on a basis date: what judges first, then the others, latest made first.
///
/// # Errors
/// The database.
pub async fn on(app: &App, caller: &Caller, day: Date) -> Result<Vec<Judged>, Problem> {
    let at = instant(&caller.party, day);
    let owner = caller.party.id;
    let (rows, placed) = {
        let mut conn = app.store().read(owner).await?;
        (activation::list(&mut conn, owner).await?, activation::periods(&mut conn, owner).await?)
    };
    let kinds = kinds(&placed);
    let mut judged: Vec<Judged> = Vec::with_capacity(rows.len());
    for activation in rows {
        let kind = kinds.get(&activation.floor.as_deref()).map(Vec::as_slice).unwrap_or_default();
        let Some(period) = kind.iter().find(|period| period.id == activation.id) else { continue };
        let judge = judges(kind, at).map(|period| period.id);
        let why = match () {
            () if judge == Some(activation.id) => Why::MadeLast,
            () if period.from > at => Why::NotYet,
            () if !period.covers(at) => Why::Over,
            () if period.retired => Why::Retired,
            () => Why::MadeEarlier,
        };
        let instead = judge.filter(|judge| *judge != activation.id);
        judged.push(Judged { activation, why, instead });
    }
    judged.sort_by_key(|judged| judged.why != Why::MadeLast);
    Ok(judged)
}
