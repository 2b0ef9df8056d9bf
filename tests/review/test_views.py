import hashlib
import json
import re
from datetime import timedelta

import pytest
from flask import Flask

from config import TestConfig
from eventapp import create_app
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import RAPPORTEUR, Meeting
from eventapp.review.paragraphs.actions import rewrite
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.models import Report
from tests import make, make_review
from tests.browserless import PageClient
from tests.make_review import paragraphs

pytestmark = pytest.mark.usefixtures("_apart")

LATER = make.TODAY + timedelta(days=14)


def published_report() -> Report:
    meeting = make.meeting()
    session = make.session(meeting, code="S2", title="Trends of the region")
    make_review.note(session, text="Prices fall.", organization="ITU")
    report = make_review.report(meeting)
    publish(report, by=None, at=LATER)
    return report


def at(report: Report, tail: str = "") -> str:
    return f"/meetings/{report.meeting.slug}/reports/{report.name}{tail}"


def test_a_published_report_shows_its_paragraphs_with_their_evidence(app: Flask, client: PageClient) -> None:
    report = published_report()
    page = client.get(at(report)).text

    assert "ITU noted that prices fell." in page
    assert 'id="p3"' in page
    assert "Prices fall." not in page  # read when it is opened
    [place] = re.findall(rf'href="{report.name}/paragraphs/(\w+)"', page)
    cited = client.get(at(report, f"/paragraphs/{place}")).text
    assert "ITU noted that prices fell." in cited
    assert "Prices fall." in cited
    assert "Trends of the region" in cited
    arabic = client.get(at(report, f"/paragraphs/{place}"), headers={"Accept-Language": "ar"}).text
    assert '<div id="evidence" class="stack" lang="en" dir="ltr">' in arabic
    for place in ("99", "3z", "x", "0", "-1"):
        assert client.get(at(report, f"/paragraphs/{place}")).status_code == 404
    assert client.get(at(report, f"/paragraphs/{place}?version=2")).status_code == 404
    assert "Version 1, published 16 March 2026, 09:00 (Bangkok, UTC+7)." in page


def test_the_hash_on_the_page_is_that_of_the_json_file(app: Flask, client: PageClient) -> None:
    report = published_report()
    content = client.get(at(report, ".json")).data

    assert hashlib.sha256(content).hexdigest() in client.get(at(report)).text
    assert json.loads(content)["report"]["version"] == 1


@pytest.mark.parametrize(
    ("ending", "media_type", "start"),
    [
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
        ("pdf", "application/pdf", b"%PDF"),
        ("json", "application/json", b"{"),
        ("md", "text/markdown", b"# Summary report"),
        ("csv", "text/csv", b"paragraph,note"),
    ],
)
def test_a_version_is_the_same_bytes_each_time(
    app: Flask, client: PageClient, ending: str, media_type: str, start: bytes
) -> None:
    report = published_report()
    first, second = client.get(at(report, f".{ending}")), client.get(at(report, f".{ending}"))

    assert (first.status_code, first.mimetype) == (200, media_type)
    assert first.data.startswith(start)
    assert first.data == second.data
    name = f"{report.meeting.slug}-summary-v1.{ending}"
    assert first.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_an_earlier_version_stays_where_it_was(app: Flask, client: PageClient) -> None:
    report = published_report()
    first = client.get(at(report, ".json")).data
    with transaction():
        rewrite(paragraphs(report)[-1], "Corrected.", version=1, by=None, at=LATER)
    publish(report, by=None, at=LATER)

    assert client.get(at(report, ".json?version=1")).data == first
    assert "Corrected." in client.get(at(report)).text
    earlier = client.get(at(report, "?version=1")).text
    assert "This is version 1. A later one was published." in earlier
    assert "Corrected." not in earlier
    for version in ("3", "0", "-1", "9" * 30):
        assert client.get(at(report, f"?version={version}")).status_code == 404


@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
@pytest.mark.parametrize("tail", ["", ".json", ".docx"])
def test_an_unchanged_answer_costs_a_304(app: Flask, client: PageClient, tail: str, coding: str) -> None:
    report = published_report()
    client.lint = False  # a packed page
    first = client.get(at(report, tail), headers={"Accept-Encoding": coding})
    tag = first.headers["ETag"]
    again = client.get(at(report, tail), headers={"Accept-Encoding": coding, "If-None-Match": tag})

    assert tag.startswith('"')
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert "public" in first.headers["Cache-Control"]


def test_another_language_another_meeting_or_a_new_version_is_another_page(app: Flask, client: PageClient) -> None:
    report = published_report()
    tags = {client.get(at(report), headers={"Accept-Language": code}).headers["ETag"] for code in ("en", "fr", "ar")}
    before = client.get(at(report)).headers["ETag"]
    with transaction():
        rewrite(paragraphs(report)[-1], "Corrected.", version=1, by=None, at=LATER)
    publish(report, by=None, at=LATER)
    with transaction():
        db.session.get_one(Meeting, report.meeting_id).short_title = "Renamed"
        report.meeting.version += 1

    assert len(tags) == 3
    assert client.get(at(report)).headers["ETag"] != before
    assert "Renamed" in client.get(at(report)).text


def test_a_signed_in_readers_page_is_theirs_alone(app: Flask, client: PageClient) -> None:
    report = published_report()
    client.get(at(report))
    answer = client.sign_in(make.person("Ada Byron")).get(at(report))

    assert "Ada Byron" in answer.text
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "Ada Byron" not in app.test_client().get(at(report)).text


@pytest.mark.parametrize("tail", ["", "?version=1"])
def test_a_visitors_page_stands_on_the_shelf(app: Flask, client: PageClient, tail: str) -> None:
    """It costs no query until somebody commits something; PostgreSQL is asked for the mark each time."""
    report = published_report()
    address = at(report, tail)
    first = client.get(address)
    pages = [first.data]
    asked = make_review.questions(app, lambda: pages.append(client.get(address).data))

    assert (pages[1], asked <= (0 if db.engine.dialect.name == "sqlite" else 1)) == (first.data, True)
    for again in (first, client.get(address), client.get(f"{at(report)}?language=fr"), client.get(f"{at(report)}?x=1")):
        assert "X-Shelf" not in again.headers


def test_a_new_version_is_seen_by_another_process_at_once(app: Flask, client: PageClient, database: str) -> None:
    """Two applications on one database stand for two processes. The twin without the question is the agenda's."""
    report = published_report()
    other = create_app(TestConfig(database))
    visitor, address = other.test_client(), at(report)
    assert "Version 1, published" in visitor.get(address).text
    for number in range(2, 5):
        with transaction():
            last = paragraphs(report)[-1]
            rewrite(last, f"Corrected {number}.", version=last.version, by=None, at=LATER)
        publish(report, by=None, at=LATER)
        assert f"Corrected {number}." in visitor.get(address).text
        assert "A later one was published" in visitor.get(f"{address}?version=1").text
    with other.app_context():
        db.session.remove()
        db.engine.dispose()


def test_what_is_not_published_or_not_there_is_404(app: Flask, client: PageClient) -> None:
    meeting = make.meeting()
    report = make_review.report(meeting)

    for tail in ("", ".json", ".docx"):
        assert client.get(at(report, tail)).status_code == 404
    assert client.get(f"/meetings/{meeting.slug}/reports/none").status_code == 404
    assert client.get(f"/meetings/{meeting.slug}/reports/summary.exe").status_code == 404


def test_the_published_reports_are_listed(app: Flask, client: PageClient) -> None:
    report = published_report()
    make_review.report(report.meeting, name="other", title="Not out yet")
    page = client.get(f"/meetings/{report.meeting.slug}/reports").text

    assert "Summary report" in page
    assert "Not out yet" not in page
    assert "No report yet" in client.get(f"/meetings/{make.meeting().slug}/reports").text


def test_the_reports_of_an_unpublished_meeting_are_its_organizers_alone(app: Flask, client: PageClient) -> None:
    report = published_report()
    with transaction():
        db.session.get_one(Meeting, report.meeting_id).published_at = None

    assert client.get(at(report)).status_code == 404
    assert client.get(at(report, ".pdf")).status_code == 404
    assert client.sign_in(make.staff(report.meeting, RAPPORTEUR)).get(at(report, ".pdf")).status_code == 404


def test_words_in_a_report_stay_words(app: Flask, client: PageClient) -> None:
    meeting = make.meeting(title="<b>Bold</b> & <script>x</script>")
    make_review.note(make.session(meeting), text="<img src=x onerror=y>", ceiling="nobody")
    report = make_review.report(meeting, title="<i>Report</i>")
    publish(report, by=None, at=LATER)
    page = client.get(at(report)).text

    for markup in ("<img", "<b>Bold", "<i>Report", "<script>x"):
        assert markup not in page
