//! `approval`: who signs, in which order.

use super::answer::{all, citation, destination, obligation, side, span};
use super::case::case;
use super::exports::approval as wit;
use super::{Bound, ask, wit as types};
use crate::contract::{Asked, PutTo};
use crate::guest::Guest;
use crate::question::Approval;
use sanbao_domain::approval::{ApprovalPlan, ApprovalRequest, ApprovalStep, Subject};
use wasmtime::Store;

impl PutTo<Bound> for Approval {
    type Prepared = (types::Case, wit::Request);

    fn prepare(self) -> Self::Prepared {
        (case(self.case), request(self.request))
    }

    fn ask((case, request): &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Asked<Self> {
        Ok(Ok(plan(bound.plan_for(store, case, request)?)))
    }
}

same_cases! {
    subject: Subject => wit::Subject { Remedy PartRequisition PaidWork ServiceReport Expense }
}

fn plan(plan: wit::Plan) -> ApprovalPlan {
    ApprovalPlan {
        steps: all(plan.steps, |step| ApprovalStep {
            role: step.role,
            by: side(step.by),
            within: step.within.map(span),
            rule: step.rule,
        }),
        goods_to: destination(plan.goods_to),
        obligations: all(plan.obligations, obligation),
        citations: all(plan.citations, citation),
    }
}

fn request(request: ApprovalRequest) -> wit::Request {
    wit::Request {
        subject: subject(request.subject),
        remedy: request.remedy.map(ask::remedy),
        offered: request.offered,
        disputed: request.disputed,
        amount: request.amount.map(ask::money),
    }
}
