"""What is done to a report before it is compiled: in memory alone, so that nobody ever reads it half done."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.meetings.kinds.queries import chapters_by_kind
from eventapp.record.notes.models import Note
from eventapp.review.compiling.sentence_records import members_of, without
from eventapp.review.paragraphs.steps import Was
from eventapp.review.reports.models import Chapter, Paragraph, Report
from eventapp.review.reports.queries import left_out
from eventapp.review.reports.tailored.queries import outline_for
from eventapp.review.versions.publication_snapshot import present_paragraphs
from eventapp.vocabulary.notes import CEILINGS


class HistoryLine(NamedTuple):
    """What history says of a change, and the number of the note that a paragraph at the end is written of, if any.

    Where its editor can undo it: what was changed, as it was before.
    """

    verb: str
    detail: Record
    at_the_end: int | None = None
    was: Was | None = None


Change = Callable[[Report, Sequence[Chapter]], Sequence[HistoryLine]]


def nothing(_report: Report, _chapters: Sequence[Chapter]) -> Sequence[HistoryLine]:
    """Change nothing: the notes are read again, no more."""
    return []


def by_policy(policy: str) -> Change:
    """Say more or less of the sources. Refused where there is no such way to attribute."""

    def change(report: Report, _chapters: Sequence[Chapter]) -> Sequence[HistoryLine]:
        before, report.policy = report.policy, known_policy(policy)
        return [HistoryLine("choose policy", {"before": before, "after": policy})]

    return change


def taken_in(note_id: int) -> Change:
    """Take a note into the report that was left out or removed."""

    def change(report: Report, chapters: Sequence[Chapter]) -> Sequence[HistoryLine]:
        note, row = db.session.get_one(Note, note_id), left_out(report).get(note_id)
        if row:
            db.session.delete(row)
        for paragraph in paragraphs_in(chapters):
            if paragraph.removed_at and members_of(paragraph) == [note_id]:
                paragraph.removed_at = None
            elif paragraph.removed_at:
                take_out(paragraph, note_id)
        has_chapter = outline_for(report).chapter_of(note, chapters_by_kind(report.meeting)) is not None
        cited = {one.note_id for chapter in chapters for row in present_paragraphs(chapter) for one in row.evidence}
        return [HistoryLine("put in", {"note": note.reference}, None if has_chapter or note_id in cited else note_id)]

    return change


def known_policy(policy: str) -> str:
    """Return the policy. Refused where it is none of the ways to attribute."""
    if policy not in CEILINGS:
        raise Refused(_("Choose one of the four ways to attribute."))
    return policy


def paragraphs_in(chapters: Sequence[Chapter]) -> list[Paragraph]:
    """Return the paragraphs of these chapters, removed ones too."""
    return [one for chapter in chapters for one in chapter.paragraphs]


def take_out(paragraph: Paragraph, note_id: int) -> None:
    """Take a note from a paragraph, with the sentences that rest on it alone."""
    paragraph.sentences = without(paragraph.sentences, note_id)
    for one in [one for one in paragraph.evidence if one.note_id == note_id]:
        paragraph.evidence.remove(one)
        db.session.delete(one)
