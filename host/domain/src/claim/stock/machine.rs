//! The machine: no transfer before the customer was asked again, no collection before the arrival.

use super::{Arranged, Command, Ended, Event, Name, Refusal, Stock, Told};
use crate::actor::Actor;
use crate::case::{CaseEvent, Channel, Matter};
use crate::claim::procedure::{Explanation, Procedure};
use crate::claim::{Claim, CommandName, Event as ClaimEvent, Refusal as ClaimRefusal};
use crate::time::Timestamp;

impl Stock {
    fn may(&self, name: Name) -> Result<(), Refusal> {
        let first = |done: bool, missing: Refusal| if done { Ok(()) } else { Err(missing) };
        let once = |done: bool| if done { Err(Refusal::Done) } else { Ok(()) };
        if self.ended.is_some() {
            return Err(Refusal::Ended);
        }
        let started = self.transfer_started_at.is_some();
        match name {
            Name::Arrange => once(self.arrived_at.is_some()),
            Name::Confirm => {
                first(self.arranged.is_some(), Refusal::NotArranged)?;
                once(self.confirmed_at.is_some())
            }
            Name::AskAgain => {
                first(self.confirmed_at.is_some(), Refusal::NotConfirmed)?;
                once(self.still_wanted.is_some())
            }
            Name::StartTransfer => {
                first(self.confirmed_at.is_some(), Refusal::NotConfirmed)?;
                first(self.still_wanted.is_some(), Refusal::NotAskedAgain)?;
                once(started)
            }
            Name::Arrive => {
                first(started, Refusal::NotStarted)?;
                once(self.arrived_at.is_some())
            }
            Name::Notify => first(self.arrived_at.is_some(), Refusal::NotArrived),
            Name::Collect => first(self.arrived_at.is_some(), Refusal::NotArrived),
            Name::Reply | Name::Decline => Ok(()),
        }
    }
}

impl Procedure for Stock {
    type Command = Command;
    type Name = Name;
    type Event = Event;
    type Refusal = Refusal;

    const NAMES: &'static [Name] = &[
        Name::Arrange,
        Name::Confirm,
        Name::AskAgain,
        Name::StartTransfer,
        Name::Reply,
        Name::Arrive,
        Name::Notify,
        Name::Collect,
        Name::Decline,
    ];

    fn name(command: &Command) -> Name {
        match command {
            Command::Arrange(_) => Name::Arrange,
            Command::Confirm => Name::Confirm,
            Command::AskAgain { .. } => Name::AskAgain,
            Command::StartTransfer => Name::StartTransfer,
            Command::Reply { .. } => Name::Reply,
            Command::Arrive => Name::Arrive,
            Command::Notify { .. } => Name::Notify,
            Command::Collect { .. } => Name::Collect,
            Command::Decline { .. } => Name::Decline,
        }
    }

    fn word(name: Name) -> &'static str {
        match name {
            Name::Arrange => "stock/arrange",
            Name::Confirm => "stock/confirm",
            Name::AskAgain => "stock/ask-again",
            Name::StartTransfer => "stock/start-transfer",
            Name::Reply => "stock/reply",
            Name::Arrive => "stock/arrive",
            Name::Notify => "stock/notify",
            Name::Collect => "stock/collect",
            Name::Decline => "stock/decline",
        }
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Arranged { .. } => "stock/arranged",
            Event::Confirmed => "stock/confirmed",
            Event::AskedAgain { .. } => "stock/asked-again",
            Event::TransferStarted => "stock/transfer-started",
            Event::Replied { .. } => "stock/replied",
            Event::Arrived => "stock/arrived",
            Event::Notified { .. } => "stock/notified",
            Event::Collected { .. } => "stock/collected",
            Event::Declined { .. } => "stock/declined",
            Event::Unavailable { .. } => "stock/unavailable",
        }
    }

    fn explain(refusal: &Refusal) -> Explanation {
        refusal.explained()
    }

    fn check(claim: &Claim, actor: &Actor, name: Name) -> Result<(), ClaimRefusal> {
        if claim.state.is_final() {
            return Err(claim.not_now(name));
        }
        claim.needs_part(actor, name)?;
        if claim.matter != Matter::StockRequest {
            return Err(Refusal::NotRegistered.into());
        }
        Ok(claim.procedures.stock.may(name)?)
    }

    fn handle(_: &Claim, _: &Actor, command: Command, _: Timestamp) -> Result<Vec<ClaimEvent>, ClaimRefusal> {
        let event = match command {
            Command::Arrange(transfer) => Event::Arranged { transfer },
            Command::Confirm => Event::Confirmed,
            Command::AskAgain { channel, words, still_wanted } => {
                let asked = Event::AskedAgain { channel, words: said(words)? };
                if still_wanted {
                    asked
                } else {
                    let Event::AskedAgain { words, .. } = &asked else { return Ok(Vec::new()) };
                    let declined = Event::Declined { reason: words.clone() };
                    return Ok(vec![asked.into(), declined.into()]);
                }
            }
            Command::StartTransfer => Event::TransferStarted,
            Command::Reply { channel, words, unavailable } => {
                let words = said(words)?;
                let replied = Event::Replied { channel, words: words.clone() };
                if unavailable {
                    return Ok(vec![replied.into(), Event::Unavailable { words }.into()]);
                }
                replied
            }
            Command::Arrive => Event::Arrived,
            Command::Notify { channel, words } => Event::Notified { channel, words: said(words)? },
            Command::Collect { by } => Event::Collected { by: said(by)? },
            Command::Decline { reason } => Event::Declined { reason: said(reason)? },
        };
        Ok(vec![event.into()])
    }

    fn apply(&mut self, event: &Event, at: Timestamp) {
        let told = |channel: &Channel, words: &String| Told { at, channel: *channel, words: words.clone() };
        match event {
            Event::Arranged { transfer } => {
                self.arranged = Some(Arranged { at, transfer: transfer.clone() });
            }
            Event::Confirmed => self.confirmed_at = Some(at),
            Event::AskedAgain { channel, words } => self.still_wanted = Some(told(channel, words)),
            Event::TransferStarted => self.transfer_started_at = Some(at),
            Event::Replied { channel, words } => self.replies.push(told(channel, words)),
            Event::Arrived => self.arrived_at = Some(at),
            Event::Notified { channel, words } => self.notified = Some(told(channel, words)),
            Event::Collected { by } => self.ended = Some(Ended::Collected { at, by: by.clone() }),
            Event::Declined { reason } => {
                self.still_wanted = None;
                self.ended = Some(Ended::Declined { at, reason: reason.clone() });
            }
            Event::Unavailable { words } => {
                self.ended = Some(Ended::Unavailable { at, words: words.clone() });
            }
        }
    }

    fn case_events(event: &Event) -> Vec<(CaseEvent, Option<Timestamp>)> {
        let events: &[CaseEvent] = match event {
            Event::Confirmed => &[CaseEvent::StockConfirmed],
            Event::Replied { .. } => &[CaseEvent::Replied],
            Event::Arrived => &[CaseEvent::StockArrived],
            Event::Notified { .. } => &[CaseEvent::Replied, CaseEvent::ReadyToCollect],
            Event::Collected { .. } => &[CaseEvent::Collected],
            Event::Arranged { .. }
            | Event::AskedAgain { .. }
            | Event::TransferStarted
            | Event::Declined { .. }
            | Event::Unavailable { .. } => &[],
        };
        events.iter().map(|event| (*event, None)).collect()
    }

    fn channel(event: &Event) -> Option<Channel> {
        match event {
            Event::AskedAgain { channel, .. }
            | Event::Replied { channel, .. }
            | Event::Notified { channel, .. } => Some(*channel),
            _ => None,
        }
    }

    fn blocks(claim: &Claim, command: CommandName) -> Option<Refusal> {
        let open = claim.matter == Matter::StockRequest && claim.procedures.stock.ended.is_none();
        (command == CommandName::Close && open).then_some(Refusal::Open)
    }
}

fn said(words: String) -> Result<String, Refusal> {
    if words.trim().is_empty() { Err(Refusal::WordsMissing) } else { Ok(words) }
}
