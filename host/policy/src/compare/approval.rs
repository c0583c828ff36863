//! Approval plans: who signs.

use super::coverage::{citations, obligations};
use super::{Answer, At, Change};
use sanbao_domain::approval::ApprovalPlan;

impl Answer for ApprovalPlan {
    fn rules<'a>(&'a self, add: &mut dyn FnMut(&'a str)) {
        self.steps.iter().for_each(|step| add(&step.rule));
        self.obligations.iter().for_each(|obligation| add(&obligation.rule));
        self.citations.iter().for_each(|citation| add(&citation.rule));
    }

    fn changes(before: &Self, after: &Self, _: At<'_>, to: &mut Vec<Change>) {
        let roles = |plan: &Self| plan.steps.iter().map(|step| step.role.clone()).collect::<Vec<String>>();
        let (from, until) = (roles(before), roles(after));
        if from != until {
            to.push(Change::Approval { from, to: until });
        }
    }

    fn blank(&mut self) {
        obligations(&mut self.obligations);
        citations(&mut self.citations);
    }
}
