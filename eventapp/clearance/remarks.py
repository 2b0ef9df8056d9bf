"""What a reader does behind their link: remarks, taking them back, and saying that no more will come."""

from datetime import datetime

from eventapp.clearance.models import PROPOSAL, RESERVATION, Reader, Remark
from eventapp.clearance.own import has_sentence
from eventapp.clearance.queries import paragraph_shown_to
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record

MOST_REMARKS = 200  # by one reader


def remark(reader: Reader, paragraph: int, kind: str, text: str, *, at: datetime, sentence: str = "") -> Remark:
    """The reader says something of a paragraph, or of the sentence there that rests on their notes.

    That they are shown this sentence was looked for before (`sentence_shown_to`): nothing is held while the notes of a
    meeting are read for it. Refused where the link is over, or what it is about is gone.
    """
    _hold(reader, at)
    found = paragraph_shown_to(reader, paragraph)
    about = sentence if reader.only_own else ""
    if found is None or (reader.only_own and not (about and has_sentence(found, about))):
        raise Refused(_("This paragraph is not in the draft any more. Read the draft again."))
    if len(reader.remarks) >= MOST_REMARKS:
        raise Refused(_("That is more than one link takes. Write to the secretariat."))
    if kind == PROPOSAL and text == (about or found.text):
        raise Refused(_("The wording you propose is the present one. Change it, or write a comment."))
    if kind == RESERVATION and not reader.on_behalf:
        raise Refused(_("A reservation is entered for a delegation. Write a comment, or ask the secretariat."))
    row = Remark(reader=reader, paragraph=found, kind=kind, text=text, read=found.text, sentence=about, at=at)
    db.session.add(row)
    db.session.flush()
    record("remark", row, by=None, at=at, reader=reader.name, kind=kind, text=text)
    return row


def take_back(row: Remark, *, at: datetime) -> None:
    """The reader takes a remark back. Refused once it was answered."""
    _hold(row.reader, at)
    lock(row)
    if row.answer:
        raise Refused(_("It was answered already, so it cannot be withdrawn."))
    row.taken_back_at = row.taken_back_at or at


def finish(reader: Reader, *, at: datetime) -> None:
    """The reader has no more comments. They may still come back while the link is open. Saying it twice is no fault."""
    _hold(reader, at)
    if reader.finished_at is not None:
        return
    reader.finished_at = at
    record("finish reading", reader, by=None, at=at, reader=reader.name)


def _hold(reader: Reader, at: datetime) -> None:
    lock(reader)
    if not reader.is_open(at):
        raise Refused(_("This link has ended. What you sent before is saved; ask the secretariat for a new one."))
