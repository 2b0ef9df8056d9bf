from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, case, func, literal, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.agenda.models import DECLINED, Session, SpeakingRole
from eventapp.floor.models import PROTOCOL, Floor, FloorAct, Statement
from eventapp.ground.db import db
from eventapp.ground.text.policy import search_key
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.models import APPROVED, Delegation, Registration

KEEPERS = ("rapporteur", "chair", "moderator")
SILENT = ("rapporteur", "interpreter", "coordinator")
BREAK = "break"
MOST_FOUND = 8
UNDO, UNDO_LASTS = "undo", timedelta(minutes=10)


@dataclass(frozen=True)
class FloorList:
    """The floor of one session as it stands: who speaks, who waits in which order, who has spoken."""

    session: Session
    rule: str
    first_timers_first: bool
    running: Statement | None
    waiting: tuple[Statement, ...]
    spoken: tuple[Statement, ...]
    last: FloorAct | None
    acts: int

    def undoable(self, person: Person | None, at: datetime) -> FloorAct | None:
        """The last act, where this person did it in the last ten minutes."""
        last = self.last
        if last is None or person is None or last.by_id != person.id or at - last.at > UNDO_LASTS:
            return None
        return last


def floor_session(meeting: Meeting, code: str) -> Session | None:
    """The session with this code, which has a floor; breaks have none."""
    query = select(Session).where(Session.meeting_id == meeting.id, Session.code == code, Session.kind != BREAK)
    return db.session.scalar(query)


def is_keeper(person: Person, session: Session) -> bool:
    """Whether this person leads or records this session, now."""
    query = select(SpeakingRole.id).where(
        SpeakingRole.person_id == person.id,
        SpeakingRole.session_id == session.id,
        SpeakingRole.role.in_(KEEPERS),
        SpeakingRole.ended_at.is_(None),
        SpeakingRole.state != DECLINED,
    )
    return db.session.scalar(query.limit(1)) is not None


def floor_of(session: Session) -> FloorList:
    """Who speaks, who waits and who has spoken in this session. Four queries."""
    settings = settings_of(session)
    found = statements_of(session)
    waiting = sorted((one for one in found if one.is_waiting), key=lambda one: (one.place, one.id))
    return FloorList(
        session=session,
        rule=settings.rule if settings else PROTOCOL,
        first_timers_first=bool(settings and settings.first_timers_first),
        running=next((one for one in found if one.is_running), None),
        waiting=tuple(waiting),
        spoken=tuple(one for one in found if one.is_over),
        last=newest_act(session),
        acts=db.session.scalar(select(func.count()).where(FloorAct.session_id == session.id)) or 0,
    )


def settings_of(session: Session) -> Floor | None:
    """How the requests of this session are put in order, None while nobody has chosen."""
    return db.session.scalar(select(Floor).where(Floor.session_id == session.id))


def statements_of(session: Session) -> list[Statement]:
    """Every statement of this session that was not taken off the list: those made in order, then those asked for."""
    query = select(Statement).where(Statement.session_id == session.id, Statement.removed_at.is_(None))
    found = db.session.scalars(query.options(joinedload(Statement.category)))
    return sorted(found, key=lambda one: (one.started_at is None, one.started_at or one.asked_at, one.id))


def statement_in(session: Session, number: int) -> Statement | None:
    """The statement of this session with this number, whatever became of it."""
    return db.session.scalar(select(Statement).where(Statement.session_id == session.id, Statement.id == number))


def running_in(session: Session) -> Statement | None:
    """Whose turn it is in this session."""
    query = select(Statement).where(
        Statement.session_id == session.id,
        Statement.started_at.is_not(None),
        Statement.ended_at.is_(None),
        Statement.removed_at.is_(None),
    )
    return db.session.scalar(query)


def newest_act(session: Session) -> FloorAct | None:
    """The last thing done to this list that was not taken back."""
    query = select(FloorAct).where(
        FloorAct.session_id == session.id, FloorAct.undone_at.is_(None), FloorAct.act != UNDO
    )
    return db.session.scalar(query.order_by(FloorAct.id.desc()).limit(1).options(joinedload(FloorAct.statement)))


def may_ask(session: Session) -> list[SpeakingRole]:
    """The people of this session who may want to speak."""
    return [role for role in session.roles if role.holds and role.role not in SILENT]


def own_people_found(session: Session, words: str) -> list[SpeakingRole]:
    """The people of this session whose name or organization has all these words."""
    asked = search_key(words).split()
    if not asked:
        return []
    named = [(role, search_key(role.name, role.organization)) for role in may_ask(session)]
    return [role for role, text in named if all(word in text for word in asked)]


def registration_at(session: Session, person_id: int | None) -> Registration | None:
    """The registration of this person at the session's meeting, where it holds a place."""
    if person_id is None:
        return None
    query = select(Registration).where(
        Registration.meeting_id == session.meeting_id,
        Registration.person_id == person_id,
        Registration.state == APPROVED,
    )
    return db.session.scalar(query)


def participant(session: Session, number: int) -> Registration | None:
    """The participant with a place whose registration this is."""
    query = select(Registration).where(
        Registration.meeting_id == session.meeting_id, Registration.id == number, Registration.state == APPROVED
    )
    return db.session.scalar(query)


def participants_found(session: Session, words: str) -> list[Registration]:
    """The first participants with a place whose name or delegation has all these words.

    First who is called so, then who is of a delegation whose name has words that begin so, then where it stands inside.
    """
    asked = search_key(words).split()
    if not asked:
        return []
    where = Registration.search_text
    text = literal(" ") + where  # the name stands first in it
    name = func.substr(text, 1, func.length(Registration.record_name) + 1)
    is_called, begins = (and_(*(part.contains(f" {word}", autoescape=True) for word in asked)) for part in (name, text))
    query = (
        select(Registration)
        .join(Registration.delegation)
        .where(
            Registration.meeting_id == session.meeting_id,
            Registration.state == APPROVED,
            *(where.contains(word, autoescape=True) for word in asked),
        )
        .order_by(
            case((is_called, 0), (begins, 1), else_=2),
            case((is_called, ""), else_=Delegation.name),
            Registration.family_name,
            Registration.id,
        )
    )
    options = (contains_eager(Registration.delegation), joinedload(Registration.category))
    return list(db.session.scalars(query.limit(MOST_FOUND).options(*options)))


def had_the_floor(meeting: Meeting) -> Select[int | None]:
    """Who had the floor at this meeting, in a session that was not cancelled, as far as they are known."""
    speakers = (
        select(Statement.registration_id, Statement.role_id)
        .join(Session, Statement.session_id == Session.id)
        .distinct()
        .where(
            Session.meeting_id == meeting.id,
            Session.cancelled_at.is_(None),
            Statement.started_at.is_not(None),
            Statement.removed_at.is_(None),
        )
        .subquery()
    )
    person = func.coalesce(SpeakingRole.person_id, Registration.person_id)
    return (
        select(person)
        .select_from(speakers)
        .outerjoin(SpeakingRole, speakers.c.role_id == SpeakingRole.id)
        .outerjoin(Registration, speakers.c.registration_id == Registration.id)
        .where(person.is_not(None))
    )
