//! What depends on whether somebody is watching: colours, progress, the width of a table.

use comfy_table::{ContentArrangement, LineStyle, Table, presets};
use console::{Term, style};
use indicatif::{ProgressBar, ProgressStyle};
use std::fmt::{Arguments, Display};
use std::io::{self, Write};
use std::time::Duration;

/// A line of a result, for standard output.
macro_rules! out {
    ($($text:tt)*) => { $crate::terminal::result(format_args!($($text)*)) };
}

/// Bold red on a terminal.
pub(crate) fn red(text: &str) -> impl Display {
    style(text.to_owned()).for_stderr().red().bold()
}

/// Bold on a terminal.
pub(crate) fn bold(text: &str) -> impl Display {
    style(text.to_owned()).for_stderr().bold()
}

/// A line about what is going on, for standard error: standard output carries results only.
pub(crate) fn say(text: impl Display) {
    eprintln!("{text}");
}

/// What `out!` does: ends the program, as a signal would, when nobody reads any longer (`… | head`).
pub(crate) fn result(line: Arguments<'_>) {
    const BROKEN_PIPE: i32 = 141;
    let mut out = io::stdout().lock();
    if let Err(error) = writeln!(out, "{line}") {
        if error.kind() == io::ErrorKind::BrokenPipe {
            std::process::exit(BROKEN_PIPE);
        }
        eprintln!("error: standard output: {error}");
        std::process::exit(1);
    }
}

/// An empty table as wide as the terminal, or wide enough for a file.
pub(crate) fn table(header: &[&str]) -> Table {
    let term = Term::stdout();
    let width = term.size_checked().map_or(180, |(_, columns)| columns.max(80));
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width)
        .set_header(header.iter().copied());
    // One line between rows would double the height of the table.
    table.style_mut().row_separator = LineStyle::default();
    table
}

/// Progress of a step with a known number of parts: a bar on a terminal, else a line every tenth.
pub(crate) struct Progress {
    bar: ProgressBar,
    what: String,
    total: u64,
    plain: bool,
}

impl Progress {
    pub(crate) fn start(what: &str, total: u64) -> Self {
        let plain = !Term::stderr().is_term();
        let bar = if plain { ProgressBar::hidden() } else { ProgressBar::new(total) };
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        bar.enable_steady_tick(Duration::from_millis(200));
        if plain {
            say(format_args!("{what}: {total}"));
        }
        Self { bar, what: what.to_owned(), total, plain }
    }

    pub(crate) fn advance(&self) {
        self.bar.inc(1);
        let done = self.bar.position();
        if self.plain && done < self.total && (done * 10) / self.total > ((done - 1) * 10) / self.total {
            say(format_args!("{}: {done} of {}", self.what, self.total));
        }
    }

    pub(crate) fn finish(self) {
        self.bar.finish_and_clear();
        if self.plain {
            say(format_args!("{}: done", self.what));
        }
    }
}
