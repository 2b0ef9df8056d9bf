from pathlib import Path

import pytest
from flask import Flask

from eventapp.db import transaction
from eventapp.review.actions import compile_report, publish
from eventapp.review.models import Report
from tests import make, make_review
from tests.make_review import texts


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
    with transaction():
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
    assert "The meeting noted that prices fall." in file.read_text(encoding="utf-8")


def test_a_draft_that_says_a_name_above_its_ceiling_says_so_when_it_is_exported(
    app: Flask, report: Report, tmp_path: Path
) -> None:
    session = make.session(report.meeting)
    make_review.note(session, text="Zephyr Foundation pays.", organization="Zephyr Foundation", ceiling="nobody")
    with transaction():
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
