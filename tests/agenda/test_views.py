import json
from datetime import timedelta

import pytest
from flask import Flask

from eventapp.agenda import views
from eventapp.agenda.finding import wanted
from eventapp.agenda.models import CONFIRMED, DECLINED, Session, SpeakingRole
from eventapp.agenda.roles.actions import give_role
from eventapp.agenda.sessions.actions import cancel_session
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Body, Meeting
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_agenda import NINE, part, published, role_link

HOUR = timedelta(hours=1)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A meeting with two sessions in two rooms, a break and somebody who speaks; published once."""
    meeting = make.meeting(slug="spring")
    hall, small = (
        make.room(meeting, code="A", name="Hall", position=1),
        make.room(meeting, code="B", name="Small room", position=2),
    )
    one = make.session(
        meeting, code="S1", title="Trends of the year", room_id=hall.id, agenda_item="1", summary="All of them"
    )
    make.session(meeting, code="S2", title="Clinic", kind="plans", room_id=small.id, starts_at=NINE + HOUR)
    make.session(meeting, code="TEA", title="Coffee", kind="break", starts_at=NINE + 4 * HOUR)
    make.role(one, name="Grace Hopper", organization="Navy", name_own="グレース", name_language="ja")
    make.role(one, name="Not Yet", state="invited")
    published(meeting)
    return meeting


def test_before_the_first_release_the_page_says_so(client: PageClient) -> None:
    meeting = make.meeting()
    assert "The agenda is not published yet" in client.get(f"/meetings/{meeting.slug}/agenda").text
    for ending in (".ics", ".json", "/changes"):
        assert client.get(f"/meetings/{meeting.slug}/agenda{ending}").status_code == 404
    assert client.get(f"/meetings/{meeting.slug}/sessions/S1").status_code == 404


def test_the_agenda_by_time(client: PageClient, meeting: Meeting) -> None:
    page = client.get("/meetings/spring/agenda").text
    assert [page.index(word) for word in ("Trends of the year", "Clinic", "Coffee")] == sorted(
        page.index(word) for word in ("Trends of the year", "Clinic", "Coffee")
    )
    assert "Version 1, published 2 March 2026, 09:00 (Bangkok, UTC+7)" in page
    assert '<time datetime="2026-03-16T09:00+07:00" data-clock>09:00</time>' in page
    assert "csrf_token" not in page


def test_the_agenda_in_another_zone(client: PageClient, meeting: Meeting) -> None:
    page = client.get("/meetings/spring/agenda?zone=Pacific/Fiji").text
    assert '<time datetime="2026-03-16T14:00+12:00" data-clock>14:00</time>' in page
    assert "data-clock>09:00</time>" in client.get("/meetings/spring/agenda?zone=Nowhere/Land").text


@pytest.mark.parametrize("typed", ["Asia/Kathmandu", "kathmandu", " KATHMANDU ", "asia/kathmandu"])
def test_the_agenda_in_a_zone_that_is_typed(client: PageClient, meeting: Meeting, typed: str) -> None:
    page = client.get("/meetings/spring/agenda", query_string={"named": typed}).text
    assert '<time datetime="2026-03-16T07:45+05:45" data-clock>07:45</time>' in page
    assert "Kathmandu, UTC+5:45</option>" in page


def test_a_zone_of_two_words_is_found_by_its_place(client: PageClient, meeting: Meeting) -> None:
    assert "New York, UTC−4</option>" in client.get("/meetings/spring/agenda?named=new+york").text


@pytest.mark.parametrize(
    ("typed", "says"), [("Atlantis <b>", "No time zone is called “Atlantis &lt;b&gt;”."), ("", "Write a city.")]
)
def test_a_zone_that_is_none_is_said_beside_the_field(
    client: PageClient, meeting: Meeting, typed: str, says: str
) -> None:
    answer = client.get("/meetings/spring/agenda", query_string={"named": typed})
    assert answer.status_code == 422
    assert says in answer.text
    assert "data-clock>09:00</time>" in answer.text
    assert answer.headers.get("X-Shelf") is None


def test_the_agenda_by_room_is_a_table(client: PageClient, meeting: Meeting) -> None:
    page = client.get("/meetings/spring/agenda?view=table").text
    assert page.count('<th scope="col">') == 3
    assert 'class="band" colspan="2"' in page


def test_a_session_has_a_page_of_its_own(client: PageClient, meeting: Meeting) -> None:
    page = client.get("/meetings/spring/sessions/S1").text
    assert ("Grace Hopper" in page, 'lang="ja"' in page, "Not Yet" in page) == (True, True, False)
    assert "Clinic" in page  # at the same time
    assert client.get("/meetings/spring/sessions/S9").status_code == 404


def test_an_agenda_for_programs(client: PageClient, meeting: Meeting) -> None:
    answer = client.get("/meetings/spring/agenda.json")
    content = json.loads(answer.data)
    assert (answer.mimetype, content["version"]) == ("application/json", 1)
    assert [one["code"] for one in content["sessions"]] == ["S1", "S2", "TEA"]
    assert content["sessions"][0]["people"][0]["name"] == "Grace Hopper"


def test_calendars(client: PageClient, meeting: Meeting) -> None:
    answer = client.get("/meetings/spring/agenda.ics")
    assert answer.content_type == "text/calendar; charset=utf-8; method=PUBLISH"
    assert answer.text.count("BEGIN:VEVENT") == 3
    assert client.get("/meetings/spring/sessions/S2.ics").text.count("BEGIN:VEVENT") == 1


def test_the_draft_is_nobodys_business_until_it_is_released(client: PageClient, meeting: Meeting) -> None:
    session = db.session.query(Session).filter_by(code="S2").one()
    with transaction():
        session.title = "Surprise"
    assert "Surprise" not in client.get("/meetings/spring/agenda").text
    published(meeting)
    assert "Surprise" in client.get("/meetings/spring/agenda").text
    assert "Clinic" in client.get("/meetings/spring/agenda/changes").text


@pytest.mark.parametrize("view", ["", "?view=table"])
def test_a_cancelled_session_is_off_the_agenda_and_its_foot_and_its_own_page_say_so(
    client: PageClient, meeting: Meeting, view: str
) -> None:
    session = db.session.query(Session).filter_by(code="S2").one()
    with transaction():
        cancel_session(session, by=None, at=TODAY)
    published(meeting)
    agenda, foot = client.get(f"/meetings/spring/agenda{view}").text.split(">Cancelled</h2>")
    assert ("Clinic" in agenda, "Clinic" in foot, "Coffee" in agenda) == (False, True, True)
    assert "This session is cancelled." in client.get("/meetings/spring/sessions/S2").text
    assert client.get("/meetings/spring/agenda.ics").text.count("STATUS:CANCELLED") == 1


def test_a_meeting_that_is_not_public_has_no_public_agenda(client: PageClient) -> None:
    meeting = make.meeting(published_at=None)
    make.session(meeting)
    published(meeting)
    organizer = make.staff(meeting, "organizer")
    for ending in ("", ".ics", ".json"):
        assert client.get(f"/meetings/{meeting.slug}/agenda{ending}").status_code == 404
    client.sign_in(organizer)
    for ending in ("", ".ics", ".json"):
        answer = client.get(f"/meetings/{meeting.slug}/agenda{ending}")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store, private")


@pytest.fixture
def asked(meeting: Meeting) -> SpeakingRole:
    session = db.session.query(Session).filter_by(code="S1").one()
    with transaction():
        role = give_role(session, part(name="Ada Byron", email="ada@example.org"), by=None, at=TODAY)
    return role  # noqa: RET504


def way(role: SpeakingRole) -> str:
    return f"/roles/{role_link(role)}"


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "now", lambda: TODAY)


@pytest.mark.usefixtures("before")
def test_opening_the_link_decides_nothing(client: PageClient, asked: SpeakingRole) -> None:
    answer = client.get(way(asked))
    assert ("Trends of the year" in answer.text, answer.headers["Referrer-Policy"]) == (True, "no-referrer")
    db.session.expire_all()
    assert asked.answered_at is None


@pytest.mark.usefixtures("before")
def test_one_button_accepts_and_one_declines(client: PageClient, asked: SpeakingRole) -> None:
    address = way(asked)
    assert client.post(address, data={"answer": "accept"}).status_code == 303
    db.session.expire_all()
    assert asked.state == CONFIRMED
    assert client.post(address, data={"answer": "decline", "reason": "Travel"}).status_code == 303
    db.session.expire_all()
    assert (asked.state, asked.reason) == (DECLINED, "Travel")
    assert client.post(address, data={"answer": "perhaps"}).status_code == 400
    assert client.post(address, data={"answer": "decline", "reason": "x" * 600}).status_code == 422


def test_after_the_beginning_the_organizers_decide(
    client: PageClient, asked: SpeakingRole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "now", lambda: NINE)
    page = client.get(way(asked)).text
    assert ("The session has begun" in page, 'value="accept"' in page) == (True, False)
    answer = client.post(way(asked), data={"answer": "accept"})
    assert (answer.status_code, answer.text.count("The session has begun")) == (409, 1)


def test_a_link_for_something_else_is_not_there(client: PageClient, asked: SpeakingRole) -> None:
    assert client.get("/roles/nonsense").status_code == 404
    assert client.get(f"{way(asked)}x").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=TRENDS+hopper", {"S1"}),
        ("q=グレース", {"S1"}),
        ("q=small", {"S2"}),
        ("kind=break", {"TEA"}),
        ("room=B", {"S2"}),
        ("person=navy", set()),
        ("person=hopper", {"S1"}),
        ("day=2026-03-16", {"S1", "S2", "TEA"}),
        ("day=2026-03-17", set()),
        ("day=soon&q=%00", set()),
        ("spoken=fr", set()),
        ("track=Nothing", set()),
    ],
)
def test_the_agenda_is_searched_and_filtered_by_its_address(
    client: PageClient, meeting: Meeting, query: str, found: set[str]
) -> None:
    page = client.get(f"/meetings/spring/agenda?{query}")
    shown = {code for code in ("S1", "S2", "TEA") if f'data-code="{code}"' in page.text}
    assert (page.status_code, shown) == (200, found)
    assert f"{len(found)} of 3 sessions" in page.text
    assert ("<p data-none>No session is like that." in page.text) == (not found)


def test_the_agenda_is_filtered_by_the_language_that_is_spoken_or_interpreted(client: PageClient, app: Flask) -> None:
    meeting = make.meeting(slug="spring")
    make.session(meeting, code="S1", title="One", language="fr")
    make.session(meeting, code="S2", title="Two", language="en", interpretation=["fr", "ar"])
    make.session(meeting, code="S3", title="Three")
    published(meeting)
    found = {code: client.get(f"/meetings/spring/agenda?spoken={code}").text for code in ("fr", "ar", "en")}
    shown = {code: {one for one in ("S1", "S2", "S3") if f'data-code="{one}"' in page} for code, page in found.items()}
    assert shown == {"fr": {"S1", "S2"}, "ar": {"S2"}, "en": {"S2"}}
    assert 'data-spoken="en fr ar"' in client.get("/meetings/spring/agenda").text


def test_the_agenda_is_filtered_by_track_or_by_the_body_that_a_session_reports_to(
    client: PageClient, app: Flask
) -> None:
    meeting = make.meeting(slug="spring")
    body = make.kept(Body(meeting_id=meeting.id, code="COM", name="Committee"))
    make.session(meeting, code="S1", title="One", track="Health & data")
    make.session(meeting, code="S2", title="Two", body_id=body.id)
    make.session(meeting, code="S3", title="Three")
    published(meeting)
    page = client.get("/meetings/spring/agenda")
    assert [f'<option value="{name}">' in page.text for name in ("Committee", "Health &amp; data")] == [True, True]
    for query, found in (("Health+%26+data", "S1"), ("Committee", "S2")):
        text = client.get(f"/meetings/spring/agenda?track={query}").text
        assert [code for code in ("S1", "S2", "S3") if f'data-code="{code}"' in text] == [found]
        assert "1 of 3 sessions" in text


def test_a_large_agenda_shows_a_day_and_leads_to_the_others(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.session(meeting, code="S9", title="The day after", starts_at=NINE + 24 * HOUR)
    published(meeting)
    monkeypatch.setattr(wanted, "SMALL", 2)

    page = client.get("/meetings/spring/agenda").text
    assert ('data-code="S1"' in page, 'data-code="S9"' in page) == (True, False)
    assert 'href="/meetings/spring/agenda?day=2026-03-17" data-day="2026-03-17">Tuesday 17 March 2026</a>' in page
    page = client.get("/meetings/spring/agenda?day=2026-03-17").text
    assert ('data-code="S1"' in page, 'data-code="S9"' in page) == (False, True)
    assert 'data-code="S9"' in client.get("/meetings/spring/agenda?q=after").text
    tables = client.get("/meetings/spring/agenda?view=table&day=2026-03-17").text
    assert ("The day after" in tables, "Trends of the year" in tables) == (True, False)


def test_speakers_stand_in_the_agenda(client: PageClient, meeting: Meeting) -> None:
    assert '<p class="who"><bdi dir="ltr">Grace Hopper</bdi></p>' in client.get("/meetings/spring/agenda").text


def test_the_calendar_of_what_somebody_chose(client: PageClient, meeting: Meeting) -> None:
    chosen = client.get("/meetings/spring/agenda.ics?only=S1,TEA,NONE")
    assert (chosen.status_code, chosen.text.count("BEGIN:VEVENT")) == (200, 2)
    whole = client.get("/meetings/spring/agenda.ics").text
    uids = [line for line in chosen.text.splitlines() if line.startswith("UID:")]
    assert all(uid in whole for uid in uids), "who subscribes to both sees no doubles"
    assert client.get("/meetings/spring/agenda.ics?only=%00").text.count("BEGIN:VEVENT") == 0
