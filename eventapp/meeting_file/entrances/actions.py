"""The delegations, zones, gates and the standard of photographs of a file become those of the meeting."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.checkin.actions import change_gate, close_gate, open_gate
from eventapp.checkin.admission import Admission
from eventapp.checkin.models import Gate
from eventapp.checkin.queries import gate_has_readings
from eventapp.delegations.actions import set_places
from eventapp.ground.db import db
from eventapp.ground.text.i18n import _
from eventapp.meeting_file.entrances.content import codes_of as category_codes
from eventapp.meeting_file.entrances.content import (
    gates_in_file,
    photographs_of,
    with_places,
    zone_entry,
)
from eventapp.meeting_file.entrances.content import tag_names as names_of_tags
from eventapp.meeting_file.entrances.entries import DelegationEntry, GateEntry, ZoneEntry
from eventapp.meeting_file.queries import sessions_by_code
from eventapp.meeting_file.schema import MeetingFile
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.photographs.actions import Asked, set_standard
from eventapp.registration.photographs.cutting import Standard
from eventapp.registration.register import sent_by
from eventapp.registration.tags.actions import make_tag
from eventapp.registration.tags.queries import tag_named
from eventapp.registration.zones.actions import ZoneContent, add_zone, change_zone, remove_zone
from eventapp.registration.zones.queries import zones_of

Found = tuple[int, str]  # line, what to do
COLOUR = "blue"  # of a tag that a file names and the meeting has not


def set_entrances(meeting: Meeting, file: MeetingFile, *, by: Person | None, at: datetime) -> None:
    """Let the meeting have the photographs and zones of the file, and no others' gates and places.

    The meeting is locked, its categories and sessions are there. A gate that the file leaves out is closed, and a
    delegation has no places of its own any more.
    """
    listed = {one.name for one in file.delegations}
    for row in with_places(meeting):
        if row.name not in listed:
            set_places(row, None, {}, by=by, at=at)
    set_photographs(meeting, file, by=by, at=at)
    set_zones(meeting, file.zones, numbers_of_tags(meeting, file.zones, by=by, at=at), by=by, at=at)
    close_gates(meeting, file.gates, by=by, at=at)


def end_zones(meeting: Meeting, entries: Iterable[ZoneEntry], *, by: Person | None, at: datetime) -> None:
    """Take the zones away that the file leaves out, once no gate asks for them."""
    listed = {one.code for one in entries}
    for zone in zones_of(meeting):
        if zone.code not in listed:
            remove_zone(zone, by=by, at=at)


def set_delegations(meeting: Meeting, entries: Iterable[DelegationEntry], *, by: Person | None, at: datetime) -> None:
    """Let these have the places that the file says, made where the meeting has none of that name. It is locked."""
    for one in entries:
        row = sent_by(meeting, one.name, one.country)
        db.session.flush()
        set_places(row, one.places, {role.role: role.places for role in one.role_places}, by=by, at=at)


def set_photographs(meeting: Meeting, file: MeetingFile, *, by: Person | None, at: datetime) -> None:
    usual = Standard()
    wanted = {"photo_shape": file.photo_shape, "photo_width": file.photo_width, "photos_checked": file.photos_checked}
    if wanted == photographs_of(meeting):
        return
    across, down = map(int, (file.photo_shape or f"{usual.across}x{usual.down}").split("x"))
    asked = Asked(across, down, file.photo_width or usual.least_width, file.photos_checked)
    set_standard(meeting, asked, by=by, at=at)


def numbers_of_tags(
    meeting: Meeting, entries: Iterable[ZoneEntry | GateEntry], *, by: Person | None, at: datetime
) -> dict[str, int]:
    """The numbers of the tags that these entries name, made where the meeting has none of that name."""
    names = dict.fromkeys(name for one in entries for name in one.tags)
    return {name: (tag_named(meeting, name) or make_tag(meeting, name, COLOUR, by=by, at=at)).id for name in names}


def set_zones(
    meeting: Meeting, entries: Iterable[ZoneEntry], tags: dict[str, int], *, by: Person | None, at: datetime
) -> None:
    rows = {one.code: one for one in zones_of(meeting)}
    numbers = {code: number for number, code in category_codes(meeting).items()}
    for one in entries:
        row = rows.get(one.code)
        if row is not None and zone_entry(row, category_codes(meeting), names_of_tags(meeting)) == one:
            continue
        texts = dict.fromkeys(row.texts if row else (), "") | {each.language: each.name for each in one.texts}
        members = {
            "categories": tuple(numbers[code] for code in one.categories),
            "tags": tuple(tags[name] for name in one.tags),
        }
        content = ZoneContent(one.code, one.name, texts=texts, **members)
        if row is None:
            add_zone(meeting, content, by=by, at=at)
        else:
            change_zone(row, content, by=by, at=at)


def close_gates(meeting: Meeting, entries: Iterable[GateEntry], *, by: Person | None, at: datetime) -> None:
    """Close the gates that the file leaves out, or puts at another session."""
    listed = {(one.name, one.session) for one in entries}
    for gate, entry in gates_in_file(meeting):
        if (entry.name, entry.session) not in listed:
            close_gate(gate, by=by, at=at)
    db.session.flush()


def set_gates(meeting: Meeting, entries: Sequence[GateEntry], *, by: Person | None, at: datetime) -> None:
    """Open and change these gates; zones are there."""
    tags = numbers_of_tags(meeting, entries, by=by, at=at)
    there = {entry.name: (gate, entry) for gate, entry in gates_in_file(meeting, [one.name for one in entries])}
    sessions = sessions_by_code(meeting, {one.session for one in entries if one.session})
    for one in entries:
        known = there.get(one.name)
        if known and known[1] == one:
            continue
        gate = known[0] if known else opened(meeting, one, sessions, by=by, at=at)
        ways = {"reads_out": one.reads_out, "self_check_in": one.self_check_in}
        change_gate(gate, one.name, rule_in(meeting, one, tags), **ways, by=by, at=at)


def opened(meeting: Meeting, one: GateEntry, sessions: dict[str, Session], *, by: Person | None, at: datetime) -> Gate:
    gate = open_gate(meeting, one.name, sessions[one.session] if one.session else None, by=by, at=at)
    db.session.flush()
    return gate


def rule_in(meeting: Meeting, one: GateEntry, tags: dict[str, int]) -> Admission:
    """Who may enter at this gate, by the numbers that the meeting has."""
    numbers = {code: number for number, code in category_codes(meeting).items()}
    zones = {zone.code: zone.id for zone in zones_of(meeting)}
    return Admission(
        categories=tuple(numbers[code] for code in one.categories),
        tags=tuple(tags[name] for name in one.tags),
        delegations=tuple(sent_by(meeting, name, "").id for name in one.delegations),
        parts=one.roles,
        opens=one.opens,
        shuts=one.shuts,
        zones=tuple(zones[code] for code in one.zones),
    )


def objections_to_gates(meeting: Meeting, file: MeetingFile) -> Iterator[Found]:
    """The gates that the file leaves out, or puts at another session, though badges were read there."""
    listed = {(one.name, one.session) for one in file.gates}
    for gate, entry in gates_in_file(meeting):
        if (entry.name, entry.session) not in listed and gate_has_readings(gate):
            yield (
                file.place.of("gates"),
                _("Badges were read at the gate %(name)s. Keep it in the file; the door can close it.", name=gate.name),
            )
