"""What a reader said themselves: the sentences of a draft that rest on their notes, each with the words around it.

Their notes are those of the delegation or organization they read for, and those where they are the speaker. Around a
sentence stand the one before and the one after, unless that names somebody above a ceiling: others read no such words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eventapp.clearance.models import Reader
from eventapp.ground.db.types import Record
from eventapp.ground.text.policy import folded
from eventapp.record.notes.models import Note, Revision
from eventapp.review.compiling.numbering import FOOTNOTE, without_footnotes
from eventapp.review.compiling.sentence_records import OPENING
from eventapp.review.language.attribution import names_above, never_named
from eventapp.review.language.names import Names
from eventapp.review.reading.delegations import delegation_of, same_body
from eventapp.review.reading.notes import read_all
from eventapp.review.reports.models import Chapter, Paragraph
from eventapp.review.reports.queries import chapters_of, is_cleared, notes_for, silent_notes
from eventapp.review.versions.publication_snapshot import present_paragraphs


@dataclass(frozen=True)
class Part:
    """A sentence of an extract; without `words` it may not be shown, or stands too far from theirs."""

    written: str = ""
    is_own: bool = False

    @property
    def words(self) -> str:
        """The sentence without its footnotes."""
        return without_footnotes(self.written)

    @property
    def footnotes(self) -> list[str]:
        """The footnotes of the sentence."""
        return [found["text"].strip() for found in FOOTNOTE.finditer(self.written)]


@dataclass(frozen=True)
class Extract:
    """What a reader is shown of one paragraph."""

    chapter: Chapter
    paragraph: Paragraph
    parts: tuple[Part, ...]

    @property
    def own(self) -> list[Part]:
        """The sentences that rest on their notes."""
        return [one for one in self.parts if one.is_own]


def extracts_for(reader: Reader) -> list[Extract]:
    """Return what rests on the notes of this reader in the draft as it reads now, in its order."""
    report = reader.report
    notes = notes_for(report)
    mine = notes_of(reader, notes)
    if not mine:
        return []
    unnamed = never_named((note.current for note in [*notes, *silent_notes(report.meeting)]), report.policy)
    made = (
        Extract(chapter, paragraph, tuple(_parts(paragraph, mine, report.policy, unnamed)))
        for chapter in chapters_of(report)
        if reader.reads(chapter)
        for paragraph in present_paragraphs(chapter)
    )
    return [one for one in made if one.own]


def sentence_shown_to(reader: Reader, paragraph: int, sentence: str) -> str:
    """Return this sentence as it is written, where the reader is shown it in this paragraph as theirs; else ''."""
    shown = (one for one in extracts_for(reader) if one.paragraph.id == paragraph)
    return next((part.written for one in shown for part in one.own if is_same(part.written, sentence)), "")


def is_same(written: str, sent: str) -> bool:
    """Whether a sentence came back from a form as it was written: a form has its own ends of lines."""
    return written.split() == sent.split()


def notes_of(reader: Reader, notes: Sequence[Note]) -> set[int]:
    """Return the numbers of those of these notes that are of the reader, or of whom they read for."""
    read = read_all(reader.report.meeting, notes) if notes else []
    theirs = delegation_of(Revision(organization=reader.on_behalf, speaker="", stakeholder_type="", country=""))
    same = same_body([*(one.delegation for one in read), theirs])
    key, name = same.get(theirs.key, theirs.key), folded(reader.name)
    return {
        one.revision.note_id
        for one in read
        if (key and same.get(one.delegation.key, one.delegation.key) == key) or folded(one.revision.speaker) == name
    }


def _parts(paragraph: Paragraph, mine: set[int], policy: str, unnamed: Names) -> Iterator[Part]:
    """Walk the sentences of a paragraph: theirs, those beside them, and one mark for what is left out between."""
    rows = [one for one in _sentences(paragraph) if one["text"]]
    notes = {one.note_id: one for one in paragraph.evidence}
    resting = {place for place, one in enumerate(rows) if not mine.isdisjoint(one["notes"])}
    counting = {place for place, one in enumerate(rows) if one.get("key") == OPENING}
    own = resting - counting or resting  # the sentence that says how many spoke stands around theirs
    is_gap = False
    for place, one in enumerate(rows):
        others = [notes[number] for number in one["notes"] if number in notes and number not in mine]
        is_near = bool(own) and (place in counting or not own.isdisjoint({place - 1, place, place + 1}))
        revisions = [revision for each in others for revision in (each.revision, each.note.current)]
        is_shown = is_near and all(is_cleared(each.note) for each in others)
        is_named = names_above(one["text"], revisions, policy, unnamed.allowed) or (
            place not in own and unnamed.found_in(one["text"])  # beside theirs; their own name they know
        )
        if is_shown and not is_named:
            yield Part(one["text"], place in own)
            is_gap = False
        elif not is_gap:
            yield Part()
            is_gap = True


def _sentences(paragraph: Paragraph) -> Sequence[Record]:
    """Return its sentences; one of the whole text where it knows none."""
    whole = {"text": paragraph.text, "notes": [one.note_id for one in paragraph.evidence]}
    return paragraph.sentences or [whole]
