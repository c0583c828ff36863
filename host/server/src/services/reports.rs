//! Reports: what the database adds up, with names, formulas and the policy's targets (STO-22; BUS-03…05;
//! CTL-09…13).

use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::page::{Listed, Page};
use crate::http::problem::Problem;
use crate::services::activations::instant;
use crate::services::ask::targets;
use crate::services::tickets::show::Words;
use crate::views::report::{CausesView, ComplainantView, DailyView, ServiceLevelView};
use sanbao_domain::ids::ClaimId;
use sanbao_domain::text::{Language, Text};
use sanbao_domain::time::{Date, Timestamp};
use sanbao_store::report;
use std::sync::Arc;

/// Days from the first to the last, both included; the days are the caller's own.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    /// The first.
    pub from: Date,
    /// The last.
    pub to: Date,
}

impl Days {
    /// These days; today where nothing is said of the last, and the same day where nothing is said of the
    /// first.
    ///
    /// # Errors
    /// 422 for a first day after the last.
    pub fn new(app: &App, caller: &Caller, from: Option<Date>, to: Option<Date>) -> Result<Self, Problem> {
        let today = caller.party.calendar.day(app.now());
        let to = to.unwrap_or_else(|| from.map_or(today, |from| from.max(today)));
        let from = from.unwrap_or(to);
        Checks::new()
            .that(
                from <= to,
                "from",
                Text::new("起始日在结束日之后", "the first day comes after the last"),
                Text::new("from 不晚于 to。", "Give a from that is not after to."),
            )
            .done()?;
        Ok(Self { from, to })
    }

    /// From the first instant of the first day until the first one after the last.
    fn period(self, caller: &Caller) -> report::Period {
        let next = self.to.tomorrow().unwrap_or(self.to);
        (instant(&caller.party, self.from), instant(&caller.party, next))
    }
}

/// The day's business, by store (STO-22).
///
/// # Errors
/// The database.
pub async fn daily(app: &App, caller: &Caller, date: Option<Date>) -> Result<DailyView, Problem> {
    let date = date.unwrap_or_else(|| caller.party.calendar.day(app.now()));
    let me = caller.party.id;
    let day = {
        let mut conn = app.store().read(me).await?;
        report::day(&mut conn, me, Days { from: date, to: date }.period(caller), app.now()).await?
    };
    let mut words = Words::default();
    let all = [&day.opened, &day.verdicts, &day.ended, &day.remedies, &day.missed];
    for tally in all.into_iter().flatten() {
        words.name(app, tally.store).await?;
    }
    for sum in &day.money {
        words.name(app, sum.store).await?;
    }
    words.name(app, me).await?;
    Ok(DailyView::new(date, me, day, words.names()))
}

/// Timeliness, satisfaction and justified complaints against the caller's own targets (BUS-03…05).
///
/// # Errors
/// The database.
pub async fn service_level(
    app: &App,
    caller: &Caller,
    language: Language,
    days: Days,
) -> Result<ServiceLevelView, Problem> {
    let me = caller.party.id;
    let figures = {
        let mut conn = app.store().read(me).await?;
        report::figures(&mut conn, me, days.period(caller), app.now()).await?
    };
    let targets = targets(app, Arc::clone(&caller.party)).await?;
    Ok(ServiceLevelView::new(days, &figures, &targets, language))
}

/// Complaints by cause and responsible department (CTL-06, 09; HAI-08).
///
/// # Errors
/// The database.
pub async fn causes(app: &App, caller: &Caller, days: Days) -> Result<CausesView, Problem> {
    let me = caller.party.id;
    let mut conn = app.store().read(me).await?;
    let rows = report::causes(&mut conn, me, days.period(caller)).await?;
    Ok(CausesView::new(days, rows))
}

/// The roster of customers who complained, latest first (CTL-12).
///
/// # Errors
/// The database.
pub async fn complainants(
    app: &App,
    caller: &Caller,
    days: Days,
    page: Page<(Timestamp, ClaimId)>,
) -> Result<Listed<ComplainantView>, Problem> {
    let me = caller.party.id;
    let rows = {
        let mut conn = app.store().read(me).await?;
        report::complainants(&mut conn, me, days.period(caller), page.after, page.fetch()).await?
    };
    Ok(page.list(rows, |row| (row.complained_at, row.claim), ComplainantView::new))
}
