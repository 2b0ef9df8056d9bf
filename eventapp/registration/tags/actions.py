"""Making tags, putting them on registrations, and noting something on one."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, literal, select

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import folded
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.models import Registration
from eventapp.registration.tags.models import OrganizerNote, Tag, Tagging
from eventapp.registration.tags.queries import tag_named, tags_of
from eventapp.registration.zones.actions import leave_zones

MOST_TAGS = 100  # of one meeting: a list to choose from


def make_tag(meeting: Meeting, name: str, colour: str, *, by: Person | None, at: datetime) -> Tag:
    """A new tag of this meeting. Refused where it has one of this name, or as many as fit a list."""
    lock(meeting)
    refuse_taken(meeting, name, None)
    if len(tags_of(meeting)) >= MOST_TAGS:
        raise Refused(_("A meeting has at most %(most)s tags. Take one away first.", most=MOST_TAGS))
    tag = Tag(meeting_id=meeting.id, name=name, folded_name=folded(name), colour=colour)
    db.session.add(tag)
    db.session.flush()
    record("added a tag", tag, by=by, at=at, meeting_id=meeting.id, name=name)
    return tag


def change_tag(meeting: Meeting, tag: Tag, name: str, colour: str, *, by: Person, at: datetime) -> None:
    """Another name or colour, on every registration that has the tag. Refused where another tag has this name."""
    lock(meeting)
    refuse_taken(meeting, name, tag)
    tag.name, tag.folded_name, tag.colour = name, folded(name), colour
    record("changed a tag", tag, by=by, at=at, meeting_id=meeting.id, name=name)


def remove_tag(meeting: Meeting, tag: Tag, *, by: Person, at: datetime) -> None:
    """Take the tag away from the meeting and from every registration that has it."""
    lock(meeting)
    record("removed a tag", tag, by=by, at=at, meeting_id=meeting.id, name=tag.name)
    leave_zones(meeting, tag=tag.id)
    db.session.execute(delete(Tagging).where(Tagging.tag_id == tag.id))
    db.session.delete(tag)


def put_tags(registrations: Sequence[Registration], tags: Sequence[Tag], *, by: Person, at: datetime) -> int:
    """Put these tags on these registrations of one meeting. Returns how many registrations had one of them not yet."""
    if not registrations:
        return 0
    lock(registrations[0].meeting)
    there = taggings(registrations, tags)
    tagged = 0
    for one in registrations:
        new = [tag for tag in tags if (one.id, tag.id) not in there]
        db.session.add_all(Tagging(registration_id=one.id, tag_id=tag.id) for tag in new)
        if new:
            tagged += 1
            record("put a tag on", one, by=by, at=at, tags=[tag.name for tag in new])
    db.session.flush()
    return tagged


def take_tags_off(registrations: Sequence[Registration], tags: Sequence[Tag], *, by: Person, at: datetime) -> int:
    """Take these tags off these registrations of one meeting. Returns how many registrations had one of them."""
    if not registrations:
        return 0
    lock(registrations[0].meeting)
    there = taggings(registrations, tags)
    for one in registrations:
        if gone := [tag.name for tag in tags if (one.id, tag.id) in there]:
            record("took a tag off", one, by=by, at=at, tags=gone)
    these = [one.id for one in registrations], [tag.id for tag in tags]
    db.session.execute(delete(Tagging).where(Tagging.registration_id.in_(these[0]), Tagging.tag_id.in_(these[1])))
    return len({registration for registration, _tag in there})


def put_tags_on_all(
    meeting: Meeting, numbers: Sequence[int], tags: Collection[int], *, by: Person, at: datetime
) -> int:
    """Put the tags with these numbers on the registrations with these, in a statement for each tag.

    Returns on how many one was new. History has one line for each tag, not one for each registration.
    """
    lock(meeting)
    here = [one for one in tags_of(meeting) if one.id in tags]
    fresh = len(numbers) - count_with(numbers, here)
    for tag in here:
        has_it = select(Tagging.registration_id).where(Tagging.tag_id == tag.id)
        lacks_it = Registration.id.in_(numbers), Registration.id.not_in(has_it)
        count = db.session.scalar(select(func.count()).select_from(Registration).where(*lacks_it)) or 0
        rest = select(Registration.id, literal(tag.id)).where(*lacks_it)
        db.session.execute(insert(Tagging).from_select(["registration_id", "tag_id"], rest))
        if count:
            record("put a tag on all that match", tag, by=by, at=at, name=tag.name, count=count)
    return fresh


def take_tags_off_all(
    meeting: Meeting, numbers: Sequence[int], tags: Collection[int], *, by: Person, at: datetime
) -> int:
    """Take the tags with these numbers off the registrations with these. Returns how many had one of them."""
    lock(meeting)
    here = Tagging.registration_id.in_(numbers), Tagging.tag_id.in_(tags)
    count = db.session.scalar(select(func.count(func.distinct(Tagging.registration_id))).where(*here)) or 0
    each = select(Tagging.tag_id, func.count()).where(*here).group_by(Tagging.tag_id)
    taken = {row[0]: row[1] for row in db.session.execute(each)}
    db.session.execute(delete(Tagging).where(*here))
    for tag in tags_of(meeting):
        if tag.id in taken:
            record("took a tag off all that match", tag, by=by, at=at, name=tag.name, count=taken[tag.id])
    return count


def count_with(numbers: Sequence[int], tags: Sequence[Tag]) -> int:
    """How many of these registrations have all of these tags."""
    query = select(func.count()).select_from(Registration).where(Registration.id.in_(numbers))
    for tag in tags:
        query = query.where(Registration.id.in_(select(Tagging.registration_id).where(Tagging.tag_id == tag.id)))
    return db.session.scalar(query) or 0


def add_note(
    registration: Registration, text: str, *, by: Person, at: datetime, at_door: bool = False
) -> OrganizerNote:
    """Note something on a registration, for organizers, or for the door as well. History says that, never what."""
    note = OrganizerNote(registration_id=registration.id, text=text, at_door=at_door, at=at, by_id=by.id)
    db.session.add(note)
    db.session.flush()
    record("noted on a registration", registration, by=by, at=at)
    return note


def remove_note(registration: Registration, note: OrganizerNote, *, by: Person, at: datetime) -> None:
    """Delete the note for good."""
    db.session.delete(note)
    record("removed a note from a registration", registration, by=by, at=at)


def taggings(registrations: Sequence[Registration], tags: Sequence[Tag]) -> set[tuple[int, int]]:
    """Which of these registrations has which of these tags."""
    query = select(Tagging.registration_id, Tagging.tag_id).where(
        Tagging.registration_id.in_([one.id for one in registrations]), Tagging.tag_id.in_([one.id for one in tags])
    )
    return {(registration, tag) for registration, tag in db.session.execute(query)}


def refuse_taken(meeting: Meeting, name: str, but: Tag | None) -> None:
    known = tag_named(meeting, name)
    if known is not None and known is not but:
        raise Refused(_("There is a tag “%(name)s” already.", name=known.name), beside="name")
