"""The consents of the registration form in a meeting's own words: written, read, agreed to, kept as they read."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.desk.starting.content import PARTS
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.home.registration.everything import all_about
from eventapp.meeting_file.actions import load
from eventapp.meeting_file.queries import content_of
from eventapp.meetings.consents.actions import reword_consents
from eventapp.meetings.consents.models import ConsentWording
from eventapp.meetings.consents.queries import consents_in_force, consents_of
from eventapp.meetings.consents.words import SHIPPED, shipped_in
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.package.actions import bring_in
from eventapp.package.export.meeting import filled
from eventapp.package.export.place import Consents
from eventapp.package.manifest.content import ARCHIVE, PUBLIC
from eventapp.people.notice import current_notice
from eventapp.registration.changes.actions import amend
from eventapp.registration.entry import own_token
from tests import make, make_package
from tests.browserless import PageClient
from tests.make_package import package
from tests.make_registration import confirmed, same
from tests.package.test_attached import moved
from tests.package.test_importing import imported
from tests.registration.filling import only, send, set_clock, typed

HERE = "/meetings/spring/manage/settings/consents"
OURS = "Print my name in the list on the web, for ten years"


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    set_clock(monkeypatch, make.TODAY)
    return make.meeting(slug="spring", languages=["en", "fr"])


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, ORGANIZER))


def reworded(meeting: Meeting, language: str = "en", **texts: str) -> ConsentWording | None:
    with transaction():
        return reword_consents(meeting, language, texts, by=None, at=make.TODAY)


def test_they_are_reworded_and_reset_with_every_version_there(organizer: PageClient, meeting: Meeting) -> None:
    page = organizer.get(f"{HERE}/en").text
    assert 'As it is shipped: <bdi lang="en">Show my name in the public list of participants</bdi>' in page
    texts = {**shipped_in("en"), "lists_name": OURS, "shares_email": ""}

    assert organizer.post(f"{HERE}/en", data=texts).status_code == 303

    row = consents_in_force(meeting.id, "en")
    assert row is not None and (row.number, row.texts) == (1, {"lists_name": OURS})
    assert row.whole == {**shipped_in("en"), "lists_name": OURS}
    assert consents_in_force(meeting.id, "fr") is None
    assert "Own words" in organizer.get(HERE).text
    assert organizer.post(f"{HERE}/en", data=texts).status_code == 303
    assert db.session.query(ConsentWording).count() == 1, "the same words are no version"
    for _twice in range(2):
        assert organizer.post(f"{HERE}/en/reset").status_code == 303
    db.session.expire_all()
    assert [(one.number, one.texts) for one in consents_of(meeting.id)] == [(2, {})]
    assert OURS in organizer.get(f"{HERE}/en").text, "as a version that there was"
    verbs = db.session.scalars(select(Entry.verb).where(Entry.thing == "consent_wording").order_by(Entry.id)).all()
    assert verbs == ["reworded the consents", "reset the consents"]
    assert organizer.get(f"{HERE}/xx").status_code == 404
    assert organizer.post(f"{HERE}/en", data={"lists_name": "x" * 1001}).status_code == 422


def test_the_form_reads_so_and_who_agreed_stays_with_it(
    client: PageClient, organizer: PageClient, meeting: Meeting
) -> None:
    category = make.category(meeting)
    where = f"/meetings/spring/registration/new?category={category.code}"
    assert 'name="consents" value=""' in client.get(where).text
    row = reworded(meeting, lists_name=OURS, official_list="The list goes to <b>everybody</b>.")
    assert row is not None
    page = client.get(where).text
    assert OURS in page and "The list goes to &lt;b&gt;everybody&lt;/b&gt;." in page
    assert f'name="consents" value="{row.number}"' in page and "Take no photographs of me" in page
    assert OURS not in client.get(f"{where}&language=fr").text

    sent = typed(category, notice=current_notice().isoformat(), consents=str(row.number))
    assert send(client, meeting, sent).status_code == 303

    one = only()
    assert one.consent_wording_id == row.id
    reworded(meeting, lists_name="In other words")
    assert OURS in client.get(f"/registrations/{own_token(one)}").text
    panel = f"/meetings/spring/manage/registrations?state=everyone&open={one.reference}"
    assert OURS in organizer.get(panel).text
    read = all_about(one)["registration"]["consents"]
    assert (read["number"], read["language"], read["texts"]["lists_name"]) == (1, "en", OURS)


def test_a_version_that_is_not_this_meetings_counts_for_nothing(client: PageClient, meeting: Meeting) -> None:
    category, other = make.category(meeting), make.meeting(slug="other")
    reworded(other, lists_name=OURS)
    for number in ("1", "x", "99999999999999999999"):
        assert send(client, meeting, typed(category, consents=number)).status_code == 303
    assert only().consent_wording_id is None


def test_who_changes_answers_by_the_own_form_agrees_to_what_stands_now(meeting: Meeting) -> None:
    row = reworded(meeting, lists_name=OURS)
    assert row is not None
    one = confirmed(meeting, make.category(meeting))
    with transaction():
        amend(one, same(one, job_title="Head", consent_wording=row.id), by=None, at=make.TODAY)
    assert one.consent_wording_id is None, "an organizer's change is no consent"
    with transaction():
        own = same(one, job_title="Chief", privacy_notice=current_notice(), consent_wording=row.id)
        amend(one, own, by=one.person, at=make.TODAY)
    assert one.consent_wording_id == row.id


def test_a_meeting_file_and_a_copy_have_them(meeting: Meeting) -> None:
    reworded(meeting, lists_name=OURS)
    reworded(meeting, "fr", official_list="La liste.")
    file = content_of(meeting)
    assert [(one.language, one.lists_name, one.official_list) for one in file.consents] == [
        ("en", OURS, ""),
        ("fr", "", "La liste."),
    ]
    assert PARTS["consents"][1] == ("consents",)
    with transaction():
        assert load(file, by=None, at=make.TODAY) == []
        load(replace(file, consents=file.consents[1:]), by=None, at=make.TODAY)
    assert [(one.language, one.number, one.texts) for one in consents_of(meeting.id)] == [
        ("en", 3, {}),
        ("fr", 2, {"official_list": "La liste."}),
    ]


@pytest.mark.parametrize("level", [PUBLIC, ARCHIVE])
def test_a_package_has_them(app: Flask, tmp_path: Path, level: str) -> None:
    meeting = make_package.held()
    reworded(meeting, lists_name="Before")
    reworded(meeting, lists_name=OURS)
    came = tmp_path / "came.zip"
    came.write_bytes(package(meeting, level))
    assert filled(meeting, level).package.meeting.consents == (Consents("en", lists_name=OURS),)
    moved(meeting)
    imported(came)
    other = meeting_at("spring")
    assert other is not None
    assert [(one.language, one.texts) for one in consents_of(other.id)] == [("en", {"lists_name": OURS})]


@pytest.mark.parametrize(
    "wrong",
    [
        (Consents("xx", lists_name=OURS),),
        (Consents("en"),),
        (Consents("en", lists_name=str(SHIPPED["lists_name"])),),
        (Consents("en", lists_name="x" * 1001),),
        (Consents("en", lists_name=OURS), Consents("en", lists_name="Other")),
    ],
)
def test_what_makes_no_sense_in_a_package_is_refused(app: Flask, wrong: tuple[Consents, ...]) -> None:
    meeting = make_package.held()
    whole = filled(meeting, PUBLIC).package
    bad = replace(whole, meeting=replace(whole.meeting, consents=wrong))
    moved(meeting)
    with pytest.raises(Refused, match="makes no sense"), transaction():
        bring_in(bad, contact="a@example.org", by=None, at=make.TODAY)
