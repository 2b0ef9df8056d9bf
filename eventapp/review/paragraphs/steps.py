"""Steps: what an editor did to some paragraphs, kept so that it can be undone while nobody changed them again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select

from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, _l
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.review.paragraphs.models import Step
from eventapp.review.reports.models import Chapter, Evidence, LeftOut, Paragraph, Report
from eventapp.review.reports.queries import spoken_of

# What an undone step gives back as it was; a step of before knows not all of it.
RESTORED = ("chapter_id", "position", "level", "origin", "text", "heading", "sentences", "edited_by_id", "is_locked")
RECENT = 1000  # steps of a report in which the version that somebody types over is looked for
OF_GROUPS = ("part notes", "move note", "leave out")  # what compiles the report as well
MOMENTS = ("edited_at", "removed_at")
UNDONE = {
    "add paragraph": _l("Undone: the new paragraph is out again."),
    "cite note": _l("Undone: the source is out again."),
    "edit paragraph": _l("Undone: the paragraph has its words of before."),
    "head paragraph": _l("Undone: the heading is as it was."),
    "indent paragraph": _l("Undone: the paragraph has its number again."),
    "join paragraphs": _l("Undone: the paragraphs are separate again."),
    "leave out": _l("Undone: the notes are in the report again."),
    "lock paragraph": _l("Undone: the paragraph is not locked any more."),
    "mark as own words": _l("Undone: the paragraph is no longer marked as own words."),
    "mend paragraph": _l("Undone: the paragraph has its words of before."),
    "move note": _l("Undone: the note is told where it was."),
    "move paragraph": _l("Undone: the paragraph is back in its place."),
    "number paragraph": _l("Undone: it is a sub-paragraph again."),
    "paragraph still holds": _l("Undone: the change of its source is shown again."),
    "part notes": _l("Undone: the notes are told together again."),
    "put paragraph back": _l("Undone: the paragraph is removed again."),
    "remove paragraph": _l("Undone: the paragraph is back."),
    "restore paragraph": _l("Undone: the paragraph has the editor’s words again."),
    "split paragraph": _l("Undone: the parts are one paragraph again."),
    "take note from paragraph": _l("Undone: the source is back."),
    "unlock paragraph": _l("Undone: the paragraph is locked again."),
    "write group again": _l("Undone: the paragraph has its words of before."),
}


@dataclass(frozen=True)
class Was:
    """How paragraphs were before a change that compiles the report; what it made, and the notes it left out."""

    paragraphs: list[Record]
    made: list[Paragraph] = field(default_factory=list)
    notes_out: list[int] = field(default_factory=list)


def was(paragraphs: Sequence[Paragraph], made: Sequence[Paragraph] = (), notes_out: Sequence[int] = ()) -> Was:
    """Return how these are now, in memory. Ask before they are changed."""
    return Was([_values(one) for one in paragraphs], list(made), list(notes_out))


def keep_step(report: Report, verb: str, before: Was, *, by: Person | None, at: datetime) -> None:
    """Keep what compiling changed as a step of its editor, once it is written. What went with it can come back."""
    numbers = [one["id"] for one in before.paragraphs] + [one.id for one in before.made]
    rows = db.session.scalars(select(Paragraph).where(Paragraph.id.in_(numbers)).order_by(Paragraph.id))
    after = {str(one.id): one.version for one in rows}
    row = Step(report_id=report.id, verb=verb, at=at, by_id=by.id if by else None, before=before.paragraphs)
    row.after, row.notes_out = after, before.notes_out
    db.session.add(row)


@contextmanager
def step(
    verb: str,
    paragraphs: Sequence[Paragraph],
    *,
    by: Person | None,
    at: datetime,
    report: Report | None = None,
    **detail: object,
) -> Iterator[list[Paragraph]]:
    """Keep how the paragraphs are now, let them be changed, and note it down; hands over a list for those that come.

    `report` says whose step it is where there is no paragraph yet.
    """
    report = report or paragraphs[0].chapter.report
    before, made = [_values(one) for one in paragraphs], list[Paragraph]()
    yield made
    changed = [*paragraphs, *made]
    for one in changed:
        one.version = (one.version or 0) + 1
    db.session.flush()
    after = {str(one.id): one.version for one in changed}
    row = Step(report_id=report.id, verb=verb, at=at, by_id=by.id if by else None, before=before, after=after)
    db.session.add(row)
    record(verb, changed[0], by=by, at=at, meeting_id=report.meeting_id, **detail)


def last_step(report: Report, by: Person | None) -> Step | None:
    """Return what this person did last to the report and can still undo."""
    query = select(Step).where(Step.report_id == report.id, Step.by_id == (by.id if by else None))
    last = db.session.scalar(query.where(Step.undone_at.is_(None)).order_by(Step.id.desc()).limit(1))
    return last if last and _stands(last) else None


def undo(report: Report, *, by: Person | None, at: datetime) -> Step:
    """Take back what this person did last. Refused where there is nothing, or somebody changed it again since."""
    lock(report)
    last = last_step(report, by)
    if last is None:
        raise Refused(_("There is nothing of yours to undo, or it was changed again since."))
    changed = _paragraphs(last)
    back = _brought_back(last, changed)
    before: dict[int, Record] = {back.get(int(one["id"]), int(one["id"])): one for one in last.before}
    changed += [db.session.get_one(Paragraph, number) for number in back.values()]
    rows = [one for one in changed if one.id in before]
    for paragraph in changed:
        paragraph.version += 1
        if paragraph.id in before:
            _give_back(paragraph, before[paragraph.id])
        else:
            paragraph.removed_at = at
            if last.verb in OF_GROUPS:
                _tell_nothing(paragraph)  # its note is told where it was before
    db.session.flush()
    for paragraph in sorted(rows, key=lambda one: int(before[one.id]["position"])):
        db.session.refresh(paragraph, ["chapter"])
        place(paragraph, paragraph.chapter, _index(paragraph, before[paragraph.id]))
    db.session.execute(delete(LeftOut).where(LeftOut.report_id == report.id, LeftOut.note_id.in_(last.notes_out)))
    last.undone_at = at
    _renew_earlier(report, before, {one.id: one.version for one in rows})
    record("undo", changed[0], by=by, at=at, meeting_id=report.meeting_id, undone=last.verb)
    return last


def _brought_back(last: Step, here: Sequence[Paragraph]) -> dict[int, int]:
    """Make the paragraphs anew that went as their last note did; return their numbers of before, and those of now."""
    gone = [one for one in last.before if one["id"] not in {row.id for row in here}]
    found: dict[int, int] = {}
    for values in gone:
        row = Paragraph(chapter_id=values["chapter_id"], position=values["position"], origin=values["origin"])
        row.source_key, row.text, row.generated = values["source_key"], values["text"], values["generated"]
        row.version = values["version"]
        db.session.add(row)
        db.session.flush()
        found[values["id"]] = row.id
    return found


def _tell_nothing(paragraph: Paragraph) -> None:
    """Take it out of the report for good; where somebody said something of it, it stays among the removed ones."""
    paragraph.sentences = []
    for one in list(paragraph.evidence):
        paragraph.evidence.remove(one)
        db.session.delete(one)
    if not spoken_of([paragraph]):
        paragraph.chapter.paragraphs.remove(paragraph)
        db.session.delete(paragraph)


def words_at(paragraph: Paragraph, version: int) -> str | None:
    """Return the words that the paragraph had at this version; nothing where no step tells."""
    if paragraph.version == version:
        return paragraph.text
    steps = select(Step).where(Step.report_id == paragraph.chapter.report_id).order_by(Step.id.desc())
    known = (one for row in db.session.scalars(steps.limit(RECENT)) for one in row.before)
    return next((one["text"] for one in known if (one["id"], one["version"]) == (paragraph.id, version)), None)


def place(paragraph: Paragraph, chapter: Chapter, index: int) -> None:
    """Put the paragraph at this place of the chapter, counted from 0 with the removed ones.

    Where it comes from another one, the others there keep their positions, in the same order: 350 rows less to write.
    """
    left = paragraph.chapter
    if paragraph in left.paragraphs:
        left.paragraphs.remove(paragraph)
    chapter.paragraphs.insert(index, paragraph)
    _count(chapter.paragraphs)


def _index(paragraph: Paragraph, was: Record) -> int:
    """Return its place behind the one it stood behind, wherever that one is now; as it was counted where it is gone."""
    others = [one.id for one in paragraph.chapter.paragraphs if one is not paragraph]
    if was["behind"] is None:
        return 0
    return others.index(was["behind"]) + 1 if was["behind"] in others else int(was["position"])


def _behind(paragraph: Paragraph) -> int | None:
    stand = [one.id for one in paragraph.chapter.paragraphs]
    index = stand.index(paragraph.id)
    return stand[index - 1] if index else None


def _count(paragraphs: Sequence[Paragraph]) -> None:
    for position, one in enumerate(paragraphs):
        if one.position != position:
            one.position = position


def _renew_earlier(report: Report, was: dict[int, Record], now: dict[int, int]) -> None:
    """Let the steps before it be undone too: what they left behind stands again, under a new version."""
    for row in db.session.scalars(select(Step).where(Step.report_id == report.id, Step.undone_at.is_(None))):
        row.after = {
            key: now[int(key)] if int(key) in was and was[int(key)]["version"] == version else version
            for key, version in row.after.items()
        }


def _stands(last: Step) -> bool:
    return {str(one.id): one.version for one in _paragraphs(last)} == last.after


def _paragraphs(last: Step) -> list[Paragraph]:
    ids = [int(one) for one in last.after]
    return list(db.session.scalars(select(Paragraph).where(Paragraph.id.in_(ids)).order_by(Paragraph.id)))


def _values(paragraph: Paragraph) -> Record:
    moments = {name: getattr(paragraph, name) for name in MOMENTS}
    return {
        "id": paragraph.id,
        "version": paragraph.version,
        "source_key": paragraph.source_key,
        "generated": paragraph.generated,
        "behind": _behind(paragraph),
        **{name: getattr(paragraph, name) for name in RESTORED},
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
        "evidence": [[one.note_id, one.revision_id] for one in paragraph.evidence],
    }


def _give_back(paragraph: Paragraph, was: Record) -> None:
    for name in set(RESTORED) & set(was):
        setattr(paragraph, name, was[name])
    for name in MOMENTS:
        setattr(paragraph, name, datetime.fromisoformat(was[name]) if was[name] else None)
    here = {one.note_id: one for one in paragraph.evidence}
    wanted = dict(was["evidence"])
    for note_id, one in here.items():
        if note_id not in wanted:
            paragraph.evidence.remove(one)
            db.session.delete(one)
    for position, (note_id, revision_id) in enumerate(was["evidence"]):
        if note_id in here:
            here[note_id].revision_id, here[note_id].position = revision_id, position
        else:
            paragraph.evidence.append(Evidence(note_id=note_id, revision_id=revision_id, position=position))
