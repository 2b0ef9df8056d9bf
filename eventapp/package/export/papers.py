"""Published reports that leave with a package: the bytes as they were published, or the reason why they stay."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from eventapp.ground.text.i18n import _
from eventapp.package.manifest import content
from eventapp.record.notes.models import Note
from eventapp.registration.models import Registration
from eventapp.review.formats.evidence_json import from_dict, to_json
from eventapp.review.language.attribution import names_above
from eventapp.review.reports.content import Evidence, Paragraph
from eventapp.review.reports.content import Report as Text
from eventapp.review.reports.models import Edition
from eventapp.review.reports.queries import is_cleared

HEAD = " (Head of delegation)"


@dataclass(frozen=True)
class Paper:
    """One edition: its file, what it rests on, and why it must not leave, '' where it may."""

    edition: Edition
    written: bytes
    cited: tuple[content.Cited, ...]
    objection: str

    @property
    def file(self) -> str:
        return file_of(self.edition.report.name, self.edition.version)


def file_of(report: str, version: int) -> str:
    """Where an edition lies in the package."""
    return f"reports/{report}-{version}.json"


def papers(editions: Iterable[Edition], notes: Sequence[Note], people: Sequence[Registration]) -> list[Paper]:
    """Each edition as it would leave. `notes` and `people` are all that the meeting has."""
    by_reference = {note.reference: note for note in notes}
    agreed = {one.record_name for one in people if one.lists_name}
    unlisted = {one.record_name for one in people} - agreed
    return [_paper(edition, by_reference, unlisted) for edition in editions]


def cited_in(report: str, text: Text) -> Iterator[content.Cited]:
    """What each paragraph of this edition rests on, in the order of the text."""
    for paragraph in text.paragraphs:
        for one in paragraph.evidence:
            yield content.Cited(report, text.version, paragraph.anchor, one.note, one.revision)


def _paper(edition: Edition, notes: Mapping[str, Note], unlisted: set[str]) -> Paper:
    text = from_dict(edition.content)
    cited = tuple(cited_in(edition.report.name, text))
    return Paper(edition, to_json(text), cited, _objection(text, notes, unlisted))


def _objection(text: Text, notes: Mapping[str, Note], unlisted: set[str]) -> str:
    """Why this edition must not leave now: what was allowed when it was published may have been taken back since."""
    gone = dict.fromkeys(one.note for each in text.paragraphs for one in each.evidence if not _stands(notes, one))
    if gone:
        return _("it rests on notes that were withdrawn or are off the record: %(notes)s", notes=", ".join(gone))
    named = [paragraph.place for paragraph in text.paragraphs if _names_too_much(paragraph, text.policy, notes)]
    if named:
        return _("it says a name above its ceiling, in paragraphs %(places)s", places=", ".join(named))
    listed = {
        row[1].removesuffix(HEAD)
        for annex in text.annexes
        if annex.code == "participants"
        for part in annex.parts
        for row in part.rows
    }
    return _("its list of participants names people who did not agree to it") if listed & unlisted else ""


def _stands(notes: Mapping[str, Note], cited: Evidence) -> bool:
    note = notes.get(cited.note)
    return (
        note is not None
        and is_cleared(note)
        and not any(one.off_record for one in note.revisions if one.number == cited.revision)
    )


def _names_too_much(paragraph: Paragraph, policy: str, notes: Mapping[str, Note]) -> bool:
    """Whether the paragraph, its footnotes or what it shows of its sources name more than those notes allow now."""
    sources = [notes[one.note] for one in paragraph.evidence]
    revisions = [revision for note in sources for revision in note.revisions]
    shown = [f"{one.source}\n{one.title}\n{one.text}" for one in paragraph.evidence]
    words = "\n".join([paragraph.text, *(one.text for one in paragraph.footnotes), *shown])
    return bool(names_above(words, revisions, policy))
