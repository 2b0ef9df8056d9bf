"""The page of the floor list: plain forms, and the same answers for a script."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from eventapp.agenda.models import Session
from eventapp.floor import views
from eventapp.floor.models import Statement
from eventapp.floor.queries import floor_of
from eventapp.ground.db import db
from eventapp.meetings.models import RAPPORTEUR
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_floor import asked, begun

SCRIPT = {"X-Fetched-By": "floor-list"}


@pytest.fixture
def session(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setattr(views, "now", lambda: TODAY)
    return make.session(make.meeting(slug="spring"), code="S3")


@pytest.fixture
def keeper(client: PageClient, session: Session) -> PageClient:
    """A rapporteur's browser."""
    return client.sign_in(make.staff(session.meeting, RAPPORTEUR))


FLOOR = "/meetings/spring/record/S3/floor"


def waiting(session: Session) -> list[str]:
    db.session.rollback()
    return [one.label for one in floor_of(session).waiting]


def press(client: PageClient, one: Statement, act: str, **more: object) -> TestResponse:
    return client.post(f"{FLOOR}/{one.id}", data={"act": act, **more})


def test_the_whole_of_a_turn_by_plain_forms(keeper: PageClient, session: Session) -> None:
    role = make.role(session, name="Samira Haddad", organization="ITU")
    state = make.delegation(session.meeting, "Thailand", country="THA", is_state=True)
    registration = make.registration(session.meeting, record_name="Anong Suksawat", delegation=state)
    assert "Nobody waits for the floor." in keeper.get(FLOOR).text
    assert keeper.post(FLOOR, data={"role": role.id}).location == FLOOR
    assert "Anong Suksawat" in keeper.get(f"{FLOOR}?q=suksawat").text
    keeper.post(FLOOR, data={"registration": registration.id})
    keeper.post(FLOOR, data={"name": "Tashi Dorji", "organization": "Bhutan", "country": "BTN"})
    assert sorted(waiting(session)) == ["Anong Suksawat, Thailand", "Samira Haddad, ITU", "Tashi Dorji, Bhutan"]

    first, second = floor_of(session).waiting[:2]
    assert press(keeper, first, "start").status_code == 303
    assert "Has the floor" in keeper.get(FLOOR).text
    press(keeper, first, "pause")
    assert "Paused" in keeper.get(FLOOR).text
    press(keeper, first, "resume")
    press(keeper, second, "start", running=first.id)
    press(keeper, second, "stop")
    assert "2 statements made" in keeper.get(FLOOR).text
    keeper.post(f"{FLOOR}/undo")
    db.session.rollback()
    assert second.is_running


def test_moving_removing_and_the_order_by_plain_forms(keeper: PageClient, session: Session) -> None:
    keeper.post(f"{FLOOR}/order", data={"rule": "asked"})
    one, two, three = (asked(session, name) for name in "ABC")
    press(keeper, three, "first")
    press(keeper, one, "down")
    press(keeper, two, "up")
    assert waiting(session) == ["B", "C", "A"]
    press(keeper, three, "remove")
    assert waiting(session) == ["B", "A"]


def test_a_request_is_dragged_to_a_place(keeper: PageClient, session: Session) -> None:
    keeper.post(f"{FLOOR}/order", data={"rule": "asked"})
    one, _two, three = (asked(session, name) for name in "ABC")
    assert press(keeper, three, "place", place=1).status_code == 303
    assert waiting(session) == ["C", "A", "B"]
    press(keeper, three, "place", place=3)
    assert waiting(session) == ["A", "B", "C"]
    for nowhere in ("", "x", "-1", "0", "9" * 12):  # beyond the end counts as the end
        assert press(keeper, three, "place", place=nowhere).status_code == 303
    assert waiting(session) == ["A", "B", "C"]
    keeper.post(f"{FLOOR}/undo")
    assert press(keeper, one, "place", place=99).status_code == 303
    assert waiting(session) == ["B", "C", "A"]


def test_the_display_is_in_the_language_of_the_room(keeper: PageClient, session: Session) -> None:
    begun(asked(session, "Tashi Dorji"))
    for language, words in (("fr", "A la parole"), ("ar", "يتحدث الآن")):
        page = keeper.get(f"{FLOOR}/display?language={language}").text
        assert words in page
        assert f"/display?language={language}" in page.partition("data-list=")[2]  # what keeps it fresh speaks it too
        assert {other for other in ("en", "fr", "ar") if f'hreflang="{other}"' in page} == {"en", "fr", "ar"} - {
            language
        }
        assert keeper.get_cookie("language") is None
    assert "Has the floor" in keeper.get(FLOOR).text  # whoever shows it goes on in their own
    keeper.get(f"{FLOOR}?language=fr")
    assert "A la parole" in keeper.get(FLOOR).text


def test_a_name_that_is_missing_is_asked_for_beside_its_field(keeper: PageClient, session: Session) -> None:
    answer = keeper.post(FLOOR, data={"name": " ", "organization": "Bhutan"})
    assert answer.status_code == 422
    assert "Write who asks for the floor." in answer.text
    assert 'value="Bhutan"' in answer.text
    answer = keeper.post(FLOOR, data={"name": "A", "country": "XXX", "category": "9999"})
    assert answer.status_code == 422
    assert keeper.post(FLOOR, data={"name": "A", "country": "GRL"}).status_code == 422, "an area is no State"
    assert waiting(session) == []


def test_a_refusal_says_why_and_changes_nothing(keeper: PageClient, session: Session) -> None:
    first, second = asked(session, "First"), asked(session, "Second")
    begun(first)
    answer = press(keeper, second, "start")
    assert (answer.status_code, "First has the floor" in answer.text) == (409, True)
    assert press(keeper, second, "shout").status_code == 409
    assert waiting(session) == ["Second"]


def test_a_script_gets_the_list_alone_with_a_mark(keeper: PageClient, session: Session) -> None:
    keeper.lint = False
    answer = keeper.post(FLOOR, data={"name": "Tashi Dorji"}, headers=SCRIPT)
    assert (answer.status_code, "<html" in answer.text, "Tashi Dorji" in answer.text) == (200, False, True)
    mark = keeper.get(f"{FLOOR}/list", headers=SCRIPT).headers["ETag"]
    unchanged = keeper.get(f"{FLOOR}/list", headers={**SCRIPT, "If-None-Match": mark})
    assert (unchanged.status_code, unchanged.data, unchanged.headers["X-As-Of"]) == (304, b"", "09:00:00")
    refused = keeper.post(FLOOR, data={"name": "Tashi Dorji"}, headers=SCRIPT)
    assert (refused.status_code, "already" in refused.text) == (409, True)
    assert keeper.post(FLOOR, data={"name": ""}, headers=SCRIPT).status_code == 422
    assert keeper.get(f"{FLOOR}/list").location == keeper.get(f"{FLOOR}/people?q=a").location == FLOOR
    keeper.post(f"{FLOOR}/undo", headers=SCRIPT)
    assert keeper.get(f"{FLOOR}/list", headers={**SCRIPT, "If-None-Match": mark}).status_code == 200


def test_the_display_shows_who_speaks_and_the_next_three(keeper: PageClient, session: Session) -> None:
    begun(asked(session, "Now", "Nepal"))
    for name in ("One", "Two", "Three", "Four"):
        asked(session, name)
    page = keeper.get(f"{FLOOR}/display").text
    assert [name in page for name in ("Now", "Nepal", "One", "Two", "Three", "Four")] == [True] * 5 + [False]
    keeper.lint = False
    assert "<html" not in keeper.get(f"{FLOOR}/display", headers=SCRIPT).text


def test_the_chair_keeps_the_list_and_a_panellist_does_not(client: PageClient, session: Session) -> None:
    chair, panellist = make.person("Chair"), make.person("Panellist")
    make.role(session, "chair", person_id=chair.id)
    make.role(session, "panellist", person_id=panellist.id)
    assert client.sign_in(chair).get(FLOOR).status_code == 200
    assert client.sign_in(panellist).get(FLOOR).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client: PageClient, session: Session) -> None:
    assert "/sign-in" in client.get(FLOOR).location
    assert client.post(FLOOR, data={"name": "A"}).status_code in (302, 404)
    assert waiting(session) == []


def test_a_statement_of_another_session_is_not_there(keeper: PageClient, session: Session) -> None:
    other = asked(make.session(session.meeting))
    assert press(keeper, other, "start").status_code == 404


def test_a_break_has_no_floor(keeper: PageClient, session: Session) -> None:
    make.session(session.meeting, code="B1", kind="break")
    assert keeper.get("/meetings/spring/record/B1/floor").status_code == 404


def test_names_in_other_scripts_carry_their_language(keeper: PageClient, session: Session) -> None:
    asked(session, "อนงค์ สุขสวัสดิ์")
    assert 'lang="th"' in keeper.get(FLOOR).text


def test_a_search_finds_the_people_of_the_session_and_says_when_it_finds_nobody(
    session: Session, keeper: PageClient
) -> None:
    """It looked among participants alone, and said nothing where it found none."""
    role = make.role(session, name="Samira Haddad", organization="ITU")
    keeper.lint = False
    found = keeper.get(f"{FLOOR}/people?q=haddad", headers=SCRIPT).text
    assert f'name="role" value="{role.id}"' in found
    assert "Nobody with a place" not in found
    assert "Nobody with a place" in keeper.get(f"{FLOOR}/people?q=nobody", headers=SCRIPT).text
    assert not keeper.get(f"{FLOOR}/people?q=", headers=SCRIPT).text.strip()
