from pathlib import Path

import pytest
from flask import Flask

from eventapp.ground.db import transaction
from eventapp.meetings.chapters.content import OwnChapter, as_records
from eventapp.meetings.kinds.actions import own_kinds
from eventapp.review.compilation.actions import compile_report
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.models import Report
from eventapp.review.reports.outlines import all_outlines
from eventapp.review.reports.queries import report_at
from tests import make, make_review
from tests.make_review import texts

pytestmark = pytest.mark.usefixtures("_apart")


@pytest.fixture
def report(app: Flask) -> Report:
    meeting = make.meeting(slug="spring")
    make_review.note(make.session(meeting), text="Prices fall.", ceiling="nobody")
    return make_review.report(meeting)


def flask(app: Flask, *words: str) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["review", *words])
    return answer.exit_code, answer.output


@pytest.mark.parametrize("ending", ["docx", "pdf", "json", "md", "csv"])
def test_export_writes_the_published_version(app: Flask, report: Report, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"report.{ending}"
    publish(report, by=None, at=make.TODAY)
    told = flask(app, "export", "spring", "summary", "--format", ending, "--output", str(file))

    assert told == (0, f"Wrote version 1 of summary to {file}.\n")
    served = app.test_client().get(f"/meetings/spring/reports/summary.{ending}").data
    assert file.read_bytes() == served


@pytest.mark.parametrize(
    ("name", "begins"), [("report.md", b"# "), ("report.JSON", b"{"), ("report.doc", b"PK"), ("report", b"PK")]
)
def test_without_a_format_the_name_of_the_file_says_it(
    app: Flask, report: Report, tmp_path: Path, name: str, begins: bytes
) -> None:
    file = tmp_path / name
    assert flask(app, "export", "spring", "summary", "--draft", "--output", str(file))[0] == 0
    assert file.read_bytes().startswith(begins)


def test_a_report_that_is_not_published_is_exported_as_a_draft_only(app: Flask, report: Report, tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    words = ("export", "spring", "summary", "--format", "md", "--output", str(file))

    code, told = flask(app, *words)
    assert (code, "is not published yet" in told, file.exists()) == (1, True, False)
    assert flask(app, *words, "--draft")[0] == 0
    assert "It was noted that prices fell." in file.read_text(encoding="utf-8")


def test_a_draft_that_says_a_name_above_its_ceiling_says_so_when_it_is_exported(
    app: Flask, report: Report, tmp_path: Path
) -> None:
    session = make.session(report.meeting)
    make_review.note(session, text="Zephyr Foundation pays.", organization="Zephyr Foundation", ceiling="nobody")
    compile_report(report, by=None, at=make.TODAY)
    words = ("export", "spring", "summary", "--format", "md", "--output", str(tmp_path / "report.md"))

    assert "This draft says names above their ceiling: Zephyr Foundation." in flask(app, *words, "--draft")[1]


def test_what_is_not_there_is_said(app: Flask, report: Report, tmp_path: Path) -> None:
    file = str(tmp_path / "report.md")

    assert "There is no meeting autumn." in flask(app, "export", "autumn", "summary", "--output", file)[1]
    assert "The meeting spring has no report other." in flask(app, "export", "spring", "other", "--output", file)[1]


def test_compile_brings_the_report_up_to_date(app: Flask, report: Report) -> None:
    make_review.note(make.session(report.meeting), text="It grows.", ceiling="nobody")

    assert flask(app, "compile", "spring", "summary") == (0, "Paragraphs: 1 added, 0 rewritten, 0 gone.\n")
    assert len(texts(report)) == 2


def test_compile_begins_a_report_that_is_not_there(app: Flask) -> None:
    meeting = make.meeting(slug="spring")
    make_review.note(make.session(meeting), text="Prices fall.", ceiling="nobody")
    code, told = flask(app, "compile", "spring", "by-kind", "--outline", "kinds", "--policy", "nobody")
    assert (code, told.startswith("The report by-kind is begun: ")) == (0, True)
    report = report_at(meeting, "by-kind")
    assert report is not None
    assert (report.outline, report.policy) == ("kinds", "nobody")
    assert flask(app, "compile", "spring", "by-kind") == (0, "Paragraphs: 0 added, 0 rewritten, 0 gone.\n")
    assert flask(app, "compile", "spring", "by-kind", "--policy", "person")[0] == 0
    assert "has the outline kinds" in flask(app, "compile", "spring", "by-kind", "--outline", "blank")[1]
    assert "no outline “none”" in flask(app, "compile", "spring", "other", "--outline", "none")[1]
    assert "small letters" in flask(app, "compile", "spring", "No Name")[1]
    assert report_at(meeting, "other") is None


def test_outlines_are_checked_with_line_and_reason(app: Flask, tmp_path: Path) -> None:
    assert flask(app, "outlines") == (0, f"Outlines: {len(all_outlines())} can be used, 0 cannot.\n")
    good, torn, old = tmp_path / "good.toml", tmp_path / "torn.toml", tmp_path / "old.toml"
    good.write_text('title = "Good"\n[[chapters]]\ncode = "one"\ntitle = "One"\n')
    torn.write_text('title = "Torn"\n[[chapters]]\ncode = "one"\ntitle = "One"\norder = "colour"\n')
    old.write_bytes(b'title = "Old"\ntitles = "\xe9"\n')
    code, told = flask(app, "outlines", str(good), str(torn), str(old))
    assert code == 1
    for words in (
        f"{torn}:5: torn: order may list only",
        f"{old}:2: old: this is not UTF-8.",
        "1 can be used, 2 cannot",
    ):
        assert words in told


def test_outlines_are_checked_against_what_a_meeting_names(app: Flask) -> None:
    meeting = make.meeting(slug="spring")
    with transaction():
        own_kinds(meeting)[1].chapter = "elsewhere"
        meeting.chapters = as_records([OwnChapter("side-events", "Side events", "nowhere")])
    code, told = flask(app, "outlines", "--meeting", "spring")
    assert code == 1
    for words in (
        "The kind of session trends names the chapter elsewhere, which no outline has.",
        "The chapter side-events stands behind nowhere, which no outline has.",
        "No kind of session names the chapter side-events: no note goes there.",
    ):
        assert words in told
    with transaction():
        meeting.chapters = []
        own_kinds(meeting)[1].chapter = "background"
    assert flask(app, "outlines", "--meeting", "spring")[0] == 0
    assert "There is no meeting autumn." in flask(app, "outlines", "--meeting", "autumn")[1]
