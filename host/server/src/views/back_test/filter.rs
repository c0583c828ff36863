//! Which decisions a back-test asks again, as it was asked for.

use crate::services::back_tests::{Amount, Request};
use sanbao_domain::time::{Date, Timestamp};
use sanbao_policy::contract::Interface;
use sanbao_policy::question::FUNCTIONS;
use serde::Serialize;
use utoipa::ToSchema;

/// Which decisions; what is absent leaves none out.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = BackTestFilterShown)]
pub struct FilterView {
    /// Decided at this instant or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub decided_from: Option<Timestamp>,
    /// Decided before this instant.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub decided_until: Option<Timestamp>,
    /// First basis date.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub basis_from: Option<Date>,
    /// Last basis date.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub basis_to: Option<Date>,
    /// Product categories.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Product models.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<String>,
    /// Interfaces of the contract.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>, example = json!(["coverage"]))]
    pub interfaces: Vec<Interface>,
    /// How many.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>, example = json!({ "percent": 5 }))]
    pub sample: Option<Amount>,
    /// What the sample and the examples are drawn with.
    pub seed: u64,
}

impl FilterView {
    pub(super) fn new(request: &Request) -> Self {
        let asked =
            FUNCTIONS.iter().filter(|(_, function)| request.functions.iter().any(|one| one == function));
        let mut interfaces: Vec<Interface> = asked.map(|(interface, _)| *interface).collect();
        interfaces.dedup();
        if request.functions.len() == FUNCTIONS.len() {
            interfaces.clear();
        }
        let wanted = request.wanted.clone();
        Self {
            decided_from: request.decided_from,
            decided_until: request.decided_until,
            basis_from: wanted.basis_from,
            basis_to: wanted.basis_to,
            categories: wanted.categories,
            models: wanted.models,
            interfaces,
            sample: request.sample,
            seed: request.seed,
        }
    }
}
