"""A translation goes out with the words it is of: marked as one, and never where those words are withheld."""

import re
from typing import Any

import pytest
from flask import Flask

from eventapp.ground.db import transaction
from eventapp.record.extras.translation import Rendering, translate
from eventapp.record.notes.models import Note
from eventapp.review.formats.evidence_json import from_dict, from_json, to_json
from eventapp.review.formats.html import html
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.content import Evidence, Translation
from tests import make, make_review
from tests.browserless import PageClient

FRENCH = "La radio avance."


def translated(text: str = FRENCH, **facts: Any) -> Note:
    note = make_review.note(make.session(make.meeting()), text="Radio grows.", **facts)
    with transaction():
        translate(note, Rendering("fr", text, translator="Office"), base=0, by=None, at=make.TODAY)
    return note


def cited(note: Note, policy: str = "person") -> Evidence:
    review = make_review.report(note.session.meeting, policy=policy)
    edition = publish(review, by=None, at=make.TODAY)
    report = from_dict(edition.content)
    assert from_json(to_json(report)) == report
    return next(one for paragraph in report.paragraphs for one in paragraph.evidence)


def test_it_stands_in_the_evidence_of_the_report(app: Flask) -> None:
    assert cited(translated()).translations == (Translation("fr", FRENCH, "Office"),)


def test_one_of_an_older_revision_does_not(app: Flask) -> None:
    note = translated()
    make_review.revise(note, text="Radio shrinks.")
    with transaction():
        note.state = "approved"
    assert cited(note).translations == ()


def test_a_name_above_its_ceiling_in_it_withholds_both(app: Flask) -> None:
    note = translated("Aqila Zuberi le dit.", ceiling="nobody", speaker="Aqila Zuberi", organization="Bangladesh")
    found = cited(note)
    assert (found.text, found.translations) == ("", ())


@pytest.mark.parametrize("text", [FRENCH])
def test_the_page_of_the_report_marks_it(client: PageClient, text: str) -> None:
    note = translated(text)
    cited(note)
    shown = client.get(f"/meetings/{note.session.meeting.slug}/reports/summary").text
    [place] = re.findall(r'href="summary/paragraphs/(\w+)"', shown)
    page = client.get(f"/meetings/{note.session.meeting.slug}/reports/summary/paragraphs/{place}").text
    assert f'<p class="serif" lang="fr" dir="ltr">{text}</p>' in page
    assert "Translated by" in page


def test_the_page_in_a_file_says_who_translated_it(app: Flask) -> None:
    edition = publish(make_review.report(translated().session.meeting), by=None, at=make.TODAY)
    page = html(from_dict(edition.content))
    assert "Translated by Office" in page and FRENCH in page
