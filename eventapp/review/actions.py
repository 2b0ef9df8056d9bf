from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.models import Body, Meeting
from eventapp.people.models import Person
from eventapp.record.clearing import actions as clearing
from eventapp.record.notes.models import APPROVED, Note
from eventapp.review.compiling.actions import Compilation, merge
from eventapp.review.compiling.plan import Planned, planned
from eventapp.review.compiling.sentence_records import members_of, without
from eventapp.review.formats.evidence_json import digest, to_dict, to_json
from eventapp.review.language.capitals import names_known
from eventapp.review.language.data import in_its_words
from eventapp.review.language.sentences import paragraph_of
from eventapp.review.paragraphs import actions as editing
from eventapp.review.reports.attendance import attendance
from eventapp.review.reports.models import Chapter, Edition, LeftOut, Paragraph, Report
from eventapp.review.reports.outlines import STANDARD, language_of, outline_of
from eventapp.review.reports.queries import chapters_of, left_out, notes_for, report_at
from eventapp.review.versions.publication import fit_to_publish
from eventapp.review.versions.publication_snapshot import present_paragraphs
from eventapp.review.versions.snapshots import COMPILED, EDITED, PUBLISHED, take_snapshot
from eventapp.vocabulary.notes import CEILINGS


@dataclass(frozen=True)
class Draft:
    """What a report is begun with: its name in the address, its title and symbol, its body and how it attributes."""

    name: str
    title: str
    symbol: str
    policy: str
    body: str = ""  # the code of a body; '' for all of them
    outline: str = STANDARD  # the name of a file in outlines/
    language: str = ""  # '' for that of the outline


def start_report(meeting: Meeting, draft: Draft, *, by: Person | None, at: datetime) -> Report:
    """Begin a report and compile it. Refused where its name is taken, or body or outline are not known."""
    lock(meeting)
    if report_at(meeting, draft.name):
        raise Refused(_("There is a report with this name already. Choose another name."))
    report = Report(
        meeting_id=meeting.id,
        name=draft.name,
        title=draft.title,
        symbol=draft.symbol,
        body_id=_body(meeting, draft.body),
        policy=_known(draft.policy),
        outline=outline_of(draft.outline).name,
        language=language_of(draft.outline, draft.language),
        created_at=at,
    )
    db.session.add(report)
    record("start report", report, by=by, at=at, **asdict(draft))
    compile_report(report, by=by, at=at)
    return report


def compile_report(report: Report, *, by: Person | None, at: datetime) -> Compilation:
    """Bring the report up to the notes that are cleared now. Paragraphs edited by hand stay as the editor left them."""
    lock(report)
    out, chapters = left_out(report), chapters_of(report)
    take_snapshot(report, EDITED, chapters, by=by, at=at)  # what editors did since, before the notes come in
    done = merge(report, chapters, plan_of(report, chapters, out))
    report.compiled_at = at
    take_snapshot(report, COMPILED, chapters_of(report), by=by, at=at)
    record("compile report", report, by=by, at=at, **done.counts)
    return done


def plan_of(report: Report, chapters: Sequence[Chapter], out: Collection[int]) -> list[Planned]:
    """Return the paragraphs that the report should have now; `out` are the numbers of the notes that stay out."""
    taken = set(out) | _taken_by_hand(chapters)
    notes = [note for note in notes_for(report) if note.id not in taken]
    here = {one.source_key: one for chapter in chapters for one in chapter.paragraphs if one.source_key}
    return planned(report, notes, attendance(report.meeting), here=here)


def choose_policy(report: Report, policy: str, *, by: Person | None, at: datetime) -> Compilation:
    """Say more or less of the sources: what was generated is written anew, what was edited by hand is only checked."""
    lock(report)
    before, report.policy = report.policy, _known(policy)
    record("choose policy", report, by=by, at=at, before=before, after=policy)
    return compile_report(report, by=by, at=at)


def name_report(report: Report, title: str, symbol: str, *, by: Person | None, at: datetime) -> None:
    """Give the report another title and symbol. What was published keeps its own; the same again changes nothing."""
    lock(report)
    before = (report.title, report.symbol)
    if before == (title, symbol):
        return
    report.title, report.symbol = title, symbol
    after = {"title": title, "symbol": symbol}
    record("name report", report, by=by, at=at, meeting_id=report.meeting_id, before=before, **after)


def leave_out(report: Report, note: Note, reason: str, *, by: Person | None, at: datetime) -> LeftOut:
    """Keep a note out of the report, with the reason. Refused while a paragraph cites it."""
    lock(report)
    cited = {
        one.note_id
        for chapter in chapters_of(report)
        for paragraph in present_paragraphs(chapter)
        for one in paragraph.evidence
    }
    if note.id in cited:
        raise Refused(_("%(note)s is cited in the report. Take it out of the paragraph first.", note=note.reference))
    row = left_out(report).get(note.id) or LeftOut(report_id=report.id, note_id=note.id)
    row.reason, row.at, row.by_id = reason, at, by.id if by else None
    db.session.add(row)
    record("leave out", report, by=by, at=at, note=note.reference, reason=reason)
    return row


def put_in(report: Report, note: Note, *, by: Person | None, at: datetime) -> Compilation:
    """Take a note into the report after all: as its own paragraph, back in its chapter.

    Where the outline has no chapter for it, at the end of the report, as the editor's own from then on.
    """
    lock(report)
    row = left_out(report).get(note.id)
    if row:
        db.session.delete(row)
    for chapter in chapters_of(report):
        for paragraph in chapter.paragraphs:
            if paragraph.removed_at and members_of(paragraph) == [note.id]:
                paragraph.removed_at = None
            elif paragraph.removed_at:
                take_out(paragraph, note)
    record("put in", report, by=by, at=at, note=note.reference)
    if outline_of(report.outline).chapter_of(note) is None:
        _write_at_the_end(report, note, by=by, at=at)
    return compile_report(report, by=by, at=at)


@in_its_words
def _write_at_the_end(report: Report, note: Note, *, by: Person | None, at: datetime) -> None:
    """Write the paragraph of a note behind the last one; nothing where one that stands cites it."""
    chapters = chapters_of(report)
    if any(
        one.note_id == note.id for chapter in chapters for row in present_paragraphs(chapter) for one in row.evidence
    ):
        return
    last = chapters[-1].paragraphs[-1] if chapters[-1].paragraphs else None
    words = paragraph_of([note.current], report.policy, names_known(report.meeting))
    editing.cite(editing.add(chapters[-1], words, after=last, by=by, at=at), note, by=by, at=at)


def publish(report: Report, *, by: Person | None, at: datetime, adopted: bool = False) -> Edition:
    """Publish the report as it stands: an edition that never changes, with its version and SHA-256.

    It need not be adopted, for the Committee that reads it the next morning reads a draft; it then says that it is one.
    Refused where it is not fit to be.
    """
    lock(report)
    chapters = chapters_of(report)
    text = fit_to_publish(report, chapters, at=at, adopted=adopted)
    edition = Edition(
        report_id=report.id,
        version=text.version,
        content=to_dict(text),
        sha256=digest(to_json(text)),
        published_at=at,
        published_by_id=by.id if by else None,
    )
    db.session.add(edition)
    _publish_notes(chapters, by=by, at=at)
    report.version, report.published_at, report.published_by_id = text.version, at, edition.published_by_id
    details = {"version": text.version, "sha256": edition.sha256, "published_as": "adopted" if adopted else "draft"}
    take_snapshot(report, PUBLISHED, chapters, by=by, at=at, remark=str(text.version))
    record("publish report", report, by=by, at=at, meeting_id=report.meeting_id, **details)
    return edition


def take_out(paragraph: Paragraph, note: Note) -> None:
    """Take a note from a paragraph, with the sentences that rest on it alone."""
    paragraph.sentences = without(paragraph.sentences, note.id)
    for one in [one for one in paragraph.evidence if one.note_id == note.id]:
        paragraph.evidence.remove(one)
        db.session.delete(one)


def _taken_by_hand(chapters: Sequence[Chapter]) -> set[int]:
    """Return the notes that only stand in a paragraph that an editor edited or removed: they need no other."""
    paragraphs = [one for chapter in chapters for one in chapter.paragraphs]
    told = {note for paragraph in paragraphs if paragraph.source_key for note in members_of(paragraph)}
    cited = {one.note_id for paragraph in paragraphs if not paragraph.is_generated for one in paragraph.evidence}
    return cited - told


def _publish_notes(chapters: Sequence[Chapter], *, by: Person | None, at: datetime) -> None:
    """What a published report cites is before the world from now on."""
    cited = {
        one.note for chapter in chapters for paragraph in present_paragraphs(chapter) for one in paragraph.evidence
    }
    for note in sorted(cited, key=lambda note: note.id):
        if note.state == APPROVED:
            clearing.publish(note, by=by, at=at)


def _known(policy: str) -> str:
    if policy not in CEILINGS:
        raise Refused(_("Choose one of the four ways to attribute."))
    return policy


def _body(meeting: Meeting, code: str) -> int | None:
    found: list[Body] = [body for body in meeting.bodies if body.code == code]
    if code and not found:
        raise Refused(_("Choose a body of this meeting."))
    return found[0].id if found else None
