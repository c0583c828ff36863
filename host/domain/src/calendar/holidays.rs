//! The shipped holiday lists; `data/holidays/generate.py` says where they come from and how to read them.

use super::{CalendarError, Weekday};
use crate::time::Date;
use std::collections::{BTreeMap, BTreeSet};

macro_rules! files {
    ($($country:literal)*) => {
        [$(($country, include_str!(concat!("../../data/holidays/", $country, ".txt")))),*]
    };
}

/// Countries and their files, sorted.
static FILES: [(&str, &str); 49] = files!(
    "AE" "AR" "AT" "AU" "BD" "BE" "BR" "CA" "CH" "CL" "CN" "CO" "CZ" "DE" "DK" "EG" "ES" "FI" "FR" "GB"
    "HK" "ID" "IE" "IL" "IN" "IT" "JP" "KE" "KR" "MO" "MX" "MY" "NG" "NL" "NO" "NZ" "PH" "PK" "PL" "PT"
    "SA" "SE" "SG" "TH" "TR" "TW" "US" "VN" "ZA"
);

/// Codes of all shipped lists, sorted: "CN", …, "IN", "IN-AN", ….
pub fn holiday_lists() -> impl Iterator<Item = &'static str> {
    FILES.iter().flat_map(|(_, text)| text.lines().filter_map(code))
}

/// The code of a line that begins a list.
fn code(line: &str) -> Option<&str> {
    line.strip_prefix('[')?.split(']').next()
}

/// One list, resolved.
#[derive(Debug)]
pub(super) struct HolidayList {
    /// Usual there.
    pub(super) weekend: BTreeSet<Weekday>,
    /// First year.
    pub(super) first: i16,
    /// Last year that is neither estimated nor unannounced.
    pub(super) settled: i16,
    /// Days that the list speaks of, and whether they are worked.
    pub(super) days: BTreeMap<Date, bool>,
}

impl HolidayList {
    /// The list with this code.
    pub(super) fn find(wanted: &str) -> Result<Self, CalendarError> {
        let country = wanted.split('-').next().unwrap_or(wanted);
        let unknown = |available: Vec<&str>| CalendarError::UnknownHolidays {
            given: wanted.to_owned(),
            available: available.into_iter().map(str::to_owned).collect(),
        };
        let Some((_, text)) = FILES.iter().find(|(of, _)| *of == country) else {
            return Err(unknown(FILES.iter().map(|(of, _)| *of).collect()));
        };
        let codes: Vec<&str> = text.lines().filter_map(code).collect();
        if !codes.contains(&wanted) {
            return Err(unknown(codes));
        }
        Self::read(text, country, wanted)
            .map_err(|at| CalendarError::Damaged { list: wanted.to_owned(), at: at.to_owned() })
    }

    /// The country's list, then what the wanted part changes in it. Fails with the line at fault.
    fn read<'a>(text: &'a str, country: &str, wanted: &str) -> Result<Self, &'a str> {
        let mut list = Self { weekend: BTreeSet::new(), first: i16::MAX, settled: 0, days: BTreeMap::new() };
        let mut current = "";
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some(code) = code(line) {
                current = code;
                if code == country {
                    list.header(line).ok_or(line)?;
                }
            } else if current == country || current == wanted {
                list.year(line).ok_or(line)?;
            }
        }
        Ok(list)
    }

    fn header(&mut self, line: &str) -> Option<()> {
        for word in line.split(' ').skip(1) {
            match word.split_once('=')? {
                ("weekend", days) => {
                    self.weekend = days.split(',').map(weekday).collect::<Option<_>>()?;
                }
                ("settled", year) => self.settled = year.parse().ok()?,
                _ => return None,
            }
        }
        Some(())
    }

    fn year(&mut self, line: &str) -> Option<()> {
        let mut words = line.split(' ');
        let year: i16 = words.next()?.parse().ok()?;
        self.first = self.first.min(year);
        for word in words {
            let (month, day) = word.trim_start_matches(['+', '-']).split_at_checked(2)?;
            let day = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
            if word.starts_with('-') {
                self.days.remove(&day)?;
            } else {
                self.days.insert(day, word.starts_with('+'));
            }
        }
        Some(())
    }
}

fn weekday(name: &str) -> Option<Weekday> {
    Weekday::ALL.into_iter().find(|day| format!("{day:?}").eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_listed_and_every_list_reads() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/holidays");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .filter_map(|entry| {
                entry.unwrap().file_name().into_string().unwrap().strip_suffix(".txt").map(String::from)
            })
            .collect();
        files.sort();
        assert_eq!(files, FILES.map(|(country, _)| country));
        for code in holiday_lists() {
            let list = HolidayList::find(code).unwrap();
            assert_eq!(list.first, 2015, "{code}");
            assert!((2025..=2030).contains(&list.settled), "{code}");
            assert_eq!(list.weekend.len(), 2, "{code}");
            assert!(list.days.len() >= 64, "{code}: {}", list.days.len());
        }
    }

    #[test]
    fn a_part_differs_from_its_country_as_its_file_says() {
        let day = |year, month, day| Date::new(year, month, day).unwrap();
        let (whole, scotland) = (HolidayList::find("GB").unwrap(), HolidayList::find("GB-SCT").unwrap());
        // St Andrew's Day.
        assert_eq!(whole.days.get(&day(2026, 11, 30)), None);
        assert_eq!(scotland.days.get(&day(2026, 11, 30)), Some(&false));
        assert_eq!(scotland.settled, whole.settled);
    }

    #[test]
    fn a_damaged_line_is_named() {
        for bad in ["2026 1301", "2026 01", "2026 é1", "year", "2026 -0102"] {
            let text = format!("[XX] weekend=sunday settled=2026\n{bad}\n");
            assert_eq!(HolidayList::read(&text, "XX", "XX").unwrap_err(), bad);
        }
        let text = "[XX] weekend=someday settled=2026\n";
        assert!(HolidayList::read(text, "XX", "XX").is_err());
    }
}
