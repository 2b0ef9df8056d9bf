"""Where the record of each session stands: a light, and a count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.meetings.models import Meeting
from eventapp.outcomes.models import APPROVED, CONFIRMED, DRAFT, PUBLISHED, SUBMITTED, Note, SessionRecord
from eventapp.outcomes.queries import (
    RAPPORTEUR,
    notes,
    notes_of,
    record_of,
    records_of,
    roles_of,
)
from eventapp.words import _, ngettext

QUIET_FOR = timedelta(minutes=20)


@dataclass(frozen=True)
class Light:
    """The state of one record: a tone, and the words that say the same."""

    tone: str
    words: str


@dataclass(frozen=True)
class Standing:
    """One session with its light and its counts, ready for a list."""

    session: Session
    light: Light
    rapporteurs: tuple[SpeakingRole, ...]
    notes: int
    waiting: int
    cleared: int


def standings(meeting: Meeting, sessions: Iterable[Session], *, at: datetime) -> list[Standing]:
    """The light of each of these sessions at this moment."""
    roles, records = roles_of(meeting), records_of(meeting)
    mine: dict[int, list[Note]] = {}
    for note in notes(Session.meeting_id == meeting.id, Note.deleted_at.is_(None)):
        mine.setdefault(note.session_id, []).append(note)
    return [standing(one, mine.get(one.id, []), roles.get(one.id, []), records, at) for one in sessions]


def standing(
    session: Session,
    found: list[Note],
    roles: list[SpeakingRole],
    records: Mapping[int, SessionRecord],
    at: datetime,
) -> Standing:
    rapporteurs = tuple(role for role in roles if role.holds and role.role == RAPPORTEUR)
    cancelled = Light("off", _("Cancelled")) if session.cancelled_at else None
    on_record = [note for note in found if not note.current.off_record]
    return Standing(
        session=session,
        light=cancelled or light(session, on_record, rapporteurs, records.get(session.id), at),
        rapporteurs=rapporteurs,
        notes=len(found),
        waiting=sum(note.state in (SUBMITTED, CONFIRMED) for note in on_record),
        cleared=sum(note.state in (APPROVED, PUBLISHED) for note in on_record),
    )


def light(
    session: Session,
    found: list[Note],
    rapporteurs: tuple[SpeakingRole, ...],
    record: SessionRecord | None,
    at: datetime,
) -> Light:
    if record is not None and record.submitted_at and found:
        return handed_in(found)
    if found:
        return Light("wait", _("Writing"))
    if at >= session.ends_at:
        return Light("stop", _("No notes"))
    if at >= session.starts_at + QUIET_FOR:
        return Light("stop", _("No notes after 20 minutes"))
    if not rapporteurs:
        return Light("stop", _("Nobody assigned"))
    return Light("off", _("Planned")) if at < session.starts_at else Light("wait", _("Has begun"))


def handed_in(found: list[Note]) -> Light:
    drafts = sum(note.state == DRAFT for note in found)
    if drafts:
        return Light("wait", ngettext("%(num)s note not handed in", "%(num)s notes not handed in", drafts))
    if all(note.state == PUBLISHED for note in found):
        return Light("ok", _("Published"))
    if all(note.state in (APPROVED, PUBLISHED) for note in found):
        return Light("ok", _("Cleared"))
    return Light("wait", _("Submitted"))


def is_handed_in(session: Session) -> bool:
    """Whether this session was handed in, at least once."""
    record = record_of(session)
    return record is not None and record.submitted_at is not None


def is_cleared(session: Session) -> bool:
    """Whether this session was handed in and each of its notes on the record is approved: nothing is added any more."""
    found = [note for note in notes_of(session) if not note.current.off_record]
    return is_handed_in(session) and bool(found) and all(note.state in (APPROVED, PUBLISHED) for note in found)
