"""What a page of the list asks the database: a few statements for all of its people, put together once."""

from sqlalchemy import bindparam, select

from eventapp.agenda.models import DECLINED
from eventapp.checkin.statements import badge, delegation, note, part, registration, room, session, tagging
from eventapp.ground.db.types import Query

_r = registration.c
_on_page = (
    _r.meeting_id == bindparam("meeting"),
    _r.number > bindparam("after"),
    _r.number <= bindparam("last"),
)
PEOPLE: Query = (
    select(_r.id, _r.category_id, _r.delegation_id, _r.state, _r.asked_at, _r.number)
    .add_columns(_r.badge_name, _r.own_name, _r.own_language, _r.organization, delegation.c.name.label("delegation"))
    .join(delegation, _r.delegation_id == delegation.c.id)
    .where(*_on_page)
)
BADGES: Query = (
    select(badge.c.registration_id, badge.c.code, badge.c.ended_at)
    .join(registration, badge.c.registration_id == _r.id)
    .where(*_on_page)
    .order_by(badge.c.id)
)
TAGS: Query = (
    select(tagging.c.registration_id, tagging.c.tag_id)
    .join(registration, tagging.c.registration_id == _r.id)
    .where(*_on_page)
    .order_by(tagging.c.tag_id)
)
NOTES: Query = (
    select(note.c.registration_id, note.c.text)
    .join(registration, note.c.registration_id == _r.id)
    .where(*_on_page, note.c.at_door)
    .order_by(note.c.id)
)
PARTS: Query = (
    select(_r.id, session.c.id.label("session"), session.c.code, session.c.starts_at, room.c.name.label("room"))
    .select_from(
        registration.join(part, part.c.person_id == _r.person_id).join(session, part.c.session_id == session.c.id)
    )
    .outerjoin(room, session.c.room_id == room.c.id)
    .where(*_on_page, session.c.meeting_id == _r.meeting_id, session.c.cancelled_at.is_(None))
    .where(part.c.ended_at.is_(None), part.c.state != DECLINED)
    .order_by(session.c.starts_at, part.c.id)
)
TAKEN_IN: Query = (
    select(delegation.c.merged_into_id, delegation.c.id)
    .where(delegation.c.meeting_id == bindparam("meeting"), delegation.c.merged_into_id.is_not(None))
    .order_by(delegation.c.id)
)
