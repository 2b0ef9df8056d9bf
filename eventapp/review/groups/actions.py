"""What an editor does to a group of notes: part it, move a note to another one, leave it out, have it written again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.ground.db.apart import work_out
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.people.models import Person
from eventapp.record.notes.models import Note, Revision
from eventapp.review.actions import refuse_cited
from eventapp.review.compilation.actions import ALONE, compile_changed
from eventapp.review.compilation.changes import HistoryLine, paragraphs_in, take_out
from eventapp.review.compilation.drafting import Watch, plan_of
from eventapp.review.compiling.actions import Compilation, is_left_alone, write_anew
from eventapp.review.compiling.plan import NOTES, Planned, free_key
from eventapp.review.compiling.sentence_records import members_of, place_for
from eventapp.review.paragraphs.steps import place, step, was
from eventapp.review.reports.models import Chapter, Evidence, LeftOut, Paragraph, Report
from eventapp.review.reports.queries import chapters_of, left_out
from eventapp.review.stand.queries import held_stand

Groups = Mapping[str, list[int]]  # the notes of a group, by the number of its paragraph in letters, as JSON has it


def part(report: Report, note: Note, *, by: Person | None, at: datetime, watch: Watch = ALONE) -> Compilation:
    """Give a note that is told with others a paragraph of its own, behind them.

    Refused where it has one, and where the paragraph is locked.
    """
    note_id, reference = note.id, note.reference

    def change(_report: Report, chapters: Sequence[Chapter]) -> list[HistoryLine]:
        groups = [one for one in _made_of_notes(chapters) if len(members_of(one)) > 1]
        group = next((one for one in groups if note_id in members_of(one)), None)
        if group is None:
            raise Refused(_("%(note)s is not grouped with others any more.", note=reference))
        _refuse_locked(group)
        chapter, keys = group.chapter, {one.source_key for one in paragraphs_in(chapters)}
        before = was([group])
        take_out(group, note_id)
        key = free_key(db.session.get_one(Note, note_id), keys)
        own = Paragraph(origin=NOTES, source_key=key, text="", generated="", position=0, level=0, version=1)
        own.sentences = [place_for(note_id)]
        chapter.paragraphs.append(own)
        place(own, chapter, chapter.paragraphs.index(group) + 1)
        before.made.append(own)
        return [HistoryLine("part notes", {"note": reference}, was=before)]

    return compile_changed(report, change, by=by, at=at, watch=watch)


def regroup(
    report: Report,
    note: Note,
    group: Paragraph,
    *,
    by: Person | None,
    at: datetime,
    groups: Groups | None = None,
    watch: Watch = ALONE,
) -> Compilation:
    """Tell a note in another paragraph; both are written anew. Refused where that is not made of notes, or locked.

    Refused too where the `groups` of the note, as whoever asked saw them, are others by now.
    """
    note_id, reference, group_id = note.id, note.reference, group.id

    def change(_report: Report, chapters: Sequence[Chapter]) -> list[HistoryLine]:
        wanted = next((one for one in _made_of_notes(chapters) if one.id == group_id), None)
        if wanted is None or is_left_alone(wanted):
            raise Refused(_("A note can only be moved to a paragraph that is made of notes."))
        _refuse_others(chapters, [note_id], groups)
        if note_id in members_of(wanted):
            return []
        before = was([*_groups_of(chapters, [note_id]), wanted])
        _take_from_all(chapters, [note_id])
        wanted.sentences = [*wanted.sentences, place_for(note_id)]
        return [HistoryLine("move note", {"note": reference, "paragraph": group_id}, was=before)]

    return compile_changed(report, change, by=by, at=at, watch=watch)


def leave_out_of(
    report: Report,
    notes: Sequence[Note],
    reason: str,
    *,
    by: Person | None,
    at: datetime,
    groups: Groups | None = None,
    watch: Watch = ALONE,
) -> Compilation:
    """Leave notes out of the report that a paragraph tells, with the reason; what else it tells is written anew.

    Refused where a paragraph that is locked tells one of them, or another one cites it; and where their `groups`, as
    whoever asked saw them, are others by now.
    """
    references, by_id = {note.id: note.reference for note in notes}, by.id if by else None

    def change(found: Report, chapters: Sequence[Chapter]) -> list[HistoryLine]:
        _refuse_others(chapters, list(references), groups)
        out = left_out(found)
        before = was(_groups_of(chapters, references), notes_out=[one for one in references if one not in out])
        _take_from_all(chapters, list(references))
        for number, reference in references.items():
            refuse_cited(number, reference, chapters)
            row = out.get(number) or LeftOut(report_id=found.id, note_id=number)
            row.reason, row.at, row.by_id = reason, at, by_id
            db.session.add(row)
        lines = [HistoryLine("leave out", {"note": one, "reason": reason}) for one in references.values()]
        return [*lines[:-1], lines[-1]._replace(was=before)] if lines else []

    return compile_changed(report, change, by=by, at=at, watch=watch)


def groups_now(report: Report, notes: Sequence[Note]) -> Groups:
    """Return the groups that tell one of these notes, without reading the report."""
    numbers = [one.id for one in notes]
    citing = select(Evidence.paragraph_id).where(Evidence.note_id.in_(numbers))
    query = select(Paragraph).join(Paragraph.chapter).where(Chapter.report_id == report.id, Paragraph.id.in_(citing))
    found = (one for one in db.session.scalars(query) if is_group(one) and one.removed_at is None)
    return _as_groups(one for one in found if set(members_of(one)) & set(numbers))


def is_group(paragraph: Paragraph) -> bool:
    """Whether the paragraph is made of notes, so that it can be written again of them."""
    return paragraph.origin == NOTES and bool(paragraph.source_key)


def write_again(
    paragraph: Paragraph, *, by: Person | None, at: datetime, after: Callable[[], None] = lambda: None
) -> None:
    """Write the group again of its notes as they are now, without the editor's words, and no other paragraph.

    What is to be done `after` is done in the transaction that writes it. Refused where none of its notes may be told
    any more.
    """
    number, by_id = paragraph.id, by.id if by else None
    report_id, meeting_id = paragraph.chapter.report_id, paragraph.meeting_id

    def think() -> Planned:
        report = db.session.get_one(Report, report_id)
        key = db.session.get_one(Paragraph, number).source_key
        plan = plan_of(report, chapters_of(report), left_out(report))
        made = next((one for one in plan if one.key == key), None)
        if made is None:
            raise Refused(_("None of the notes of this paragraph may be told any more: remove it, or keep its words."))
        return made

    def write(made: Planned) -> None:
        row = db.session.get_one(Paragraph, number)
        who = db.session.get(Person, by_id) if by_id else None
        revisions = [db.session.get_one(Revision, one.id) for one in made.revisions]  # as they are in this transaction
        with step("write group again", [row], by=who, at=at, before=row.text):
            write_anew(row, replace(made, revisions=tuple(revisions)))
        after()

    work_out(
        lambda: held_stand(report_id, meeting_id),
        think,
        write,
        otherwise=_("The report was changed again and again while it was compiled. Compile it when nobody edits it."),
    )


def _made_of_notes(chapters: Sequence[Chapter]) -> list[Paragraph]:
    """Return the paragraphs that are made of notes and in the report."""
    made = (one for one in paragraphs_in(chapters) if one.origin == NOTES and one.source_key)
    return [one for one in made if one.removed_at is None]


def _groups_of(chapters: Sequence[Chapter], notes: Iterable[int]) -> list[Paragraph]:
    """Return the groups that tell one of these notes."""
    return [one for one in _made_of_notes(chapters) if set(members_of(one)) & set(notes)]


def _take_from_all(chapters: Sequence[Chapter], notes: Sequence[int]) -> None:
    """Take these notes from the groups that tell them. Refused where one of those is locked."""
    for one in _groups_of(chapters, notes):
        for note_id in notes:
            if note_id in members_of(one):
                _refuse_locked(one)
                take_out(one, note_id)


def _refuse_others(chapters: Sequence[Chapter], notes: Sequence[int], groups: Groups | None) -> None:
    if groups is not None and groups != _as_groups(_groups_of(chapters, notes)):
        raise Refused(_("Somebody changed which notes this paragraph is made of. Look at it, and do it again."))


def _as_groups(paragraphs: Iterable[Paragraph]) -> Groups:
    return {str(one.id): sorted(members_of(one)) for one in paragraphs}


def _refuse_locked(group: Paragraph) -> None:
    if is_left_alone(group):
        raise Refused(_("The paragraph that tells this note is locked. Unlock it first."))
