"""Writes test/fixtures/zones/zone-changes.jsonl: what Python's zoneinfo knows of every zone from 1970 to 2100.

The tests compare the library with it one second before, at and one second after every change of every zone,
and in the middle between two changes. Nothing here knows the library: each day is asked twelve-hourly,
and every difference is narrowed down to the second. The first line names the tz release; then a line for
every set of equal zones.

    python3 scripts/make-zone-vectors.py
"""

import json
import pathlib
import zoneinfo
from datetime import datetime, timedelta, timezone

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
END = int((datetime(2101, 1, 1, tzinfo=timezone.utc) - EPOCH).total_seconds())
STEP = 12 * 3600

# Not places: what this machine is set to, and a zone that says it is none.
NO_ZONES = {"localtime", "posixrules", "Factory"}

OUTPUT = pathlib.Path(__file__).parent.parent / "test" / "fixtures" / "zones" / "zone-changes.jsonl"


def offset_at(zone, second):
    return int((EPOCH + timedelta(seconds=second)).astimezone(zone).utcoffset().total_seconds())


def changes_of(zone):
    """[second, offset from then on], beginning with second 0."""
    changes = [[0, offset_at(zone, 0)]]
    for start in range(0, END, STEP):
        before = changes[-1][1]
        if offset_at(zone, start + STEP) == before:
            continue
        same, changed = start, start + STEP
        while changed - same > 1:
            middle = (same + changed) // 2
            if offset_at(zone, middle) == before:
                same = middle
            else:
                changed = middle
        changes.append([changed, offset_at(zone, changed)])
    return changes


def bytes_of(name):
    for folder in zoneinfo.TZPATH:
        path = pathlib.Path(folder, name)
        if path.is_file():
            return path.read_bytes()
    raise FileNotFoundError(name)


def release():
    for folder in zoneinfo.TZPATH:
        path = pathlib.Path(folder, "tzdata.zi")
        if path.is_file():
            return path.read_text(encoding="ascii").split("\n", 1)[0].removeprefix("# version ").strip()
    raise FileNotFoundError("tzdata.zi, which names the release")


def main():
    names_of = {}
    for name in sorted(zoneinfo.available_timezones() - NO_ZONES):
        names_of.setdefault(bytes_of(name), []).append(name)
    rows = [{"names": names, "changes": changes_of(zoneinfo.ZoneInfo(names[0]))} for names in names_of.values()]
    header = {"release": release(), "end": END}
    lines = [json.dumps(record, separators=(",", ":")) for record in [header, *rows]]
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="ascii")


main()
