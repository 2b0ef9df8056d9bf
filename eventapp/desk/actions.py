from datetime import datetime

from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.desk.clocks import CLOCKS, follow_new_zone
from eventapp.desk.mails import role_granted
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, ngettext
from eventapp.mail.actions import post
from eventapp.meeting_file.queries import registrations_in, uses_of
from eventapp.meetings.actions import add_part, change_meeting, change_part, close_room, grant, remove_part
from eventapp.meetings.facts import CategoryFacts, MeetingFacts
from eventapp.meetings.models import Body, Category, Meeting, Room, Staff
from eventapp.people.actions import know
from eventapp.people.models import Person
from eventapp.questions.actions import follow_category
from eventapp.registration.places.actions import offer_next
from eventapp.registration.queries import places_taken
from eventapp.registration.zones.actions import leave_zones


def change_settings(
    meeting: Meeting,
    facts: MeetingFacts,
    version: int,
    *,
    by: Person,
    at: datetime,
    keeps: str = CLOCKS,
    second: bool = False,
) -> None:
    """Say other things about a meeting; more places let in those who wait.

    In another zone what was planned `keeps` its clocks, of an hour that comes twice the first or the `second`, or its
    moments. Refused when others changed it since `version` was read, for fewer places than are taken, and for an hour
    of a session that the zone does not have.
    """
    lock(meeting)
    if meeting.version != version:
        raise Refused(_("Somebody else changed these settings meanwhile. Compare with them, then save again."))
    _refuse_fewer_than_taken(facts.capacity, places_taken(meeting))
    before = meeting.tz
    change_meeting(meeting, facts, by=by, at=at)
    if meeting.tz != before:
        follow_new_zone(meeting, before, keeps=keeps, second=second, by=by, at=at)
    offer_next(meeting, at=at)


def save_category(
    meeting: Meeting, category: Category | None, facts: CategoryFacts, *, by: Person, at: datetime
) -> None:
    """Add a category, or say other things about one; more places let in those who wait.

    Refused for fewer places than are taken, and for a code that is taken.
    """
    lock(meeting)
    if category is None:
        add_part(meeting, facts, by=by, at=at)
        return
    if facts.capacity is not None:
        _refuse_fewer_than_taken(facts.capacity, places_taken(meeting, category))
    if category.code != facts.code:
        follow_category(meeting, category.code, facts.code)
    change_part(category, facts, by=by, at=at)
    offer_next(meeting, at=at)


def take_category_away(category: Category, *, by: Person, at: datetime) -> None:
    """Remove a category nobody ever registered in. Refused where somebody did."""
    lock(category.meeting)
    count = registrations_in(category)
    if count:
        raise Refused(
            ngettext(
                "%(num)d registration names this category, so it stays. Close it for new registrations instead.",
                "%(num)d registrations name this category, so it stays. Close it for new registrations instead.",
                count,
            )
        )
    leave_zones(category.meeting, category=category.id)
    remove_part(category, by=by, at=at)


def take_body_away(body: Body, *, by: Person, at: datetime) -> None:
    """Remove a body that nothing reports to. Refused where a session or a report names it."""
    lock(body.meeting)
    count = uses_of(body, but=())
    if count:
        raise Refused(
            ngettext(
                "%(num)d session or report names this body, so it stays.",
                "%(num)d sessions or reports name this body, so it stays.",
                count,
            )
        )
    remove_part(body, by=by, at=at)


def close_empty_room(room: Room, *, by: Person, at: datetime) -> None:
    """Take a room out of use. Refused while sessions are still to be held in it."""
    lock(room.meeting)
    query = select(Session.code).where(Session.room_id == room.id, Session.cancelled_at.is_(None), Session.ends_at > at)
    codes = db.session.scalars(query.order_by(Session.starts_at)).all()
    if codes:
        raise Refused(_("Sessions are planned in this room: %(codes)s. Move them first.", codes=", ".join(codes)))
    close_room(room, by=by, at=at)


def appoint(meeting: Meeting, name: str, email: str, role: str, *, by: Person, at: datetime) -> Staff:
    """Give a role to whoever has this address, and tell them by letter. Refused when they hold it already."""
    staff = grant(meeting, know(name, email, at=at), role, by=by, at=at)
    post(role_granted(staff), at=at)
    return staff


def _refuse_fewer_than_taken(capacity: int, taken: int) -> None:
    if capacity < taken:
        raise Refused(
            ngettext(
                "%(num)d place is taken already. Write that number or a higher one.",
                "%(num)d places are taken already. Write that number or a higher one.",
                taken,
            )
        )
