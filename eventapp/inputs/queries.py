from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import ColumnElement, Select, and_, false, func, select
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

    @property
    def looks_inside(self) -> bool:
        """Whether what inputs say has to be read."""
        return bool(self.line or search_key(self.words))

    def fits(self, name: str, said: Contribution) -> bool:
        """Whether an input of somebody of this name that says this has the line and the words."""
        has_words = all(word in f"{search_key(name)} {said.words}" for word in search_key(self.words).split())
        return has_words and (not self.line or self.line in said.lines)


SOME = 200  # inputs whose words are read at once
STATES: Mapping[str, ColumnElement[bool]] = MappingProxyType(
    {
        "withdrawn": Input.withdrawn_at.is_not(None),
        "draft": and_(Input.withdrawn_at.is_(None), Input.sent_at.is_(None)),
        "dealt": and_(Input.withdrawn_at.is_(None), Input.sent_at.is_not(None), Input.dealt_at.is_not(None)),
        "new": and_(Input.withdrawn_at.is_(None), Input.sent_at.is_not(None), Input.dealt_at.is_(None)),
    }
)  # where an input stands, as `state_of` says it


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
    return list(db.session.scalars(_with_all(query)))


def _with_all(query: Select[Input]) -> Select[Input]:
    notes = selectinload(Input.notes).joinedload(InputNote.note).joinedload(Note.session)
    return query.options(notes, selectinload(Input.draft))


def numbers_found(meeting: Meeting, looked_for: InputFilter) -> list[int]:
    """The rows of the inputs of this meeting that fit what is looked for, by number.

    What they say is read only where words or a line are looked for, some at a time.
    """
    conditions = [Input.meeting_id == meeting.id]
    if looked_for.state:
        conditions.append(STATES.get(looked_for.state, false()))
    found = db.session.execute(select(Input.id, Input.name).where(*conditions).order_by(Input.number)).all()
    if not looked_for.looks_inside:
        return [number for number, _name in found]
    fitting: list[int] = []
    for start in range(0, len(found), SOME):
        some = found[start : start + SOME]
        texts = said_by_these([number for number, _name in some])
        fitting += [number for number, name in some if looked_for.fits(name, texts.get(number, Contribution()))]
    return fitting


def inputs_with(numbers: Sequence[int]) -> list[tuple[Input, Contribution | None]]:
    """These inputs by number, with the notes made of them, and what each said when it was sent. Four queries."""
    query = _with_all(select(Input).where(Input.id.in_(numbers)).order_by(Input.number))
    texts = said_by_these(numbers)
    return [(one, texts.get(one.id)) for one in db.session.scalars(query)]


def inputs_in(meeting: Meeting) -> int:
    """How many inputs this meeting has, drafts too."""
    return db.session.scalar(select(func.count(Input.id)).where(Input.meeting_id == meeting.id)) or 0


def public_inputs(meeting: Meeting) -> Select[Input]:
    """Ask for what the world may read: sent, not taken back, and its sender agreed."""
    query = select(Input).where(
        Input.meeting_id == meeting.id,
        Input.sent_at.is_not(None),
        Input.withdrawn_at.is_(None),
        Input.public_since.is_not(None),
    )
    return query.order_by(Input.number)


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


def said_by_these(numbers: Sequence[int]) -> dict[int, Contribution]:
    """What each of these inputs said when it was last sent, by its row. One query."""
    query = (
        select(InputRevision.input_id, InputRevision.content)
        .where(InputRevision.input_id.in_(numbers), InputRevision.was_sent.is_(True))
        .order_by(InputRevision.number)
    )
    newest = dict(db.session.execute(query).all())
    return {number: contribution_from(content) for number, content in newest.items()}


def file_of(written: Input) -> InputFile | None:
    """The document that goes with this input now."""
    query = select(InputFile).where(InputFile.input_id == written.id, InputFile.replaced_at.is_(None))
    return db.session.scalar(query.order_by(InputFile.id.desc()).limit(1))
