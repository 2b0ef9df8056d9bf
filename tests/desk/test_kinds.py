"""The kinds of session of a meeting: picked in Settings, and followed by all that shows or asks for one."""

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.exports.ical import calendar
from eventapp.agenda.models import Session
from eventapp.agenda.queries import released
from eventapp.desk.kinds import manage
from eventapp.desk.starting.actions import start
from eventapp.desk.starting.content import AT_FIRST, Beginning, copied
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meeting_file.actions import load
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import Faulty, read
from eventapp.meeting_file.writer import write
from eventapp.meetings.kinds.queries import kinds_in, kinds_of, rows_of
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.meetings.removal.dependents import remove_rows
from eventapp.package.actions import bring_in
from eventapp.package.export.meeting import filled
from eventapp.package.manifest.validation import nonsense_in
from tests import make, make_agenda, make_review
from tests.browserless import PageClient, beside
from tests.counting import counted

PAGE = "/meetings/spring/manage/settings/kinds"


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(manage, "now", lambda: make.TODAY)
    return make.meeting(slug="spring", languages=["en", "fr"])


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def typed(**facts: Any) -> dict[str, Any]:
    """The form of a side event as somebody sends it."""
    fields = {"name": "Side event", "name_fr": "Manifestation parallèle", "chapter": "", "colour": "dark green"}
    return {**fields, "shape": "star", **facts}


def of_row(meeting: Meeting, code: str, **facts: Any) -> dict[str, Any]:
    """The form of a kind that is there, as somebody sends it after reading it."""
    row = next(one for one in rows_of(meeting) if one.code == code)
    names = {f"name_{tongue}": words["name"] for tongue, words in row.texts.items()}
    stand = {name: getattr(row, name) for name in ("name", "chapter", "colour", "shape")}
    return {**stand, **names, **facts}


def codes(meeting: Meeting) -> list[str]:
    db.session.expire_all()
    return list(kinds_of(meeting))


def test_a_meeting_begins_with_the_kinds_of_the_vocabulary(desk: PageClient, meeting: Meeting) -> None:
    page = desk.get(PAGE).text
    assert "National plans" in page
    assert "These are the kinds of WSIS meetings" in page
    assert meeting.kinds == []


def test_a_kind_is_added_in_two_languages_with_a_colour_in_words(desk: PageClient, meeting: Meeting) -> None:
    assert desk.post(PAGE, data=typed()).status_code == 303
    assert codes(meeting)[-2:] == ["break", "side-event"]
    row = kinds_of(meeting)["side-event"]
    assert (row.name, row.colour, row.shape, row.chapter) == ("Side event", "#1b5e3f", "star", "")
    assert row.texts == {"fr": {"name": "Manifestation parallèle"}}
    opening = kinds_of(meeting)["opening"]
    assert (opening.name, opening.texts) == ("Opening", {"fr": {"name": "Ouverture"}})
    french = desk.get(PAGE, headers={"Accept-Language": "fr"}).text
    assert "Manifestation parallèle" in french


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Write the name."),
        ({"colour": "blurple"}, "Write a colour such as"),
        ({"shape": "house"}, "Not a valid choice"),
        ({"name": "x" * 121}, "120"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    desk: PageClient, meeting: Meeting, wrong: dict[str, str], says: str
) -> None:
    answer = desk.post(PAGE, data=typed(**wrong))
    assert answer.status_code == 422
    assert says in answer.text
    assert "Manifestation parallèle" in answer.text
    assert meeting.kinds == []


def test_a_second_kind_of_one_name_is_refused(desk: PageClient, meeting: Meeting) -> None:
    answer = desk.post(PAGE, data=typed(name="TRENDS"))
    assert answer.status_code == 409
    assert "There is a kind of session “TRENDS” already" in beside("name", answer.text)
    assert codes(meeting) == list(kinds_of(make.meeting()))


def test_the_first_of_two_who_change_a_kind_wins_and_the_second_is_told(desk: PageClient, meeting: Meeting) -> None:
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', desk.get(f"{PAGE}/trends").text)
    assert seen
    first, second = (of_row(meeting, "trends", name=name, seen=seen[1]) for name in ("Outlook", "Prospects"))
    assert desk.post(f"{PAGE}/trends", data=first).status_code == 303
    answer = desk.post(f"{PAGE}/trends", data=second)
    assert answer.status_code == 409
    assert "Somebody changed this meanwhile" in answer.text
    assert "Prospects" in answer.text
    db.session.expire_all()
    assert kinds_of(meeting)["trends"].name == "Outlook"


def test_kinds_are_put_in_order(desk: PageClient, meeting: Meeting) -> None:
    assert desk.post(f"{PAGE}/trends/place", data={"act": "up"}).status_code == 303
    assert codes(meeting)[:3] == ["trends", "opening", "plans"]
    desk.post(f"{PAGE}/trends/place", data={"place": "99"})
    assert codes(meeting)[-1] == "trends"
    desk.post(f"{PAGE}/trends/place", data={"place": "1"})
    assert codes(meeting)[0] == "trends"


def test_a_kind_goes_only_when_no_session_is_of_it(desk: PageClient, meeting: Meeting) -> None:
    make.session(meeting, kind="trends", cancelled_at=make.TODAY)
    refused = desk.post(f"{PAGE}/trends/removal")
    assert refused.status_code == 409
    assert refused.text.count("1 session is of this kind, so it stays.") == 1
    assert desk.post(f"{PAGE}/plans/removal").status_code == 303
    assert "plans" not in codes(meeting)
    assert "so it stays" in desk.post(f"{PAGE}/break/removal").text
    for code in set(codes(meeting)) - {"trends", "break"}:
        desk.post(f"{PAGE}/{code}/removal")
    make_trends_free(meeting)
    assert "the only kind beside the break" in desk.post(f"{PAGE}/trends/removal").text
    assert desk.get(f"{PAGE}/plans").status_code == 404
    assert desk.post(f"{PAGE}/plans/removal").status_code == 404


def make_trends_free(meeting: Meeting) -> None:
    with transaction():
        db.session.scalars(select(Session).where(Session.meeting_id == meeting.id)).one().kind = "break"


def test_a_closed_meeting_keeps_its_kinds(desk: PageClient, meeting: Meeting) -> None:
    with transaction():
        meeting.closed_at = make.TODAY
    assert desk.post(PAGE, data=typed()).status_code == 409
    assert meeting.kinds == []


def test_the_list_takes_the_same_queries_however_many_kinds_and_sessions(desk: PageClient, meeting: Meeting) -> None:
    desk.post(PAGE, data=typed())
    with counted() as few:
        desk.get(PAGE)
    for number in range(5):
        desk.post(PAGE, data=typed(name=f"Kind {number}"))
        make.session(meeting, kind="trends")
    with counted() as many:
        desk.get(PAGE)
    assert len(many) == len(few)


def test_the_agenda_and_its_files_follow_at_once(desk: PageClient, meeting: Meeting) -> None:
    make.session(meeting, code="S1", kind="trends", title="Prices")
    make_agenda.published(meeting)
    desk.post(f"{PAGE}/trends", data=of_row(meeting, "trends", name="Outlook", name_fr="Perspectives", colour="red"))
    page = "/meetings/spring/agenda"
    shown = desk.get(page).text
    assert "Outlook</span>" in shown
    assert "#b3261e" in shown
    assert "Outlook</span>" in desk.get(f"{page}?view=table").text
    assert "Perspectives</span>" in desk.get("/meetings/spring/sessions/S1", headers={"Accept-Language": "fr"}).text
    agenda = released(meeting)
    assert agenda is not None
    assert b"CATEGORIES:Outlook" in calendar(agenda, "https://example.org")
    assert '"kind_name": "Outlook"' in desk.get(f"{page}.json").text.replace('":"', '": "')
    assert b"<type>Outlook</type>" in desk.get(f"{page}.xml").data


def test_a_released_session_of_a_kind_that_is_gone_is_named_as_then(desk: PageClient, meeting: Meeting) -> None:
    desk.post(PAGE, data=typed())
    row = make.session(meeting, code="S1", kind="side-event")
    make_agenda.published(meeting)
    with transaction():
        row.kind = "trends"
    assert desk.post(f"{PAGE}/side-event/removal").status_code == 303
    assert "Side event</span>" in desk.get("/meetings/spring/agenda").text


def test_the_form_of_a_session_offers_them(desk: PageClient, meeting: Meeting) -> None:
    desk.post(PAGE, data=typed())
    desk.post(f"{PAGE}/discussion/removal")
    page = desk.get("/meetings/spring/manage/agenda/new").text
    assert "Side event" in page
    assert "Multi-stakeholder discussion" not in page
    make.session(meeting, code="S7", kind="side-event")
    assert "Side event" in desk.get("/meetings/spring/record").text


def test_a_report_tells_of_a_kind_in_its_chapter(desk: PageClient, meeting: Meeting) -> None:
    desk.post(PAGE, data=typed(chapter="trends"))
    assert kinds_in(meeting, "trends") == ["trends", "side-event"]
    session = make.session(meeting, kind="side-event")
    make_review.note(session, text="Prices fall.", ceiling="nobody")
    assert make_review.texts(make_review.report(meeting), "trends") == ["It was pointed out that prices fell."]


def test_a_meeting_file_says_them_and_brings_them_back(desk: PageClient, meeting: Meeting) -> None:
    make.category(meeting, protocol_order=1)
    assert content_of(meeting).kinds == ()
    desk.post(PAGE, data=typed(chapter="plans"))
    make.session(meeting, kind="side-event")
    text = write(content_of(meeting))
    with transaction():
        load(read(text.replace("slug: spring", "slug: summer")), by=None, at=make.TODAY)
        assert load(read(text), by=None, at=make.TODAY) == []
    other = meeting_at("summer")
    assert other is not None
    assert [one.code for one in other.kinds] == codes(meeting)
    assert other.kinds[-1].texts == {"fr": {"name": "Manifestation parallèle"}}
    [row] = db.session.scalars(select(Session).where(Session.meeting_id == meeting.id))
    row.cancelled_at = make.TODAY
    with pytest.raises(Refused, match="outside the file are of the kind side-event"):
        load(read(without_kinds(text)), by=None, at=make.TODAY)


def without_kinds(text: str) -> str:
    """The file without its kinds and its sessions."""
    head, rest = text.split("\nkinds:", 1)
    return f"{head}\ncategories:{rest.split(chr(10) + 'categories:', 1)[1].split(chr(10) + 'sessions:', 1)[0]}\n"


def test_a_file_is_told_of_a_kind_that_is_not_there(desk: PageClient, meeting: Meeting) -> None:
    make.session(meeting, code="S1", kind="trends")
    text = write(content_of(meeting)).replace("kind: trends", "kind: workshop")
    with pytest.raises(Faulty) as found:
        read(text)
    [fault] = found.value.faults
    assert "names the kind “workshop”" in str(fault)
    assert "kind: workshop" in text.splitlines()[fault.line - 1]


def test_a_copy_has_them_with_its_sessions(desk: PageClient, meeting: Meeting) -> None:
    desk.post(PAGE, data=typed())
    make.session(meeting, kind="side-event")
    wanted = Beginning(
        slug="next", title="Next", starts=meeting.starts_on, ends=meeting.ends_on, venue="V", city="C", country="THA",
        zone=meeting.zone, organization="O", organizer="Ada", email="ada@example.org",
    )  # fmt: skip
    by = make.administrator()
    with transaction():
        start(copied(content_of(meeting), wanted, make.TODAY, {"sessions"}), by=by, at=make.TODAY)
    copy = meeting_at("next")
    assert copy is not None
    assert [one.code for one in copy.kinds] == codes(meeting)
    assert "kinds" in AT_FIRST


def test_texts_in_other_languages_count_them(desk: PageClient, meeting: Meeting) -> None:
    desk.post(PAGE, data=typed(name_fr=""))
    page = desk.get("/meetings/spring/manage/settings/texts/fr/kinds").text
    assert "Manifestation parallèle" not in page
    assert '<b class="num">1</b>' in page


def test_a_package_has_them(desk: PageClient, meeting: Meeting) -> None:
    desk.post(PAGE, data=typed(chapter="closing"))
    make.session(meeting, code="S1", kind="side-event")
    make_agenda.published(meeting)
    package = filled(meeting, "public").package
    assert [one.code for one in package.meeting.kinds] == codes(meeting)
    assert package.meeting.kinds[-1].chapter == "closing"
    assert package.agenda.release is not None
    names = [one["name"] for one in package.agenda.release.content["meeting"]["session_kinds"]]
    assert names[-1] == "Side event"
    with transaction():
        remove_rows(meeting)
        other = bring_in(package, contact="ada@example.org", by=None, at=make.TODAY)
    assert [(one.code, one.chapter) for one in other.kinds][-1] == ("side-event", "closing")
    wrong = replace(package, meeting=replace(package.meeting, kinds=()), agenda=replace(package.agenda, release=None))
    assert "session S1: kind 'side-event'" in list(nonsense_in(wrong))
