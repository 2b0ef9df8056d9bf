"""What a reading asks the database, put together once: building a statement costs more than running it."""

from functools import cache

from sqlalchemy import Executable, bindparam, exists, func, select

from eventapp.agenda.models import DECLINED, Session, SpeakingRole
from eventapp.badges.models import Badge
from eventapp.checkin.models import LEFT, WELCOME, Gate, Scan
from eventapp.ground.db import table_of
from eventapp.ground.db.dialects import insert_of
from eventapp.ground.db.types import Query
from eventapp.meetings.models import Category, Meeting, Room
from eventapp.people.models import Person
from eventapp.registration.models import PHOTO, Delegation, Registration, Upload
from eventapp.registration.photographs.queries import may_be_shown
from eventapp.registration.tags.models import OrganizerNote, Tagging

registration, badge, category = table_of(Registration), table_of(Badge), table_of(Category)
delegation, gate, scan, person = table_of(Delegation), table_of(Gate), table_of(Scan), table_of(Person)
meeting, upload = table_of(Meeting), table_of(Upload)
note, tagging = table_of(OrganizerNote), table_of(Tagging)
session, part, room = table_of(Session), table_of(SpeakingRole), table_of(Room)

SPOT: Query = (
    select(gate.c.id, gate.c.code, gate.c.name, gate.c.session_id, gate.c.closed_at, gate.c.admission, gate.c.reads_out)
    .add_columns(meeting.c.id, meeting.c.slug, meeting.c.zone)
    .join(meeting, gate.c.meeting_id == meeting.c.id)
    .where(meeting.c.slug == bindparam("slug"), gate.c.code == bindparam("code"))
)

_r = registration.c
_people = registration.join(category, _r.category_id == category.c.id).join(
    delegation, _r.delegation_id == delegation.c.id
)
_with_any_badge = _people.join(badge, badge.c.registration_id == _r.id)
_with_badge_in_force = _people.outerjoin(badge, (badge.c.registration_id == _r.id) & badge.c.ended_at.is_(None))
_card = (
    *(_r.id, _r.person_id, _r.meeting_id, _r.category_id, _r.delegation_id, _r.state, _r.asked_at, _r.number),
    *(_r.badge_name, _r.own_name, _r.own_language, _r.organization, delegation.c.name),
    *(category.c.name, category.c.colour, category.c.ink, category.c.shape, badge.c.id, badge.c.ended_at),
    exists().where(part.c.person_id == _r.person_id, part.c.ended_at.is_(None)).correlate(registration),
    exists()
    .where(upload.c.registration_id == _r.id, upload.c.kind == PHOTO)
    .where(upload.c.replaced_at.is_(None), upload.c.sha256 != "", may_be_shown(upload.c.id, _r.meeting_id))
    .correlate(registration),
    exists().where(note.c.registration_id == _r.id, note.c.at_door).correlate(registration),
)
CARD_BY_CODE: Query = select(*_card).select_from(_with_any_badge).where(badge.c.code == bindparam("code"))
CARD_BY_NUMBER: Query = (
    select(*_card)
    .select_from(_with_badge_in_force)
    .where(_r.meeting_id == bindparam("meeting"), _r.number == bindparam("number"))
)
CARD_OF: Query = select(*_card).select_from(_with_badge_in_force).where(_r.id == bindparam("registration"))

_arrival: Query = (
    select(scan.c.id, scan.c.scanned_at, gate.c.name, person.c.name, scan.c.method)
    .select_from(scan.join(gate, scan.c.gate_id == gate.c.id).outerjoin(person, scan.c.by_id == person.c.id))
    .where(
        scan.c.registration_id == bindparam("registration"),
        scan.c.verdict == WELCOME,
        scan.c.undone_at.is_(None),
        scan.c.scanned_at >= bindparam("starts"),
        scan.c.scanned_at < bindparam("ends"),
    )
    .order_by(scan.c.scanned_at, scan.c.client_key)
    .limit(1)
)
_departure: Query = (
    select(func.max(scan.c.scanned_at))
    .select_from(scan.join(gate, scan.c.gate_id == gate.c.id))
    .where(
        scan.c.registration_id == bindparam("registration"),
        scan.c.verdict == LEFT,
        scan.c.undone_at.is_(None),
        scan.c.scanned_at >= bindparam("starts"),
        scan.c.scanned_at < bindparam("ends"),
    )
)
_of_building = gate.c.meeting_id == bindparam("meeting"), gate.c.session_id.is_(None)
_of_session = (gate.c.session_id == bindparam("session"),)
FIRST = {  # who let somebody in, and when they left; of the building, of a session
    True: (_arrival.where(*_of_building), _departure.where(*_of_building)),
    False: (_arrival.where(*_of_session), _departure.where(*_of_session)),
}

_parts = session.join(part, part.c.session_id == session.c.id)
_that_hold = (
    part.c.person_id == bindparam("person"),
    session.c.meeting_id == bindparam("meeting"),
    session.c.cancelled_at.is_(None),
    part.c.ended_at.is_(None),
    part.c.state != DECLINED,
)
PARTS = (
    select(session.c.code, session.c.starts_at, room.c.name)
    .select_from(_parts.outerjoin(room, session.c.room_id == room.c.id))
    .where(*_that_hold)
    .order_by(session.c.starts_at, part.c.id)
)
SESSIONS = select(session.c.id).select_from(_parts).where(*_that_hold)
TAGGED = select(tagging.c.id).where(
    tagging.c.registration_id == bindparam("registration"), tagging.c.tag_id.in_(bindparam("tags", expanding=True))
)
TOOK_IN = select(delegation.c.id).where(
    delegation.c.merged_into_id == bindparam("delegation"),
    delegation.c.id.in_(bindparam("taken_in", expanding=True)),
)
NOTES = (
    select(note.c.text).where(note.c.registration_id == bindparam("registration"), note.c.at_door).order_by(note.c.id)
)


_WRITTEN = (
    *("gate_id", "badge_id", "registration_id", "client_key", "method", "read"),
    *("scanned_at", "received_at", "by_id", "verdict", "reason", "answered"),
)


@cache
def write_down(dialect: str) -> Executable:
    """The statement that keeps a reading; no number comes back where its key is there already."""
    values = {name: bindparam(name, type_=scan.c[name].type) for name in _WRITTEN}
    statement = insert_of(dialect)(scan).values(values).on_conflict_do_nothing(index_elements=["client_key"])
    returning: Executable = statement.returning(scan.c.id)
    return returning
