//! Field checks that collect everything that is wrong before they answer.

use super::problem::Problem;
use sanbao_domain::text::Text;
use std::ops::RangeInclusive;

/// What has been found wrong so far.
#[derive(Debug, Default)]
pub struct Checks(Vec<(String, Text, Text)>);

impl Checks {
    /// Nothing is wrong yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a field as wrong unless `holds`.
    pub fn that(&mut self, holds: bool, field: impl Into<String>, message: Text, fix: Text) -> &mut Self {
        if !holds {
            self.0.push((field.into(), message, fix));
        }
        self
    }

    /// A text of so many characters, not blank and without control characters.
    pub fn text(&mut self, field: impl Into<String>, text: &str, length: RangeInclusive<usize>) -> &mut Self {
        let (least, most) = (*length.start(), *length.end());
        let count = text.chars().count();
        let blank = least > 0 && text.trim().is_empty();
        let control = text.chars().any(|c| c.is_control() && c != '\n' && c != '\t');
        self.that(
            length.contains(&count) && !blank && !control,
            field,
            Text::new("文字长度或内容不合要求", "the text is empty, too long or holds control characters"),
            Text::new(
                format!("填写 {least} 至 {most} 个字符。"),
                format!("Write {least} to {most} characters."),
            ),
        )
    }

    /// As [`Checks::text`], where the field may be absent.
    pub fn optional(
        &mut self,
        field: impl Into<String>,
        text: Option<&str>,
        length: RangeInclusive<usize>,
    ) -> &mut Self {
        match text {
            Some(text) => self.text(field, text, length),
            None => self,
        }
    }

    /// Answers with everything that is wrong.
    pub fn done(&mut self) -> Result<(), Problem> {
        if self.0.is_empty() {
            return Ok(());
        }
        let found = std::mem::take(&mut self.0);
        Err(found
            .into_iter()
            .fold(Problem::invalid(), |problem, (field, message, fix)| problem.error(field, message, fix)))
    }
}
