"""Mending: a fault that was found in a paragraph is put right in one step, and can be undone."""

from datetime import datetime

from eventapp.ground.db import lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.people.models import Person
from eventapp.review.compiling.sentence_records import by_hand, joined, refitted
from eventapp.review.evidence.slips import mended, records_of
from eventapp.review.paragraphs.steps import step
from eventapp.review.reports.models import Paragraph


def mend(paragraph: Paragraph, kind: str, words: str, *, by: Person | None, at: datetime) -> None:
    """Mend the sentence that says these words. Refused where it says others by now, or cannot be mended."""
    lock(paragraph.chapter.report)
    lock(paragraph)
    before = records_of(paragraph)
    now = mended(before, kind, words)
    if now is None or paragraph.removed_at is not None:
        raise Refused(_("This cannot be mended any more: the words were changed. Look at the paragraph again."))
    with step("mend paragraph", [paragraph], by=by, at=at, before=paragraph.text, kind=kind):
        paragraph.text = joined(now)
        is_known = before == paragraph.sentences  # else they were cut from the text alone, and have no notes
        known = now if is_known else refitted(paragraph.sentences, paragraph.text)
        paragraph.sentences = [one for one in known if one["key"] or one["text"]]
        paragraph.edited_at, paragraph.edited_by_id = at, by.id if by else None
        if paragraph.sentences and not by_hand(paragraph.sentences) and not paragraph.is_locked:
            paragraph.edited_at = paragraph.edited_by_id = None
