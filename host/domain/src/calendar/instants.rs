//! Where days meet the clock.

use crate::time::{Date, Timestamp};
use jiff::tz::{AmbiguousOffset, TimeZone};

/// The day in the zone.
pub(super) fn day(zone: &TimeZone, at: Timestamp) -> Date {
    zone.to_datetime(at).date()
}

/// The instant at which `day` is over in the zone for good; none beyond the year 9999.
///
/// Midnight may be missing, together with what is around it (Toronto, 30 March 1919, 23:30 to 00:30), or
/// with a whole day (Samoa, 30 December 2011), and it may come twice (St John's, until 2011, where a
/// minute after midnight became 23:01 of the day before).
pub(super) fn end_of(zone: &TimeZone, day: Date) -> Option<Timestamp> {
    let next = day.tomorrow().ok()?;
    let midnight = zone.to_ambiguous_timestamp(next.at(0, 0, 0, 0));
    let late = midnight.later().ok()?;
    match midnight.offset() {
        AmbiguousOffset::Unambiguous { .. } => Some(late),
        AmbiguousOffset::Gap { .. } => {
            // The gap itself is the end: the last change of the clock up to `late`.
            let after = late.checked_add(jiff::SignedDuration::from_secs(1)).ok()?;
            zone.preceding(after).next().map_or(Some(late), |change| Some(change.timestamp()))
        }
        AmbiguousOffset::Fold { .. } => {
            let before = late.checked_sub(jiff::SignedDuration::from_nanos(1)).ok()?;
            if self::day(zone, before) <= day { Some(late) } else { midnight.earlier().ok() }
        }
    }
}
