//! The customer's page, in the customer's language and in plain words. Everything that comes from somebody is
//! escaped; there are no scripts.

mod quote;
mod report;
mod survey;
mod words;

use super::person::RefusalView;
use super::rulebook::{ReasonView, Rulebook};
use super::verdict::VerdictView;
use crate::services::customer::Visit;
use crate::services::links::of_customer;
use axum::http::HeaderValue;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sanbao_domain::actor::Actor;
use sanbao_domain::claim::{Claim, State};
use sanbao_domain::text::{Language, Text};
use sanbao_domain::time::Timestamp;
use serde::Deserialize;
use sha2::{Digest, Sha256};

const STYLE: &str = "\
body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1rem;color:#222;background:#fff}\
header{display:flex;justify-content:space-between;gap:1rem;align-items:baseline;border-bottom:1px solid #ccc}\
h1{font-size:1.3rem}h2{font-size:1.1rem;margin-top:2rem}h3{font-size:1rem}\
section{border:1px solid #ccc;border-radius:.5rem;padding:0 1rem 1rem;margin:1rem 0}\
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .5rem;border-bottom:1px solid #ddd}\
td.amount,th.amount{text-align:right}label{display:block;margin:.5rem 0}\
input,textarea,select,button{font:inherit;padding:.4rem;max-width:100%;box-sizing:border-box}\
input[type=text],textarea{width:100%}button{cursor:pointer}\
.state{font-weight:600}.notice{padding:.5rem 1rem;border-radius:.5rem;background:#e8f4e8}\
.problem{background:#fbe9e7}.quiet{color:#666}pre{white-space:pre-wrap;font:inherit;margin:0}";

/// What was just done, as the address says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Done {
    /// Agreed to a quote.
    Consented,
    /// Refused a quote.
    Refused,
    /// Signed a report.
    Signed,
    /// Answered the questions about the service.
    Surveyed,
}

impl Done {
    /// The word in the address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Consented => "consented",
            Self::Refused => "refused",
            Self::Signed => "signed",
            Self::Surveyed => "surveyed",
        }
    }
}

/// What the page says before everything else.
#[derive(Clone, Debug)]
pub enum Notice {
    /// It is done.
    Done(Done),
    /// It is not, and why.
    Refused(Vec<String>),
}

/// `default-src 'none'` and the page's own style by its hash: nothing else loads, runs or frames it.
pub fn content_security_policy() -> HeaderValue {
    let style = STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{style}'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// The language's code.
pub fn code(language: Language) -> &'static str {
    match language {
        Language::Zh => "zh",
        Language::En => "en",
    }
}

/// One claim on the page.
struct Shown<'a> {
    claim: &'a Claim,
    actor: &'a Actor,
    book: Rulebook,
    language: Language,
    /// Where the forms of this claim go, without their last word.
    forms: String,
    visit: &'a Visit,
}

impl Shown<'_> {
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        say(self.language, zh, en)
    }

    fn text(&self, text: &Text) -> String {
        text.get(self.language).to_owned()
    }

    /// A time where the handler is.
    fn time(&self, at: Timestamp) -> String {
        let zone = self.visit.handler.calendar.time_zone().clone();
        at.to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// The beginning of a form: its address and the language to come back in.
    fn form(&self, what: &str, fields: Markup) -> Markup {
        html! {
            form method="post" action=(format!("{}/{what}", self.forms)) {
                input type="hidden" name="lang" value=(code(self.language));
                (fields)
            }
        }
    }

    fn name_field(&self) -> Markup {
        let name = self.visit.ticket.customer.as_ref().map(|customer| customer.name.as_str());
        html! {
            label { (self.say("您的姓名", "Your name"))
                input type="text" name="by" required maxlength="100" autocomplete="name" value=(name.unwrap_or_default());
            }
        }
    }
}

fn say(language: Language, zh: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// The whole page.
pub fn page(visit: &Visit, token: &str, language: Language, notice: Option<Notice>) -> Markup {
    let ticket = &visit.ticket;
    let title = match language {
        Language::Zh => format!("{} · 工单 {}", visit.handler.name, ticket.number),
        Language::En => format!("{} · case {}", visit.handler.name, ticket.number),
    };
    let lens = visit.words.lens(&visit.actor, language);
    let (other, name) = match language {
        Language::Zh => (Language::En, "English"),
        Language::En => (Language::Zh, "中文"),
    };
    let body = html! {
        header {
            h1 { (title) }
            a href=(format!("/c/{token}?lang={}", code(other))) lang=(code(other)) { (name) }
        }
        @if let Some(notice) = notice { (told(language, notice)) }
        @for claim in of_customer(ticket) {
            @let forms = format!("/c/{token}/claims/{}", claim.id);
            (one(&Shown { claim, actor: &visit.actor, book: lens.book(claim), language, forms, visit }))
        }
        p.quiet { (say(language,
            "此页面只供您本人使用，请勿转发链接。",
            "This page is for you alone: please do not pass the link on.")) }
    };
    frame(code(language), &title, body)
}

fn told(language: Language, notice: Notice) -> Markup {
    let done = |zh, en| html! { p.notice role="status" { (say(language, zh, en)) } };
    match notice {
        Notice::Done(Done::Consented) => {
            done("谢谢，已记录您的同意。", "Thank you. Your consent is on record.")
        }
        Notice::Done(Done::Refused) => {
            done("已记录您不同意此报价。", "It is on record that you do not agree to the quote.")
        }
        Notice::Done(Done::Signed) => {
            done("谢谢，您已在服务报告上签字。", "Thank you. You have signed the service report.")
        }
        Notice::Done(Done::Surveyed) => done("谢谢您的意见。", "Thank you for your opinion."),
        Notice::Refused(texts) => html! {
            div.notice.problem role="alert" {
                @for text in texts { p { (text) } }
            }
        },
    }
}

fn one(shown: &Shown<'_>) -> Markup {
    let claim = shown.claim;
    let product = &claim.facts.product;
    let verdict = VerdictView::new(claim, &shown.book);
    let refusal = match &claim.state {
        State::Rejected(rejected) => Some(RefusalView::new(rejected, claim, &shown.book)),
        _ => None,
    };
    let given = refusal.as_ref().map_or(&verdict.reasons, |refusal| &refusal.reasons);
    let (state, next) = words::of(claim);
    let pending: Vec<_> = claim.deadlines.iter().filter(|deadline| deadline.is_pending()).collect();
    html! {
        section {
            h2 { (product.category) " " (product.model)
                @if let Some(serial) = &product.serial { " · " (serial) } }
            p.state { (shown.text(&state)) }
            @if let Some(words) = refusal.as_ref().and_then(|refusal| refusal.words.as_ref()) {
                p { (shown.say("理由：", "Reason: ")) (words) }
            }
            @if !verdict.missing.is_empty() {
                h3 { (shown.say("还需要您提供", "What we still need from you")) }
                ul { @for fact in &verdict.missing { li { (fact.label) } } }
            }
            @if !given.is_empty() {
                h3 { (shown.say("依据", "Why")) }
                (reasons(given))
            }
            h3 { (shown.say("接下来", "What happens next")) }
            p { (shown.text(&next)) }
            @if !pending.is_empty() {
                table {
                    tr { th { (shown.say("事项", "What")) } th { (shown.say("期限", "By when")) } }
                    @for deadline in pending {
                        tr {
                            td { (shown.text(&deadline.title)) }
                            td { (shown.time(deadline.due_at))
                                @if !deadline.is_running() { " " (shown.say("（暂停）", "(waiting)")) } }
                        }
                    }
                }
            }
            (quote::of(shown))
            (report::of(shown))
            (survey::of(shown))
        }
    }
}

fn reasons(all: &[ReasonView]) -> Markup {
    html! {
        ul {
            @for reason in all {
                li { (reason.title) @if !reason.text.is_empty() { ": " (reason.text) }
                    @if let Some(detail) = &reason.detail { " (" (detail) ")" } }
            }
        }
    }
}

/// The page of every link that leads nowhere, whatever the reason.
pub fn nowhere() -> Markup {
    let body = html! {
        h1 { "页面不存在 · Page not found" }
        p lang="zh" { "链接无效或已到期，请联系为您服务的门店。" }
        p lang="en" { "The link is not valid or has ended. Please ask whoever serves you for another one." }
    };
    frame("zh", "404", body)
}

/// The page of a fault of ours.
pub fn failed() -> Markup {
    let body = html! {
        h1 { "暂时无法显示 · Not available" }
        p lang="zh" { "请稍后再试。" }
        p lang="en" { "Please try again later." }
    };
    frame("zh", "503", body)
}

/// A form that was sent from somewhere else.
pub fn elsewhere(language: Language) -> Markup {
    let text = say(language, "表单不是从本页面提交的。", "The form was not sent from this page.");
    frame(code(language), "403", html! { h1 { (text) } })
}

fn frame(language: &str, title: &str, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex, nofollow";
                meta name="referrer" content="no-referrer";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { (body) } }
        }
    }
}
