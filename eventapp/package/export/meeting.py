"""Filling a package: what the database holds of a meeting, as far as it may leave."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from eventapp.agenda.models import Release
from eventapp.agenda.queries import releases_of, whole
from eventapp.agenda.releases.content import session_content
from eventapp.agenda.releases.difference import difference
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.exact import Dataclass, read
from eventapp.meetings.models import Meeting
from eventapp.outlets.chosen.actions import chosen_at
from eventapp.package.export import place
from eventapp.package.export.attached import attached_to, papers_of
from eventapp.package.export.delegations import delegations_leaving, in_the_list, participant
from eventapp.package.export.entrances import with_entrances
from eventapp.package.export.inputs import Clean, cards_leaving, inputs_leaving
from eventapp.package.export.more import with_plans
from eventapp.package.export.own.chapters import chapters_leaving
from eventapp.package.export.own.consents import consents_leaving
from eventapp.package.export.own.retention import kind_leaving, retention_leaving
from eventapp.package.export.own.themes import themes_leaving
from eventapp.package.export.papers import Paper, papers
from eventapp.package.export.questions import answers_of_people, questions_leaving
from eventapp.package.export.redaction import redacted, unnamed_in
from eventapp.package.export.summaries import deliveries_by_note, redacted_deliveries, summaries_of
from eventapp.package.manifest import content
from eventapp.package.manifest import notes as noted
from eventapp.package.queries import (
    cards_sent,
    every_edition,
    every_note,
    everybody_registered,
    inputs_sent,
    listed,
    reports_never_published,
)
from eventapp.record.extras.queries import translations_by_note
from eventapp.record.notes.models import Note, Revision
from eventapp.registration.models import APPROVED, Registration
from eventapp.review.corrigenda.queries import waiting_corrections
from eventapp.review.language.names import Names
from eventapp.review.reports.models import Report
from eventapp.review.reports.queries import CLOSED, is_cleared, is_on_record
from eventapp.review.versions.publication import names_in_summary


@dataclass(frozen=True)
class LeftOut:
    """How many of each stay behind, for whoever takes the package; the package itself says nothing of them."""

    off_record: int
    in_closed_sessions: int
    not_cleared: int
    deleted: int
    withheld: tuple[str, ...]  # references of notes that leave without their text
    unlisted: int  # people who are registered and did not agree to the list
    inputs: int  # sent, and not to be read by everybody
    cards: int  # sent, and not to be forwarded
    drafts: int  # reports that were never published
    editions: tuple[Paper, ...]
    files: int = 0  # for which there was no room


@dataclass(frozen=True)
class Filled:
    """A package and what is not in it."""

    package: content.Package
    left_out: LeftOut


D = TypeVar("D", bound=Dataclass)
CHOSEN = ("report_outline", "report_policy", "live_letters")  # as the columns have them
APART = (
    *("bodies", "rooms", "categories", "kinds", "chapters", "themes"),
    *("kind", "retention", "consents", "zones", "gates", "photographs", "badges"),
)


def filled(meeting: Meeting, level: str) -> Filled:
    """The package of this meeting: `public` holds what is before the world, `archive` also what is not cleared yet."""
    everything, people = every_note(meeting), everybody_registered(meeting)
    leaving = [note for note in everything if (is_cleared(note) if level == content.PUBLIC else is_on_record(note))]
    editions = papers(every_edition(meeting), everything, people)
    kept = [paper for paper in editions if not paper.objection]
    cited = {(one.note, one.revision) for paper in kept for one in paper.cited}
    unnamed = unnamed_in(everything, leaving)
    notes = tuple(notes_of(leaving, level, cited, unnamed))
    agenda, attached, words = agenda_of(meeting, level, leaving), attached_to(meeting), Clean((), unnamed)
    shown = sorted(listed(people), key=in_the_list)
    answers = answers_of_people(meeting, shown, level, words)
    package = content.Package(
        level=level,
        meeting=meeting_of(meeting),
        agenda=agenda,
        notes=notes,
        reports=reports_of(kept, level),
        evidence=tuple(one for paper in kept for one in paper.cited),
        participants=tuple(replace(participant(one), answers=answers.get(one.id, ())) for one in shown),
        documents=tuple(papers_of(meeting, attached, agenda.sessions)),
        papers={paper.file: paper.written for paper in kept},
        summaries=tuple(summaries_of(meeting, level, agenda.sessions, everything, unnamed)),
        inputs=tuple(inputs_leaving(meeting, level, notes, unnamed)),
        cards=tuple(cards_leaving(meeting, level, notes, everything, unnamed)),
        questions=tuple(questions_leaving(meeting, level)),
        information=attached.pages,
        delegations=tuple(delegations_leaving(meeting, shown, level, words)),
        files=attached.files,
    )
    package = with_entrances(package, meeting)
    return Filled(package, replace(left_out(meeting, package, everything, people, editions), files=attached.left))


def notes_of(leaving: Sequence[Note], level: str, cited: set[tuple[str, int]], unnamed: Names) -> Iterator[noted.Note]:
    """The notes with what stands beside them: translations, and what became of a commitment."""
    beside, lines = translations_by_note(leaving), deliveries_by_note(leaving)
    chosen = {one.note_id for some in chosen_at(leaving[0].session.meeting).values() for one in some} if leaving else ()
    for note in leaving:
        one = redacted(note, revisions_of(note, level, cited), beside.get(note.id, ()), unnamed)
        yield replace(
            one,
            deliveries=redacted_deliveries(note, lines.get(note.id, []), level, unnamed),
            is_takeaway=level == content.ARCHIVE and note.id in chosen,
        )


def revisions_of(note: Note, level: str, cited: set[tuple[str, int]]) -> list[Revision]:
    """Every revision for the archive; for the public what counts now and what a published report cites."""
    if level == content.ARCHIVE:
        return list(note.revisions)
    return [one for one in note.revisions if one.number == note.head or (note.reference, one.number) in cited]


def read_rows(kind: type[D], rows: Iterable[Any]) -> tuple[D, ...]:  # rows of any model
    """The rows as values of this kind, whose members are called as their columns."""
    make: Callable[..., D] = kind
    return tuple(make(**values_of(kind, row)) for row in rows)


def values_of(kind: type[Dataclass], row: object, but: Sequence[str] = ()) -> Record:
    found = {one.name: getattr(row, one.name) for one in fields(kind) if one.name not in but}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}


def meeting_of(meeting: Meeting) -> content.Meeting:
    rooms = (
        place.Room(
            **values_of(place.Room, one, but=["closed", "hours"]),
            closed=bool(one.closed_at),
            hours=tuple(place.RoomHours(**hours) for hours in one.hours),
        )
        for one in meeting.rooms
    )
    return content.Meeting(
        **values_of(content.Meeting, meeting, but=APART),
        bodies=read_rows(place.Body, sorted(meeting.bodies, key=lambda one: (one.position, one.code))),
        rooms=tuple(sorted(rooms, key=lambda one: (one.position, one.code))),
        chapters=chapters_leaving(meeting),
        themes=themes_leaving(meeting),
        kind=kind_leaving(meeting),
        retention=retention_leaving(meeting),
        consents=consents_leaving(meeting),
        kinds=read_rows(place.SessionKind, sorted(meeting.kinds, key=lambda one: (one.position, one.code))),
        categories=read_rows(
            place.Category, sorted(meeting.categories, key=lambda one: (one.protocol_order, one.code))
        ),
    )


def agenda_of(meeting: Meeting, level: str, leaving: Iterable[Note]) -> content.Agenda:
    """The newest release with its sessions and those that notes are from; for the archive every release and session."""
    releases = sorted(releases_of(meeting), key=lambda one: one.number)
    newest = releases[-1] if releases else None
    earlier = redacted_releases(releases[:-1]) if level == content.ARCHIVE else ()
    [release] = redacted_releases(releases[-1:], earlier[-1].content if earlier else None) or (None,)
    rows = {session.code: session for session in db.session.scalars(whole(meeting))}
    released = {one["code"]: one for one in newest.content["sessions"]} if newest else {}
    if level == content.ARCHIVE:
        shown = {code: with_plans(session_content(session), session) for code, session in rows.items()}
    else:
        of_notes = {note.session.code for note in leaving}
        shown = {**{code: session_content(rows[code]) for code in of_notes}, **released}
    sessions = [read(content.Session, one, f"session {code}") for code, one in shown.items()]
    return content.Agenda(release, tuple(sorted(sessions, key=lambda one: (one.starts_at, one.code))), earlier)


def redacted_releases(releases: Iterable[Release], before: Record | None = None) -> tuple[content.Release, ...]:
    """The releases; each with its list of changes, where it cannot be told from the release before it."""
    sessions = []
    for one in releases:
        changes = {} if one.difference == difference(before, one.content) else one.difference
        sessions.append(content.Release(**values_of(content.Release, one, but=["changes"]), changes=changes))
        before = one.content
    return tuple(sessions)


def reports_of(papers: Sequence[Paper], level: str) -> tuple[content.Report, ...]:
    """Each report with those of its editions that leave; an archive has what waits for its next corrigendum."""
    rows = {paper.edition.report.name: paper.edition.report for paper in papers}
    return tuple(
        content.Report(
            **values_of(content.Report, row, but=["body", "editions", "corrections"]),
            body=row.body.code if row.body else "",
            editions=tuple(
                content.Edition(**values_of(content.Edition, one.edition, but=["file"]), file=one.file)
                for one in papers
                if one.edition.report.name == name
            ),
            corrections=entries_of(row, papers) if level == content.ARCHIVE else (),
        )
        for name, row in rows.items()
    )


def entries_of(report: Report, papers: Sequence[Paper]) -> tuple[content.Correction, ...]:
    """What waits for a corrigendum to a version that leaves, and names nobody above their ceiling by now."""
    versions = [one.edition.version for one in papers if one.edition.report is report]
    rows = [row for version in versions for row in waiting_corrections(report, version)]
    named = {row.id for row in rows if names_in_summary(report, f"{row.reading}\n{row.reason}\n{row.whose}")}
    return read_rows(content.Correction, [row for row in rows if row.id not in named])


def left_out(
    meeting: Meeting,
    package: content.Package,
    everything: Sequence[Note],
    people: Sequence[Registration],
    editions: Sequence[Paper],
) -> LeftOut:
    gone = {note.reference for note in package.notes}
    present = [note for note in everything if note.deleted_at is None]
    on_record = [note for note in present if not note.current.off_record]
    return LeftOut(
        off_record=len(present) - len(on_record),
        in_closed_sessions=sum(note.session.rule == CLOSED for note in on_record),
        not_cleared=sum(note.session.rule != CLOSED and note.reference not in gone for note in on_record),
        deleted=len(everything) - len(present),
        withheld=tuple(one.reference for one in package.notes if any(not each.text for each in one.revisions)),
        unlisted=sum(one.state == APPROVED and not one.lists_name for one in people),
        inputs=inputs_sent(meeting) - len(package.inputs),
        cards=cards_sent(meeting) - len(package.cards),
        drafts=reports_never_published(meeting),
        editions=tuple(one for one in editions if one.objection),
    )
