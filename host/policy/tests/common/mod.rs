//! What the tests of the engine share.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)] // Each test uses some of it; all of it is test code.

use sanbao_domain::calendar::CalendarSpec;
use sanbao_domain::case::Case;
use sanbao_policy::check::check;
use sanbao_policy::compile::Compiler;
use sanbao_policy::decision::Terms;
use sanbao_policy::engine::{Engine, EngineOptions};
use sanbao_policy::policy::Policy;
use std::sync::{Arc, LazyLock};

/// One engine for all tests of a binary, as in a host.
pub fn engine() -> &'static Arc<Engine> {
    static ENGINE: LazyLock<Arc<Engine>> =
        LazyLock::new(|| Engine::new(EngineOptions { instances: 16, ..EngineOptions::default() }).unwrap());
    &ENGINE
}

/// Compiles for [`engine`], in this process.
pub fn compiler() -> Compiler {
    Compiler::in_process(engine().clone())
}

/// Uploads a component.
pub fn policy(component: &[u8]) -> Arc<Policy> {
    let checked = check(&compiler(), component, &mut |_| ());
    checked.policy.unwrap_or_else(|| panic!("{:#?}", checked.report.problems))
}

/// The usual terms, with a plain calendar.
pub fn terms() -> Terms {
    Terms::new(Arc::new(CalendarSpec::of_zone("Asia/Shanghai").load().unwrap()))
}

/// A claim of a store's customer.
pub fn case() -> Case {
    serde_json::from_str(
        r#"{
            "now": {"on": "2024-05-20", "at": "2024-05-20T02:00:00Z"},
            "jurisdiction": "CN",
            "claimant": {"kind": "consumer"},
            "respondent": {"kind": "store", "standing": "branch"},
            "product": {"category": "television", "model": "T-55", "serial": "S1", "price": {"amount": 299900, "currency": "CNY"}},
            "dates": {"sold": "2024-05-01", "reported": "2024-05-20"},
            "history": {"repairs": [{"fault": "no-picture", "completed": "2024-05-10", "days_out_of_service": 3}]},
            "asked": "replace",
            "cause": "quality",
            "fault": "no-picture",
            "attributes": [{"name": "purchase-channel", "value": {"text": "store"}}]
        }"#,
    )
    .unwrap()
}
