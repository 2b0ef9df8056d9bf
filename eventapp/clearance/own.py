"""What a reader said themselves: the sentences of a draft that rest on their notes, each with the words around it.

Their notes are those of the delegation or organization they read for, and those where they are the speaker. Around a
sentence stand the one before and the one after, unless that names somebody above a ceiling: others read no such words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from eventapp.agenda.models import SpeakingRole
from eventapp.clearance.models import Reader
from eventapp.clearance.queries import rows_shown_to
from eventapp.ground.db.types import Record
from eventapp.ground.text.policy import folded
from eventapp.record.notes.models import Revision
from eventapp.review.compiling.numbering import FOOTNOTE, without_footnotes
from eventapp.review.compiling.sentence_records import OPENING
from eventapp.review.language.attribution import names_above, never_named
from eventapp.review.language.names import Names
from eventapp.review.reading.delegations import Delegation, delegation_of, same_body
from eventapp.review.reading.known import known_at
from eventapp.review.reports.models import Chapter, Paragraph, Report
from eventapp.review.reports.noted import Voice, notes_cited, one_of_each_voice, voices_of
from eventapp.review.reports.queries import chapters_of, is_cleared, rows_of
from eventapp.review.versions.publication_snapshot import present_paragraphs

SOME = 25  # paragraphs that are read at a time
Alike = tuple[object, ...]  # whom a part came for and what else tells of whom somebody spoke: the same for many notes


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


@dataclass(frozen=True)
class Draft:
    """A draft as a reader of their own sentences reads it: which paragraphs cite their notes, in order."""

    report: Report
    mine: set[int]
    paragraphs: Mapping[int, int]  # by the number of the row, that of its chapter
    unnamed: Names

    def extracts(self, paragraphs: Sequence[int]) -> list[Extract]:
        """Return what they are shown of these paragraphs, in the order of the draft. No others are read."""
        here = [one for one in paragraphs if one in self.paragraphs]
        if not here:
            return []
        made = (
            Extract(chapter, paragraph, tuple(_parts(paragraph, self.mine, self.report.policy, self.unnamed)))
            for chapter in chapters_of(self.report, {self.paragraphs[one] for one in here}, here)
            for paragraph in present_paragraphs(chapter)
        )
        return [one for one in made if one.own]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing for them to read; it looks no further than it has to."""
        numbers = list(self.paragraphs)
        return not any(self.extracts(numbers[at : at + SOME]) for at in range(0, len(numbers), SOME))


def draft_for(reader: Reader) -> Draft:
    """Return the draft for this reader. The report and its notes are not read for it, only who spoke in them."""
    report, mine = reader.report, notes_of(reader)
    if not mine:
        return Draft(report, mine, {}, Names(()))
    cited = notes_cited(report)
    paragraphs = {
        one.id: one.chapter_id
        for one in rows_shown_to(reader, rows_of(report, marked=True))
        if not mine.isdisjoint(cited.get(one.id, ()))
    }
    voices = one_of_each_voice(report)  # which a revision finds again as long as they are held here
    return Draft(report, mine, paragraphs, never_named((note.current for note in voices), report.policy))


def extracts_for(reader: Reader) -> list[Extract]:
    """Return what rests on the notes of this reader in the draft as it reads now, in its order."""
    draft = draft_for(reader)
    return draft.extracts(list(draft.paragraphs))


def sentence_shown_to(reader: Reader, paragraph: int, sentence: str) -> str:
    """Return this sentence as it is written, where the reader is shown it in this paragraph as theirs; else ''."""
    shown = draft_for(reader).extracts([paragraph])
    return next((part.written for one in shown for part in one.own if is_same(part.written, sentence)), "")


def has_sentence(paragraph: Paragraph, sentence: str) -> bool:
    """Whether the paragraph has this sentence now, as it is written."""
    return any(is_same(str(one["text"]), sentence) for one in _sentences(paragraph) if one["text"])


def is_same(written: str, sent: str) -> bool:
    """Whether a sentence came back from a form as it was written: a form has its own ends of lines."""
    return written.split() == sent.split()


def notes_of(reader: Reader) -> set[int]:
    """Return the numbers of the notes that the report draws on and are of the reader, or of whom they read for."""
    voices = voices_of(reader.report)
    if not voices:
        return set()
    spoke = [voice for _number, voice in voices]
    roles = {one.role_id for one in spoke if one.role_id}
    known = known_at(reader.report.meeting, roles, (one.speaker for one in spoke))
    alike: dict[int, Alike] = {number: (known.by_role.get(voice.role_id or 0), voice[1:]) for number, voice in voices}
    last: dict[Alike, Voice] = {
        alike[number]: voice for number, voice in reversed(voices)
    }  # one of each; the last one names a body
    counted = _unified({one: delegation_of(_revision(last[one]), known) for one in reversed(last)})
    theirs = delegation_of(Revision(organization=reader.on_behalf, speaker="", stakeholder_type="", country=""))
    same = same_body([*counted.values(), theirs])
    key, name = same.get(theirs.key, theirs.key), folded(reader.name)
    mine = {
        one
        for one, found in counted.items()
        if (key and same.get(found.key, found.key) == key) or folded(last[one].speaker) == name
    }
    return {number for number, one in alike.items() if one in mine}


def _revision(voice: Voice) -> Revision:
    """Return what tells of whom they spoke, without the words of a note. It is of no session."""
    part = SpeakingRole(organization=voice.part_organization, country=voice.part_country) if voice.role_id else None
    return Revision(
        role_id=voice.role_id,
        role=part,
        speaker=voice.speaker,
        organization=voice.organization,
        stakeholder_type=voice.stakeholder_type,
        country=voice.country,
    )


def _unified(found: Mapping[Alike, Delegation]) -> Mapping[Alike, Delegation]:
    """Return them with one key for an organization that is written in two ways, as a report counts them."""
    same = same_body(found.values())
    return {alike: replace(one, key=same.get(one.key, one.key)) for alike, one in found.items()}


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
