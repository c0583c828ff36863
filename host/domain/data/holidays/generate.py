#!/usr/bin/env python3
"""Writes the holiday lists in this folder, one text file for each country.

    python3 -m venv venv && venv/bin/pip install holidays==0.109 && venv/bin/python generate.py

The days come from the package `holidays` (MIT licence), category "public". A file holds one list for
the country, then one for every part of it that says what differs there:

    [IN] weekend=saturday,sunday settled=2026
    2026 0115 +0214 …
    [IN-KA]
    2026 0314 -0115

`MMDD` is a day off, also where it falls on the weekend, since a party may work at weekends; `+MMDD` is
a day at the weekend that is worked instead (China, Taiwan, …); `-MMDD` is a day of the country's that
the part does not have. `settled` is the last year that is neither an estimate (days that follow the
moon) nor waits for a yearly announcement; what lies after it is the best guess of the package.

A free Saturday or Sunday beside a holiday is not listed, even where a government counts it into the
break (China): it is off by the weekend, and whoever works on Saturdays states such days as closed.
"""

import importlib.metadata
import inspect
import pathlib
import re

import holidays

FIRST, LAST = 2015, 2030
# The year in which this version of the package came out; what it calls an estimate earlier is history.
ANNOUNCED = 2026
# The government says each autumn which days of the next year are swapped.
SWAPS = ("CN", "TW")
COUNTRIES = (
    "AE AR AT AU BD BE BR CA CH CL CN CO CZ DE DK EG ES FI FR GB HK ID IE IL IN IT JP KE KR MO MX MY "
    "NG NL NO NZ PH PK PL PT SA SE SG TH TR TW US VN ZA"
).split()
# Elsewhere the country's own list has to do, with the days that a party adds itself.
WITH_PARTS = "AU BR CA CH DE ES GB IN MY NZ US".split()
# ISO 3166-2; the package knows some towns too.
ISO_CODE = re.compile("[A-Z0-9]{1,3}")
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
# The package knows Sunday only, as the ordinance does; offices keep five days.
WEEKEND = {"HK": (5, 6)}
YEARS = range(FIRST, LAST + 1)


def load(country, part=None):
    kind = type(getattr(holidays, country)())
    # English names carry the remark "(estimated)".
    language = "en_US" if "en_US" in (kind.supported_languages or ()) else None
    remark = "islamic_show_estimated"
    asked = {remark: True} if remark in inspect.signature(kind.__init__).parameters else {}
    return kind(years=YEARS, subdiv=part, language=language, **asked)


def marks(found):
    """Every day that the list speaks of, with its sign."""
    worked = getattr(found, "weekend_workdays", None) or ()
    days = {day: "" for day in found} | {day: "+" for day in worked}
    return {day: sign for day, sign in days.items() if FIRST <= day.year <= LAST}


def lines(days):
    for year in YEARS:
        of_year = [f"{sign}{day:%m%d}" for day, sign in sorted(days.items()) if day.year == year]
        if of_year:
            yield " ".join([str(year)] + of_year)


def settled(country, found):
    if country in SWAPS:
        return ANNOUNCED
    guessed = (day.year for day, name in found.items() if "estimated" in name.lower() and day.year >= ANNOUNCED)
    return min(guessed, default=LAST + 1) - 1


def main():
    folder = pathlib.Path(__file__).parent
    version = importlib.metadata.version("holidays")
    for old in folder.glob("*.txt"):
        old.unlink()
    for country in COUNTRIES:
        found = load(country)
        whole = marks(found)
        weekend = ",".join(DAYS[day] for day in sorted(WEEKEND.get(country, found.weekend)))
        text = [
            f"# Written by generate.py from PyPI holidays {version}, years {FIRST}-{LAST}.",
            f"[{country}] weekend={weekend} settled={settled(country, found)}",
            *lines(whole),
        ]
        parts = getattr(holidays, country).subdivisions if country in WITH_PARTS else ()
        for part in sorted(filter(ISO_CODE.fullmatch, parts)):
            theirs = marks(load(country, part))
            differs = {day: sign for day, sign in theirs.items() if whole.get(day) != sign}
            differs |= {day: "-" for day in whole if day not in theirs}
            text += [f"[{country}-{part}]", *lines(differs)]
        (folder / f"{country}.txt").write_text("\n".join(text) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
