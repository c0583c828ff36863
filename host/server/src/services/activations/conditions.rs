//! What must hold before a version comes into force. Each condition has a file of its own, and says itself to
//! which ways of coming into force it applies.

mod back_test;
mod loads;
mod not_retired;
mod signed;

use crate::app::App;
use crate::http::problem::Problem;
use crate::services::back_tests::condition::Demand;
use crate::services::parties::Known;
use sanbao_store::activation::Activation;
use sanbao_store::policy::Policy;

/// An activation that is about to be made.
#[derive(Clone, Copy, Debug)]
pub struct Intended<'a> {
    /// Whose it is.
    pub party: &'a Known,
    /// The version.
    pub version: &'a Policy,
    /// As it would be written.
    pub activation: &'a Activation,
    /// How it comes about.
    pub how: How,
    /// What its party demands of a back-test before.
    pub back_test: Option<&'a Demand>,
}

/// How a version comes into force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Its party activates it.
    Activated,
    /// It is in force already and gets other settings.
    Changed,
    /// It judges again, because a later one is taken back.
    Returned,
}

/// Checks every condition; those that cost nothing first.
///
/// # Errors
/// The first that does not hold.
pub async fn check(app: &App, intended: &Intended<'_>) -> Result<(), Problem> {
    not_retired::check(intended)?;
    signed::check(app, intended).await?;
    back_test::check(app, intended).await?;
    loads::check(app, intended).await
}
