from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from eventapp.ground.db import db
from eventapp.ground.text.policy import folded
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Registration
from eventapp.registration.tags.models import OrganizerNote, Tag, Tagging


def tags_of(meeting: Meeting) -> list[Tag]:
    """The tags of this meeting by name."""
    return list(db.session.scalars(select(Tag).where(Tag.meeting_id == meeting.id).order_by(Tag.folded_name)))


def tag_of(meeting: Meeting, number: int) -> Tag | None:
    """The tag of this meeting with this number."""
    return db.session.scalar(select(Tag).where(Tag.meeting_id == meeting.id, Tag.id == number))


def tag_named(meeting: Meeting, name: str) -> Tag | None:
    """The tag of this name, however it is capitalized."""
    return db.session.scalar(select(Tag).where(Tag.meeting_id == meeting.id, Tag.folded_name == folded(name)))


def tags_on(registrations: Collection[int]) -> dict[int, list[Tag]]:
    """The tags on each of the registrations with these numbers, by name; one without any is left out."""
    return by_registration(Tagging.registration_id.in_(registrations))


def tags_at(meeting: Meeting) -> dict[int, list[Tag]]:
    """The same for every registration of the meeting."""
    return by_registration(Tag.meeting_id == meeting.id)


def by_registration(condition: ColumnElement[bool]) -> dict[int, list[Tag]]:
    query = select(Tagging.registration_id, Tag).join(Tag, Tagging.tag_id == Tag.id)
    found: dict[int, list[Tag]] = {}
    for number, tag in db.session.execute(query.where(condition).order_by(Tag.folded_name)):
        found.setdefault(number, []).append(tag)
    return found


def uses_of(meeting: Meeting) -> dict[int, int]:
    """On how many registrations each tag of this meeting is, by its number."""
    query = select(Tagging.tag_id, func.count()).join(Tag, Tagging.tag_id == Tag.id).where(Tag.meeting_id == meeting.id)
    return {int(number): int(count) for number, count in db.session.execute(query.group_by(Tagging.tag_id))}


def has_tag(number: int) -> ColumnElement[bool]:
    """The condition that a registration has the tag with this number."""
    return select(Tagging.id).where(Tagging.registration_id == Registration.id, Tagging.tag_id == number).exists()


def notes_on(registration: Registration) -> list[OrganizerNote]:
    """What organizers noted on this registration, the newest first."""
    query = select(OrganizerNote).where(OrganizerNote.registration_id == registration.id)
    return list(db.session.scalars(query.order_by(OrganizerNote.id.desc()).options(joinedload(OrganizerNote.by))))


def note_on(registration: Registration, number: int) -> OrganizerNote | None:
    """The note with this number on this registration."""
    query = select(OrganizerNote).where(OrganizerNote.registration_id == registration.id, OrganizerNote.id == number)
    return db.session.scalar(query)
