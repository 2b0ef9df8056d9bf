"""What an editor does to a group of notes: part it, move a note to another one, leave it out, have it written again."""

from collections.abc import Sequence
from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.record.notes.models import Note
from eventapp.review.actions import compile_report, leave_out, plan_of, take_out
from eventapp.review.compiling.actions import Compilation, is_left_alone, write_anew
from eventapp.review.compiling.plan import NOTES, free_key
from eventapp.review.compiling.sentence_records import members_of, place_for
from eventapp.review.paragraphs.actions import restore
from eventapp.review.paragraphs.steps import place, step
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.reports.queries import chapters_of, left_out


def part(report: Report, note: Note, *, by: Person | None, at: datetime) -> Compilation:
    """Give a note that is told with others a paragraph of its own, behind them.

    Refused where it has one, and where the paragraph is locked.
    """
    lock(report)
    group = next((one for one in _made_of_notes(report) if len(members_of(one)) > 1 and _tells(one, note)), None)
    if group is None:
        raise Refused(_("%(note)s is not grouped with others any more.", note=note.reference))
    _refuse_locked(group)
    chapter, keys = group.chapter, {one.source_key for one in _all(report)}
    take_out(group, note)
    own = Paragraph(origin=NOTES, source_key=free_key(note, keys), text="", generated="", position=0)
    own.sentences = [place_for(note.id)]
    chapter.paragraphs.append(own)
    place(own, chapter, chapter.paragraphs.index(group) + 1)
    record("part notes", report, by=by, at=at, note=note.reference)
    db.session.flush()
    return compile_report(report, by=by, at=at)


def regroup(report: Report, note: Note, group: Paragraph, *, by: Person | None, at: datetime) -> Compilation:
    """Tell a note in another paragraph; both are written anew. Refused where that is not made of notes, or locked."""
    lock(report)
    if group.origin != NOTES or group.removed_at is not None or is_left_alone(group):
        raise Refused(_("A note can only be moved to a paragraph that is made of notes."))
    if not _tells(group, note):
        _take_from_all(report, [note])
        group.sentences = [*group.sentences, place_for(note.id)]
        record("move note", report, by=by, at=at, note=note.reference, paragraph=group.id)
        db.session.flush()
    return compile_report(report, by=by, at=at)


def leave_out_of(report: Report, notes: Sequence[Note], reason: str, *, by: Person | None, at: datetime) -> Compilation:
    """Leave notes out of the report that a paragraph tells, with the reason; what else it tells is written anew.

    Refused where a paragraph that is locked tells one of them, or another one cites it.
    """
    lock(report)
    _take_from_all(report, notes)
    db.session.flush()
    for note in notes:
        leave_out(report, note, reason, by=by, at=at)
    return compile_report(report, by=by, at=at)


def write_again(paragraph: Paragraph, *, by: Person | None, at: datetime) -> None:
    """Write the paragraph again of its notes as they are now, without the editor's words, and no other one.

    A paragraph that is no group goes back to its generated words. Refused where there are none, and where none of its
    notes may be told any more.
    """
    if paragraph.origin != NOTES or not paragraph.source_key:
        restore(paragraph, by=by, at=at)
        return
    report = paragraph.chapter.report
    lock(report)
    plan = plan_of(report, chapters_of(report), left_out(report))
    made = next((one for one in plan if one.key == paragraph.source_key), None)
    if made is None:
        raise Refused(_("None of the notes of this paragraph may be told any more: remove it, or keep its words."))
    with step("write group again", [paragraph], by=by, at=at, before=paragraph.text):
        write_anew(paragraph, made)


def _all(report: Report) -> list[Paragraph]:
    return [one for chapter in chapters_of(report) for one in chapter.paragraphs]


def _made_of_notes(report: Report) -> list[Paragraph]:
    """Return the paragraphs that are made of notes and in the report."""
    return [one for one in _all(report) if one.origin == NOTES and one.source_key and one.removed_at is None]


def _tells(paragraph: Paragraph, note: Note) -> bool:
    return note.id in members_of(paragraph)


def _take_from_all(report: Report, notes: Sequence[Note]) -> None:
    """Take these notes from the groups that tell them. Refused where one of those is locked."""
    for one in _made_of_notes(report):
        for note in notes:
            if _tells(one, note):
                _refuse_locked(one)
                take_out(one, note)


def _refuse_locked(group: Paragraph) -> None:
    if is_left_alone(group):
        raise Refused(_("The paragraph that tells this note is locked. Unlock it first."))
