//! The pure core: parties, units, tickets and claims as state machines, deadlines, calendars and money.
