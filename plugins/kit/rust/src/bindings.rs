//! The contract as Rust types. Every exported interface is a small world of its own, so that a pack
//! exports exactly what its party needs; the parts are merged when the module becomes a component.
#![allow(missing_docs, unreachable_pub, clippy::all)]

/// What every policy is made of: the shared types, the imports and its manifest.
pub mod policy {
    wit_bindgen::generate!({
        path: "../../../wit",
        world: "sanbao:policy/policy",
        pub_export_macro: true,
        export_macro_name: "export_manifest",
        generate_all,
        additional_derives: [PartialEq, Eq],
    });
}

macro_rules! interface {
    ($module:ident, $world:literal, $export:literal) => {
        #[doc = concat!("Exports `", stringify!($module), "`.")]
        pub mod $module {
            wit_bindgen::generate!({
                path: "../../../wit",
                inline: $world,
                pub_export_macro: true,
                export_macro_name: $export,
                additional_derives: [PartialEq, Eq],
                with: { "sanbao:policy/types@1.0.0": super::policy::sanbao::policy::types },
            });
        }
    };
}

interface!(
    coverage,
    "package sanbao:kit; world with-coverage { export sanbao:policy/coverage@1.0.0; }",
    "export_coverage"
);
interface!(
    approval,
    "package sanbao:kit; world with-approval { export sanbao:policy/approval@1.0.0; }",
    "export_approval"
);
interface!(
    service_level,
    "package sanbao:kit; world with-service-level { export sanbao:policy/service-level@1.0.0; }",
    "export_service_level"
);
interface!(
    penalty,
    "package sanbao:kit; world with-penalty { export sanbao:policy/penalty@1.0.0; }",
    "export_penalty"
);
interface!(
    retention,
    "package sanbao:kit; world with-retention { export sanbao:policy/retention@1.0.0; }",
    "export_retention"
);
interface!(
    charges,
    "package sanbao:kit; world with-charges { export sanbao:policy/charges@1.0.0; }",
    "export_charges"
);
interface!(
    notices,
    "package sanbao:kit; world with-notices { export sanbao:policy/notices@1.0.0; }",
    "export_notices"
);
interface!(
    follow_up,
    "package sanbao:kit; world with-follow-up { export sanbao:policy/follow-up@1.0.0; }",
    "export_follow_up"
);
