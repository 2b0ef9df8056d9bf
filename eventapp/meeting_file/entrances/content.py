"""From the delegations, zones, gates and the standard of photographs of a meeting to entries of a file."""

from collections.abc import Collection, Iterator
from typing import TypedDict

from sqlalchemy import select

from eventapp.checkin.admission import Admission
from eventapp.checkin.gates import delegations_at
from eventapp.checkin.models import Gate
from eventapp.checkin.queries import gates_of
from eventapp.ground.db import db
from eventapp.meeting_file.entrances.entries import DelegationEntry, GateEntry, RolePlacesEntry, ZoneEntry
from eventapp.meeting_file.texts.entries import KindTexts
from eventapp.meeting_file.texts.words import entries_of
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Delegation
from eventapp.registration.photographs.cutting import Standard
from eventapp.registration.photographs.queries import checks_photographs, standard_of
from eventapp.registration.tags.queries import tags_of
from eventapp.registration.zones.models import Zone
from eventapp.registration.zones.queries import zones_of
from eventapp.vocabulary.participants import DELEGATION_ROLES


def entries_of_zones(meeting: Meeting) -> tuple[ZoneEntry, ...]:
    """The zones of this meeting, by code."""
    codes, tags = codes_of(meeting), tag_names(meeting)
    return tuple(zone_entry(one, codes, tags) for one in zones_of(meeting))


def zone_entry(zone: Zone, codes: dict[int, str], tags: dict[int, str]) -> ZoneEntry:
    return ZoneEntry(
        code=zone.code,
        name=zone.name,
        categories=tuple(codes[one] for one in zone.categories if one in codes),
        tags=tuple(tags[one] for one in zone.tags if one in tags),
        texts=entries_of(zone, KindTexts),
    )


def entries_of_gates(meeting: Meeting) -> tuple[GateEntry, ...]:
    """The open gates that a file can tell of, those of the building first."""
    return tuple(entry for _gate, entry in gates_in_file(meeting))


def gates_in_file(meeting: Meeting, names: Collection[str] | None = None) -> Iterator[tuple[Gate, GateEntry]]:
    """Each open gate with its entry, or each of these names.

    One whose session was cancelled is left out, and one that asks only for what is gone: written down without it, it
    would let in everybody.
    """
    codes, tags = codes_of(meeting), tag_names(meeting)
    zones = {one.id: one.code for one in zones_of(meeting)}
    for gate in gates_of(meeting, names):
        rule = Admission.of(gate.admission)
        entry = gate_entry(gate, rule, codes, zones, tags)
        is_off = gate.session is not None and gate.session.cancelled_at is not None
        if not is_off and entry.is_for_some == rule.is_for_some:
            yield gate, entry


def gate_entry(
    gate: Gate, rule: Admission, codes: dict[int, str], zones: dict[int, str], tags: dict[int, str]
) -> GateEntry:
    senders = delegations_at(set(rule.delegations))
    return GateEntry(
        name=gate.name,
        session=gate.session.code if gate.session else "",
        categories=tuple(codes[one] for one in rule.categories if one in codes),
        zones=tuple(zones[one] for one in rule.zones if one in zones),
        tags=tuple(tags[one] for one in rule.tags if one in tags),
        delegations=tuple(dict.fromkeys(senders[one].in_force.name for one in rule.delegations if one in senders)),
        roles=rule.parts,
        opens=rule.opens,
        shuts=rule.shuts,
        reads_out=gate.reads_out,
        self_check_in=gate.self_check_in,
    )


def entries_of_delegations(meeting: Meeting) -> tuple[DelegationEntry, ...]:
    """The delegations with places of their own, and those that a gate lets in, by name; of others nothing is told."""
    named = {name for one in entries_of_gates(meeting) for name in one.delegations}
    return tuple(delegation_entry(one) for one in with_places(meeting, named))


def with_places(meeting: Meeting, named: Collection[str] = ()) -> list[Delegation]:
    """The delegations with places of their own, and those of these names."""
    query = select(Delegation).where(Delegation.meeting_id == meeting.id, Delegation.merged_into_id.is_(None))
    found = [one for one in db.session.scalars(query) if one.places is not None or one.role_places or one.name in named]
    return sorted(found, key=lambda one: one.folded_name)


def delegation_entry(one: Delegation) -> DelegationEntry:
    roles = (
        RolePlacesEntry(role=role, places=one.role_places[role]) for role in DELEGATION_ROLES if role in one.role_places
    )
    return DelegationEntry(name=one.name, country=one.country, places=one.places, role_places=tuple(roles))


class Photographs(TypedDict):
    """What a file says of photographs."""

    photo_shape: str
    photo_width: int | None
    photos_checked: bool


def photographs_of(meeting: Meeting) -> Photographs:
    """What a file says of photographs: nothing where it is the usual."""
    now, usual = standard_of(meeting), Standard()
    return {
        "photo_shape": f"{now.across}x{now.down}" if (now.across, now.down) != (usual.across, usual.down) else "",
        "photo_width": now.least_width if now.least_width != usual.least_width else None,
        "photos_checked": checks_photographs(meeting),
    }


def codes_of(meeting: Meeting) -> dict[int, str]:
    return {one.id: one.code for one in meeting.categories}


def tag_names(meeting: Meeting) -> dict[int, str]:
    return {one.id: one.name for one in tags_of(meeting)}
