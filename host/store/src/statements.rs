//! Every SQL text of the store, so that a test can have both engines parse them all.

use crate::conn::Conn;
use crate::{Engine, Scope, Store, StoreError};
use crate::{
    activation, artifact, back_test, claim, clock, contact, deadline, dealership, finding, follow_up,
    history, idempotency, journal, key, limit, link, message, money, number, parts, party, policy,
    policy_health, predecessor, receipt, receipt_key, report, shadow, signing, ticket, unit, upload,
    upstream, wake,
};
use std::borrow::Cow;

/// Names the statements of a module and lists them.
macro_rules! statements {
    ($($name:ident = $sql:expr;)*) => {
        $(const $name: &str = $sql;)*
        pub(crate) const STATEMENTS: &[&str] = &[$($name),*];
    };
}
pub(crate) use statements;

fn all(engine: Engine) -> Vec<Cow<'static, str>> {
    let modules = [
        activation::STATEMENTS,
        activation::rollback::STATEMENTS,
        clock::STATEMENTS,
        contact::STATEMENTS,
        deadline::STATEMENTS,
        follow_up::STATEMENTS,
        report::STATEMENTS,
        dealership::STATEMENTS,
        finding::STATEMENTS,
        idempotency::STATEMENTS,
        journal::STATEMENTS,
        key::STATEMENTS,
        link::STATEMENTS,
        message::STATEMENTS,
        number::STATEMENTS,
        parts::balance::STATEMENTS,
        parts::catalogue::STATEMENTS,
        parts::document::STATEMENTS,
        parts::posting::STATEMENTS,
        parts::requisition::STATEMENTS,
        party::STATEMENTS,
        policy::STATEMENTS,
        receipt::STATEMENTS,
        ticket::STATEMENTS,
        unit::STATEMENTS,
        upstream::STATEMENTS,
        upload::STATEMENTS,
        upload::work::STATEMENTS,
        artifact::STATEMENTS,
        signing::STATEMENTS,
        receipt_key::STATEMENTS,
        limit::STATEMENTS,
        back_test::STATEMENTS,
        history::STATEMENTS,
        shadow::STATEMENTS,
        policy_health::STATEMENTS,
        policy_health::guard::STATEMENTS,
        predecessor::STATEMENTS,
        &[deadline::claim_due_sql(engine), message::claim_due_sql(engine), wake::claim_due_sql(engine)],
        &[upload::work::claim_sql(engine)],
        &[back_test::take_sql(engine), history::page_sql(engine)],
    ];
    let tables = [
        &activation::TABLE,
        &activation::rollback::TABLE,
        &limit::TABLE,
        &back_test::TABLE,
        &contact::PEOPLE,
        &contact::PROGRAM,
        &dealership::TABLE,
        &deadline::TABLE,
        &finding::TABLE,
        &idempotency::TABLE,
        &journal::TABLE,
        &key::TABLE,
        &link::TABLE,
        &message::TABLE,
        &money::TABLE,
        &parts::catalogue::TABLE,
        &parts::document::TABLE,
        &parts::posting::TABLE,
        &parts::requisition::TABLE,
        &party::TABLE,
        &policy::TABLE,
        &policy_health::HOURS,
        &policy_health::COUNTS,
        &policy_health::guard::TABLE,
        &policy_health::guard::RETURNS,
        &shadow::TABLE,
        &shadow::COUNTS,
        &shadow::DIVERGENCES,
        &receipt::TABLE,
        &ticket::TABLE,
        &claim::TABLE,
        &follow_up::TABLE,
        &unit::TABLE,
        &upstream::TABLE,
        &receipt_key::TABLE,
        &upload::TABLE,
        &upload::EVENTS,
        &signing::TABLE,
    ];
    let statements = modules.into_iter().flatten().map(|sql| Cow::Borrowed(*sql));
    statements.chain(tables.map(|table| table.insert(2).into())).collect()
}

impl Store {
    /// Has the database parse every statement that the store can send, without running any. Answers
    /// their number, or the first that does not fit the schema.
    pub async fn prepare_all(&self) -> Result<usize, (String, StoreError)> {
        let mut conn: Conn = self.read(Scope::Platform).await.map_err(|error| (String::new(), error))?;
        let statements = all(self.engine());
        for sql in &statements {
            conn.prepare(sql.clone()).await.map_err(|error| (sql.to_string(), error))?;
        }
        Ok(statements.len())
    }
}
