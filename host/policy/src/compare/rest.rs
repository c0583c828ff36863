//! Answers whose differences are counted by their rules alone.

use super::coverage::citations;
use super::{Answer, At, Change};
use sanbao_domain::follow_up::Visit;
use sanbao_domain::notices::Notice;
use sanbao_domain::retention::{Keeping, OldPart, RequiredStock};
use sanbao_domain::service_level::Target;
use sanbao_domain::text::Text;

/// Says for a type where its rules are, and which texts are for people.
macro_rules! answers {
    ($($type:ty: |$one:ident| $rules:expr, |$blank:ident| $blanked:expr;)*) => {$(
        impl Answer for $type {
            fn rules<'a>(&'a self, add: &mut dyn FnMut(&'a str)) {
                let $one = self;
                $rules.for_each(|rule: &'a String| add(rule));
            }

            fn changes(_: &Self, _: &Self, _: At<'_>, _: &mut Vec<Change>) {}

            fn blank(&mut self) {
                let $blank = self;
                $blanked
            }
        }
    )*};
}

answers! {
    Option<Keeping>: |one| one.iter().flat_map(|one| &one.citations).map(|one| &one.rule),
        |list| list.iter_mut().for_each(|one| citations(&mut one.citations));
    OldPart: |one| one.citations.iter().map(|one| &one.rule), |one| citations(&mut one.citations);
    Vec<RequiredStock>: |list| list.iter().flat_map(|one| &one.citations).map(|one| &one.rule),
        |list| list.iter_mut().for_each(|one| citations(&mut one.citations));
    Vec<Target>: |list| list.iter().map(|one| &one.rule), |_list| ();
    Vec<Notice>: |list| list.iter().flat_map(|one| &one.citations).map(|one| &one.rule),
        |list| for one in list {
            one.subject = Text::default();
            one.body = Text::default();
            citations(&mut one.citations);
        };
    Vec<Visit>: |list| list.iter().flat_map(|one| &one.citations).map(|one| &one.rule),
        |list| for one in list {
            one.title = Text::default();
            one.questions.iter_mut().for_each(|question| *question = Text::default());
            citations(&mut one.citations);
        };
}
