"""Compiling in memory: the report as it will be, worked out of what is cleared, and written when that still is so."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from eventapp.ground.db import db
from eventapp.ground.db.in_runs import Runs, plain
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.record.notes.models import Note, Revision
from eventapp.review.compilation.changes import Change, HistoryLine
from eventapp.review.compiling.actions import Compilation, merge
from eventapp.review.compiling.plan import Planned, Tell, planned, silent
from eventapp.review.compiling.sentence_records import members_of
from eventapp.review.language.capitals import names_known
from eventapp.review.language.report_words import in_its_words
from eventapp.review.language.sentences import paragraph_of
from eventapp.review.paragraphs import actions as editing
from eventapp.review.paragraphs.steps import keep_step
from eventapp.review.reports.attendance import attendance
from eventapp.review.reports.models import Chapter, LeftOut, Paragraph, Report, Snapshot
from eventapp.review.reports.queries import chapters_of, left_out, notes_for
from eventapp.review.versions.publication_snapshot import present_paragraphs
from eventapp.review.versions.snapshots import (
    COMPILED,
    EDITED,
    Draft,
    Line,
    keep,
    lines_of,
    new_snapshot,
    newest_of,
    number_behind,
    tells_new,
    written,
)


@dataclass(frozen=True)
class Watch:
    """Who looks on: hears how many notes of how many are written of, and is told in the transaction that writes."""

    tell: Callable[[int, int], None] = lambda _done, _many: None
    after: Callable[[Compilation], None] = lambda _done: None


@dataclass
class Drafted:
    """A report as it is compiled in memory: what came of it, and what it will read like."""

    report: Report
    chapters: list[Chapter]
    done: Compilation
    history: Sequence[HistoryLine]
    words_at_the_end: str
    newest: Snapshot | None  # version that is kept
    lines: list[Line]
    written: list[str]  # the lines in JSON; "" of what has no number before it is written
    runs: Runs  # of them
    is_new: bool
    ahead: dict[int, Chapter] = field(default_factory=dict)  # where its paragraphs go that are written, by their holder

    def write(self, *, by: Person | None, at: datetime) -> None:
        """Keep this version, once its paragraphs have their numbers, and say in history what was done."""
        for line in self.history:
            record(line.verb, self.report, by=by, at=at, **line.detail)
            if line.was:
                keep_step(self.report, line.verb, line.was, by=by, at=at)
        if ending := _at_the_end(self.history):
            chapters = chapters_of(self.report)
            last = chapters[-1].paragraphs[-1] if chapters[-1].paragraphs else None
            own = editing.add(chapters[-1], self.words_at_the_end, after=last, by=by, at=at)
            editing.cite(own, db.session.get_one(Note, ending), by=by, at=at)
            made = plain([written(line) for line in lines_of(chapters)])
            keep(self.report, Draft(COMPILED, number_behind(self.newest), made), by=by, at=at)
        elif self.is_new:
            keep(self.report, self._version(), by=by, at=at)
        record("compile report", self.report, by=by, at=at, **self.done.counts)

    def number_known(self) -> None:
        """Write the lines of what has its numbers since it was written ahead, while nothing is held."""
        self.written = self._numbered()
        self.runs = Runs(self.written)

    def _version(self) -> Draft:
        """Return the version, with the numbers that the rows have by now: the rest of it is written already."""
        return Draft(COMPILED, number_behind(self.newest), self.runs.filled(self._numbered()))

    def _numbered(self) -> list[str]:
        rows = ((chapter, row) for chapter in self.chapters for row in present_paragraphs(chapter))
        return [
            done or ("" if None in (chapter.id, row.id) else written(replace(line, key=row.id, part=chapter.id)))
            for (chapter, row), line, done in zip(rows, self.lines, self.written, strict=True)
        ]


def drafted(report: Report, change: Change, watch: Watch, *, by: Person | None, at: datetime) -> Drafted:
    """Return the report as it is compiled now. Its rows are changed in memory, and none is written."""
    chapters, newest = chapters_of(report), newest_of(report)
    edited = new_snapshot(report, EDITED, lines_of(chapters), newest, by=by, at=at)  # before the notes come in
    if edited:
        db.session.add(edited)
    history = change(report, chapters)
    out = [number for number, row in left_out(report).items() if row not in db.session.deleted]
    out += [row.note_id for row in db.session.new if isinstance(row, LeftOut)]
    done = merge(report, chapters, plan_of(report, chapters, out, watch.tell))
    report.compiled_at = at
    number = _at_the_end(history)
    ending = db.session.get_one(Note, number).current if number else None
    words = _words_of(report, ending) if ending else ""
    newest, lines = edited or newest, lines_of(chapters)
    has_number = (line.key is not None and line.part is not None for line in lines)
    pieces = [written(line) if known else "" for line, known in zip(lines, has_number, strict=True)]
    runs = Runs(pieces)
    is_new = runs.digest is None or tells_new(lines, runs.digest, newest, COMPILED)
    return Drafted(report, chapters, done, history, words, newest, lines, pieces, runs, is_new)


@in_its_words
def _words_of(report: Report, ending: Revision) -> str:
    return paragraph_of([ending], report.policy, names_known(report.meeting))


def plan_of(report: Report, chapters: Sequence[Chapter], out: Collection[int], tell: Tell = silent) -> list[Planned]:
    """Return the paragraphs that the report should have now; `out` are the numbers of the notes that stay out."""
    taken = {*out, *_taken_by_hand(chapters)}
    notes = [note for note in notes_for(report) if note.id not in taken]
    here = {one.source_key: one for chapter in chapters for one in chapter.paragraphs if one.source_key}
    return planned(report, notes, attendance(report.meeting), here=here, tell=tell)


def _at_the_end(history: Sequence[HistoryLine]) -> int | None:
    return next((line.at_the_end for line in history if line.at_the_end), None)


def _taken_by_hand(chapters: Sequence[Chapter]) -> set[int]:
    """Return the notes that only stand in a paragraph that an editor edited or removed: they need no other."""
    paragraphs: list[Paragraph] = [one for chapter in chapters for one in chapter.paragraphs]
    members = {note for paragraph in paragraphs if paragraph.source_key for note in members_of(paragraph)}
    cited = {one.note_id for paragraph in paragraphs if not paragraph.is_generated for one in paragraph.evidence}
    return cited - members
