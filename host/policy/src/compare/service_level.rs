//! Milestones: earlier or later.

use super::coverage::citations;
use super::{Answer, At, Change};
use sanbao_domain::service_level::Milestone;
use sanbao_domain::text::Text;
use sanbao_domain::time::Span;

impl Answer for Vec<Milestone> {
    fn rules<'a>(&'a self, add: &mut dyn FnMut(&'a str)) {
        self.iter().flat_map(|milestone| &milestone.citations).for_each(|citation| add(&citation.rule));
    }

    fn changes(before: &Self, after: &Self, at: At<'_>, to: &mut Vec<Change>) {
        let due = |list: &Self, id: &str| list.iter().find(|one| one.id == id).map(|one| one.due);
        for old in before {
            let new = due(after, &old.id);
            if new != Some(old.due) {
                to.push(deadline(&old.id, Some(old.due), new, at));
            }
        }
        for new in after.iter().filter(|new| due(before, &new.id).is_none()) {
            to.push(deadline(&new.id, None, Some(new.due), at));
        }
    }

    fn blank(&mut self) {
        for milestone in self {
            milestone.title = Text::default();
            citations(&mut milestone.citations);
        }
    }
}

fn deadline(milestone: &str, from: Option<Span>, to: Option<Span>, at: At<'_>) -> Change {
    let minutes = from.zip(to).and_then(|(from, to)| shift(from, to, at));
    Change::Deadline { milestone: milestone.to_owned(), from, to, minutes }
}

/// Minutes from the one to the other, by the calendar: three days and 72 hours may be the same, or not.
fn shift(from: Span, to: Span, at: At<'_>) -> Option<i64> {
    let now = at.now?.at?;
    let (old, new) = (at.calendar.due(now, from).ok()?, at.calendar.due(now, to).ok()?);
    Some(new.duration_since(old).as_mins())
}
