"""What the meeting adopted stays adopted: a corrigendum is a document of its own, and /Rev.1 is adopted anew."""

import pytest
from flask import Flask

from eventapp.clearance.actions import adopt
from eventapp.clearance.publication.actions import publish_as
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR
from eventapp.review.corrigenda.actions import Entry, publish_corrigendum, write_correction
from eventapp.review.formats.evidence_json import digest, from_dict, to_json
from eventapp.review.formats.html import html
from eventapp.review.formats.markdown import markdown
from eventapp.review.paragraphs import actions as editing
from eventapp.review.reports.editions import corrigenda_of, edition_of
from eventapp.review.reports.models import Correction, Edition, Report
from eventapp.review.versions.editions import as_read, versions_of
from tests import make, make_review
from tests.browserless import PageClient

pytestmark = pytest.mark.usefixtures("_apart")
ENTRY = Entry("2", "grew", "rose", "The figures are of last year", "the secretariat")


@pytest.fixture
def report(app: Flask) -> Report:
    """A report that the meeting adopted and that was published so."""
    meeting = make.meeting(slug="spring", objectives=[], mandate=[])
    make_review.note(make.session(meeting, kind="trends"))
    found = make_review.report(meeting)
    adopted(found)
    return found


def adopted(report: Report) -> Edition:
    with transaction():
        for row in make_review.paragraphs(report):
            adopt(row, row.version, by=None, at=now())
    return publish_as(report, "adopted", by=None, at=now()).edition


def corrected(report: Report, entry: Entry = ENTRY) -> Edition:
    with transaction():
        write_correction(report, entry, by=None, at=now())
    with transaction():
        return publish_corrigendum(report, by=None, at=now())


def rewritten(report: Report, words: str) -> None:
    row = make_review.paragraphs(report)[-1]
    with transaction():
        editing.rewrite(row, words, version=row.version, by=None, at=now())


def address(report: Report, rest: str = "") -> str:
    return f"/meetings/{report.meeting.slug}/review/reports/{report.name}/corrigenda{rest}"


def typed(**facts: str) -> dict[str, str]:
    return {**vars(ENTRY), **facts}


def test_a_corrigendum_is_a_document_and_the_adopted_text_stays(report: Report) -> None:
    before = edition_of(report)
    assert before is not None
    edition = corrected(report)
    text = from_dict(edition.content)

    assert (text.symbol, text.title, text.corrects) == ("RP.1/Corr.1", "Summary report: Corrigendum", 1)
    assert [one.text for one in text.paragraphs] == [
        "Paragraph 2: for “grew” read “rose”. Reason: The figures are of last year (by the secretariat)."
    ]
    assert edition.sha256 == digest(to_json(text))
    after = edition_of(report)
    assert after is not None
    assert (after.id, after.sha256, report.version) == (before.id, before.sha256, 1)
    read = as_read(report, after)
    assert read.notices[0] == "Adopted by the meeting. Issued without formal editing."
    line = "RP.1/Corr.1: for “grew” read “rose”."
    assert f'<p class="corrected">{line}</p>' in html(read)
    assert f"*{line}*" in markdown(read)
    assert html(read).count(line) == 1
    assert "subscriptions grew in the region" in html(read)
    assert line not in html(text)  # its own paragraphs are not those it corrects


def test_the_next_one_counts_on(report: Report) -> None:
    corrected(report)
    second = corrected(report, Entry("2", "region", "area", "The usual word", "the secretariat"))
    assert from_dict(second.content).symbol == "RP.1/Corr.2"
    assert [one.report.name for one in corrigenda_of(report)] == ["summary-corr-1", "summary-corr-2"]
    with pytest.raises(Refused, match="Nothing is written"), transaction():
        publish_corrigendum(report, by=None, at=now())


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"paragraph": "77"}, "no such paragraph"),
        ({"wrong": "shrink"}, "does not say these words"),
        ({"wrong": "r"}, "more than once"),
        ({"reading": "grew"}, "Both readings are the same"),
        ({"reason": ""}, "Say why in a sentence"),
    ],
)
def test_what_cannot_be_corrected_is_said_beside_its_field(
    client: PageClient, report: Report, facts: dict[str, str], says: str
) -> None:
    editor = client.sign_in(make.staff(report.meeting, RAPPORTEUR))
    answer = editor.post(address(report), data=typed(**facts))
    assert answer.status_code == 422
    assert says in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert db.session.query(Correction).count() == 0


def test_it_is_written_by_an_editor_and_published_by_an_organizer(client: PageClient, report: Report) -> None:
    editor = make.staff(report.meeting, RAPPORTEUR)
    organizer = make.staff(report.meeting, ORGANIZER)
    page = client.sign_in(editor)
    assert page.post(address(report), data=typed()).status_code == 303
    assert page.post(address(report), data=typed(wrong="region", reading="area")).status_code == 303
    first, second = db.session.query(Correction).order_by(Correction.id)
    assert page.post(address(report, f"/{second.id}/dropping")).status_code == 303
    assert page.post(address(report, "/publication")).status_code == 404
    assert "An organizer publishes it." in page.get(address(report)).text
    page = client.sign_in(organizer)
    assert page.post(address(report, "/publication")).status_code == 303
    assert "RP.1/Corr.1 is published." in page.get(address(report)).text
    assert page.post(address(report, "/publication")).status_code == 409
    assert page.post(address(report, f"/{first.id}/dropping")).status_code == 404
    history = page.get(f"/meetings/{report.meeting.slug}/manage/history").text
    assert "publish corrigendum" in history
    assert "write correction" in history


def test_everybody_reads_it_under_the_report_and_beside_the_paragraph(client: PageClient, report: Report) -> None:
    seen = f"/meetings/{report.meeting.slug}/reports/{report.name}"
    assert "for “grew”" not in client.get(seen).text
    tag = client.get(f"{seen}.html").headers["ETag"]
    corrected(report)
    page = client.get(seen).text
    assert "RP.1/Corr.1: for “grew” read “rose”." in page
    assert "Draft, issued" not in page
    assert "RP.1/Corr.1" in client.get(f"/meetings/{report.meeting.slug}/reports").text
    assert client.get(f"{seen}.html", headers={"If-None-Match": tag}).status_code == 200
    assert "for “grew”" not in client.get(f"{seen}.json").text  # the values as they were published
    own = client.get(f"{seen}-corr-1").text
    assert "This is a corrigendum to" in own
    assert client.get(f"{seen}-corr-1.md").status_code == 200


def test_what_is_not_adopted_has_no_corrigendum(client: PageClient) -> None:
    meeting = make.meeting()
    make_review.note(make.session(meeting, kind="trends"))
    found = make_review.report(meeting)
    publish_as(found, "draft", by=None, at=now())
    page = client.sign_in(make.staff(meeting, ORGANIZER))
    assert "Nothing was adopted yet" in page.get(address(found)).text
    assert page.post(address(found), data=typed()).status_code == 409


def test_an_adopted_report_is_never_replaced_by_a_draft(report: Report) -> None:
    rewritten(report, "Fixed broadband grows fast.")
    with pytest.raises(Refused, match="the meeting adopted version 1"):
        publish_as(report, "draft", by=None, at=now())


def test_what_is_adopted_anew_is_a_revision_and_supersedes(client: PageClient, report: Report) -> None:
    corrected(report)
    with pytest.raises(Refused, match="Nothing has changed since"):
        publish_as(report, "adopted", by=None, at=now())
    rewritten(report, "Fixed broadband grows fast.")
    second = from_dict(adopted(report).content)
    assert (second.version, second.symbol) == (2, "RP.1/Rev.1")
    assert [one.symbol for one in versions_of(report)] == ["RP.1/Rev.1", "RP.1"]
    seen = f"/meetings/{report.meeting.slug}/reports/{report.name}"
    assert "this version is superseded by RP.1/Rev.1" in client.get(f"{seen}?version=1").text
    assert "Superseded by RP.1/Rev.1." in client.get(f"{seen}.md?version=1").text.replace("\\", "")
    assert "uperseded" not in client.get(seen).text
    assert "for “grew”" not in client.get(seen).text  # it corrects the version before
    third = from_dict(corrected(report, Entry("2", "fast", "slowly", "A slip", "the secretariat")).content)
    assert third.symbol == "RP.1/Rev.1/Corr.1"


def test_a_corrigendum_to_a_french_report_is_in_french(app: Flask) -> None:
    meeting = make.meeting(slug="spring", objectives=[], mandate=[])
    make_review.note(make.session(meeting, kind="trends"), text="Le haut débit progresse.", language="fr")
    found = make_review.report(meeting, language="fr")
    newest = adopted(found)
    text = next(one for one in from_dict(newest.content).paragraphs if "débit" in one.text)
    written = from_dict(corrected(found, Entry(text.place, "débit", "débits", "Une erreur", "le secrétariat")).content)
    assert written.language == "fr"
    assert written.title.endswith("Rectificatif")
    assert "au lieu de" in written.chapters[0].paragraphs[0].text
    assert [one.report.language for one in corrigenda_of(found)] == ["fr"]
