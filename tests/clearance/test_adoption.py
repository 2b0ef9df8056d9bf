"""Adoption in the room, and what is published after it."""

import csv
import re
from datetime import datetime
from io import StringIO

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.clearance import manage
from eventapp.clearance.actions import accept, adopt, reopen
from eventapp.clearance.models import Adoption, Remark
from eventapp.clearance.queries import adoption_of, progress_of, readers_of
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import RAPPORTEUR
from eventapp.review.editor.comments.actions import comment
from eventapp.review.evidence.uses import places_in
from eventapp.review.formats.evidence_json import from_dict
from eventapp.review.paragraphs import actions as editing
from eventapp.review.reports.models import Edition, Report
from tests import make, make_review
from tests.browserless import PageClient
from tests.clearance.reading import address, reader_of, said
from tests.make_review import paragraphs

pytestmark = pytest.mark.usefixtures("_apart")


def test_the_room_adopts_one_paragraph_after_the_other(editor: PageClient, report: Report) -> None:
    rows = paragraphs(report)
    assert progress_of(report, []).stage == "draft"
    reader = reader_of(report)
    assert progress_of(report, [reader]).stage == "in clearance"
    page = editor.get(address(report, "/adoption"))
    assert rows[0].text.split(",")[0] in page.text
    for row in rows:
        answer = editor.post(address(report, f"/adoption/{row.id}"), data={"version": row.version})
        assert answer.status_code == 303
    reached = progress_of(report, [reader])
    assert (reached.stage, reached.adopted) == ("adopted", len(rows))

    with transaction():
        editing.rewrite(rows[-1], "Other words.", version=rows[-1].version, by=None, at=now())
    assert progress_of(report, [reader]).stage == "in clearance"  # what was not read out is not adopted
    assert editor.post(address(report, f"/adoption/{rows[-1].id}"), data={"version": 1}).status_code == 409


def test_the_clearance_page_says_who_took_each_step_and_when(editor: PageClient, report: Report) -> None:
    typed = {"name": "Ada Byron", "email": "ada@example.org", "on_behalf": "Bhutan", "reads": "whole", "days": "2"}
    editor.post(address(report, "/clearance"), data=typed)
    standing = progress_of(report, readers_of(report))
    assert (standing.stage, standing.by) == ("in clearance", "Organizer")
    editor.post(address(report, "/publication"), data={"said": "draft"})
    standing = progress_of(report, readers_of(report))
    assert (standing.stage, standing.by, standing.at) == ("published", "Organizer", report.published_at)
    page = re.sub(r"<[^>]+>|\s+", " ", editor.get(address(report, "/clearance")).text)
    assert re.search(
        r"Draft\s+\S.*In clearance.*· +Organizer.*Adopted +not yet.*Published, version 1 .*· +Organizer", page
    )
    assert list(standing.reached) == ["draft", "in clearance", "published"]
    assert standing.reached["published"].at == report.published_at


def test_who_began_a_report_is_said_too(editor: PageClient, report: Report) -> None:
    typed = {"title": "Second", "name": "second", "symbol": "", "body": "", "policy": "organization"}
    assert editor.post(f"/meetings/{report.meeting.slug}/review", data=typed).status_code == 303
    second = db.session.scalars(select(Report).order_by(Report.id.desc())).first()
    assert second is not None
    assert (progress_of(second, []).stage, progress_of(second, []).by) == ("draft", "Organizer")
    assert progress_of(report, []).by == ""  # made by a command


def test_before_publishing_it_is_said_as_what_the_report_goes_out(editor: PageClient, report: Report) -> None:
    look = editor.get(address(report, "/publication")).text
    assert "It is published as a draft." in look
    assert "Nobody was asked to clear it, and the meeting has not adopted it." in look
    assert "Publish version 1 as a draft" in look
    said(reader_of(report), paragraphs(report)[-1], "comment", "Hm.")
    look = editor.get(address(report, "/publication")).text
    assert "It was sent for clearance, and the meeting has not adopted it." in look
    assert "1 remark of a reader waits for an answer." in look
    assert db.session.scalars(select(Edition)).all() == []

    assert editor.post(address(report, "/publication")).status_code == 422
    assert editor.post(address(report, "/publication"), data={"said": "draft"}).status_code == 303
    with transaction():
        for row in paragraphs(report):
            adopt(row, row.version, by=None, at=now())
    assert f"all its {len(paragraphs(report))} paragraphs" in editor.get(address(report, "/publication")).text
    preview = editor.get(address(report, "/preview")).text
    assert "Adopted by the meeting." in preview
    assert "Draft of version 2, not published, as it read on " in preview
    assert editor.post(address(report, "/publication"), data={"said": "adopted"}).status_code == 303
    draft, final = db.session.scalars(select(Edition).order_by(Edition.version))
    assert from_dict(draft.content).notices[0] == "Draft, issued without formal editing."
    assert from_dict(final.content).notices[0] == "Adopted by the meeting. Issued without formal editing."
    history = editor.get(f"/meetings/{report.meeting.slug}/manage/history").text
    assert history.index(">Adopted<") < history.index(">Draft<")


def test_what_keeps_a_report_from_being_published_is_said_before_anybody_tries(
    editor: PageClient, report: Report
) -> None:
    row = paragraphs(report)[-1]
    with transaction():
        editing.rewrite(row, "See {chapter:Nowhere}.", version=row.version, by=None, at=now())
    look = editor.get(address(report, "/publication")).text
    assert "refers to {chapter:Nowhere}, which is not in the report." in look
    assert "Publish version 1 as a draft" not in look
    with transaction():
        editing.rewrite(row, "See below.", version=row.version, by=None, at=now())
    assert "Publish version 1 as a draft" in editor.get(address(report, "/publication")).text


def test_the_last_look_tells_what_waits_in_the_editor_and_leads_there(editor: PageClient, report: Report) -> None:
    row = paragraphs(report)[-1]
    look = editor.get(address(report, "/publication")).text
    assert "No source changed since it was cited" in look
    assert "comment waits" not in look
    make_review.revise(row.evidence[0].note, text="It was otherwise.")
    with transaction():
        editing.add(row.chapter, "Nobody said this.", after=row, by=None, at=now())
        comment(row, "Did they?", by=None, at=now())
    look = editor.get(address(report, "/publication")).text
    assert f'<a href="{address(report)}#para-{row.id}">1 paragraph whose source changed</a>' in look
    assert f'<a href="{address(report)}#para-{paragraphs(report)[-1].id}">1 paragraph without support</a>' in look
    assert f'<a href="{address(report)}#talk">1 comment waits</a>' in look
    assert "Publish version 1 as a draft" not in look  # until somebody says why the words without support stay


def test_what_was_adopted_or_reopened_meanwhile_is_not_published_as_the_other(
    editor: PageClient, report: Report
) -> None:
    refused = editor.post(address(report, "/publication"), data={"said": "adopted"})
    assert refused.status_code == 409
    assert "What the meeting adopted has changed since you opened this page." in refused.text
    with transaction():
        for row in paragraphs(report):
            adopt(row, row.version, by=None, at=now())
    assert editor.post(address(report, "/publication"), data={"said": "draft"}).status_code == 409
    assert db.session.scalars(select(Edition)).all() == []


def test_the_room_reads_the_footnotes_that_it_adopts(editor: PageClient, report: Report) -> None:
    row = said(reader_of(report), paragraphs(report)[-1], "reservation", "We reserve our position.")
    with transaction():
        accept(row, "", by=None, at=now())
    page = editor.get(address(report, f"/adoption?at={row.paragraph_id}")).text
    assert "Reservation by Bhutan: We reserve our position." in page
    assert "^[" not in page.split("</article>")[0]


def test_adoption_is_reopened_and_the_minutes_keep_both(editor: PageClient, report: Report) -> None:
    row = paragraphs(report)[0]
    with transaction():
        adopt(row, row.version, by=None, at=now())
        assert adopt(row, row.version, by=None, at=now()) is None
    assert editor.post(address(report, f"/adoption/{row.id}/reopening")).status_code == 303
    assert adoption_of(row) is None
    with transaction():
        adopt(row, row.version, by=None, at=now())
    assert len(db.session.scalars(select(Adoption)).all()) == 2
    assert "Reopened" in editor.get(address(report, "/clearance")).text


def test_the_minutes_say_what_the_room_read(editor: PageClient, report: Report) -> None:
    first, second, *_rest = paragraphs(report)
    with transaction():
        editing.rewrite(
            first,
            "Prices fell (see {chapter:Emerging trends, challenges and opportunities}).^[A/70/1.]",
            version=first.version,
            by=None,
            at=now(),
        )
        adopt(first, first.version, by=None, at=now())
        editing.rewrite(second, "They grew.^[A/70/2.]", version=second.version, by=None, at=now())
        adopt(second, second.version, by=None, at=now())
        editing.rewrite(second, "They shrank.", version=second.version, by=None, at=now())
    minutes = editor.get(address(report, "/clearance")).text.partition("Minutes of the adoption")[2]
    assert "Prices fell (see chapter II)." in minutes
    assert "They grew." in minutes
    assert "^[" not in minutes


def test_the_minutes_are_read_whole_and_taken_along(editor: PageClient, report: Report) -> None:
    row = paragraphs(report)[-1]
    with transaction():
        editing.rewrite(row, f"{'Long words. ' * 40}The end.", version=row.version, by=None, at=now())
        adopt(row, row.version, by=None, at=now())
        reopen(row, by=None, at=now())
        editing.rewrite(row, "=Short words.", version=row.version, by=None, at=now())
        adopt(row, row.version, by=None, at=now())
    minutes = editor.get(address(report, "/clearance")).text.partition("Minutes of the adoption")[2]
    assert "Long words. The end." in minutes
    answer = editor.get(address(report, "/minutes.csv"))
    assert answer.content_type == "text/csv; charset=utf-8"
    first, second = csv.DictReader(StringIO(answer.text.removeprefix("\ufeff")))
    assert first["Words"].endswith("Long words. The end.")
    assert (first["By"], bool(first["Reopened"])) == ("", True)
    assert datetime.fromisoformat(first["When"]).utcoffset() == now().astimezone(report.meeting.tz).utcoffset()
    assert (second["Words"], second["Reopened"]) == ("'=Short words.", "")
    assert second["Paragraph"] == places_in(report)[row.id]


def test_the_minutes_keep_the_number_that_was_adopted_and_who_reopened_it(editor: PageClient, report: Report) -> None:
    """Positive control: with the numbers of today both lines would say the second one."""
    first, second = paragraphs(report)[:2]
    number = places_in(report)[second.id]
    with transaction():
        adopt(second, second.version, by=None, at=now())
    editor.post(address(report, f"/adoption/{second.id}/reopening"))
    with transaction():
        editing.remove(first, by=None, at=now())
        adopt(second, second.version, by=None, at=now())
    assert places_in(report)[second.id] != number
    before, after = csv.DictReader(StringIO(editor.get(address(report, "/minutes.csv")).text.removeprefix("\ufeff")))
    organizer = db.session.scalars(select(Adoption).order_by(Adoption.id)).first()
    assert organizer is not None
    assert organizer.undone_by is not None
    assert (before["Paragraph"], before["Reopened by"]) == (number, organizer.undone_by.name)
    assert (after["Paragraph"], after["Reopened by"]) == (places_in(report)[second.id], "")
    page = editor.get(address(report, "/clearance")).text.partition("Minutes of the adoption")[2]
    assert organizer.undone_by.name in page


def test_a_rapporteur_sees_remarks_and_adopts_nothing(app: Flask, report: Report) -> None:
    client = app.test_client()
    assert isinstance(client, PageClient)
    client.sign_in(make.staff(report.meeting, RAPPORTEUR))
    assert client.get(address(report, "/clearance")).status_code == 200
    assert client.get(address(report, "/adoption")).status_code == 404


def test_the_screen_leads_to_what_is_left(editor: PageClient, report: Report) -> None:
    rows = paragraphs(report)
    with transaction():
        adopt(rows[1], rows[1].version, by=None, at=now())
    answer = editor.post(address(report, f"/adoption/{rows[0].id}"), data={"version": rows[0].version})
    assert answer.headers["Location"].endswith(f"at={rows[2].id}")  # the second is adopted already

    with transaction():
        for row in rows[2:]:
            adopt(row, row.version, by=None, at=now())
        reopen(rows[0], by=None, at=now())
    [first, *_rest] = paragraphs(report)
    page = editor.get(address(report, f"/adoption?at={rows[-1].id}")).text
    assert f"at={first.id}" in page
    assert "Next not adopted" in page
    answer = editor.post(address(report, f"/adoption/{first.id}"), data={"version": first.version})
    assert "Every paragraph is adopted." in editor.get(answer.headers["Location"]).text


def test_the_screen_has_no_menu_of_the_site(editor: PageClient, report: Report) -> None:
    page = editor.get(address(report, "/adoption")).text
    assert "<header" not in page
    assert "Sign out" not in page
    assert "<h1>" in page


def test_an_amendment_is_shown_before_it_is_adopted(editor: PageClient, report: Report) -> None:
    row = paragraphs(report)[-1]
    before = row.text
    typed = {"version": row.version, "text": f"{before} So it is elsewhere."}
    page = editor.post(address(report, f"/adoption/{row.id}/amendment"), data=typed)
    assert page.status_code == 200
    assert "<ins>" in page.text
    assert "Adopt as amended" in page.text
    assert "Without support" not in page.text
    off = {**typed, "text": f"{before} Governments should build incident response teams against attacks."}
    assert "Without support" in editor.post(address(report, f"/adoption/{row.id}/amendment"), data=off).text
    db.session.expire_all()
    assert (row.text, adoption_of(row)) == (before, None)

    assert (
        editor.post(address(report, f"/adoption/{row.id}/amendment"), data={**typed, "shown": "1"}).status_code == 303
    )
    db.session.expire_all()
    assert row.text == typed["text"]
    assert (found := adoption_of(row))
    assert found.text == row.text
    again = editor.post(address(report, f"/adoption/{row.id}/amendment"), data={**typed, "shown": "1"})
    assert again.status_code == 409  # the version on the screen is not the newest
    assert (
        editor.post(address(report, f"/adoption/{row.id}/amendment"), data={"version": 1, "text": ""}).status_code
        == 422
    )


def test_a_reservation_becomes_a_footnote_and_what_was_adopted_stays_so(editor: PageClient, report: Report) -> None:
    row = paragraphs(report)[-1]
    with transaction():
        adopt(row, row.version, by=None, at=now())
    typed = {
        "version": row.version,
        "kind": "position",
        "whom": "Bhutan",
        "words": "We read [this] otherwise.",
    }
    assert editor.post(address(report, f"/adoption/{row.id}/position"), data=typed).status_code == 303
    db.session.expire_all()
    assert row.text.endswith("^[Explanation of position by Bhutan: We read (this) otherwise.]")
    assert (found := adoption_of(row))
    assert found.text == row.text
    assert "Explanation of position by Bhutan" in editor.get(address(report, f"/adoption?at={row.id}")).text
    assert editor.post(address(report, f"/adoption/{row.id}/position"), data={**typed, "whom": ""}).status_code == 422


def test_what_goes_out_at_a_meeting_that_is_not_public_is_not_said_to_be_open(
    editor: PageClient, report: Report
) -> None:
    assert "is open to anyone" in editor.get(address(report, "/publication")).text
    with transaction():
        report.meeting.published_at = None
    look = editor.get(address(report, "/publication")).text
    assert "is open to anyone" not in look
    assert "This meeting is not public yet" in look
    assert editor.post(address(report, "/publication"), data={"said": "draft"}).status_code == 303
    told = editor.get(address(report, "")).text
    assert "The meeting is not public, so only those who work at it can open the report." in told


def test_a_paragraph_that_was_removed_meanwhile_is_not_adopted(report: Report) -> None:
    row = paragraphs(report)[0]
    with transaction():
        editing.remove(row, by=None, at=now())
    with pytest.raises(Refused, match="changed while it was on the screen"), transaction():
        adopt(row, row.version, by=None, at=now())


def test_in_a_french_report_both_footnotes_are_in_french(editor: PageClient, report: Report) -> None:
    with transaction():
        db.session.get_one(Report, report.id).language = "fr"
    row = paragraphs(report)[-1]
    reserved = said(reader_of(report), row, "reservation", "Nous réservons notre position.")
    with transaction():
        accept(reserved, "", by=None, at=now())
    db.session.expire_all()
    assert row.text.endswith("^[Réserve formulée par Bhutan\xa0: Nous réservons notre position.]")
    typed = {"version": row.version, "kind": "position", "whom": "Bhoutan", "words": "Nous lisons ceci autrement."}
    assert editor.post(address(report, f"/adoption/{row.id}/position"), data=typed).status_code == 303
    db.session.expire_all()
    assert row.text.endswith("^[Explication de position donnée par Bhoutan\xa0: Nous lisons ceci autrement.]")


def test_minutes_and_remarks_come_page_by_page(
    editor: PageClient, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manage, "MINUTES_A_PAGE", 2)
    monkeypatch.setattr(manage, "REMARKED_A_PAGE", 1)
    rows = paragraphs(report)[:3]
    reader = reader_of(report)
    for row in rows:
        with transaction():
            adopt(row, row.version, by=None, at=now())
        said(reader, row, "comment", f"Of {row.id}.")
    first, second = (editor.get(address(report, f"/clearance?minutes={page}")).text for page in (1, 2))
    lines = [text.partition('id="minutes"')[2].count("<td") for text in (first, second)]
    assert lines == [2 * 4, 1 * 4]
    assert "Page 1 of 2" in first
    assert "Page 1 of 3" in first  # of what readers said
    shown = editor.get(address(report, f"/clearance?paragraph={rows[1].id}")).text
    assert [f"Of {row.id}." in shown for row in rows] == [False, True, False]
    remark = db.session.scalars(select(Remark).where(Remark.paragraph_id == rows[2].id)).one()
    refused = editor.post(address(report, f"/clearance/remarks/{remark.id}/declined"), data={"reason": ""})
    assert (refused.status_code, f"Of {rows[2].id}." in refused.text) == (409, True)
    done = editor.post(address(report, f"/clearance/remarks/{remark.id}/declined"), data={"reason": "Said before."})
    assert f"paragraph={rows[2].id}" in done.headers["Location"]
