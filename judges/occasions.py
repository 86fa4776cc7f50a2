"""Reads a calendar with PyPI's icalendar and expands it with recurring-ical-events.

Usage: occasions.py FILE FIRST_DAY DAY_AFTER_THE_LAST (days as 2026-01-01). Writes JSON: for each occasion its UID,
start and end (seconds since 1970, or a day), and whether it is cancelled;
and for each zone of the file the hours at which its definition disagrees with the tables of zoneinfo.
"""

import datetime
import json
import sys
import zoneinfo

import icalendar
import recurring_ical_events


def said(value):
    if isinstance(value, datetime.datetime):
        return int(value.timestamp())
    return value.isoformat()


def occasions(calendar, first, last):
    for event in recurring_ical_events.of(calendar).between(first, last):
        start = event["DTSTART"].dt
        end = event["DTEND"].dt if "DTEND" in event else start
        yield {
            "uid": str(event["UID"]),
            "start": said(start),
            "end": said(end),
            "cancelled": str(event.get("STATUS", "")) == "CANCELLED",
        }


def wrong_hours(calendar, first, last):
    """Where the file's own definition of a zone tells another time than the tables."""
    for zone in calendar.walk("VTIMEZONE"):
        tables = zoneinfo.ZoneInfo(str(zone["TZID"]))
        own = zone.to_tz(lookup_tzid=False)
        at = datetime.datetime.combine(first, datetime.time(0))
        end = datetime.datetime.combine(last, datetime.time(0))
        while at < end:
            # The hours around a change may be read in two ways.
            if at.hour not in (1, 2, 3) and at.replace(tzinfo=own).utcoffset() != at.replace(tzinfo=tables).utcoffset():
                yield f"{zone['TZID']} {at.isoformat()}"
            at += datetime.timedelta(hours=1)


def main():
    with open(sys.argv[1], "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    first, last = (datetime.date.fromisoformat(day) for day in sys.argv[2:4])
    json.dump(
        {"occasions": list(occasions(calendar, first, last)), "wrong_hours": list(wrong_hours(calendar, first, last))},
        sys.stdout,
    )


main()
