from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.meetings.texts import change_texts
from eventapp.people.models import Person
from eventapp.registration.tags.queries import tags_of
from eventapp.registration.zones.models import Zone
from eventapp.registration.zones.queries import zone_at, zones_of

MOST_ZONES = 12  # of one meeting: as many codes as a badge has room for


@dataclass(frozen=True)
class ZoneContent:
    """What is said of a zone: categories and tags by their numbers, its name in the other languages by language."""

    code: str
    name: str
    categories: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


def add_zone(meeting: Meeting, content: ZoneContent, *, by: Person | None, at: datetime) -> Zone:
    """Give the meeting one more zone. Refused where its code is taken, or there are MOST_ZONES."""
    lock(meeting)
    _refuse_taken(meeting, content.code, None)
    if len(zones_of(meeting)) >= MOST_ZONES:
        raise Refused(_("A meeting has at most %(most)s zones. Remove one first.", most=MOST_ZONES))
    zone = Zone(meeting_id=meeting.id, code=content.code, name=content.name)
    zone.categories, zone.tags = list(content.categories), list(content.tags)
    db.session.add(zone)
    db.session.flush()
    record("added a zone", zone, by=by, at=at, meeting_id=meeting.id, **_in_words(meeting, zone))
    _set_texts(zone, content, by=by, at=at)
    return zone


def change_zone(zone: Zone, content: ZoneContent, *, by: Person | None, at: datetime) -> None:
    """Another code or name, or other people, at every gate that names it. Refused where its code is taken."""
    meeting = zone.meeting
    lock(meeting)
    _refuse_taken(meeting, content.code, zone)
    after = (content.code, content.name, list(content.categories), list(content.tags))
    if after != (zone.code, zone.name, zone.categories, zone.tags):
        zone.code, zone.name, zone.categories, zone.tags = after
        record("changed a zone", zone, by=by, at=at, meeting_id=meeting.id, **_in_words(meeting, zone))
    _set_texts(zone, content, by=by, at=at)


def remove_zone(zone: Zone, *, by: Person | None, at: datetime) -> None:
    """Take a zone away. Who calls this has looked that no gate asks for it."""
    record("removed a zone", zone, by=by, at=at, meeting_id=zone.meeting_id, code=zone.code, name=zone.name)
    db.session.delete(zone)
    db.session.flush()


def leave_zones(meeting: Meeting, *, category: int | None = None, tag: int | None = None) -> None:
    """Take a category or a tag that goes out of every zone: a later one may get its number. The meeting is locked."""
    for zone in zones_of(meeting):
        zone.categories = [one for one in zone.categories if one != category]
        zone.tags = [one for one in zone.tags if one != tag]


def _in_words(meeting: Meeting, zone: Zone) -> Record:
    """A zone as history keeps it."""
    people = [one.name for one in meeting.categories if one.id in zone.categories]
    people += [one.name for one in tags_of(meeting) if one.id in zone.tags]
    return {"code": zone.code, "name": zone.name, "lets_in": people}


def _set_texts(zone: Zone, content: ZoneContent, *, by: Person | None, at: datetime) -> None:
    for tongue, name in content.texts.items():
        change_texts(zone, tongue, {"name": name}, meeting=zone.meeting, by=by, at=at)


def _refuse_taken(meeting: Meeting, code: str, zone: Zone | None) -> None:
    taken = zone_at(meeting, code)
    if taken is not None and taken is not zone:
        raise Refused(_("There is a zone %(code)s already. Choose another code.", code=code), beside="code")
