"""What the chair does with a paragraph on the screen, besides adopting it as it stands."""

from collections.abc import Callable
from datetime import datetime

from eventapp.clearance.actions import adopt
from eventapp.clearance.queries import is_adopted_now, left_to_adopt
from eventapp.ground.db import db
from eventapp.ground.db.apart import with_prepared
from eventapp.ground.text.i18n import _
from eventapp.people.models import Person
from eventapp.review.compiling.numbering import without_footnotes
from eventapp.review.language.data import sentence, written_in
from eventapp.review.paragraphs.actions import rewrite
from eventapp.review.reports.models import Paragraph
from eventapp.review.versions.snapshots import ADOPTED, Draft, prove, read_draft

RESERVATION, POSITION = "reservation", "position"


def adopt_as_shown(paragraph: Paragraph, version: int, *, by: Person | None, at: datetime) -> None:
    """As `adopt`, in a transaction of its own."""
    _in_the_room(paragraph, paragraph.text, lambda ready: adopt(paragraph, version, by=by, at=at, ready=ready))


def adopt_as_amended(paragraph: Paragraph, text: str, version: int, *, by: Person | None, at: datetime) -> None:
    """Give the paragraph the words that were shown to the room, and adopt them, in a transaction of its own."""

    def act(ready: Draft | None) -> None:
        rewrite(paragraph, text, version=version, by=by, at=at)
        adopt(paragraph, paragraph.version, by=by, at=at, ready=ready)

    _in_the_room(paragraph, text, act)


def enter_position(
    paragraph: Paragraph, kind: str, whom: str, words: str, version: int, *, by: Person | None, at: datetime
) -> None:
    """Put a reservation or an explanation of position into a footnote; a paragraph that was adopted stays so.

    In a transaction of its own.
    """
    with written_in(paragraph.chapter.report.language):  # not the language of the screen
        footnote = sentence(kind, whom=_inside(whom), words=_inside(without_footnotes(words)))

    def act(ready: Draft | None) -> None:
        was_adopted = is_adopted_now(paragraph)
        rewrite(paragraph, f"{paragraph.text}^[{footnote}]", version=version, by=by, at=at)
        if was_adopted:
            adopt(paragraph, paragraph.version, by=by, at=at, ready=ready)

    _in_the_room(paragraph, f"{paragraph.text}^[{footnote}]", act)


def _in_the_room(paragraph: Paragraph, text: str, act: Callable[[Draft | None], object]) -> None:
    """Do this in a transaction of its own. Where it may adopt the last of all, the version of that is read before.

    `text` are the words that the paragraph will have.
    """
    report = paragraph.chapter.report

    def prepare() -> Draft | None:
        db.session.rollback()
        others = set(left_to_adopt(report, most=2)) - {paragraph.id}
        return None if others else read_draft(report, ADOPTED, {paragraph.id: text})

    def write(ready: Draft | None) -> None:
        if ready:
            prove(report, ready)
        act(ready)

    otherwise = _("The report was changed again and again while it was adopted. Adopt it when nobody edits it.")
    with_prepared(prepare, write, otherwise=otherwise)


def _inside(words: str) -> str:
    """The words as a footnote can hold them: a bracket would end it."""
    return words.replace("[", "(").replace("]", ")")
