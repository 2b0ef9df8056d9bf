"""Reading a package in: everything comes as it left, or nothing comes."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Text, cast, func, select

from eventapp.demo.actions import SLUG
from eventapp.ground.db import compressed, db, transaction
from eventapp.ground.db.types import Base
from eventapp.ground.refusal import Refused
from eventapp.history.chain import verify
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.outlets.chosen.actions import chosen_at
from eventapp.outlets.table import links, table_file
from eventapp.package import actions
from eventapp.package.actions import bring_in
from eventapp.package.manifest.content import ARCHIVE, LEVELS, PUBLIC
from eventapp.package.manifest.texts import are_texts
from eventapp.package.restore.reading import unpack
from eventapp.people.models import Person
from eventapp.record.search.models import SearchEntry
from eventapp.review.compilation.actions import compile_report
from eventapp.review.corrigenda.actions import publish_corrigendum
from eventapp.review.corrigenda.queries import waiting_corrections
from eventapp.review.formats.evidence_json import from_dict
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.content import Paragraph
from eventapp.review.reports.editions import corrigenda_of, edition_of
from eventapp.review.reports.models import Edition
from eventapp.review.reports.queries import chapters_of, reports_of
from eventapp.review.searched.models import PublishedParagraph
from tests import make, make_package, make_review
from tests.browserless import PageClient
from tests.package.conftest import Elsewhere

CONTACT = "secretariat@example.org"


def imported(file: Path) -> Meeting:
    with transaction():
        return bring_in(unpack(file), contact=CONTACT, by=None, at=make.TODAY)


def rows() -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def flask(app: Flask, *words: str) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["package", *words])
    return answer.exit_code, answer.output


@pytest.mark.parametrize("level", LEVELS)
def test_the_bangkok_meeting_leaves_again_as_it_came(
    app: Flask, elsewhere: Elsewhere, tmp_path: Path, level: str
) -> None:
    came = elsewhere.file(tmp_path, SLUG, level)
    assert flask(app, "verify", str(came))[1].startswith(f"{came} is sound: {SLUG}, {level}.\nsessions: 14\nnotes: ")
    code, told = flask(app, "import", str(came), "--publish")
    assert (code, told.partition(":")[0]) == (0, f"{SLUG} is here"), told

    goes = tmp_path / "again.zip"
    assert flask(app, "export", SLUG, "--level", level, "--output", str(goes))[0] == 0
    assert goes.read_bytes() == came.read_bytes()
    assert verify() == []


def test_long_reports_are_kept_compressed_and_leave_as_they_came(
    app: Flask, elsewhere: Elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compressed, "LONG", 1)
    came = elsewhere.file(tmp_path, "corrected", ARCHIVE)
    meeting = imported(came)
    assert all("compressed" in row for row in db.session.scalars(select(cast(Edition.__table__.c.content, Text))))
    assert make_package.package(meeting, ARCHIVE) == came.read_bytes()


def test_what_the_public_reads_is_the_same_bytes(
    app: Flask, client: PageClient, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    assert flask(app, "import", str(elsewhere.file(tmp_path, SLUG)), "--publish")[0] == 0
    for address, before in elsewhere.served.items():
        answer = client.get(address)
        assert answer.status_code == 200 and len(before) > 100, address
        assert answer.data == before, address
    meeting = meeting_at(SLUG)
    assert meeting is not None and table_file(meeting.slug, links(meeting), "json") == elsewhere.table


def test_every_page_of_an_imported_meeting_opens(
    app: Flask, client: PageClient, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    flask(app, "import", str(elsewhere.file(tmp_path, SLUG)), "--publish")
    client.sign_in(make.administrator())
    below = (
        "/agenda", "/sessions/S2", "/sessions/S2/notes", "/outcomes", "/reports", "/reports/review",
        "/record", "/record/S2", "/record/S2/1", "/record/search?q=broadband", "/review", "/review/coverage",
        "/review/reports/review", "/review/outlets", "/review/package", "/manage/participants",
    )  # fmt: skip
    assert {client.get(f"/meetings/{SLUG}{page}").status_code for page in below} == {200}


def test_an_imported_report_goes_on(app: Flask, elsewhere: Elsewhere, tmp_path: Path) -> None:
    """Its paragraphs are there with what they rest on; compiling adds a new note and leaves the rest as it was."""
    meeting = imported(elsewhere.file(tmp_path, SLUG))
    [report] = reports_of(meeting)
    edition = edition_of(report)
    assert edition is not None
    before = list(from_dict(edition.content).paragraphs)
    made = [one for one in before if one.evidence or not one.letter]  # the points of a list belong to its paragraph
    standing = [one for chapter in chapters_of(report) for one in chapter.paragraphs]
    assert [len(one.evidence) for one in standing] == [len(one.evidence) for one in made]

    # of the cards, two notes were cleared after the report went out: they come in with the new one, in two chapters
    last = [one for one in standing if one.evidence][-1]
    make_review.note(last.evidence[0].note.session, text="Ports wait.", title="Ports")
    assert compile_report(report, by=None, at=make.TODAY).counts == {
        "added": 2, "rewritten": 0, "gone": 0, "kept": len(made),
    }  # fmt: skip
    after = list(from_dict(publish(report, by=None, at=make.TODAY).content).paragraphs)
    assert any("orts wait" in one.text for one in after)
    known = [words_of(one) for one in before]
    assert [words_of(one) for one in after if words_of(one) in known] == known


def words_of(paragraph: Paragraph) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return (
        paragraph.text,
        tuple(one.text for one in paragraph.footnotes),
        tuple(one.note for one in paragraph.evidence),
    )


def test_nobody_is_written_to_and_nobody_can_sign_in(app: Flask, elsewhere: Elsewhere, tmp_path: Path) -> None:
    counts = unpack(elsewhere.file(tmp_path, SLUG)).counts
    meeting = imported(elsewhere.file(tmp_path, SLUG))
    people = db.session.scalars(select(Person.email)).all()
    assert counts.inputs > 0
    assert len(people) == counts.participants + counts.inputs and all(
        address.endswith("@package.invalid") for address in people
    )
    assert rows()["letter"] == db.session.scalar(select(func.count()).select_from(Letter)) == 0
    assert (meeting.is_published, meeting.contact_email) == (False, CONTACT)
    line = db.session.scalars(select(Entry).where(Entry.verb == "imported package")).one()
    assert (line.detail["notes"], line.detail["level"]) == (32, "public")


def test_a_note_that_came_is_found(app: Flask, elsewhere: Elsewhere, tmp_path: Path) -> None:
    imported(elsewhere.file(tmp_path))
    assert db.session.scalars(select(SearchEntry.title)).all() == ["Prices fall"]


def test_the_contact_is_the_one_given_or_where_this_house_writes_from(
    app: Flask, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    flask(app, "import", str(elsewhere.file(tmp_path)), "--contact", "ask@example.org")
    flask(app, "import", str(elsewhere.file(tmp_path, SLUG)))
    assert {one.slug: one.contact_email.partition("@")[0] for one in db.session.scalars(select(Meeting))} == {
        "spring": "ask", SLUG: "meetings",
    }  # fmt: skip


def test_a_meeting_that_is_here_is_left_alone(app: Flask, elsewhere: Elsewhere, tmp_path: Path) -> None:
    file = elsewhere.file(tmp_path)
    imported(file)
    before = rows()
    code, told = flask(app, "import", str(file))
    assert (code, rows()) == (1, before)
    assert told == (
        "Error: nothing was imported. There is a meeting at “spring” already: a package makes a meeting, it changes none.\n"
    )


def test_a_session_of_another_meeting_is_left_alone(app: Flask, elsewhere: Elsewhere, tmp_path: Path) -> None:
    package = unpack(elsewhere.file(tmp_path))
    make.session(make.meeting(), uid=package.agenda.sessions[0].uid)
    before = rows()
    with pytest.raises(Refused, match="Session S2 of this package is here already"), transaction():
        bring_in(package, contact=CONTACT, by=None, at=make.TODAY)
    assert rows() == before


def test_a_fault_at_the_very_end_leaves_nothing(
    app: Flask, elsewhere: Elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = elsewhere.file(tmp_path, "spring", ARCHIVE)
    monkeypatch.setattr(actions, "files_of", lambda package: {"notes.json": id(package)})
    before = rows()
    code, told = flask(app, "import", str(file))
    assert (code, rows()) == (1, before)
    assert "notes.json would not be exported again as it was" in told

    monkeypatch.undo()  # the twin: without the fault the same file comes
    assert flask(app, "import", str(file))[0] == 0
    assert rows() != before


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("slug", ["spring", "wild", "renamed", "corrected"])
def test_other_meetings_come_back_the_same(
    app: Flask, elsewhere: Elsewhere, tmp_path: Path, slug: str, level: str
) -> None:
    """A small one, one with every combination of ceilings, one changed after its agenda was released, one corrected."""
    meeting = imported(elsewhere.file(tmp_path, slug, level))
    assert make_package.package(meeting, level) == elsewhere.packages[slug, level]


def test_from_an_archive_the_public_package_is_made_too(app: Flask, elsewhere: Elsewhere, tmp_path: Path) -> None:
    meeting = imported(elsewhere.file(tmp_path, SLUG, ARCHIVE))
    assert make_package.package(meeting, PUBLIC) == elsewhere.packages[SLUG, PUBLIC]


def test_a_corrigendum_and_what_waits_for_the_next_come_back(
    app: Flask, client: PageClient, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    meeting = imported(elsewhere.file(tmp_path, "corrected", ARCHIVE))
    [report] = reports_of(meeting)

    [first] = corrigenda_of(report)
    assert first.report.symbol == "RP.1/Corr.1"
    [entry] = waiting_corrections(report, 1)
    assert (entry.paragraph, entry.wrong, entry.reading, entry.whose) == (
        "2",
        "in the region",
        "across the region",
        "the Chair",
    )
    page = client.sign_in(make.staff(meeting, ORGANIZER)).get(
        f"/meetings/corrected/review/reports/{report.name}/corrigenda"
    )
    assert "RP.1/Corr.1" in page.text
    assert "across the region" in page.text
    with transaction():
        second = publish_corrigendum(report, by=None, at=make.TODAY)
    assert second.report.symbol == "RP.1/Corr.2"
    assert waiting_corrections(report, 1) == []


def test_what_waits_for_a_corrigendum_is_not_before_the_world(app: Flask, elsewhere: Elsewhere) -> None:
    assert "across the region" in make_package.words(elsewhere.packages["corrected", ARCHIVE])
    assert "across the region" not in make_package.words(elsewhere.packages["corrected", PUBLIC])
    assert "reports/summary-corr-1-1.json" in make_package.files(elsewhere.packages["corrected", PUBLIC])


def test_a_corrected_paragraph_is_found_as_corrected(app: Flask, elsewhere: Elsewhere, tmp_path: Path) -> None:
    imported(elsewhere.file(tmp_path, "corrected", PUBLIC))
    assert db.session.scalars(select(PublishedParagraph.corrected).where(PublishedParagraph.corrected != "")).all()


def test_what_was_chosen_for_a_session_comes_back(app: Flask, elsewhere: Elsewhere, tmp_path: Path) -> None:
    meeting = imported(elsewhere.file(tmp_path, "corrected", ARCHIVE))
    [rows] = chosen_at(meeting).values()
    assert [one.note.reference for one in rows] == ["S2-1001"]
    assert "is_takeaway" not in make_package.words(elsewhere.packages["corrected", PUBLIC])


@pytest.mark.parametrize(
    ("texts", "can_be_kept"),
    [
        ({}, True),
        ({"fr": {"title": "Examen", "mandate": ["Un", "deux"]}}, True),
        ([], False),
        ({"fr": "Examen"}, False),
        ({"fr": {"title": ["Examen"]}}, False),
        ({"fr": {"mandate": "Examen"}}, False),
        ({"fr": {"title": "\x00"}}, False),
        ({"fr": {"title": "x" * 20_001}}, False),
        ({"": {"title": "Examen"}}, False),
    ],
)
def test_texts_in_other_languages_are_texts(texts: object, can_be_kept: bool) -> None:
    assert are_texts(texts) is can_be_kept
