"""A note as it is read for a report: one frozen value of what it says, of whom, and in which language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from eventapp.meetings.models import Meeting
from eventapp.record.extras.queries import renderings_of, tongue_of
from eventapp.record.notes.models import Note, Revision
from eventapp.record.reading.dates import FoundDate, dates_in
from eventapp.record.reading.figures import figures_in, value_of
from eventapp.record.reading.tongue import spoken_in
from eventapp.review.reading.delegations import UNKNOWN, Delegation, Known, delegation_of, same_body
from eventapp.review.reading.known import known_at
from eventapp.review.reading.names import names_in

NO_RENDERINGS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class ReadFigure:
    """A figure of a note: in its words, in its fields, or in both."""

    value: str  # in one form: "96%", "1200", "USD 5000000"
    words: str  # as it was written
    start: int  # where it stands in the words; -1 where it is in the field alone
    source: str  # '' where nobody gave one


@dataclass(frozen=True)
class ReadNote:
    """What a note says, for the steps that make a text of it. Figures, dates and names are read when asked for."""

    revision: Revision
    delegation: Delegation
    language: str  # as the words show it, else as it was chosen
    text: str | None  # in the report's language; None where the note waits for a translation

    @property
    def waits(self) -> bool:
        """Whether it cannot go into the report before somebody translates it."""
        return self.text is None

    @property
    def words(self) -> str:
        """Return the words that count: those in the report's language, else its own."""
        return self.revision.text if self.text is None else self.text

    @cached_property
    def figures(self) -> tuple[ReadFigure, ...]:
        """Return the figures in its words, then those that stand in its field alone."""
        typed = {value_of(one["figure"]): one for one in self.revision.figures}
        in_words = figures_in(self.words)
        found = [
            ReadFigure(one.value, one.words, one.start, typed.get(one.value, {}).get("source") or "")
            for one in in_words
        ]
        values = {one.value for one in in_words}
        rest = [(value, one) for value, one in typed.items() if value not in values]
        return (*found, *(ReadFigure(value, one["figure"], -1, one.get("source") or "") for value, one in rest))

    @cached_property
    def dates(self) -> tuple[FoundDate, ...]:
        """Return the days and periods in its words; "within two years" counts from the day of its session."""
        starts = self.revision.note.session.starts_at
        return dates_in(self.words, starts.date() if starts else None)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the names in its words."""
        return names_in(self.words)


def read(
    revision: Revision,
    *,
    language: str = "en",
    renderings: Mapping[str, str] = NO_RENDERINGS,
    known: Known = UNKNOWN,
) -> ReadNote:
    """Read one revision of a note for a report in this language; `renderings` are its approved translations."""
    spoken = spoken_in(revision.text, revision.language)
    text = revision.text if spoken == language else renderings.get(language) or None
    return ReadNote(revision, delegation_of(revision, known), spoken, text)


def read_all(meeting: Meeting, notes: Sequence[Note], *, language: str = "en") -> list[ReadNote]:
    """Read these notes as they stand now, in their order, for a report in this language. Five queries at most."""
    revisions = [note.current for note in notes]
    roles = {one.role_id for one in revisions if one.role_id}
    known = known_at(meeting, roles, (one.speaker for one in revisions))
    first = [read(note.current, language=language, known=known) for note in notes]
    renderings = renderings_of([one.revision.note for one in first if one.waits])
    same = same_body(one.delegation for one in first)
    return [
        replace(
            one,
            text=renderings.get(one.revision.note_id, {}).get(language) if one.waits else one.text,
            delegation=replace(one.delegation, key=same.get(one.delegation.key, one.delegation.key)),
        )
        for one in first
    ]


def waiting_for_translation(notes: Sequence[Note], *, language: str = "en") -> list[Note]:
    """Return the notes that no report in this language can use before somebody translates them. Two queries at most."""
    foreign = [note for note in notes if tongue_of(note) != language]
    renderings = renderings_of(foreign)
    return [note for note in foreign if language not in renderings.get(note.id, {})]
