"""Whose words the notes of a session are: of its people, and of the participants who spoke from the floor."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.floor.models import Statement
from eventapp.floor.queries import registration_at, statements_of
from eventapp.ground.db import db
from eventapp.record.confirmations.models import AGREED, Addressee, Confirmation, Reply
from eventapp.record.notes.attribution import typed_source
from eventapp.record.notes.models import APPROVED, CONFIRMED, SUBMITTED, Note
from eventapp.record.notes.queries import notes
from eventapp.record.notes.statements import is_of, is_of_its_turn
from eventapp.record.sessions.queries import SILENT_ROLES
from eventapp.registration.models import Registration

LEADERS = ("chair", "moderator")


@dataclass(frozen=True)
class Words:
    """The notes of a session that stand on the record: whose words they are, and what was agreed to by link."""

    session: Session
    notes: list[Note]
    floor: Mapping[int, Registration]  # by the number of a note: who said it, having no part to be asked by
    agreed: Collection[tuple[int, int, int]]  # a person, a note, and the revision they confirmed

    @property
    def people(self) -> list[Addressee]:
        """Whoever may be asked, who led the session first; a participant with a part in it by that part alone."""
        parts = [role for role in self.session.roles if role.holds and role.role not in SILENT_ROLES]
        known = {role.person_id for role in parts}
        floor = {one.id: one for one in self.floor.values() if one.holds_a_place and one.person_id not in known}
        led = sorted(parts, key=lambda role: role.role not in LEADERS)
        return [*led, *sorted(floor.values(), key=lambda one: one.record_name)]

    def concerning(self, who: Addressee) -> list[Note]:
        """The notes that concern this person: all of them for who led the session, else their own words."""
        leads = isinstance(who, SpeakingRole) and who.role in LEADERS
        return [note for note in self.notes if leads or self.is_said_by(note, who)]

    def waiting_for(self, who: Addressee) -> list[Note]:
        """Those of them that were handed in, without what this person confirmed as it stands now."""
        return [
            note
            for note in self.concerning(who)
            if note.state in (SUBMITTED, CONFIRMED, APPROVED) and (who.person_id, note.id, note.head) not in self.agreed
        ]

    def is_said_by(self, note: Note, who: Addressee) -> bool:
        has_part = isinstance(who, SpeakingRole) and note.current.role_id == who.id
        return has_part or (who.person_id is not None and self.speaker(note) == who.person_id)

    def speaker(self, note: Note) -> int | None:
        """The number of the person who said it, where the meeting knows them."""
        one = self.floor.get(note.id) or note.current.role
        return one.person_id if one else None

    @property
    def unknown(self) -> dict[str, Registration | None]:
        """Who said something, has no part in the session, and cannot be asked: by their name as the notes have it.

        With the registration of those who do not take part any more.
        """
        asked = {who.person_id for who in self.people if who.person_id}
        return {
            source: self.floor.get(note.id)
            for note in self.notes
            if (source := typed_source(note.current)) and not has_part(note) and self.speaker(note) not in asked
        }


def words_of(session: Session) -> Words:
    """The notes of this session on the record, and whose words they are."""
    found = notes(Note.session_id == session.id, Note.deleted_at.is_(None))
    on_record = [note for note in found if not note.current.off_record]
    return Words(session, on_record, said_from_floor(session, on_record), agreed_in(session))


def has_part(note: Note) -> bool:
    role = note.current.role
    return role is not None and role.holds


def names_somebody(part: SpeakingRole | None) -> bool:
    """Whether this part says which person it is, and is still theirs."""
    return part is not None and part.holds and part.person_id is not None


def agreed_in(session: Session) -> set[tuple[int, int, int]]:
    """What was confirmed in this session by link: by which person, which note, at which revision."""
    query = (
        select(func.coalesce(SpeakingRole.person_id, Registration.person_id), Reply.note_id, Reply.revision)
        .join(Reply.confirmation)
        .outerjoin(Confirmation.role)
        .outerjoin(Confirmation.registration)
        .where(Confirmation.session_id == session.id, Reply.answer == AGREED)
    )
    return {(person, note, revision) for person, note, revision in db.session.execute(query)}


def said_from_floor(session: Session, found: Iterable[Note]) -> dict[int, Registration]:
    """By the number of a note: the participant who said it, where no part in the session tells who that is."""
    unnamed = [note for note in found if not names_somebody(note.current.role)]
    if not unnamed:
        return {}
    participants, turns = participants_heard(session), statements_of(session)
    behind = ((note, participant_behind(note, turns, participants)) for note in unnamed)
    return {note.id: participant for note, participant in behind if participant}


def participants_heard(session: Session) -> dict[int, Registration]:
    """The participants of the floor list, those taken off it too, by the number of their registration."""
    query = select(Registration).where(
        Registration.id.in_(select(Statement.registration_id).where(Statement.session_id == session.id))
    )
    return {one.id: one for one in db.session.scalars(query.options(joinedload(Registration.person)))}


def participant_behind(
    note: Note, turns: Iterable[Statement], participants: Mapping[int, Registration]
) -> Registration | None:
    """Who said this: by the turn it hangs on while it still names its speaker, else the one participant of the floor
    list who is called so. Of namesakes nobody is asked: the words of one are not for the other.
    """
    now = note.current
    if now.role and now.role.person_id:  # whose part was ended or declined
        return registration_at(note.session, now.role.person_id)
    if note.statement and note.statement.registration_id and is_of_its_turn(note):
        return participants.get(note.statement.registration_id)
    called = {turn.registration_id for turn in turns if now.speaker and turn.registration_id and is_of(turn, now)}
    return participants.get(called.pop() or 0) if len(called) == 1 else None
