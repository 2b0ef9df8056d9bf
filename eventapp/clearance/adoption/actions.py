"""What the chair does with a paragraph on the screen, besides adopting it as it stands."""

from datetime import datetime

from eventapp.clearance.actions import adopt
from eventapp.clearance.queries import is_adopted_now
from eventapp.people.models import Person
from eventapp.review.compiling.numbering import without_footnotes
from eventapp.review.language.data import sentence, written_in
from eventapp.review.paragraphs.actions import rewrite
from eventapp.review.reports.models import Paragraph

RESERVATION, POSITION = "reservation", "position"


def adopt_as_amended(paragraph: Paragraph, text: str, version: int, *, by: Person | None, at: datetime) -> None:
    """Give the paragraph the words that were shown to the room, and adopt them."""
    rewrite(paragraph, text, version=version, by=by, at=at)
    adopt(paragraph, paragraph.version, by=by, at=at)


def enter_position(
    paragraph: Paragraph, kind: str, whom: str, words: str, version: int, *, by: Person | None, at: datetime
) -> None:
    """Put a reservation or an explanation of position into a footnote; a paragraph that was adopted stays so."""
    was_adopted = is_adopted_now(paragraph)
    with written_in(paragraph.chapter.report.language):  # not the language of the screen
        footnote = sentence(kind, whom=_inside(whom), words=_inside(without_footnotes(words)))
    text = f"{paragraph.text}^[{footnote}]"
    rewrite(paragraph, text, version=version, by=by, at=at)
    if was_adopted:
        adopt(paragraph, paragraph.version, by=by, at=at)


def _inside(words: str) -> str:
    """The words as a footnote can hold them: a bracket would end it."""
    return words.replace("[", "(").replace("]", ")")
