"""Which States the form offers for a delegation: those that may send one, each in the category that is theirs."""

import re

import pytest
from flask import Flask

from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.registration.models import Registration
from eventapp.registration.walk_ins import manage as walk_ins
from eventapp.vocabulary.countries import all_countries
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.registration.filling import count, only, send, set_clock, typed

STATE = {"delegation": "Ministry of Information", "delegation_role": "HOD"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)
    monkeypatch.setattr(walk_ins, "now", lambda: TODAY)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring")


def offered(page: str, name: str = "state") -> dict[str, str]:
    """The codes of one list of the form, with their names."""
    listed = re.search(rf'<select id="{name}".*?</select>', page, re.DOTALL)
    assert listed, page
    return dict(re.findall(r'<option value="([A-Z]{3})"[^>]*>([^<]+)', listed[0]))


def form_of(client: PageClient, code: str, language: str = "en") -> str:
    return client.get(f"/meetings/spring/registration/new?category={code}&language={language}").text


def test_any_state_is_offered_and_no_area(client: PageClient, meeting: Meeting) -> None:
    make.category(meeting, code="OBS", represents="state")
    page = form_of(client, "OBS")

    states, countries = offered(page), offered(page, "country")

    assert len(states) == 193 + 2 + 9
    assert not {"PRI", "GRL", "TWN", "ESH"} & set(states)
    assert {"VAT", "PSE", "HKG"} <= set(states), "an associate member has no other category here"
    assert set(countries) == {one.iso3 for one in all_countries()}, "one lives in an area as well"
    assert "Other States<" not in page and 'label="Other States"' in page


def test_associate_members_are_offered_in_their_own_category_where_there_is_one(
    client: PageClient, meeting: Meeting
) -> None:
    make.category(meeting, code="OBS", represents="state")
    make.category(meeting, code="ASM", represents="associate", takes_registrations=False)

    assert len(offered(form_of(client, "OBS"))) == 193 + 2
    refused = send(client, meeting, typed(make.category(meeting, code="OB2", represents="state"), state="GUM", **STATE))

    assert refused.status_code == 422 and "Guam is not on this list. Choose the State you represent." in refused.text


@pytest.mark.parametrize(
    ("represents", "code", "words"),
    [
        ("state", "PRI", "Puerto Rico is not on this list. Choose the State you represent."),
        ("state", "XXX", "Choose the State you represent."),
        ("member", "DEU", "Germany is not on this list. Choose the member you represent."),
        ("associate", "GRL", "Greenland is not on this list. Choose the associate member you represent."),
    ],
)
def test_a_code_that_is_not_offered_is_refused_beside_the_field(
    client: PageClient, meeting: Meeting, represents: str, code: str, words: str
) -> None:
    category = make.category(meeting, represents=represents)

    answer = send(client, meeting, typed(category, state=code, **STATE))

    assert (answer.status_code, count(Registration)) == (422, 0)
    beside = re.search(r'<p class="error" id="state-error"[^>]*>(.*?)</p>', answer.text, re.DOTALL)
    assert beside and words in beside[1]
    assert 'value="Ministry of Information"' in answer.text


def test_the_counter_offers_and_refuses_the_same(client: PageClient, meeting: Meeting) -> None:
    category = make.category(meeting, code="OBS", represents="state")
    desk = client.sign_in(make.staff(meeting, ORGANIZER))
    page = "/meetings/spring/manage/registrations/new"

    assert len(offered(desk.get(f"{page}?category=OBS").text)) == 193 + 2 + 9
    refused = desk.post(page, data=typed(category, state="PRI", **STATE))

    assert (refused.status_code, count(Registration)) == (422, 0)
    assert "Puerto Rico is not on this list. Choose the State the person represents." in refused.text


@pytest.mark.parametrize("code", ["DEU", "PSE", "VAT", "BTN"])
def test_a_state_that_is_offered_is_taken(client: PageClient, meeting: Meeting, code: str) -> None:
    category = make.category(meeting, represents="state")
    assert send(client, meeting, typed(category, state=code, **STATE)).status_code == 303
    assert (only().delegation.country, only().delegation.is_state) == (code, True)


@pytest.mark.parametrize(
    ("language", "label", "names"),
    [
        (
            "fr",
            "État représenté",
            {"TUR": "Türkiye", "HKG": "Hong Kong (Chine)", "MAC": "Macao (Chine)", "VNM": "Viet Nam"},
        ),
        ("ar", "الدولة الممثَّلة", {"TUR": "تركيا", "HKG": "هونغ كونغ، الصين", "MAC": "ماكاو، الصين", "THA": "تايلند"}),
    ],
)
def test_the_list_has_the_names_of_the_united_nations(
    client: PageClient, meeting: Meeting, language: str, label: str, names: dict[str, str]
) -> None:
    make.category(meeting, code="OBS", represents="state")

    page = form_of(client, "OBS", language)
    listed = offered(page)

    assert {code: listed[code] for code in names} == names
    assert label in re.findall(r'<label for="state">([^<]+)', page), "a State in the sense of a country"
