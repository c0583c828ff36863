//! Does every field hold what was hashed?

use super::context::{Context, Known};
use super::digest;
use super::finding::Kind;
use crate::digest::Digest;
use crate::receipt::repair::{Change, of_digest, of_text};
use crate::receipt::scan::{Part, Span};
use crate::receipt::sheet::{self, FIELDS, Field};
use sanbao_domain::calendar::{Calendar, CalendarSpec};
use std::sync::Arc;

impl Context<'_> {
    /// Checks the fields of all receipts against their digests; what only a replay can tell is left to it.
    pub(super) fn fields(&mut self) -> Vec<Option<Known>> {
        let parts = self.parts;
        let known = |(index, part): (usize, &Part)| {
            part.sheet.as_ref().map(|sheet| self.sheet(index, sheet, &part.body))
        };
        parts.receipts.iter().enumerate().map(known).collect()
    }

    fn sheet(&mut self, receipt: usize, sheet: &[(Span, Span); FIELDS], body: &Span) -> Known {
        let texts: [&[u8]; FIELDS] = std::array::from_fn(|index| self.text(&sheet[index].0));
        let computed: [Digest; FIELDS] = std::array::from_fn(|index| Digest::of(texts[index]));
        let listed: [Option<Digest>; FIELDS] =
            std::array::from_fn(|index| digest(self.text(&sheet[index].1)));
        let stated = digest(self.text(body));
        let by_values = sheet::body(&computed);
        let by_list = listed.iter().all(Option::is_some).then(|| {
            let listed = std::array::from_fn(|index| listed[index].unwrap_or(Digest::ZERO));
            sheet::body(&listed)
        });
        let odd =
            Field::ALL.into_iter().filter(|field| listed[*field as usize] != Some(computed[*field as usize]));
        let odd: Vec<Field> = odd.collect();
        let mut known = Known {
            texts: texts.map(|text| Some(text.to_vec())),
            body: by_values,
            changed: Vec::new(),
            listed,
        };
        if odd.is_empty() {
            if stated != Some(by_values) {
                let change = Change::between(self.text(body), by_values.to_string().as_bytes());
                let message = "the hash over the fields was changed";
                self.wrong(Kind::Digest, Some(receipt), "body", body, change, message);
            }
            return known;
        }
        if stated == Some(by_values) {
            for field in odd {
                let span = &sheet[field as usize].1;
                let change =
                    Change::between(self.text(span), computed[field as usize].to_string().as_bytes());
                let name = format!("digests.{}", field.name());
                self.wrong(Kind::Digest, Some(receipt), &name, span, change, "the digest was changed");
            }
            return known;
        }
        if let Some(by_list) = by_list {
            known.body = by_list;
        }
        for field in &odd {
            let span = &sheet[*field as usize].0;
            // What the policy answered is known again once it is asked again.
            if by_list == stated && self.asks_again() && by_replay(*field) {
                known.texts[*field as usize] = None;
                continue;
            }
            let wanted = listed[*field as usize].filter(|_| by_list == stated);
            self.changed(receipt, *field, span, wanted, &mut known);
        }
        known.changed = odd;
        known
    }

    /// Reports a field that was changed, and mends it where one byte was.
    pub(super) fn changed(
        &mut self,
        receipt: usize,
        field: Field,
        span: &Span,
        wanted: Option<Digest>,
        known: &mut Known,
    ) {
        let text = self.text(span);
        let change = wanted.and_then(|wanted| of_digest(text, wanted));
        known.texts[field as usize] = change.map(|change| change.undone(text));
        let message = match change {
            Some(_) => "it was changed",
            None => "it was changed in more than one byte",
        };
        self.wrong(Kind::Field, Some(receipt), field.name(), span, change, message);
    }

    pub(super) fn asks_again(&self) -> bool {
        self.against.engine.is_some()
    }

    /// Is each calendar of the version that it is called?
    pub(super) fn calendars(&mut self, sheets: &[Option<Known>]) {
        let parts = self.parts;
        let wanted: Vec<String> = sheets
            .iter()
            .flatten()
            .filter_map(|known| known.text(Field::Calendar).map(str::to_owned))
            .collect();
        let mut found: Vec<String> = Vec::new();
        for (version, content) in &parts.calendars {
            let (stated, text) = (self.text(version), self.text(content));
            let calendar = load(text);
            let name = String::from_utf8_lossy(stated).into_owned();
            match calendar {
                Some(calendar) if calendar.version().as_bytes() == stated => {
                    let canonical = serde_json::to_string(&calendar.spelled_out()).unwrap_or_default();
                    if let Some(change) = Change::between(text, canonical.as_bytes()) {
                        let message = "the calendar is written otherwise than it was";
                        self.wrong(Kind::Calendar, None, "calendars.content", content, Some(change), message);
                    }
                    found.push(name.clone());
                    self.calendars.insert(name, Arc::new(calendar));
                }
                Some(calendar) if wanted.iter().any(|wanted| wanted == calendar.version()) => {
                    let change = Change::between(stated, calendar.version().as_bytes());
                    let message = "the version is not the calendar's";
                    self.wrong(Kind::Calendar, None, "calendars.version", version, change, message);
                    found.push(calendar.version().to_owned());
                    self.calendars.insert(calendar.version().to_owned(), Arc::new(calendar));
                }
                _ => {
                    let same =
                        |text: &[u8]| load(text).is_some_and(|found| found.version().as_bytes() == stated);
                    // What does not read says where; a zone that does not exist stands in front.
                    let near =
                        serde_json::from_slice::<CalendarSpec>(text).err().map_or(14, |error| error.column());
                    let change = of_text(text, near, same);
                    let message = "the calendar is not of the version that it is called";
                    self.wrong(Kind::Calendar, None, "calendars.content", content, change, message);
                    found.push(name.clone());
                    if let Some(mended) = change.and_then(|change| load(&change.undone(text))) {
                        self.calendars.insert(name, Arc::new(mended));
                    }
                }
            }
            if let Some(unused) = found.last().filter(|version| !wanted.contains(version)) {
                // A calendar whose receipt was changed beyond repair is not a second finding.
                if self.findings.is_empty() {
                    let message = format!("no receipt was given with calendar {unused}");
                    self.wrong(Kind::Calendar, None, "calendars.version", version, None, message);
                }
            }
        }
        let missing = wanted.iter().find(|version| !found.contains(version));
        if let (Some(version), true) = (missing, self.findings.is_empty()) {
            let message = format!("calendar {version} is not in the file");
            self.findings.push(super::Finding::new(Kind::Calendar, message));
        }
    }
}

/// Whether asking again tells the field's text.
pub(super) fn by_replay(field: Field) -> bool {
    matches!(field, Field::Output | Field::Log | Field::Fuel)
}

fn load(text: &[u8]) -> Option<Calendar> {
    serde_json::from_slice::<CalendarSpec>(text).ok()?.load().ok()
}
