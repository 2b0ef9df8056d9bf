"""What a printed report says of notes of one kind: the words, where they stand, and whose notes they are."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.record.notes.models import Note, Revision
from eventapp.record.notes.queries import OFF_RECORD
from eventapp.review.language.data import word_list
from eventapp.review.language.grammar import one_of
from eventapp.review.reading.delegations import sender_of
from eventapp.review.reports import content
from eventapp.review.reports.models import Chapter, Evidence, Paragraph, Report
from eventapp.review.reports.queries import CLEARED, CLOSED, is_cleared

OUTCOMES = ("recommendation", "agreement", "commitment", "good-practice", "flagship")
Cited = Mapping[str, Revision]  # reference of a note → the revision that is cited


@dataclass(frozen=True)
class Statement:
    """What a paragraph says of notes of the kinds that were asked for."""

    words: str
    place: str
    notes: tuple[content.Evidence, ...]


def cited_in(report: Report) -> Cited:
    """Return the revision of each note of an outcome that the report cites, by the reference of the note."""
    query = (
        select(Revision)
        .join(Evidence, Evidence.revision_id == Revision.id)
        .join(Evidence.paragraph)
        .join(Paragraph.chapter)
        .where(Chapter.report_id == report.id, Paragraph.removed_at.is_(None), Revision.kind.in_(OUTCOMES))
        .options(
            joinedload(Revision.role),
            joinedload(Revision.note).joinedload(Note.session),
            joinedload(Revision.note).joinedload(Note.current),
        )
    )
    return {one.note.reference: one for one in db.session.scalars(query).unique() if is_cleared(one.note)}


def rests_on(report: Report, kinds: Collection[str]) -> bool:
    """Whether a standing paragraph cites a note of these kinds that may be told now."""
    query = (
        select(Evidence.id)
        .join(Evidence.paragraph)
        .join(Paragraph.chapter)
        .join(Evidence.revision)
        .join(Evidence.note)
        .join(Note.session)
        .where(Chapter.report_id == report.id, Paragraph.removed_at.is_(None), Revision.kind.in_(kinds))
        .where(Note.state.in_(CLEARED), Note.deleted_at.is_(None), Note.id.not_in(OFF_RECORD), Session.rule != CLOSED)
    )
    return db.session.scalar(query.limit(1)) is not None


def statements(chapters: Iterable[content.Chapter], kinds: Collection[str]) -> Iterator[Statement]:
    """Walk what rests on notes of these kinds: the sentences of each; a whole paragraph where these are not known."""
    for chapter in chapters:
        for place, paragraph in enumerate(chapter.paragraphs):
            notes = {one.note: one for one in paragraph.evidence if one.kind in kinds}
            if notes and paragraph.sentences:
                yield from _said_of(paragraph, notes)
            elif notes:
                words = _words(paragraph, chapter.paragraphs[place + 1 :])
                yield Statement(words, paragraph.place, tuple(notes.values()))


def _said_of(paragraph: content.Paragraph, notes: Mapping[str, content.Evidence]) -> Iterator[Statement]:
    """Walk the sentences that rest on these notes alone; those of the same notes are one statement."""
    ends = [0, *(one.end for one in paragraph.sentences)]
    pieces = [
        (one.notes, paragraph.text[start : one.end].strip())
        for start, one in zip(ends, paragraph.sentences, strict=False)
    ]
    for cited, some in groupby(pieces, key=lambda piece: piece[0]):
        if cited and all(note in notes for note in cited):
            words = " ".join(text for _notes, text in some)
            yield Statement(alone(words), paragraph.place, tuple(notes[note] for note in cited))


def alone(words: str) -> str:
    """Return a sentence without the words by which it took up the one before it."""
    rest = words.removeprefix(one_of("connectors", "result"))
    return rest[:1].upper() + rest[1:]


def _words(paragraph: content.Paragraph, after: Sequence[content.Paragraph]) -> str:
    """Return the text with the points that belong to it, in one line."""
    words = [paragraph.text]
    for one in after:
        if not one.letter or one.evidence or one.number != paragraph.number:
            break
        words.append(f"{one.label} {one.text}")
    return " ".join(" ".join(words).split())


def delegations(revisions: Iterable[Revision]) -> int:
    """Return how many States and organizations these notes are of; what nobody is named for counts as one."""
    return len({sender_of(one) or one.speaker for one in revisions})


def counted(number: int) -> str:
    """Return the number as it stands inside a sentence: in words below ten."""
    return word_list("ones")[number] if number < 10 else str(number)  # noqa: PLR2004 -- as the Editorial Manual writes them
