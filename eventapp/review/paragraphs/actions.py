"""Editing: what an editor does to one paragraph of a report. Nothing here is undone by compiling again."""

from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.people.models import Person
from eventapp.record.notes.models import Note
from eventapp.review.compiling.plan import HAND, OWN
from eventapp.review.compiling.sentence_records import by_hand, joined, refitted
from eventapp.review.paragraphs.several import remove_all
from eventapp.review.paragraphs.steps import step, words_at
from eventapp.review.reports.models import Chapter, Evidence, Paragraph
from eventapp.review.reports.queries import is_cleared


class Overtaken(Refused):
    """Somebody else saved the paragraph first, or removed it; both texts are kept, and the page shows them."""

    def __init__(self, theirs: str, *, removed: bool = False) -> None:
        changed = _("This paragraph was changed while you were editing it. Compare both texts and save again.")
        gone = _("This paragraph was removed while you were editing it. Saving again puts it back with your words.")
        super().__init__(gone if removed else changed)
        self.theirs = theirs


def rewrite(paragraph: Paragraph, text: str, *, version: int, by: Person | None, at: datetime) -> None:
    """Give the paragraph the editor's own words; one that was removed stands again. Raise Overtaken as below."""
    hold_version(paragraph, version)
    if text == paragraph.text and paragraph.removed_at is None:
        return
    with step("edit paragraph", [paragraph], by=by, at=at, before=paragraph.text, after=text):
        paragraph.sentences = refitted(paragraph.sentences, text)
        paragraph.text, paragraph.removed_at = text, None
        paragraph.edited_at, paragraph.edited_by_id = at, by.id if by else None


def restore(paragraph: Paragraph, *, by: Person | None, at: datetime) -> None:
    """Go back to the words made from the notes. Refused for a paragraph that was written by hand from the start."""
    _take(paragraph)
    if not paragraph.generated:
        raise Refused(_("This paragraph was written by hand; there is no generated text to go back to."))
    with step("restore paragraph", [paragraph], by=by, at=at, before=paragraph.text):
        paragraph.text = paragraph.generated
        paragraph.sentences = [one | {"text": one["made"]} for one in paragraph.sentences if one["key"]]
        paragraph.edited_at = paragraph.edited_by_id = None
        paragraph.is_locked = False


def fix(paragraph: Paragraph, *, by: Person | None, at: datetime) -> None:
    """Lock the paragraph as it stands, edited or not: compiling leaves its words and its evidence alone."""
    _take(paragraph)
    if not paragraph.is_locked and paragraph.removed_at is None:
        with step("lock paragraph", [paragraph], by=by, at=at):
            paragraph.is_locked = True
            paragraph.edited_at, paragraph.edited_by_id = at, by.id if by else None


def release(paragraph: Paragraph, *, by: Person | None, at: datetime) -> None:
    """Unlock the paragraph: compiling writes it anew, but for the sentences that an editor changed."""
    _take(paragraph)
    with step("unlock paragraph", [paragraph], by=by, at=at):
        paragraph.is_locked = False
        if paragraph.generated and not by_hand(paragraph.sentences) and paragraph.text in words_made(paragraph):
            paragraph.edited_at = paragraph.edited_by_id = None


def words_made(paragraph: Paragraph) -> set[str]:
    """Return the words that were made for the paragraph: those of its sentences, and those that it would have now."""
    return {joined(paragraph.sentences), paragraph.generated}


def add(chapter: Chapter, text: str, *, after: Paragraph | None, by: Person | None, at: datetime) -> Paragraph:
    """Write a new paragraph behind another one, or at the head of the chapter."""
    lock(chapter.report)
    with step("add paragraph", [], by=by, at=at, report=chapter.report, text=text) as made:
        place = after.position + 1 if after else 0
        for other in chapter.paragraphs:
            other.position += other.position >= place
        paragraph = Paragraph(origin=HAND, position=place, text=text, generated="", edited_at=at, version=0)
        paragraph.edited_by_id = by.id if by else None
        chapter.paragraphs.append(paragraph)
        made.append(paragraph)
    return paragraph


def remove(paragraph: Paragraph, *, by: Person | None, at: datetime) -> None:
    """Take the paragraph out of the report; compiling does not bring it back."""
    _take(paragraph)
    remove_all([paragraph], by=by, at=at)


def put_back(paragraph: Paragraph, *, by: Person | None, at: datetime) -> None:
    """Undo the removal of a paragraph."""
    _take(paragraph)
    if paragraph.removed_at is not None:
        with step("put paragraph back", [paragraph], by=by, at=at):
            paragraph.removed_at = None


def cite(paragraph: Paragraph, note: Note, *, by: Person | None, at: datetime) -> None:
    """Let the paragraph rest on the newest revision of a note. Refused where the note is not cleared."""
    _take(paragraph)
    if not is_cleared(note):
        raise Refused(_("%(note)s is not cleared, so a report may not cite it.", note=note.reference))
    with step("cite note", [paragraph], by=by, at=at, note=note.reference, revision=note.head):
        known = next((one for one in paragraph.evidence if one.note_id == note.id), None)
        if known:
            known.revision = note.current
        else:
            paragraph.evidence.append(
                Evidence(note_id=note.id, revision_id=note.current.id, position=len(paragraph.evidence))
            )
        if paragraph.origin == OWN:
            paragraph.origin = HAND


def uncite(paragraph: Paragraph, note: Note, *, by: Person | None, at: datetime) -> None:
    """Take a note from under the paragraph. The paragraph counts as edited, so that compiling leaves it so."""
    _take(paragraph)
    with step("take note from paragraph", [paragraph], by=by, at=at, note=note.reference):
        for one in [one for one in paragraph.evidence if one.note_id == note.id]:
            paragraph.evidence.remove(one)
            db.session.delete(one)
        paragraph.sentences = [
            one | {"notes": [cited for cited in one["notes"] if cited != note.id]} for one in paragraph.sentences
        ]
        paragraph.edited_at, paragraph.edited_by_id = at, by.id if by else None


def hold(paragraph: Paragraph, note: Note, *, by: Person | None, at: datetime) -> None:
    """Say that the paragraph holds though its source was revised: it keeps its words and cites the newest revision."""
    _take(paragraph)
    with step("paragraph still holds", [paragraph], by=by, at=at, note=note.reference, revision=note.head):
        for one in [one for one in paragraph.evidence if one.note_id == note.id]:
            one.revision = note.current
        paragraph.edited_at, paragraph.edited_by_id = at, by.id if by else None


def own(paragraph: Paragraph, *, by: Person | None, at: datetime) -> None:
    """Mark the paragraph as the secretariat's own words, which need no evidence."""
    _take(paragraph)
    with step("mark as own words", [paragraph], by=by, at=at):
        paragraph.origin = OWN
        paragraph.edited_at, paragraph.edited_by_id = at, by.id if by else None


def hold_version(paragraph: Paragraph, version: int) -> None:
    """Hold the report and the paragraph. Raise Overtaken where its words are no longer those of this version.

    Who moved it meanwhile, cited a note for it or locked it took nothing from what is typed over its words.
    """
    _take(paragraph)
    if paragraph.version == version:
        return
    same, removed = words_at(paragraph, version) == paragraph.text, paragraph.removed_at is not None
    if removed or not same:
        raise Overtaken("" if same else paragraph.text, removed=removed)


def _take(paragraph: Paragraph) -> None:
    """Hold the report, so that nobody compiles it meanwhile, and then the paragraph."""
    lock(paragraph.chapter.report)
    lock(paragraph)
