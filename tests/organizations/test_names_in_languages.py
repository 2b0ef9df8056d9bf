"""Names of organizations in the languages of the United Nations: shipped, found while typing, printed for the reader."""

from collections import Counter

import pytest
from flask import Flask
from flask_babel import force_locale

from eventapp.ground.db import db, transaction
from eventapp.meetings.models import ORGANIZER
from eventapp.official_list.actions import issue
from eventapp.official_list.formats.values import names_in
from eventapp.official_list.layout import name_of
from eventapp.organizations.actions import Facts, add, shipped, take_in_shipped
from eventapp.organizations.kinds import LANGUAGES
from eventapp.organizations.models import Organization
from eventapp.organizations.queries import key_of, organization_called, suggestions
from eventapp.people.models import Person
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY

UNDP = "United Nations Development Programme"
FRENCH = "Programme des Nations Unies pour le développement"


@pytest.fixture
def root(app: Flask) -> Person:
    return make.administrator()


def take_in(root: Person) -> None:
    with transaction():
        take_in_shipped(by=root, at=TODAY)


def test_no_two_that_ship_have_a_name_in_common() -> None:
    names = [
        {key_of(name) for name in (row.name, row.abbreviation, *row.names.values(), *row.other_names) if name}
        for row in shipped()
    ]
    assert [name for name, times in Counter(name for one in names for name in one).items() if times > 1] == []
    assert {code for row in shipped() for code in row.names} == set(LANGUAGES)
    agencies = [row for row in shipped() if row.kind == "agency"]
    assert [row.name for row in agencies if set(row.names) != set(LANGUAGES)] == []


@pytest.mark.parametrize(("code", "letters"), [("ru", "Ѐ-ӿ"), ("zh", "一-鿿"), ("ar", "؀-ۿ")])
def test_a_name_is_in_the_script_of_its_language(code: str, letters: str) -> None:
    first, last = letters[0], letters[-1]
    for row in shipped():
        assert all(first <= sign <= last or not sign.isalpha() for sign in row.names.get(code, "")), row.name


@pytest.mark.parametrize(
    "words", ["PNUD", "nations unies pour le developpement", "ПРООН", "联合国开发", "برنامج الأمم المتحدة الإنمائي"]
)
def test_one_that_ships_is_found_while_typing_in_any_language(root: Person, words: str) -> None:
    take_in(root)
    assert UNDP in [one.name for one in suggestions(words)]


def test_a_register_of_english_names_gets_the_others_and_keeps_its_own(root: Person) -> None:
    with transaction():
        mine = add(Facts(UNDP, "other", "UNDP", names={"fr": "Le PNUD"}, other_names=("Dev",)), by=root, at=TODAY)
        other = add(Facts("Somebody", "ngo", "ПРООН"), by=root, at=TODAY)
    for _time in range(2):
        take_in(root)
    assert mine.names["fr"] == "Le PNUD" and mine.names["es"] and mine.kind == "other"
    assert mine.other_names[0] == "Dev" and "PNUD" in mine.other_names and mine.version == 2
    assert organization_called("ПРООН") is other
    assert db.session.query(Organization).filter_by(abbreviation="UNDP").count() == 1


def test_it_is_printed_in_the_language_of_the_reader(client: PageClient, root: Person) -> None:
    take_in(root)
    meeting = make.meeting()
    undp = organization_called("undp")
    assert undp is not None
    one = make.delegation(meeting, UNDP, organization_id=undp.id)
    typed = make.delegation(meeting, "U.N.D.P.", organization_id=undp.id)
    for delegation in (one, typed):
        make.registration(meeting, delegation=delegation)
    assert one.label == UNDP
    with force_locale("fr"):
        assert (one.label, typed.label) == (FRENCH, "U.N.D.P.")
    client.sign_in(make.staff(meeting, ORGANIZER))
    page = client.get(f"/meetings/{meeting.slug}/manage/delegations?q=pnud").text
    assert UNDP in page and "U.N.D.P." in page
    assert FRENCH in client.get(f"/meetings/{meeting.slug}/manage/delegations?language=fr").text


def test_the_official_list_has_the_name_as_it_was_when_it_was_issued(root: Person) -> None:
    take_in(root)
    meeting = make.meeting()
    for name in (UNDP, "Our Village", "KEN"):
        make.registration(meeting, delegation=make.delegation(meeting, name))
    with transaction():
        version = issue(meeting, is_final=False, remark="", seen=0, by=None, at=TODAY)
    names = names_in(version)
    assert name_of(UNDP, "", names, "fr") == FRENCH and name_of(UNDP, "", names, "en") == UNDP
    assert name_of("Our Village", "", names, "fr") == "Our Village" and name_of("KEN", "", names, "fr") == "KEN"
