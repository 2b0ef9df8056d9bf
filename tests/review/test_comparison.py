"""Two versions of a report: what the public reads of the difference."""

from datetime import timedelta

import pytest
from flask import Flask

from eventapp.ground.db import db, transaction
from eventapp.record.notes.difference import NEW, OLD, Run
from eventapp.review.formats.evidence_json import from_dict
from eventapp.review.paragraphs import actions as editing
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.content import Report as Text
from eventapp.review.reports.editions import edition_of
from eventapp.review.reports.models import Report
from eventapp.review.versions.comparison import compare
from tests import make, make_review
from tests.browserless import PageClient
from tests.make_review import paragraphs

pytestmark = pytest.mark.usefixtures("_apart")


def published(*texts: str) -> Report:
    meeting = make.meeting(mandate=[], objectives=[])
    session = make.session(meeting, kind="trends")
    for text in texts:
        make_review.note(session, text=text)
    report = make_review.report(meeting)
    again(report, days=0)
    return report


def again(report: Report, days: int) -> None:
    publish(report, by=None, at=make.TODAY + timedelta(days=days))


def version(report: Report, number: int) -> Text:
    edition = edition_of(report, number)
    assert edition is not None
    return from_dict(edition.content)


def changed(report: Report) -> list[tuple[str, str, list[Run]]]:
    found = compare(version(report, 1), version(report, 2))
    return [(one.before, one.after, [run for run in one.runs if run.kind != "same"]) for one in found.changes]


def test_rewritten_new_and_removed_paragraphs_are_told_apart(app: Flask) -> None:
    report = published("Prices fall.", "Networks grow.", "Skills lack.")
    first, second, third = paragraphs(report)[-3:]
    with transaction():
        editing.rewrite(first, "It was noted that costs fell.", version=first.version, by=None, at=make.TODAY)
        new = editing.add(first.chapter, "A new thought altogether.", after=second, by=None, at=make.TODAY)
        editing.own(new, by=None, at=make.TODAY)
        editing.remove(third, by=None, at=make.TODAY)
    again(report, days=1)

    assert changed(report) == [
        ("2", "2", [Run(OLD, "prices"), Run(NEW, "costs")]),
        ("", "4", [Run(NEW, "A new thought altogether.")]),
        ("4", "", [Run(OLD, "It was noted that skills lacked.")]),
    ]
    assert compare(version(report, 1), version(report, 2)).unchanged == 2


def test_the_public_page_says_which_version_it_is_and_shows_what_it_changed(app: Flask, client: PageClient) -> None:
    report = published("Prices fall.")
    address = f"/meetings/{report.meeting.slug}/reports/{report.name}"
    assert "This is the first version" in client.get(f"{address}/changes").text
    [paragraph] = paragraphs(report)[-1:]
    with transaction():
        editing.rewrite(paragraph, "Prices rise.", version=paragraph.version, by=None, at=make.TODAY)
    again(report, days=1)

    assert "Version 2, published" in client.get(address).text
    page = client.get(f"{address}/changes?version=2").text
    assert '<ins><bdi class="vh">(put in:) </bdi>rise</ins>' in page
    assert "1 paragraph reads as before." in page
    assert client.get(f"{address}/changes?version=3").status_code == 404


def corrected(report: Report, text: str, days: int) -> None:
    last = paragraphs(report)[-1]
    with transaction():
        editing.rewrite(last, text, version=last.version, by=None, at=make.TODAY)
    again(report, days=days)


def test_a_reader_finds_which_version_they_read_every_other_one_its_difference_and_its_hash(
    app: Flask, client: PageClient
) -> None:
    report = published("Prices fall.")
    address = f"/meetings/{report.meeting.slug}/reports/{report.name}"
    first = client.get(address).text
    assert "All versions" not in first
    corrected(report, "Prices fall fast.", 1)
    corrected(report, "Prices fall very fast.", 2)

    hashes = {edition.sha256 for number in (1, 2, 3) if (edition := edition_of(report, number))}
    assert len(hashes) == 3
    for query, mine in (("", 3), ("?version=1", 1), ("?version=2", 2)):
        page = client.get(address + query).text
        assert all(each in page for each in hashes)
        assert page.count("you read it now") == 1
        row = page.partition('aria-current="true"')[2].partition("</li>")[0]
        assert f"Version {mine}" in row
        assert ("version=3&amp;against=1" in page) == (mine != 2)  # the ones beside it are one press away already
    assert "What it changed" in client.get(f"/meetings/{report.meeting.slug}/reports").text
    assert client.get(f"{address}.json?version=2").status_code == 200


def test_any_two_versions_are_shown_against_each_other_with_the_hash_of_both(app: Flask, client: PageClient) -> None:
    report = published("Prices fall.")
    corrected(report, "Prices fell fast.", 1)
    corrected(report, "Prices fell very fast.", 2)
    address = f"/meetings/{report.meeting.slug}/reports/{report.name}/changes"
    whole = client.get(f"{address}?version=3&against=1").text
    assert "very fast" in whole.partition("<ins>")[2]
    for number in (1, 3):
        edition = edition_of(report, number)
        assert edition is not None
        assert edition.sha256 in whole
    assert "fast" in client.get(f"{address}?version=2").text
    for wrong in ("?version=2&against=2", "?version=2&against=3", "?version=2&against=0", "?against=-1"):
        assert client.get(address + wrong).status_code == 404
    assert "This is the first version" in client.get(f"{address}?version=1").text


def test_what_changed_in_the_head_is_shown_too(app: Flask, client: PageClient) -> None:
    report = published("Prices fall.")
    with transaction():
        db.session.get_one(Report, report.id).symbol = "E/ESCAP/9"
    again(report, days=1)
    found = compare(version(report, 1), version(report, 2))
    assert (len(found.head), found.changes) == (1, ())
    page = client.get(f"/meetings/{report.meeting.slug}/reports/{report.name}/changes").text
    assert "E/ESCAP/9" in page.partition("Head and titles")[2]
