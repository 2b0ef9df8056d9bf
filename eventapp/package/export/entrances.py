"""Zones, open gates, the standard of photographs and layouts of badges, as an archive says them; in public none."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from eventapp.badges.layouts.actions import with_questions
from eventapp.badges.printing.layouts import Design
from eventapp.checkin.admission import Admission
from eventapp.checkin.gates import delegations_at
from eventapp.checkin.models import Gate
from eventapp.checkin.queries import gates_of
from eventapp.ground.db.types import Record
from eventapp.meetings.models import Meeting
from eventapp.package.export import place
from eventapp.package.manifest import content
from eventapp.registration.photographs.queries import standard_row
from eventapp.registration.zones.queries import zones_of

MOST = 100  # of a proportion


def with_entrances(package: content.Package, meeting: Meeting) -> content.Package:
    """An archive with them.

    Tags stay behind, for they are words of organizers. So does a gate of which no group is left: it would let in
    everybody; and one that asks for a delegation which stays behind.
    """
    if package.level == content.PUBLIC:
        return package
    codes = {each.id: each.code for each in meeting.categories}
    zones = {each.id: each.code for each in zones_of(meeting)}
    row, senders = standard_row(meeting), {one.name for one in package.delegations}
    whole = replace(
        package.meeting,
        zones=tuple(
            place.Zone(each.code, each.name, tuple(codes[n] for n in each.categories if n in codes), each.texts)
            for each in zones_of(meeting)
        ),
        gates=tuple(gates_leaving(meeting, codes, zones, senders)),
        photographs=place.PhotoStandard(row.across, row.down, row.least_width, row.is_checked) if row else None,
        badges=tuple(layouts_leaving(meeting, {one.code for one in package.questions})),
    )
    return replace(package, meeting=whole)


def layouts_leaving(meeting: Meeting, questions: Collection[str]) -> Iterator[place.BadgeLayout]:
    """The layout of the meeting where it is not the usual one, then those of its categories; without answers to
    questions that stay behind.
    """
    for code, stored in (("", meeting.badge_layout), *((one.code, one.badge_layout) for one in meeting.categories)):
        if stored:
            yield layout_leaving(code, with_questions(Design.of(stored), questions))


def layout_leaving(code: str, one: Design) -> place.BadgeLayout:
    return place.BadgeLayout(code, one.size.value, one.parts, one.back is not None, one.back or (), one.wide, one.high)


def gates_leaving(
    meeting: Meeting, codes: dict[int, str], zones: dict[int, str], delegations: Collection[str]
) -> Iterator[place.Gate]:
    for gate in gates_of(meeting):
        rule = Admission.of(gate.admission)
        senders = delegations_at(set(rule.delegations))
        names = tuple(dict.fromkeys(senders[n].in_force.name for n in rule.delegations if n in senders))
        one = gate_of(gate, rule, codes, zones, names)
        has_group = bool(one.categories or one.zones or one.delegations or one.parts)
        if has_group == rule.is_for_some and set(names) <= set(delegations):
            yield one


def gate_of(
    gate: Gate, rule: Admission, codes: dict[int, str], zones: dict[int, str], delegations: tuple[str, ...]
) -> place.Gate:
    return place.Gate(
        name=gate.name,
        session=gate.session.code if gate.session else "",
        categories=tuple(codes[n] for n in rule.categories if n in codes),
        zones=tuple(zones[n] for n in rule.zones if n in zones),
        delegations=delegations,
        parts=rule.parts,
        opens=rule.opens,
        shuts=rule.shuts,
        reads_out=gate.reads_out,
        self_check_in=gate.self_check_in,
    )


def loose_entrances(package: content.Package) -> Iterator[str]:
    """What a zone or a gate names that is not there, and numbers that no photograph has."""
    meeting = package.meeting
    codes, zones = {one.code for one in meeting.categories}, {one.code for one in meeting.zones}
    sessions = {one.code for one in package.agenda.sessions} | {""}
    senders = {one.name for one in package.delegations}
    if package.level == content.PUBLIC and (meeting.zones or meeting.gates or meeting.photographs or meeting.badges):
        yield "meeting: a public package has no zones, gates, standard of photographs and layouts of badges"
    yield from loose_layouts(meeting, codes, {one.code for one in package.questions})
    for one in meeting.zones:
        if not place.ZONE.fullmatch(one.code) or not set(one.categories) <= codes:
            yield f"zone {one.code!a}: its code or its categories"
    for gate in meeting.gates:
        if not (set(gate.categories) <= codes and set(gate.zones) <= zones and set(gate.delegations) <= senders):
            yield f"gate {gate.name!a}: whom it lets in"
        if gate.session not in sessions or not all(map(is_clock, (gate.opens, gate.shuts))) or not gate.name:
            yield f"gate {gate.name!a}: its name, session or hours"
    asked = meeting.photographs
    if asked and not (0 < asked.across <= MOST and 0 < asked.down <= MOST and asked.least_width > 0):
        yield "meeting.photographs: its numbers"


def loose_layouts(meeting: content.Meeting, codes: Collection[str], questions: Collection[str]) -> Iterator[str]:
    """What a layout of badges says that none can."""
    if len({one.category for one in meeting.badges}) < len(meeting.badges):
        yield "meeting.badges: a category has two layouts"
    for layout in meeting.badges:
        design = with_questions(design_in(layout), questions)
        if layout.category not in (*codes, "") or layout_leaving(layout.category, design) != layout:
            yield f"layout of badges {layout.category!a}: its category, size or parts"


def design_in(one: place.BadgeLayout) -> Design:
    """What a package says of a layout, as far as it makes sense."""
    stored: Record = {"size": one.size, "front": one.front, "wide": one.wide, "high": one.high}
    return Design.of({**stored, **({"back": one.back} if one.both_sides else {})})


def is_clock(text: str) -> bool:
    return not text or place.CLOCK.fullmatch(text) is not None
