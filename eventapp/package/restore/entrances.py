"""The zones, gates, standard of photographs and layouts of badges of an archive become those of its meeting again."""

from collections.abc import Mapping

from eventapp.agenda.models import Session
from eventapp.checkin.admission import Admission
from eventapp.checkin.models import Gate
from eventapp.ground.db import db
from eventapp.ground.text.policy import folded
from eventapp.meetings.models import Category, Meeting
from eventapp.package.export.entrances import design_in
from eventapp.package.manifest import content
from eventapp.registration.models import Delegation
from eventapp.registration.photographs.models import PhotoStandard
from eventapp.registration.zones.models import Zone


def entrances_from(
    one: content.Meeting, meeting: Meeting, sessions: Mapping[str, Session], delegations: Mapping[str, Delegation]
) -> None:
    """Keep them with the categories, sessions and delegations that the meeting has by now."""
    numbers = {each.code: each.id for each in meeting.categories}
    zones = {
        each.code: Zone(
            meeting_id=meeting.id,
            code=each.code,
            name=each.name,
            categories=[numbers[code] for code in each.categories],
            texts=each.texts,
        )
        for each in one.zones
    }
    db.session.add_all(zones.values())
    db.session.flush()
    for place, gate in enumerate(one.gates, start=1):
        rule = Admission(
            categories=tuple(numbers[code] for code in gate.categories),
            zones=tuple(zones[code].id for code in gate.zones),
            delegations=tuple(delegations[folded(name)].id for name in gate.delegations),
            parts=gate.parts,
            opens=gate.opens,
            shuts=gate.shuts,
        )
        row = Gate(meeting_id=meeting.id, code=f"G{place}", name=gate.name, admission=rule.as_record())
        row.session_id = sessions[gate.session].id if gate.session else None
        row.reads_out, row.self_check_in = gate.reads_out, gate.self_check_in
        db.session.add(row)
        db.session.flush()  # in a row each, for they leave in this order
    if asked := one.photographs:
        facts = {"across": asked.across, "down": asked.down, "least_width": asked.least_width}
        db.session.add(PhotoStandard(meeting_id=meeting.id, is_checked=asked.is_checked, **facts))
    categories = {each.code: each for each in meeting.categories}
    for layout in one.badges:
        thing: Meeting | Category = categories[layout.category] if layout.category else meeting
        thing.badge_layout = design_in(layout).as_record()
    db.session.flush()
