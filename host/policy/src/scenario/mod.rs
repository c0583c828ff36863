//! Scenarios: the cases by which an author shows that a policy does what its rules say.
//!
//! A table is a TOML file for one rule, facts laid over what `base.toml` states for all, and the parts of the
//! answer that matter. A folder of them is a [`Set`]; it travels in the policy itself, as the custom section
//! [`SECTION`], so that every host which takes the policy in can run it.

mod answer;
mod case;
mod form;
mod report;
mod run;
mod section;
mod set;

pub use answer::Short;
pub use form::{Ask, Base, Scenario, Table};
pub use report::{Budget, Deviation, Failed, Fuel, InterfaceReport, ScenarioReport, Stopped};
pub use run::{AskError, Asked, Given};
pub use section::{SECTION, SECTION_SIZE, SectionError, add, find};
pub use set::{BASE, FormError, MOST, Set};
