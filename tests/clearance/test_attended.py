"""How many attended, as a published report says it: what the balance says, whatever was counted before."""

import pytest
from flask import Flask

from eventapp.checkin.models import Scan
from eventapp.checkin.queries import count_of
from eventapp.ground.db import db, transaction
from eventapp.review.compilation.actions import compile_report
from eventapp.review.formats.evidence_json import from_dict, to_json
from eventapp.review.paragraphs import actions as editing
from eventapp.review.reports.editions import edition_of
from eventapp.review.reports.models import Report
from tests import make, make_review
from tests.browserless import PageClient
from tests.clearance.reading import address
from tests.make_review import paragraphs


def arrive(report: Report, people: int) -> None:
    for _one in range(people):
        make_review.scan(report.meeting, make.registration(report.meeting))
    compiled(report)


def compiled(report: Report) -> None:
    compile_report(report, by=None, at=make.TODAY)


def refused(editor: PageClient, report: Report) -> str:
    answer = editor.post(address(report, "/publication"), data={"said": "draft"})
    assert answer.status_code == 409
    assert (edition_of(report), count_of(report.meeting)) == (None, None)  # nothing was counted for what did not go out
    return answer.text


def published(editor: PageClient, report: Report) -> str:
    """The report as JSON, once it is published."""
    assert editor.post(address(report, "/publication"), data={"said": "draft"}).status_code == 303
    edition = edition_of(report)
    assert edition is not None
    return to_json(from_dict(edition.content)).decode()


def test_the_balance_is_counted_with_the_first_report_so_that_both_say_the_same(
    editor: PageClient, report: Report
) -> None:
    arrive(report, 6)
    text = published(editor, report)
    assert "Six participants attended" in text and '"All","6"' in text.replace(" ", "").replace("\n", "")
    count = count_of(report.meeting)
    assert count is not None and count.content["totals"]["present"] == 6
    arrive(report, 1)  # told nowhere: it would be one person beside the balance
    assert "Six participants attended" in [one.text[:25] for one in paragraphs(report)]


def test_whoever_came_after_it_was_compiled_is_not_told_by_the_difference(editor: PageClient, report: Report) -> None:
    arrive(report, 6)
    make_review.scan(report.meeting, make.registration(report.meeting))
    told = "other people are counted at the door than when it was compiled"
    assert told in editor.get(address(report, "/publication")).text
    assert told in refused(editor, report)
    compiled(report)
    assert "Seven participants attended" in published(editor, report)


def test_fewer_than_five_are_not_told_of(editor: PageClient, report: Report) -> None:
    arrive(report, 4)
    assert "attended" not in published(editor, report)


@pytest.mark.parametrize("is_edited", [False, True])
def test_nor_are_they_by_what_was_compiled_while_there_were_five(
    app: Flask, editor: PageClient, report: Report, is_edited: bool
) -> None:
    arrive(report, 5)
    [row] = [one for one in paragraphs(report) if one.source_key == "attendance"]
    with transaction():
        if is_edited:
            editing.rewrite(row, "Four attended.", version=row.version, by=None, at=make.TODAY)
        scan = db.session.query(Scan).first()
        assert scan is not None
        scan.undone_at = make.TODAY
    assert "so few attended that it may not be said how many" in refused(editor, report)
    compiled(report)
    if is_edited:
        assert "so few attended" in refused(editor, report)  # an editor's paragraph stays until an editor removes it
        with transaction():
            editing.remove(row, by=None, at=make.TODAY)
    assert "attended" not in published(editor, report)
