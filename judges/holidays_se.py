"""Prints the Swedish holidays of the PyPI package `holidays` as JSON: [["2026-01-01", "Nyårsdagen"], …].

    python judges/holidays_se.py FIRST-YEAR LAST-YEAR

Sundays that are no holiday besides are left out: the almanac keeps them apart.
"""

import json
import sys

import holidays

first, last = int(sys.argv[1]), int(sys.argv[2])
found = holidays.country_holidays("SE", years=range(first, last + 1), language="sv")
days = [
    [day.isoformat(), name]
    for day, names in sorted(found.items())
    for name in names.split("; ")
    if name != "Söndag"
]
json.dump(days, sys.stdout, ensure_ascii=False)
