"""Who may enter at a gate, in words and as somebody typed it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy import select

from eventapp.checkin.admission import Admission
from eventapp.checkin.models import Gate
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.text.dates import zone_label
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import folded
from eventapp.ground.text.worded import worded
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Delegation
from eventapp.registration.queries import delegation_named
from eventapp.registration.tags.queries import tags_of
from eventapp.registration.zones.models import Zone
from eventapp.registration.zones.queries import members_of, zones_of

NOON = time(12)


def rule_of(record: Record) -> Admission:
    """The rule of a gate as it holds now: with the categories and tags of its zones. One query where it has some."""
    rule = Admission.of(record)
    return rule.with_members(*members_of(rule.zones)) if rule.zones else rule


def gates_by_zone(meeting: Meeting) -> dict[int, list[Gate]]:
    """The open gates that ask for each zone, by the zone's number. One query."""
    found: defaultdict[int, list[Gate]] = defaultdict(list)
    query = select(Gate).where(Gate.meeting_id == meeting.id, Gate.closed_at.is_(None)).order_by(Gate.id)
    for gate in db.session.scalars(query):
        for number in Admission.of(gate.admission).zones:
            found[number].append(gate)
    return found


def rules_in_words(meeting: Meeting, gates: Sequence[Gate]) -> dict[int, list[str]]:
    """What each of these gates asks, as short phrases in the reader's language; [] for one that lets in everybody."""
    rules = {gate.id: Admission.of(gate.admission) for gate in gates}
    senders = delegations_at({number for rule in rules.values() for number in rule.delegations})
    tags = {tag.id: tag.name for tag in tags_of(meeting)} if any(rule.tags for rule in rules.values()) else {}
    zones = zones_of(meeting) if any(rule.zones for rule in rules.values()) else []
    return {
        gate.id: phrases(meeting, rules[gate.id], tags, senders, zones, is_of_session=gate.session_id is not None)
        for gate in gates
    }


def phrases(
    meeting: Meeting,
    rule: Admission,
    tags: dict[int, str],
    senders: dict[int, Delegation],
    zones: Sequence[Zone],
    *,
    is_of_session: bool,
) -> list[str]:
    """The rule as phrases: who, then when."""
    found = [
        _("zone %(code)s (%(name)s)", code=one.code, name=worded(one, "name")) for one in zones if one.id in rule.zones
    ]
    found += [worded(one, "name") for one in meeting.categories if one.id in rule.categories]
    found += [_("tag “%(name)s”", name=tags[number]) for number in rule.tags if number in tags]
    found += [senders[number].in_force.label for number in rule.delegations if number in senders]
    if rule.parts:
        found.append(
            _("who has a role in its session") if is_of_session else _("who has a role in any session"),
        )
    if rule.has_hours:
        found.append(hours(meeting, rule))
    return found


def hours(meeting: Meeting, rule: Admission) -> str:
    """From when to when, in the zone of the meeting."""
    zone = zone_label(meeting.tz, datetime.combine(meeting.starts_on, NOON, meeting.tz))
    if rule.opens and rule.shuts:
        return _("%(opens)s to %(shuts)s (%(zone)s)", opens=rule.opens, shuts=rule.shuts, zone=zone)
    if rule.opens:
        return _("from %(opens)s (%(zone)s)", opens=rule.opens, zone=zone)
    return _("until %(shuts)s (%(zone)s)", shuts=rule.shuts, zone=zone)


def delegations_at(numbers: set[int]) -> dict[int, Delegation]:
    """These delegations, by number."""
    if not numbers:
        return {}
    return {one.id: one for one in db.session.scalars(select(Delegation).where(Delegation.id.in_(numbers)))}


def delegation_called(meeting: Meeting, name: str) -> Delegation | None:
    """The delegation with this name, as it was registered or, of a State, as the reader's language has it."""
    found = delegation_named(meeting, name)
    if found:
        return found
    states = select(Delegation).where(Delegation.meeting_id == meeting.id, Delegation.is_state)
    return next((one.in_force for one in db.session.scalars(states) if folded(one.label) == folded(name)), None)
