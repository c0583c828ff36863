//! Writes the messages that events call for: who is told, by which means, at which address, in which
//! language.

use crate::app::App;
use crate::channels::templates::{Template, fill};
use crate::http::problem::Problem;
use crate::services::parties;
use sanbao_domain::case::{Channel, Side};
use sanbao_domain::claim::notices::{Event as NoticeEvent, Sequence};
use sanbao_domain::claim::{Claim, Event, counter, procedure};
use sanbao_domain::deadline::Deadline;
use sanbao_domain::ids::{ClaimId, PartyId};
use sanbao_domain::message::{Addressee, Means, Message, MessageState};
use sanbao_domain::notices::Recipient;
use sanbao_domain::party::Contact;
use sanbao_domain::text::{Language, Text};
use sanbao_domain::ticket::{Customer, Ticket};
use sanbao_domain::time::Timestamp;
use sanbao_store::{Scope, contact};

/// What a message is written from.
struct Draft {
    about: String,
    addressee: Addressee,
    channels: Vec<Channel>,
    subject: Text,
    body: Text,
    rules: Vec<String>,
    places: Vec<(&'static str, String)>,
}

/// The messages that an event on a claim calls for; most call for none. The event is applied already.
///
/// # Errors
/// The database.
pub async fn called_for(
    app: &App,
    ticket: &Ticket,
    claim: ClaimId,
    event: &Event,
    now: Timestamp,
) -> Result<Vec<Message>, Problem> {
    let Some(claim) = ticket.claim(claim) else { return Ok(Vec::new()) };
    let notices = &claim.procedures.notices;
    let draft = match event {
        Event::Procedure(procedure::Event::Notices(NoticeEvent::Told { sequence, .. })) => {
            notices.sequence(*sequence).map(|sequence| notice(ticket, claim, sequence))
        }
        Event::Procedure(procedure::Event::Notices(NoticeEvent::Exhausted { sequence, then }))
            if then.tells_superior() =>
        {
            notices.sequence(*sequence).map(|sequence| superior(claim, sequence))
        }
        Event::Procedure(procedure::Event::Counter(counter::Event::PostDue)) => Some(post(ticket, claim)),
        Event::DeadlineMissed { deadline, .. } => {
            let missed = claim.deadlines.iter().find(|known| known.id == *deadline);
            match missed {
                // A party that left no address looks at its list of deadlines.
                Some(_) if !reachable(&contact(app, claim.respondent).await?) => None,
                Some(missed) => Some(late(app, claim, missed).await?),
                None => None,
            }
        }
        _ => None,
    };
    match draft {
        Some(draft) => Ok(vec![written(app, ticket, claim, draft, now).await?]),
        None => Ok(Vec::new()),
    }
}

fn notice(ticket: &Ticket, claim: &Claim, sequence: &Sequence) -> Draft {
    let addressee = match &sequence.recipient {
        Recipient::Side(Side::Claimant) => claimant(ticket, claim),
        Recipient::Side(Side::Respondent) => Addressee::Party { party: claim.respondent, role: None },
        Recipient::Role(role) => Addressee::Party { party: claim.respondent, role: Some(role.clone()) },
        // They hold no account: whoever handles the ticket passes it on.
        Recipient::Side(Side::Carrier) => passed_on(claim, "carrier"),
        Recipient::Side(Side::Upstream) => passed_on(claim, "upstream"),
    };
    Draft {
        about: sequence.id.clone(),
        addressee,
        channels: sequence.channels.clone(),
        subject: sequence.subject.clone(),
        body: sequence.body.clone(),
        rules: sequence.rules.clone(),
        places: Vec::new(),
    }
}

fn superior(claim: &Claim, sequence: &Sequence) -> Draft {
    let (subject, body) = Template::SuperiorTold.texts();
    let told = sequence.told_at.len().to_string();
    // The subject of the notices stands in both languages: it goes into the text of its own.
    let body = Text::new(
        body.zh.replace("{subject}", &sequence.subject.zh),
        body.en.replace("{subject}", &sequence.subject.en),
    );
    Draft {
        about: Template::SuperiorTold.about().to_owned(),
        addressee: Addressee::Party { party: claim.respondent, role: None },
        channels: Vec::new(),
        subject,
        body,
        rules: sequence.rules.clone(),
        places: vec![("times", told)],
    }
}

fn post(ticket: &Ticket, claim: &Claim) -> Draft {
    let (subject, body) = Template::PostGoods.texts();
    let notices = &claim.procedures.notices.sequences;
    let last = notices.iter().rev().find(|sequence| sequence.at_last.posts_goods());
    Draft {
        about: Template::PostGoods.about().to_owned(),
        addressee: claimant(ticket, claim),
        channels: vec![Channel::Post],
        subject,
        body,
        rules: last.map(|sequence| sequence.rules.clone()).unwrap_or_default(),
        places: vec![("times", last.map_or(0, |sequence| sequence.told_at.len()).to_string())],
    }
}

async fn late(app: &App, claim: &Claim, missed: &Deadline) -> Result<Draft, Problem> {
    let (subject, body) = Template::DeadlineMissed.texts();
    let body = Text::new(
        body.zh.replace("{subject}", &missed.title.zh),
        body.en.replace("{subject}", &missed.title.en),
    );
    Ok(Draft {
        about: Template::DeadlineMissed.about().to_owned(),
        addressee: Addressee::Party { party: claim.respondent, role: None },
        channels: Vec::new(),
        subject,
        body,
        rules: missed.rules.clone(),
        places: vec![("due", clock_time(app, claim, missed.due_at).await?)],
    })
}

fn claimant(ticket: &Ticket, claim: &Claim) -> Addressee {
    match claim.claimant.party {
        Some(party) => Addressee::Party { party, role: None },
        None => {
            let name = ticket.customer.as_ref().map(|customer| customer.name.clone()).unwrap_or_default();
            Addressee::Customer { name }
        }
    }
}

fn passed_on(claim: &Claim, to: &str) -> Addressee {
    Addressee::Party { party: claim.handler, role: Some(to.to_owned()) }
}

async fn written(
    app: &App,
    ticket: &Ticket,
    claim: &Claim,
    draft: Draft,
    now: Timestamp,
) -> Result<Message, Problem> {
    let Draft { about, addressee, channels, subject, body, rules, mut places } = draft;
    let (means, address, language) = match addressee.party() {
        None => {
            let customer = ticket.customer.clone().unwrap_or_default();
            let (means, address) = to_customer(&customer, &channels);
            (means, address, customer.language.unwrap_or(Language::Zh))
        }
        Some(party) => {
            let contact = contact(app, party).await?;
            let (means, address) = to_party(&contact, &channels);
            (means, address, contact.language)
        }
    };
    places.extend([
        ("ticket", ticket.reference.clone().unwrap_or_else(|| ticket.number.to_string())),
        ("number", ticket.number.to_string()),
        ("model", claim.facts.product.model.clone()),
    ]);
    if places.iter().all(|(place, _)| *place != "due") {
        places.extend(due(app, claim).await?.map(|due| ("due", due)));
    }
    let mut message = Message {
        id: app.id(),
        handler: ticket.handler,
        ticket: Some(ticket.id),
        claim: Some(claim.id),
        about,
        addressee,
        means,
        address,
        language,
        subject: fill(subject.get(language), &places),
        body: fill(body.get(language), &places),
        rules,
        created_at: now,
        state: MessageState::Queued,
        attempts: 0,
        next_attempt_at: None,
        reason: None,
        settled_at: None,
        remark: None,
        done_by: None,
    };
    message.dispatch(now, no_address());
    Ok(message)
}

/// A message to a party about one of its policies; it belongs to no ticket.
///
/// # Errors
/// The database.
pub async fn of_policy(
    app: &App,
    party: PartyId,
    template: Template,
    places: &[(&str, String)],
    now: Timestamp,
) -> Result<Message, Problem> {
    let contact = contact(app, party).await?;
    let (means, address) = to_party(&contact, &[]);
    let (subject, body) = template.words(contact.language);
    let mut message = Message {
        id: app.id(),
        handler: party,
        ticket: None,
        claim: None,
        about: template.about().to_owned(),
        addressee: Addressee::Party { party, role: None },
        means,
        address,
        language: contact.language,
        subject: fill(subject, places),
        body: fill(body, places),
        rules: Vec::new(),
        created_at: now,
        state: MessageState::Queued,
        attempts: 0,
        next_attempt_at: None,
        reason: None,
        settled_at: None,
        remark: None,
        done_by: None,
    };
    message.dispatch(now, no_address());
    Ok(message)
}

/// How the customer is reached. What the host can send by itself comes first; else a person calls, goes or
/// writes, as the rule says. Without any address it is what the rule names first.
fn to_customer(customer: &Customer, channels: &[Channel]) -> (Means, Option<String>) {
    let mut ways: Vec<Means> = Vec::new();
    for channel in if channels.is_empty() { &[Channel::Message] } else { channels } {
        ways.extend_from_slice(match channel {
            Channel::Message => &[Means::Email, Means::Phone],
            Channel::Written => &[Means::Email, Means::Post],
            Channel::Phone => &[Means::Phone],
            Channel::InPerson | Channel::OnSite => &[Means::InPerson],
            Channel::Post => &[Means::Post],
        });
    }
    let address = |means: Means| match means {
        Means::Email => customer.email.clone(),
        Means::Phone => customer.phone.clone(),
        Means::Post => customer.address.clone(),
        Means::InPerson => Some(customer.name.clone()),
        Means::Webhook => None,
    };
    let reaching = |by_person: bool| {
        ways.iter()
            .copied()
            .filter(|means| means.by_person() == by_person)
            .find_map(|means| Some((means, address(means).filter(|address| !address.trim().is_empty())?)))
    };
    match reaching(false).or_else(|| reaching(true)) {
        Some((means, address)) => (means, Some(address)),
        None => (ways.first().copied().unwrap_or(Means::Email), None),
    }
}

/// How a party is reached: its program, its e-mail, its telephone.
fn to_party(contact: &Contact, channels: &[Channel]) -> (Means, Option<String>) {
    if contact.webhook.is_some() {
        (Means::Webhook, None)
    } else if let Some(email) = &contact.email {
        (Means::Email, Some(email.clone()))
    } else if let Some(phone) = contact.phone.as_ref().filter(|_| channels.contains(&Channel::Phone)) {
        (Means::Phone, Some(phone.clone()))
    } else {
        (Means::Email, None)
    }
}

fn reachable(contact: &Contact) -> bool {
    contact.webhook.is_some() || contact.email.is_some()
}

/// Looks the address of a held message up again.
///
/// # Errors
/// The database.
pub async fn address_again(app: &App, message: &mut Message) -> Result<(), Problem> {
    if let Some(party) = message.addressee.party() {
        (message.means, message.address) = to_party(&contact(app, party).await?, &[]);
    }
    Ok(())
}

/// Why a message without an address is held.
pub fn no_address() -> Text {
    Text::new("没有可用的地址", "no address is known")
}

async fn contact(app: &App, party: PartyId) -> Result<Contact, Problem> {
    // Whoever writes on a ticket reaches the other party through the host, which alone sees its address.
    let mut conn = app.store().read(Scope::Platform).await?;
    Ok(contact::find(&mut conn, party).await?)
}

/// The date promised last at the counter, else the next deadline's.
async fn due(app: &App, claim: &Claim) -> Result<Option<String>, Problem> {
    if let Some(day) = claim.procedures.counter.promised() {
        return Ok(Some(day.to_string()));
    }
    let running = claim.deadlines.iter().filter(|deadline| deadline.is_running());
    match running.map(|deadline| deadline.due_at).min() {
        Some(at) => Ok(Some(clock_time(app, claim, at).await?)),
        None => Ok(None),
    }
}

/// As the respondent's clock shows it.
async fn clock_time(app: &App, claim: &Claim, at: Timestamp) -> Result<String, Problem> {
    let respondent = parties::known(app, claim.respondent).await?.ok_or_else(Problem::not_found)?;
    let zone = respondent.calendar.time_zone().clone();
    Ok(at.to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string())
}
