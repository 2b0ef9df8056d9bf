"""Zones, gates and the standard of photographs of an earlier meeting, for the next one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.checkin.actions import change_gate, open_gate
from eventapp.checkin.admission import Admission
from eventapp.checkin.queries import gates_of
from eventapp.meeting_file.queries import sessions_by_code
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.photographs.actions import Asked, set_standard
from eventapp.registration.photographs.queries import standard_row
from eventapp.registration.tags.actions import make_tag
from eventapp.registration.tags.queries import tag_named, tags_of
from eventapp.registration.zones.actions import ZoneContent, add_zone
from eventapp.registration.zones.queries import zones_of

Numbers = Mapping[int, int]  # of the earlier meeting → of this one


def copy_standard(source: Meeting, meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Ask the same of photographs."""
    row = standard_row(source)
    if row is not None:
        set_standard(meeting, Asked(row.across, row.down, row.least_width, row.is_checked), by=by, at=at)


def copy_entrances(source: Meeting, meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Have the same zones and open gates, with the tags that they ask for.

    A rule is kept as far as the meeting has its categories; delegations are of one meeting. A gate of which no group is
    left, or whose session is not there, does not come along: it would let in everybody.
    """
    categories = same_categories(source, meeting)
    tags = same_tags(source, meeting, by=by, at=at)
    zones = same_zones(source, meeting, categories, tags, by=by, at=at)
    sessions = sessions_by_code(meeting)
    for gate in gates_of(source):
        before, session = Admission.of(gate.admission), session_like(gate.session, sessions)
        after = replace(
            before,
            categories=same_of(before.categories, categories),
            tags=same_of(before.tags, tags),
            zones=same_of(before.zones, zones),
            delegations=(),
        )
        if before.is_for_some != after.is_for_some or (gate.session is None) != (session is None):
            continue
        ways = {"reads_out": gate.reads_out, "self_check_in": gate.self_check_in}
        change_gate(open_gate(meeting, gate.name, session, by=by, at=at), gate.name, after, **ways, by=by, at=at)


def same_categories(source: Meeting, meeting: Meeting) -> Numbers:
    there = {one.code: one.id for one in meeting.categories}
    return {one.id: there[one.code] for one in source.categories if one.code in there}


def same_tags(source: Meeting, meeting: Meeting, *, by: Person, at: datetime) -> Numbers:
    """Every tag that a zone or an open gate asks for, made where the meeting has none of its name."""
    rules = [Admission.of(gate.admission) for gate in gates_of(source)]
    asked = {tag for rule in rules for tag in rule.tags} | {tag for zone in zones_of(source) for tag in zone.tags}
    return {
        one.id: (tag_named(meeting, one.name) or make_tag(meeting, one.name, one.colour, by=by, at=at)).id
        for one in tags_of(source)
        if one.id in asked
    }


def same_zones(
    source: Meeting, meeting: Meeting, categories: Numbers, tags: Numbers, *, by: Person, at: datetime
) -> Numbers:
    found = {}
    for zone in zones_of(source):
        names = {tongue: zone.texts.get(tongue, {}).get("name", "") for tongue in meeting.other_languages}
        members = {"categories": same_of(zone.categories, categories), "tags": same_of(zone.tags, tags)}
        content = ZoneContent(zone.code, zone.name, texts=names, **members)
        found[zone.id] = add_zone(meeting, content, by=by, at=at).id
    return found


def session_like(session: Session | None, sessions: Mapping[str, Session]) -> Session | None:
    return sessions.get(session.code) if session else None


def same_of(numbers: list[int] | tuple[int, ...], same: Numbers) -> tuple[int, ...]:
    return tuple(same[one] for one in numbers if one in same)
