from collections.abc import Collection, Iterable

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Registration
from eventapp.registration.tags.models import Tagging
from eventapp.registration.zones.models import Zone


def zones_of(meeting: Meeting) -> list[Zone]:
    """The zones of this meeting by code."""
    return list(db.session.scalars(select(Zone).where(Zone.meeting_id == meeting.id).order_by(Zone.code)))


def zone_at(meeting: Meeting, code: str) -> Zone | None:
    """The zone of this meeting with this code."""
    return db.session.scalar(select(Zone).where(Zone.meeting_id == meeting.id, Zone.code == code))


def members_of(numbers: Collection[int]) -> tuple[set[int], set[int]]:
    """The numbers of the categories and the tags that the zones with these numbers let in; one that is gone, none."""
    found = db.session.execute(select(Zone.categories, Zone.tags).where(Zone.id.in_(numbers))).all()
    return {one for row in found for one in row[0]}, {one for row in found for one in row[1]}


def zones_by_person(meeting: Meeting, people: Iterable[Registration]) -> dict[int, tuple[str, ...]]:
    """The codes of the zones that each of these may enter, by the number of the registration. Two queries."""
    zones = zones_of(meeting)
    if not zones:
        return {}
    asked = {tag for zone in zones for tag in zone.tags}
    tags: dict[int, set[int]] = {}
    rows = db.session.execute(select(Tagging.registration_id, Tagging.tag_id).where(Tagging.tag_id.in_(asked)))
    for who, tag in rows:
        tags.setdefault(who, set()).add(tag)

    def lets_in(zone: Zone, one: Registration) -> bool:
        return one.category.id in zone.categories or not tags.get(one.id, set()).isdisjoint(zone.tags)

    return {one.id: tuple(zone.code for zone in zones if lets_in(zone, one)) for one in people}
