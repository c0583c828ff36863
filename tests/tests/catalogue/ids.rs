//! Rule ids in text: `LGT-30`, `LGT_30`, `lgt_30`, and the short forms of comments, `LGT-30, 31` and
//! `LGT-04…23`.

use std::collections::BTreeSet;

/// Every id of `prefix` that `text` names.
pub(crate) fn named(text: &str, prefix: &str) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    for start in [prefix.to_owned(), prefix.to_lowercase()] {
        for (at, _) in text.match_indices(&start) {
            let inside = text[..at].chars().next_back().is_some_and(|before| before.is_ascii_alphanumeric());
            let Some(rest) = text[at + start.len()..].strip_prefix(['-', '_']) else { continue };
            if !inside {
                collect(rest, &mut found);
            }
        }
    }
    found
}

/// A number, and what follows it: `, 31`, ` and 31`, `…33`.
fn collect(mut rest: &str, found: &mut BTreeSet<u32>) {
    let Some(mut last) = number(&mut rest) else { return };
    found.insert(last);
    loop {
        if let Some(mut after) = rest.strip_prefix('…') {
            let Some(end) = number(&mut after) else { return };
            found.extend(last..=end);
            (last, rest) = (end, after);
        } else if let Some(mut after) =
            rest.strip_prefix(", ").or_else(|| rest.strip_prefix(" and ")).or_else(|| rest.strip_prefix('/'))
        {
            let Some(next) = number(&mut after) else { return };
            found.insert(next);
            (last, rest) = (next, after);
        } else {
            return;
        }
    }
}

/// One to three digits that nothing else is glued to.
fn number(rest: &mut &str) -> Option<u32> {
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let number = rest.get(..end).filter(|digits| (1..=2).contains(&digits.len()))?.parse().ok()?;
    *rest = &rest[end..];
    (!rest.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(number)
}

/// What the forms mean, checked before anything is counted with them.
pub(crate) fn check() {
    let names = |text| named(text, "LGT").into_iter().collect::<Vec<_>>();
    assert_eq!(names("LGT-04"), [4]);
    assert_eq!(names("(LGT-14…16, 24, 37…38; BUS-50)"), [14, 15, 16, 24, 37, 38]);
    assert_eq!(names("fn lgt_30_and_LGT_31"), [30, 31]);
    assert_eq!(names("LGT-R7, XLGT-09, LGT-1234"), [0; 0]);
}
