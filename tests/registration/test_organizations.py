"""An organization and its abbreviation are one delegation."""

import pytest
from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.registration.forms.organizations import ABBREVIATIONS, KNOWN, abbreviation_of, whole_name
from eventapp.registration.models import Delegation
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.registration.filling import send, set_clock, typed

UNDP = "United Nations Development Programme"


@pytest.mark.parametrize("words", ["UNDP", "undp", UNDP, UNDP.upper(), f"{UNDP} (UNDP)", f"UNDP ({UNDP})"])
def test_an_abbreviation_stands_for_the_whole_name(words: str) -> None:
    assert whole_name(words) == UNDP


@pytest.mark.parametrize("words", ["Undpa", "UNDP Asia", f"{UNDP} (Bangkok)", "Ministry (UNDP)", "UNDP (ITU)", ""])
def test_anything_else_stays_as_it_was_typed(words: str) -> None:
    assert whole_name(words) == words


def test_a_straight_apostrophe_is_no_other_name() -> None:
    assert whole_name("United Nations Children's Fund") == "United Nations Children’s Fund"


def test_every_name_has_one_abbreviation_at_most() -> None:
    assert len(set(ABBREVIATIONS.values())) == len(ABBREVIATIONS)
    assert [whole_name(abbreviation_of(name)) for name in KNOWN if abbreviation_of(name)] == [
        name for name in KNOWN if name in ABBREVIATIONS.values()
    ]


def test_both_make_one_delegation(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)
    meeting = make.meeting()
    category = make.category(meeting)
    for number, name in enumerate(("UNDP", UNDP, f"{UNDP} (UNDP)")):
        facts = {"email": f"one{number}@example.org", "key": f"key-{number}", "delegation": name}
        send(client, meeting, typed(category, **facts))
    assert list(db.session.scalars(select(Delegation.name))) == [UNDP]
