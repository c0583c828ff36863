//! `…/charges/…`: work that is paid for (STO-05, 10, 30, 31; LGT-50; BUS-16).

use super::steps::steps;
use crate::app::App;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use crate::http::schema;
use crate::services::tickets::facts::money;
use crate::services::tickets::procedures::charges::AskQuote;
use sanbao_domain::case::Channel;
use sanbao_domain::charges::{Item, ItemKind};
use sanbao_domain::claim::charges::Command;
use sanbao_domain::claim::procedure;
use sanbao_domain::ids::QuoteId;
use sanbao_domain::money::{Decimal, Money};
use sanbao_domain::text::Text;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(quote))
        .routes(routes!(disclose))
        .routes(routes!(consent))
        .routes(routes!(refuse))
        .routes(routes!(approve))
        .routes(routes!(reject))
        .routes(routes!(collect))
        .routes(routes!(hand_in))
}

/// Work that is planned.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct QuoteItem {
    /// labour, part, travel, freight or inspection.
    #[schema(value_type = String, example = "labour")]
    kind: ItemKind,
    /// Part number or code of the work.
    code: String,
    /// How much of it, as a decimal in text; one when nothing is said.
    #[schema(example = "1.5")]
    quantity: Option<String>,
    /// List price of one, where it is known.
    #[schema(value_type = Option<schema::Money>)]
    price: Option<Money>,
}

/// The work to be quoted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AskForQuote {
    /// 1 to 100 items.
    items: Vec<QuoteItem>,
}

/// The customer was told.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DiscloseQuote {
    /// Which quote; the last one when nothing is said.
    #[schema(value_type = Option<String>, format = Uuid)]
    quote: Option<QuoteId>,
    /// To whom.
    to: String,
    /// phone, written, message, in-person, on-site or post.
    #[schema(value_type = String, example = "in-person")]
    channel: Channel,
}

/// The claimant agrees.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConsentToQuote {
    /// Which quote; the last one when nothing is said.
    #[schema(value_type = Option<String>, format = Uuid)]
    quote: Option<QuoteId>,
    /// Name of whoever agrees.
    by: String,
}

/// The claimant does not agree.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RefuseQuote {
    /// Which quote; the last one when nothing is said.
    #[schema(value_type = Option<String>, format = Uuid)]
    quote: Option<QuoteId>,
    /// Name of whoever refuses.
    by: String,
    /// Why.
    reason: String,
}

/// A superior agrees.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct ApproveQuote {
    /// Which quote; the last one when nothing is said.
    #[schema(value_type = Option<String>, format = Uuid)]
    quote: Option<QuoteId>,
    /// Remark.
    note: Option<String>,
}

/// A superior does not agree.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RejectQuote {
    /// Which quote; the last one when nothing is said.
    #[schema(value_type = Option<String>, format = Uuid)]
    quote: Option<QuoteId>,
    /// Why.
    reason: String,
}

/// Money that changes hands.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct QuotePayment {
    /// Which quote; the last one when nothing is said.
    #[schema(value_type = Option<String>, format = Uuid)]
    quote: Option<QuoteId>,
    /// How much.
    #[schema(value_type = schema::Money)]
    amount: Money,
    /// Number of the receipt for it.
    receipt: String,
}

steps! {
    /// What the work costs: the policy says, with who must agree and when money may be taken.
    quote "charges/quote" AskForQuote => |given, app| AskQuote { quote: app.id(), items: items(given.items)? };
    /// The customer was told what it costs, before the work (STO-30).
    disclose "charges/disclose" DiscloseQuote => |given, app| {
        checked(&[("to", &given.to)])?;
        procedure::Command::Charges(Command::Disclose { quote: given.quote, to: given.to, channel: given.channel })
    };
    /// The claimant agrees (STO-30).
    consent "charges/consent" ConsentToQuote => |given, app| {
        checked(&[("by", &given.by)])?;
        procedure::Command::Charges(Command::Consent { quote: given.quote, by: given.by })
    };
    /// The claimant does not agree; another quote may follow.
    refuse "charges/refuse" RefuseQuote => |given, app| {
        checked(&[("by", &given.by), ("reason", &given.reason)])?;
        procedure::Command::Charges(Command::Refuse { quote: given.quote, by: given.by, reason: given.reason })
    };
    /// The superior whom the policy names agrees (BUS-16). The key must hold the role.
    approve "charges/approve" ApproveQuote => |given, app| {
        Checks::new().optional("note", given.note.as_deref(), 0..=5000).done()?;
        procedure::Command::Charges(Command::Approve { quote: given.quote, note: given.note })
    };
    /// The superior does not agree.
    reject "charges/reject" RejectQuote => |given, app| {
        checked(&[("reason", &given.reason)])?;
        procedure::Command::Charges(Command::Reject { quote: given.quote, reason: given.reason })
    };
    /// Money is taken: when everybody agreed who must, and when the policy allows it (STO-31).
    collect "charges/collect" QuotePayment => |given, app| {
        let QuotePayment { quote, amount, receipt } = paid(given)?;
        procedure::Command::Charges(Command::Collect { quote, amount, receipt })
    };
    /// All the money that was taken is handed in (BUS-16).
    hand_in "charges/hand-in" QuotePayment => |given, app| {
        let QuotePayment { quote, amount, receipt } = paid(given)?;
        procedure::Command::Charges(Command::HandIn { quote, amount, receipt })
    };
}

fn checked(texts: &[(&str, &String)]) -> Result<(), Problem> {
    let mut checks = Checks::new();
    for (field, text) in texts {
        checks.text(*field, text, 0..=5000);
    }
    checks.done()
}

fn paid(given: QuotePayment) -> Result<QuotePayment, Problem> {
    let mut checks = Checks::new();
    checks.text("receipt", &given.receipt, 1..=200);
    money(&mut checks, "amount".to_owned(), &given.amount);
    checks.done()?;
    Ok(given)
}

fn items(given: Vec<QuoteItem>) -> Result<Vec<Item>, Problem> {
    let mut checks = Checks::new();
    checks.that(
        (1..=100).contains(&given.len()),
        "items",
        Text::new("项目数量不合要求", "there are too few or too many items"),
        Text::new("填写 1 至 100 项。", "Give 1 to 100 items."),
    );
    let mut items = Vec::with_capacity(given.len());
    for (index, QuoteItem { kind, code, quantity, price }) in given.into_iter().enumerate() {
        checks.text(format!("items[{index}].code"), &code, 1..=100);
        if let Some(price) = &price {
            money(&mut checks, format!("items[{index}].price"), price);
        }
        let amount = quantity.as_deref().unwrap_or("1").parse::<Decimal>();
        checks.that(
            amount.is_ok_and(|amount| amount.digits > 0),
            format!("items[{index}].quantity"),
            Text::new("数量不是正的小数", "this is no decimal above nothing"),
            Text::new("如 \"1\" 或 \"1.5\"。", "Write \"1\" or \"1.5\"."),
        );
        if let Ok(quantity) = amount {
            items.push(Item { kind, code, quantity, price });
        }
    }
    checks.done()?;
    Ok(items)
}
