"""The texts of two reports, the shipped one and one of 49 statements in four languages, each measure with its bound."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as hour
from pathlib import Path

from bench import measures
from bench.figures import Figure
from bench.measures import Spoken
from bench.world import meeting_named
from eventapp.agenda.models import Session
from eventapp.demo.actions import SLUG, load_bangkok
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.record.extras.queries import translations_by_note
from eventapp.record.loading.actions import load_file
from eventapp.record.loading.reading import read_file
from eventapp.record.notes.models import APPROVED, Note
from eventapp.review.compilation.actions import Draft, start_report
from eventapp.review.formats.evidence_json import to_json
from eventapp.review.reports.content import Report as Text
from eventapp.review.reports.models import Report
from eventapp.review.reports.queries import chapters_of, notes_for
from eventapp.review.versions.publication_snapshot import frozen
from eventapp.vocabulary.countries import country

STATEMENTS, FILE = "bench-statements", Path(__file__).with_name("statements.jsonl")
KINDS = {"S1": "opening", "S2": "trends", "S3": "plans", "S4": "discussion", "S5": "closing"}
AGREED = "nobody-objected"


def statements_meeting(at: datetime) -> Meeting:
    """A meeting of five sessions with the 49 statements, all approved."""
    with transaction():
        meeting = meeting_named(STATEMENTS, at)
        for number, (code, kind) in enumerate(KINDS.items()):
            starts = datetime.combine(meeting.starts_on, hour(2), UTC) + timedelta(hours=2 * number)
            facts = {"title": f"Session {code}", "interpretation": [], "uid": f"{code}@{STATEMENTS}.example.org"}
            ends = starts + timedelta(minutes=90)
            db.session.add(
                Session(meeting=meeting, code=code, kind=kind, starts_at=starts, ends_at=ends, changed_at=at, **facts)
            )
    load_file(meeting.id, read_file(FILE.read_bytes()), by=None, at=at, state=APPROVED)
    return meeting


def begun(meeting: Meeting, name: str, at: datetime) -> tuple[Report, Text]:
    report = start_report(meeting, Draft(name, "Measured report", "RP.1", "organization"), by=None, at=at)
    return report, frozen(report, chapters_of(report), version=1, at=at)


def spoken(notes: list[Note]) -> list[Spoken]:
    """The notes, in English or in their English translation."""
    translations = translations_by_note(notes)
    found = []
    for note in notes:
        now, state = note.current, country(note.current.country)
        english = next((one.text for one in translations.get(note.id, ()) if one.language == "en"), "")
        found.append(
            Spoken(
                note.reference,
                now.text if now.language == "en" else english,
                now.organization or now.speaker,
                state.names if state else (),
                now.support == AGREED,
            )
        )
    return found


def report_figures(meeting: Meeting, what: str, at: datetime) -> Iterator[Figure]:
    """What section 3 of the page about reports asks."""
    report, text = begun(meeting, "measured", at)
    _again, other = begun(meeting, "measured-again", at)
    notes = spoken(notes_for(report))
    by_reference = {one.reference: one for one in notes}
    used = [one for one in notes if one.words]
    yield up_to(f"{what}: paragraphs per note", measures.paragraphs_per_note(text, notes), 0.6)
    yield up_to("  begin with the same three words", measures.same_beginnings(text), 0.15)
    yield at_least_share("  sentences with evidence", measures.with_evidence(text), 1)
    yield at_least_share("  quantifiers that equal the count", measures.quantifiers(text, by_reference), 1)
    yield none("  “the meeting” without agreement", measures.meeting_without_agreement(text, by_reference))
    yield none("  foreign sentences", measures.foreign(text))
    yield none("  cut or doubled clauses", measures.broken_clauses(text))
    yield at_least_share("  State named where it is known", measures.states_named(text, by_reference), 1)
    yield at_least_share("  dates and figures that survive", measures.figures_that_survive(text, used), 0.9)
    many = measures.words_of_summary(text)
    yield Figure("  words of the Summary", str(many), "1 to 250", 0 < many <= 250)
    same = to_json(replace(other, name=text.name)) == to_json(text)
    yield Figure("  same notes, same bytes", "yes" if same else "no", "yes", same)


def up_to(name: str, value: float, bound: float) -> Figure:
    return Figure(name, f"{value:.2f}", f"≤ {bound}", value <= bound)


def at_least_share(name: str, value: float, bound: float) -> Figure:
    return Figure(name, f"{value:.1%}", f"≥ {bound:.0%}", value >= bound)


def none(name: str, many: int) -> Figure:
    return Figure(name, str(many), "0", many == 0)


def all_figures(at: datetime) -> Iterator[Figure]:
    yield from report_figures(statements_meeting(at), "49 statements", at)
    bangkok = meeting_at(SLUG) or load_bangkok()
    yield from report_figures(bangkok, "Bangkok", at)
