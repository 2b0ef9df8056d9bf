from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from eventapp.ground.db import db
from eventapp.ground.text.policy import search_key
from eventapp.inputs.content import Contribution, contribution_from
from eventapp.inputs.models import Call, Input, InputFile, InputNote, InputRevision
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.record.notes.models import Note


@dataclass(frozen=True)
class InputFilter:
    """What an editor looks for among the inputs: an action line, words of it or of its sender, a state."""

    line: str = ""
    words: str = ""
    state: str = ""  # new, dealt, draft or withdrawn

    def fits(self, written: Input, said: Contribution) -> bool:
        """Whether this input is one of those looked for."""
        return (
            (not self.line or self.line in said.lines)
            and (not self.state or state_of(written) == self.state)
            and all(word in f"{search_key(written.name)} {said.words}" for word in search_key(self.words).split())
        )


def state_of(written: Input) -> str:
    """Where an input stands: draft, new, dealt or withdrawn."""
    if written.withdrawn_at:
        return "withdrawn"
    if not written.sent_at:
        return "draft"
    return "dealt" if written.dealt_at else "new"


def call_of(meeting: Meeting) -> Call | None:
    """What this meeting asks for, None where it asks for no inputs."""
    return db.session.scalar(select(Call).where(Call.meeting_id == meeting.id))


def input_of(person: Person, meeting: Meeting) -> Input | None:
    """What this person writes to this meeting."""
    return db.session.scalar(select(Input).where(Input.meeting_id == meeting.id, Input.person_id == person.id))


def input_at(meeting: Meeting, number: int) -> Input | None:
    """The input of this meeting with this number."""
    return db.session.scalar(select(Input).where(Input.meeting_id == meeting.id, Input.number == number))


def inputs_of(meeting: Meeting) -> list[Input]:
    """Every input of this meeting by number, drafts too, with the notes made of it. Three queries."""
    query = select(Input).where(Input.meeting_id == meeting.id).order_by(Input.number)
    notes = selectinload(Input.notes).joinedload(InputNote.note).joinedload(Note.session)
    return list(db.session.scalars(query.options(notes, selectinload(Input.draft))))


def inputs_in(meeting: Meeting) -> int:
    """How many inputs this meeting has, drafts too."""
    return db.session.scalar(select(func.count(Input.id)).where(Input.meeting_id == meeting.id)) or 0


def public_inputs(meeting: Meeting) -> list[Input]:
    """What the world may read: sent, not taken back, and its sender agreed."""
    query = select(Input).where(
        Input.meeting_id == meeting.id,
        Input.sent_at.is_not(None),
        Input.withdrawn_at.is_(None),
        Input.public_since.is_not(None),
    )
    return list(db.session.scalars(query.order_by(Input.number)))


def next_number(meeting: Meeting) -> int:
    """The number of this meeting's next input; only right while the meeting is locked."""
    return (db.session.scalar(select(func.max(Input.number)).where(Input.meeting_id == meeting.id)) or 0) + 1


def revisions_of(written: Input) -> list[InputRevision]:
    """Everything this input said when it was sent, the newest first."""
    query = select(InputRevision).where(InputRevision.input_id == written.id, InputRevision.was_sent.is_(True))
    return list(db.session.scalars(query.order_by(InputRevision.number.desc())))


def said_by(written: Input) -> Contribution:
    """What the input said when it was last sent; the empty one before."""
    sent = next(iter(revisions_of(written)), None)
    return contribution_from(sent.content) if sent else Contribution()


def said_by_all(meeting: Meeting) -> dict[int, Contribution]:
    """What each input of this meeting said when it was last sent, by its row. One query."""
    query = (
        select(InputRevision)
        .join(Input, Input.id == InputRevision.input_id)
        .where(Input.meeting_id == meeting.id, InputRevision.was_sent.is_(True))
        .order_by(InputRevision.number)
    )
    return {one.input_id: contribution_from(one.content) for one in db.session.scalars(query)}


def file_of(written: Input) -> InputFile | None:
    """The document that goes with this input now."""
    query = select(InputFile).where(InputFile.input_id == written.id, InputFile.replaced_at.is_(None))
    return db.session.scalar(query.order_by(InputFile.id.desc()).limit(1))
