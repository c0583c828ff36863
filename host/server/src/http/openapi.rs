//! The OpenAPI document: what the code of the routes says, and what is the same for all of them.

use super::idempotency;
use axum::body::Bytes;
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{
    ContentBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, PathItem, Ref, RefOr, Required,
};
use utoipa::{IntoResponses, PartialSchema, ToSchema};

/// Name of the security scheme.
const KEY: &str = "key";
/// A page that shows the document and loads nothing else.
const REFERENCE: &str = include_str!("reference.html");

/// RFC 9457 problem document.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument {
    /// Stable kind of problem.
    #[schema(example = "urn:sanbao:problem:invalid")]
    pub r#type: String,
    /// The kind in words.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What happened this time.
    pub detail: Option<String>,
    /// What to do about it.
    pub fix: Option<String>,
    /// Path of the field at fault.
    #[schema(example = "claims[0].dates.sold")]
    pub field: Option<String>,
    /// Rule behind it.
    #[schema(example = "STO-25")]
    pub rule: Option<String>,
    /// All fields at fault.
    pub errors: Option<Vec<FieldProblem>>,
    /// The request's id, to be found in the log.
    pub request_id: String,
}

/// One field at fault.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    /// Its path.
    pub field: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub fix: String,
}

const PROBLEMS: [(&str, &str, &str); 6] = [
    ("401", "Unauthenticated", "No key, or one that is unknown, revoked or expired."),
    ("403", "Forbidden", "The key lacks the scope that the operation needs."),
    ("404", "NotFound", "Nothing of the caller's is under this id."),
    ("409", "Conflict", "The present state does not allow it, or the same request is under way."),
    ("412", "PreconditionFailed", "`If-Match` names another version."),
    ("422", "Invalid", "The request says something impossible; `errors` names the fields."),
];

/// The problem documents that an operation may answer with.
#[derive(Debug)]
pub struct Problems;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        PROBLEMS
            .iter()
            .map(|(status, name, _)| ((*status).to_owned(), RefOr::Ref(Ref::from_response_name(*name))))
            .collect()
    }
}

/// What the document says beside the operations.
pub(crate) fn base() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Sanbao")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "After-sales service for many brands and dealers: tickets, and verdicts by the policy of whoever owes \
             the remedy. Times are RFC 3339, dates ISO 8601, money is in minor units; texts come in the language \
             of `Accept-Language` (zh, en).",
        ))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
        .build();
    let tags = [
        ("tickets", "Case files, their claims and what can be done with them."),
        (
            "procedures",
            "What runs beside a claim's own states: visits, charges, complaints, follow-ups and so on.",
        ),
        ("messages", "What goes out to customers and parties, and what people must carry."),
        ("records", "Verdicts, receipts, deadlines and the journal."),
        ("parts", "Spare parts: stock by place and condition, requisitions, old parts."),
        ("reports", "What tickets add up to, as JSON or CSV."),
        ("policies", "Policy versions and when they are in force."),
        ("parties", "Who takes part, keys, dealers and units."),
        ("host", "The host itself."),
    ];
    let tags = tags.map(|(name, about)| TagBuilder::new().name(name).description(Some(about)).build());
    OpenApiBuilder::new().info(info).tags(Some(tags)).build()
}

/// Adds what all operations have in common.
pub(crate) fn finished(mut document: OpenApi) -> OpenApi {
    let mut components = document.components.take().unwrap_or_default();
    let mut scheme = Http::new(HttpAuthScheme::Bearer);
    scheme.bearer_format = Some("sbk_…".to_owned());
    components.add_security_scheme(KEY, SecurityScheme::Http(scheme));
    components.schemas.insert("Problem".to_owned(), ProblemDocument::schema());
    components.schemas.insert("FieldProblem".to_owned(), FieldProblem::schema());
    for (_, name, about) in PROBLEMS {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let response = ResponseBuilder::new().description(about).content("application/problem+json", content);
        components.responses.insert(name.to_owned(), RefOr::T(response.build()));
    }
    document.components = Some(components);
    for (path, item) in &mut document.paths.paths {
        if path.starts_with("/v1/") {
            // Whoever verifies a receipt needs no key of ours.
            let open = path == "/v1/receipt-keys";
            for operation in [&mut item.get, &mut item.put, &mut item.delete, &mut item.patch]
                .into_iter()
                .filter(|_| !open)
            {
                operation.iter_mut().for_each(secured);
            }
            item.post.iter_mut().for_each(|operation| {
                secured(operation);
                operation.parameters.get_or_insert_default().push(RefOr::T(once()));
            });
        }
        speaks(item);
    }
    document
}

fn secured(operation: &mut Operation) {
    operation.security = Some(vec![SecurityRequirement::new(KEY, std::iter::empty::<String>())]);
}

fn speaks(item: &mut PathItem) {
    for operation in [&mut item.get, &mut item.post, &mut item.delete].into_iter().flatten() {
        operation.parameters.get_or_insert_default().push(RefOr::T(header_parameter(
            header::ACCEPT_LANGUAGE,
            "zh or en; English when neither is asked for.",
        )));
    }
}

fn once() -> Parameter {
    header_parameter(
        idempotency::HEADER,
        "1 to 200 characters, new for every new request. The same request again gets the same answer.",
    )
}

fn header_parameter(name: HeaderName, about: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name.as_str())
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(about))
        .schema(Some(ObjectBuilder::new().schema_type(SchemaType::Type(Type::String))))
        .build()
}

/// The document as it is served.
pub(crate) fn served(document: OpenApi) -> impl IntoResponse + Clone {
    let text = serde_json::to_vec(&finished(document)).unwrap_or_default();
    ([(header::CONTENT_TYPE, "application/json")], Bytes::from(text))
}

/// The reference page. Its policy forbids the browser to load anything from elsewhere.
pub(crate) async fn reference() -> impl IntoResponse {
    const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
        connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    (
        [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, POLICY)],
        REFERENCE,
    )
}
