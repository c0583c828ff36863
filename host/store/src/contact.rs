//! How the host reaches a party.

use crate::batch::Table;
use crate::record::record;
use crate::statements::statements;
use crate::value::{vals, word};
use crate::{Conn, StoreError};
use jiff::Timestamp;
use sanbao_domain::ids::PartyId;
use sanbao_domain::party::{Contact, Webhook};

/// People of the party.
pub(crate) const PEOPLE: Table = Table {
    name: "party_contact",
    columns: &["party_id", "email", "phone", "language", "updated_at"],
    conflict: " ON CONFLICT (party_id) DO UPDATE SET email = excluded.email, phone = excluded.phone, \
        language = excluded.language, updated_at = excluded.updated_at",
};

/// Its program.
pub(crate) const PROGRAM: Table = Table {
    name: "party_contact",
    columns: &["party_id", "language", "webhook_url", "webhook_secret", "updated_at"],
    conflict: " ON CONFLICT (party_id) DO UPDATE SET webhook_url = excluded.webhook_url, \
        webhook_secret = excluded.webhook_secret, updated_at = excluded.updated_at",
};

statements! {
    FIND = "SELECT party_id, email, phone, language, webhook_url, webhook_secret FROM party_contact \
        WHERE party_id = $1";
}

struct Row {
    email: Option<String>,
    phone: Option<String>,
    language: sanbao_domain::text::Language,
    webhook_url: Option<String>,
    webhook_secret: Option<String>,
}
record!(Row { email, phone, language as Word, webhook_url, webhook_secret });

/// How a party is reached; nothing but the usual language where it said nothing.
pub async fn find(conn: &mut Conn, party: PartyId) -> Result<Contact, StoreError> {
    let row = conn.optional::<Row>(FIND, vals![party]).await?;
    Ok(row.map_or_else(Contact::default, |row| {
        let webhook = row.webhook_url.zip(row.webhook_secret);
        Contact {
            email: row.email,
            phone: row.phone,
            language: row.language,
            webhook: webhook.map(|(url, secret)| Webhook { url, secret }),
        }
    }))
}

/// Says how a party's people are reached; its webhook stays.
pub async fn put_people(
    conn: &mut Conn,
    party: PartyId,
    contact: &Contact,
    now: Timestamp,
) -> Result<(), StoreError> {
    let values =
        vals![party, contact.email.as_deref(), contact.phone.as_deref(), word(&contact.language)?, now];
    conn.execute(PEOPLE.insert(1), values).await.map(drop)
}

/// Says where a party's program listens, or that there is none; its people stay.
pub async fn put_webhook(
    conn: &mut Conn,
    party: PartyId,
    webhook: Option<&Webhook>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let language = word(&Contact::default().language)?;
    let values = vals![
        party,
        language,
        webhook.map(|webhook| webhook.url.as_str()),
        webhook.map(|webhook| webhook.secret.as_str()),
        now
    ];
    conn.execute(PROGRAM.insert(1), values).await.map(drop)
}
