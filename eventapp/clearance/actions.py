"""Clearing a report: asking readers, the editor's answers to their remarks, and adoption in the room."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from eventapp.clearance import mails
from eventapp.clearance.models import (
    ACCEPTED,
    DECLINED,
    LINK,
    PROPOSAL,
    RESERVATION,
    Adoption,
    Reader,
    Remark,
)
from eventapp.clearance.own import draft_for
from eventapp.clearance.queries import (
    adoption_of,
    is_adopted_now,
    is_adopted_whole,
    readers_of,
)
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.links.actions import end, link_for_letter
from eventapp.mail.actions import post
from eventapp.people.models import Person
from eventapp.review.compiling.numbering import without_footnotes
from eventapp.review.evidence.uses import places_in
from eventapp.review.language.data import sentence, written_in
from eventapp.review.paragraphs import actions as editing
from eventapp.review.paragraphs.arranging import refuse_removed
from eventapp.review.reports.models import Chapter, Paragraph, Report
from eventapp.review.versions.snapshots import ADOPTED, CLEARANCE, Draft, keep, take_snapshot


@dataclass(frozen=True)
class Asked:
    """Who is asked to read: a name, an address, for whom, which chapters (none for all), and for how many days.

    With `only_own` they read what rests on their own notes, and no more.
    """

    name: str
    email: str
    on_behalf: str
    chapters: tuple[Chapter, ...]
    days: int
    only_own: bool = False
    language: str = ""  # of the letters; "" is theirs where we know it, else that of the report


def refuse_without_words(report: Report, asked: Asked) -> None:
    """Refuse to have somebody read what rests on their own notes, where nothing does."""
    who = {"name": asked.name, "email": asked.email, "on_behalf": asked.on_behalf, "only_own": asked.only_own}
    if asked.only_own and draft_for(Reader(report=report, chapters=list(asked.chapters), **who)).is_empty:
        raise Refused(_("No sentence rests on a note of this name, delegation or organization. Send whole chapters."))


def ask_reader(report: Report, asked: Asked, *, by: Person | None, at: datetime) -> Reader:
    """Send somebody a link to the draft. One they have for the same part stops working.

    What `refuse_without_words` refuses was looked for before: nothing is held while a long report is read for it.
    """
    lock(report)
    for older in readers_of(report):
        is_same = older.only_own == asked.only_own and set(older.chapters) == set(asked.chapters)
        if older.email == asked.email and is_same and older.is_open(at):
            older.ended_at = at
            end(LINK, older, at=at, is_replaced=True)
    reader = Reader(
        report=report,
        chapters=list(asked.chapters),
        name=asked.name,
        email=asked.email,
        on_behalf=asked.on_behalf,
        asked_at=at,
        asked_by_id=by.id if by else None,
        expires_at=at + timedelta(days=asked.days),
        only_own=asked.only_own,
        language=asked.language,
    )
    db.session.add(reader)
    db.session.flush()
    take_snapshot(report, CLEARANCE, by=by, at=at)
    post(mails.request(reader, token=token_of(reader)), at=at)
    details = {
        "reader": asked.name,
        "on_behalf": asked.on_behalf,
        "chapter": "; ".join(one.title for one in asked.chapters),
    }
    record("send for clearance", report, by=by, at=at, meeting_id=report.meeting_id, **details)
    return reader


def token_of(reader: Reader) -> str:
    """The secret of this reader's link, made where there is none."""
    meeting_id, at, until = reader.report.meeting_id, reader.asked_at, reader.expires_at
    return link_for_letter(LINK, reader, meeting_id=meeting_id, at=at, expires_at=until)


def end_link(reader: Reader, *, by: Person | None, at: datetime) -> None:
    """Stop the link of a reader; what they said stays."""
    lock(reader)
    if reader.ended_at is None:
        reader.ended_at = at
        end(LINK, reader, at=at)
        record("end clearance link", reader, by=by, at=at, reader=reader.name)


def accept(row: Remark, reason: str, *, by: Person | None, at: datetime) -> None:
    """Take a remark up: a proposal replaces the paragraph, a reservation becomes its footnote; a letter says so.

    A proposal or reservation may be accepted without a reason: its reader is then told what was done with their words,
    which says all there is to say (`Remark.why`). A comment asks for no particular words, so that accepting it alone
    would tell its reader nothing: it needs a sentence, as declining does.
    Refused where it was answered, where the paragraph was changed after the reader proposed another wording, and where
    words shall go into a paragraph that was removed or joined to another one meanwhile.
    """
    paragraph = _to_answer(row)
    if not reason and not row.done_by_accepting:
        raise Refused(_("Say in a sentence what becomes of this comment."))
    if row.done_by_accepting:
        refuse_removed(paragraph)
    if row.kind == PROPOSAL:
        proposed = row.wording(paragraph.text)
        if proposed is None:
            raise Refused(_("The paragraph was changed since. Edit it by hand, then answer the proposal."))
        editing.rewrite(paragraph, proposed, version=paragraph.version, by=by, at=at)
    if row.kind == RESERVATION:
        footnote = without_footnotes(row.text).replace("[", "(").replace("]", ")")
        whom = row.reader.on_behalf.replace("[", "(").replace("]", ")")
        with written_in(paragraph.chapter.report.language):  # not the language of the screen
            words = f"{paragraph.text}^[{sentence('reservation', whom=whom, words=footnote)}]"
        editing.rewrite(paragraph, words, version=paragraph.version, by=by, at=at)
    _answer(row, ACCEPTED, reason, by, at)


def decline(row: Remark, reason: str, *, by: Person | None, at: datetime) -> None:
    """Leave the paragraph as it is and say why; the reader gets a letter. Refused without a reason."""
    _to_answer(row)
    if not reason:
        raise Refused(_("Say in a sentence why it is not taken up."))
    _answer(row, DECLINED, reason, by, at)


def adopt(
    paragraph: Paragraph, version: int, *, by: Person | None, at: datetime, ready: Draft | None = None
) -> Adoption | None:
    """The meeting adopts the paragraph as it was on the screen. Refused where it was changed meanwhile.

    The last one of all keeps a version: what is `ready`, where it is, and was proven before anything was written.
    """
    report = paragraph.chapter.report
    lock(report)
    lock(paragraph)
    if paragraph.version != version or paragraph.removed_at is not None:
        raise Refused(_("The paragraph was changed while it was on the screen. Read it again, then adopt it."))
    if is_adopted_now(paragraph):
        return None
    row = Adoption(
        report_id=report.id,
        paragraph=paragraph,
        version=version,
        place=(ready.places if ready else places_in(report))[paragraph.id],
        text=paragraph.text,
        at=at,
        by_id=by.id if by else None,
    )
    db.session.add(row)
    db.session.flush()
    if is_adopted_whole(report):
        if ready is None:
            take_snapshot(report, ADOPTED, by=by, at=at)
        elif ready.is_new:
            keep(report, ready, by=by, at=at)
    record("adopt paragraph", paragraph, by=by, at=at, text=paragraph.text)
    return row


def reopen(paragraph: Paragraph, *, by: Person | None, at: datetime) -> None:
    """Take the adoption of a paragraph back; the minutes keep both."""
    report = paragraph.chapter.report
    lock(report)
    adopted = adoption_of(paragraph)
    if adopted:
        adopted.undone_at, adopted.undone_by_id = at, by.id if by else None
        paragraph.version += 1  # so that the same words may be adopted again
        record("reopen paragraph", paragraph, by=by, at=at)


def _to_answer(row: Remark) -> Paragraph:
    lock(row.reader.report)
    lock(row)
    if not row.is_waiting:
        raise Refused(_("It was answered or withdrawn already."))
    return row.paragraph


def _answer(row: Remark, answer: str, reason: str, by: Person | None, at: datetime) -> None:
    row.answer, row.reason, row.answered_at, row.answered_by_id = answer, reason, at, by.id if by else None
    post(mails.answered(row), at=at)
    meeting_id = row.reader.report.meeting_id
    record(answer, row, by=by, at=at, meeting_id=meeting_id, reader=row.reader.name, kind=row.kind, reason=row.why)
