"""Names that keep their capital are the same for a page, which looks a few up, as for a report, which has them all."""

import pytest
from flask import Flask

from eventapp.meetings.models import Meeting
from eventapp.review.language.capitals import WORD, names_known, names_to_look_up
from tests import make, make_review

NAMES = (
    "KIM Ji-won",
    "ALİ Veli",
    "Élodie O’Brien",
    "Mark Long",
    "de la Cruz",
    "Li Wenjing",
    "ǅemal STRASSE",
    "Ann Eu 12",
)
BODIES = ("Internet Society", "Posts Ltd.", "UNESCO", "the bureau of Posts")


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    found = make.meeting()
    category = make.category(found)
    for name in NAMES:
        make.registration(found, category=category, record_name=name, organization="Ministry of Posts")
    session = make.session(found)
    make.role(session, name="Farzana Rahman", organization=BODIES[0])
    for number, body in enumerate(BODIES):
        make_review.note(session, speaker=f"Ravi Kumar-{number}", organization=body)
    return found


def test_a_name_that_is_looked_up_is_one_that_is_known(meeting: Meeting) -> None:
    known = names_known(meeting)
    words = {word for text in (*NAMES, *BODIES, "Farzana Rahman Ravi Kumar-1") for word in WORD.findall(text)}
    asked = {
        *known,
        *words,
        *map(str.capitalize, words),
        *map(str.upper, words),
        *map(str.lower, words),
        *NAMES,
        *BODIES,
    }
    asked |= {"Broadband", "An", "Ali", "The", "Internet", "Long", "", "Nn", "Wenj"}
    assert {one for one in asked if one in names_to_look_up(meeting)} == known
    assert known >= {"Kim", "KIM", "Ali", "Élodie", "Wenjing", "Farzana", "Kumar-1", "Internet Society", "UNESCO"}
    assert known.isdisjoint({"Broadband", "Ann Eu 12", "Eu", "cruz", "KIM Ji-won"})


def test_the_names_of_people_are_not_taken_apart_for_words_that_none_of_them_has(meeting: Meeting) -> None:
    found = names_to_look_up(meeting)
    assert not any(one in found for one in ("Broadband", "The", "KIM Ji-won", "Posts Limited"))
    assert "of_people" not in vars(found)
    assert "Kim" in found
    assert "of_people" in vars(found)
