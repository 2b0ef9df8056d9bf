from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.agenda.models import DECLINED, Session, SpeakingRole
from eventapp.db import db
from eventapp.floor.queries import statements_of
from eventapp.meetings.models import Category, Meeting
from eventapp.outcomes.models import (
    APPROVED,
    CONFIRMED,
    PUBLISHED,
    SUBMITTED,
    KeptText,
    Note,
    Revision,
    SessionRecord,
)
from eventapp.people.models import Person
from eventapp.registration.models import Delegation, Registration

RAPPORTEUR = "rapporteur"
SILENT_ROLES = ("rapporteur", "interpreter")  # they do not speak for anybody
BREAK = "break"


@dataclass(frozen=True)
class Speaker:
    """Somebody of the session or of its floor list: what a rapporteur types, and what it stands for."""

    name: str
    organization: str
    stakeholder_type: str
    country: str
    role_id: int | None = None

    @property
    def label(self) -> str:
        return f"{self.name}, {self.organization}" if self.organization else self.name


def session_at(meeting: Meeting, code: str) -> Session | None:
    """The session with this code; breaks have no record."""
    query = select(Session).where(Session.meeting_id == meeting.id, Session.code == code, Session.kind != BREAK)
    return db.session.scalar(query)


def is_rapporteur_of(person: Person, session: Session) -> bool:
    """Whether this person holds the part of rapporteur in this session, now."""
    query = holding(person).where(SpeakingRole.session_id == session.id)
    return db.session.scalar(query.limit(1)) is not None


def is_rapporteur_at(person: Person, meeting: Meeting) -> bool:
    """Whether this person is rapporteur of any session of this meeting, now."""
    query = holding(person).join(Session).where(Session.meeting_id == meeting.id)
    return db.session.scalar(query.limit(1)) is not None


def holding(person: Person) -> Select[int]:
    return select(SpeakingRole.id).where(
        SpeakingRole.person_id == person.id,
        SpeakingRole.role == RAPPORTEUR,
        SpeakingRole.ended_at.is_(None),
        SpeakingRole.state != DECLINED,
    )


def sessions_recorded(meeting: Meeting) -> list[Session]:
    """The sessions of this meeting that have a record, in the order of the day."""
    query = select(Session).where(
        Session.meeting_id == meeting.id, Session.kind != BREAK, Session.cancelled_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(Session.starts_at, Session.code).options(joinedload(Session.room))))


def noted_though_cancelled(meeting: Meeting) -> list[Session]:
    """The cancelled sessions of this meeting that somebody wrote notes in: their words are still to be found."""
    noted = select(Note.session_id).where(Note.deleted_at.is_(None))
    query = select(Session).where(
        Session.meeting_id == meeting.id, Session.cancelled_at.is_not(None), Session.id.in_(noted)
    )
    return list(db.session.scalars(query.order_by(Session.starts_at, Session.code).options(joinedload(Session.room))))


def notes(*where: ColumnElement[bool]) -> list[Note]:
    """Notes with what they say now, in the order of the day and of their numbers."""
    query = select(Note).join(Note.session).where(*where).order_by(Session.starts_at, Session.code, Note.number)
    options = (
        contains_eager(Note.session),
        joinedload(Note.statement),
        joinedload(Note.current).joinedload(Revision.role),
    )
    return list(db.session.scalars(query.options(*options)))


def notes_of(session: Session) -> list[Note]:
    """The notes of this session that are not deleted, the newest first."""
    return notes(Note.session_id == session.id, Note.deleted_at.is_(None))[::-1]


def number_of_notes(session: Session) -> int:
    """How many notes of this session are not deleted."""
    query = select(func.count()).where(Note.session_id == session.id, Note.deleted_at.is_(None))
    return db.session.scalar(query) or 0


def deleted_notes_of(session: Session) -> list[Note]:
    """The notes of this session that were deleted, and can be brought back."""
    return notes(Note.session_id == session.id, Note.deleted_at.is_not(None))


def note_at(session: Session, number: int) -> Note | None:
    """The note of this session with this number, deleted ones too."""
    return db.session.scalar(select(Note).where(Note.session_id == session.id, Note.number == number))


def next_number(session: Session) -> int:
    """The number of this session's next note; the number of a deleted note is not given again."""
    return (db.session.scalar(select(func.max(Note.number)).where(Note.session_id == session.id)) or 0) + 1


def revisions_of(note: Note) -> list[Revision]:
    """Everything this note ever said, the oldest first."""
    query = select(Revision).where(Revision.note_id == note.id).order_by(Revision.number)
    return list(db.session.scalars(query.options(joinedload(Revision.by), joinedload(Revision.role))))


def revision_of(note: Note, number: int) -> Revision | None:
    """What this note said at this number."""
    return db.session.scalar(select(Revision).where(Revision.note_id == note.id, Revision.number == number))


def texts_kept(note: Note) -> list[KeptText]:
    """Texts for this note that were set aside in a conflict, the newest first; settled ones too."""
    query = select(KeptText).where(KeptText.note_id == note.id, KeptText.part == "note")
    return list(db.session.scalars(query.order_by(KeptText.id.desc()).options(joinedload(KeptText.by))))


def conflicts_of(session: Session) -> list[KeptText]:
    """Texts of this session that wait for somebody to decide between two."""
    query = select(KeptText).where(KeptText.session_id == session.id, *set_aside())
    return list(db.session.scalars(query.order_by(KeptText.id)))


def set_aside() -> tuple[ColumnElement[bool], ...]:
    return (KeptText.part == "note", KeptText.note_id.is_not(None), KeptText.settled_at.is_(None))


def kept_text(note: Note, kept_id: int) -> KeptText | None:
    """One text set aside for this note."""
    return next((kept for kept in texts_kept(note) if kept.id == kept_id), None)


def being_changed(note: Note, person: Person) -> KeptText | None:
    """What this person was changing this note into and did not save, the newest."""
    query = select(KeptText).where(
        KeptText.note_id == note.id,
        KeptText.by_id == person.id,
        KeptText.part == "change",
        KeptText.settled_at.is_(None),
    )
    return db.session.scalar(query.order_by(KeptText.at.desc(), KeptText.id.desc()).limit(1))


def being_typed(session: Session, person: Person) -> KeptText | None:
    """What this person was typing in this session and did not save, the newest."""
    query = select(KeptText).where(
        KeptText.session_id == session.id,
        KeptText.by_id == person.id,
        KeptText.note_id.is_(None),
        KeptText.part == "note",
        KeptText.settled_at.is_(None),
    )
    return db.session.scalar(query.order_by(KeptText.at.desc(), KeptText.id.desc()).limit(1))


def texts_of(person: Person) -> list[KeptText]:
    """Every text this person typed that is no note: not saved yet, or set aside because another came first."""
    query = select(KeptText).where(
        KeptText.by_id == person.id,
        or_(
            KeptText.settled_at.is_(None),
            and_(KeptText.part == "note", KeptText.note_id.is_not(None)),
            KeptText.part == "summary",
        ),
    )
    options = (joinedload(KeptText.session).joinedload(Session.meeting), joinedload(KeptText.note))
    return list(db.session.scalars(query.order_by(KeptText.at.desc(), KeptText.id.desc()).options(*options)))


def text_of(person: Person, kept_id: int) -> KeptText | None:
    """One of those texts."""
    return next((kept for kept in texts_of(person) if kept.id == kept_id), None)


def record_of(session: Session) -> SessionRecord | None:
    """The state of this session's record, None before anything was handed in."""
    return db.session.scalar(select(SessionRecord).where(SessionRecord.session_id == session.id))


def approved_records(meeting: Meeting) -> list[SessionRecord]:
    """The records of the sessions whose summary the world reads."""
    query = select(SessionRecord).join(SessionRecord.session).where(Session.meeting_id == meeting.id)
    return list(db.session.scalars(query.where(SessionRecord.approved_head.is_not(None)).order_by(SessionRecord.id)))


def speakers_of(session: Session) -> list[Speaker]:
    """Who may have said something here: the people of the session, then those of its floor list; each once.

    Who was given no organization on the agenda speaks for the delegation they are registered with.
    """
    delegates = registered(session.meeting_id, [role.person_id for role in session.roles if role.person_id])
    roles = [
        speaker_of(role, *delegates.get(role.person_id or 0, ("", None)))
        for role in session.roles
        if role.holds and role.role not in SILENT_ROLES
    ]
    known = {one.label for one in roles}
    floor = [
        Speaker(one.name, one.organization, one.stakeholder_type, one.country, one.role_id)
        for one in statements_of(session)
        if one.label not in known
    ]
    return [*roles, *{one.label: one for one in floor}.values()]


def speaker_of(role: SpeakingRole, stakeholder_type: str, delegation: Delegation | None) -> Speaker:
    return Speaker(
        role.name,
        role.organization or (delegation.name if delegation else ""),
        stakeholder_type,
        role.country or (delegation.country if delegation else ""),
        role.id,
    )


def registered(meeting_id: int, people: Iterable[int]) -> dict[int, tuple[str, Delegation]]:
    """What these people are registered as at this meeting, and with whom: person -> (stakeholder type, delegation)."""
    query = (
        select(Registration.person_id, Category.stakeholder_type, Delegation)
        .join(Category, Category.id == Registration.category_id)
        .join(Delegation, Delegation.id == Registration.delegation_id)
        .where(Registration.meeting_id == meeting_id, Registration.person_id.in_(list(people)))
    )
    return {person_id: (kind, delegation) for person_id, kind, delegation in db.session.execute(query)}


def public_notes(session: Session) -> list[Note]:
    """What the world may read of this session: published, and never what was off the record."""
    return [note for note in notes(Note.session_id == session.id, *open_to_all()) if not note.current.off_record]


def public_notes_at(meeting: Meeting) -> list[Note]:
    """What the world may read of this meeting, in the order of the day."""
    return [note for note in notes(Session.meeting_id == meeting.id, *open_to_all()) if not note.current.off_record]


def open_to_all() -> tuple[ColumnElement[bool], ...]:
    return (Note.state == PUBLISHED, Note.deleted_at.is_(None), Session.cancelled_at.is_(None))


def approved_notes(meeting: Meeting) -> list[Note]:
    """What a report of this meeting may rest on: approved or published, never what was off the record."""
    cleared = or_(Note.state == APPROVED, Note.state == PUBLISHED)
    found = notes(Session.meeting_id == meeting.id, cleared, Note.deleted_at.is_(None))
    return [note for note in found if not note.current.off_record]


def roles_of(meeting: Meeting) -> dict[int, list[SpeakingRole]]:
    """Everybody's parts at this meeting, by session."""
    query = select(SpeakingRole).join(Session).where(Session.meeting_id == meeting.id)
    found: dict[int, list[SpeakingRole]] = {}
    for role in db.session.scalars(query.order_by(SpeakingRole.position, SpeakingRole.id)):
        found.setdefault(role.session_id, []).append(role)
    return found


def records_of(meeting: Meeting) -> dict[int, SessionRecord]:
    """What was handed in at this meeting, by session."""
    query = select(SessionRecord).join(Session).where(Session.meeting_id == meeting.id)
    return {record.session_id: record for record in db.session.scalars(query)}


def notes_waiting(meeting: Meeting) -> list[Note]:
    """The notes of this meeting that an organizer may approve: handed in, or confirmed by link."""
    waiting = Note.state.in_((SUBMITTED, CONFIRMED))
    found = notes(Session.meeting_id == meeting.id, waiting, Note.deleted_at.is_(None))
    return [note for note in found if not note.current.off_record]


def split_notes(meeting: Meeting) -> set[int]:
    """The notes of this meeting that have two texts somebody has to decide between."""
    query = select(KeptText.note_id).join(Session).where(Session.meeting_id == meeting.id, *set_aside())
    return {note_id for note_id in db.session.scalars(query) if note_id is not None}
