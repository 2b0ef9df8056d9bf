from collections import defaultdict
from datetime import datetime

from sqlalchemy import RowMapping, case, func, select

from eventapp.badges.models import Badge
from eventapp.checkin.attendance.conditions import came_or_left
from eventapp.checkin.labels import Spot, on_day, same_place
from eventapp.checkin.models import WELCOME, Gate, Scan
from eventapp.checkin.offline import statements
from eventapp.checkin.offline.sealing import name_of, sealed
from eventapp.checkin.verdicts import name
from eventapp.ground.db import db
from eventapp.ground.db.types import Query, Record
from eventapp.registration.entry import entry_codes
from eventapp.registration.models import TIME_TO_CONFIRM, UNCONFIRMED, Registration
from eventapp.vocabulary.countries import state_in

A_PAGE = 500  # people by their numbers, on one page of the list
SHORT = 8  # bytes of a line's name that say who came


def pages_of(meeting_id: int) -> int:
    """How many pages the list of a meeting has."""
    last = db.session.scalar(select(func.max(Registration.number)).where(Registration.meeting_id == meeting_id)) or 0
    return -(-last // A_PAGE)


def page_of(meeting_id: int, number: int, language: str) -> bytes:
    """The lines of one page of the list, one for each code that somebody on it has or had, in no order that tells."""
    on_page = {"meeting": meeting_id, "after": number * A_PAGE, "last": (number + 1) * A_PAGE}
    badges, tags = grouped(statements.BADGES, on_page), grouped(statements.TAGS, on_page)
    parts, notes = grouped(statements.PARTS, on_page), grouped(statements.NOTES, on_page)
    taken_in = grouped(statements.TAKEN_IN, {"meeting": meeting_id})
    lines = []
    for one in db.session.connection().execute(statements.PEOPLE, on_page).mappings():
        who, delegation = one["id"], one["delegation_id"]
        facts = facts_of(one, language) | {
            "category": one["category_id"],
            "delegations": [delegation, *(other["id"] for other in taken_in[delegation])],
            "tags": [tag["tag_id"] for tag in tags[who]],
            "notes": [note["text"] for note in notes[who]],
            "sessions": [part["session"] for part in parts[who]],
            "parts": [part_of(part) for part in parts[who]],
        }
        for code, is_replaced in codes_of(who, badges[who]):
            whole = {**facts, "replaced": is_replaced}
            lines.append(sealed(code, meeting_id, {word: fact for word, fact in whole.items() if fact}))
    return b"".join(sorted(lines))


def facts_of(row: RowMapping, language: str) -> Record:
    """Who somebody is and how their registration stands, as the door tells it."""
    state, organization, sender = row["state"], row["organization"], row["delegation"]
    return {
        "state": state,
        "lapses": (row["asked_at"] + TIME_TO_CONFIRM).isoformat() if state == UNCONFIRMED else "",
        "reference": f"R-{row['number']:04d}",
        "name": name(row["badge_name"]),
        "own": name(row["own_name"], row["own_language"]) if row["own_name"] else None,
        "organization": organization if organization != sender else "",
        "delegation": state_in(sender, language),
    }


def part_of(row: RowMapping) -> Record:
    """A role in a session, as the door tells it."""
    return {"code": row["code"], "at": row["starts_at"].isoformat(), "room": row["room"] or ""}


def codes_of(registration: int, badges: list[RowMapping]) -> list[tuple[str, bool]]:
    """Every code that somebody may show, and whether another badge took its place; the oldest badge comes first.

    The code of the letter of approval stands for the oldest badge, also where a newer key gives another one.
    """
    issued = {badge["code"]: badge["ended_at"] is not None for badge in badges}
    is_replaced = next(iter(issued.values()), False)
    return list({**dict.fromkeys(entry_codes(registration), is_replaced), **issued}.items())


def grouped(query: Query, values: dict[str, int]) -> dict[int, list[RowMapping]]:
    """The rows of a statement by their first column."""
    rows = db.session.connection().execute(query, values)
    key, found = next(iter(rows.keys())), defaultdict(list)
    for row in rows.mappings():
        found[row[key]].append(row)
    return found


def came_since(spot: Spot, after: int, at: datetime) -> tuple[bytes, int]:
    """Who came in or went out at this place today by a reading with a higher number than this: SHORT bytes of the name
    of the line of the badge that was read, and the second in four, 0 of who went out; and the number of the last.
    """
    query = (
        select(Scan.id, Badge.code, case((Scan.verdict == WELCOME, Scan.scanned_at)))
        .join(Gate, Scan.gate_id == Gate.id)
        .join(Badge, Scan.badge_id == Badge.id)
        .where(*came_or_left(), *same_place(spot), *on_day(spot, spot.day_of(at)), Scan.id > after)
        .order_by(Scan.id)
    )
    rows = db.session.execute(query).all()
    came = [
        name_of(code, spot.meeting_id)[:SHORT] + (int(moment.timestamp()) if moment else 0).to_bytes(4, "big")
        for _, code, moment in rows
    ]
    return b"".join(came), rows[-1][0] if rows else after
