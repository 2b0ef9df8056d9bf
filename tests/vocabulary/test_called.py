import pytest

from eventapp.review.language.names import Allowed, Names
from eventapp.vocabulary.called import called, several


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("FAO and ITU", {"FAO", "ITU"}),
        ("APCICT/ESCAP", {"APCICT", "ESCAP"}),
        ("BNNRC with Free Press Unlimited", {"BNNRC", "Free Press Unlimited"}),
        ("Radio Network of Bangladesh (BNNRC)", {"Radio Network of Bangladesh", "BNNRC"}),
        ("Bangladesh NGOs Network for Radio and Communication", {"BNNRC"}),
        ("Government of India", {"India"}),
        ("Iran (Islamic Republic of)", {"Iran"}),
        ("Ministry of Finance (Kazakhstan)", {"Ministry of Finance", "Kazakhstan"}),
    ],
)
def test_an_organization_is_told_by_its_parts_its_acronym_and_its_state(name: str, others: set[str]) -> None:
    assert others <= set(called(name))


@pytest.mark.parametrize(
    "name", ["Ministry of Trade and Industry", "Working with Women", "Department of ICT", "WHO", "وزارة الاتصالات"]
)
def test_what_is_no_name_by_itself_is_looked_for_nowhere(name: str) -> None:
    assert list(called(name)) == [name]


@pytest.mark.parametrize("name", ["FAO and ITU", "AeHIN with WHO", "APCICT/ESCAP", "APT, ITU and UNESCO"])
def test_several_organizations_are_known(name: str) -> None:
    assert len(several(name)) > 1
    assert several(name.split(maxsplit=1)[0].split("/", maxsplit=1)[0].strip(",")) == []


def test_two_organizations_written_as_one_are_each_found() -> None:
    names = Names([], ["BNNRC with Free Press Unlimited"])

    assert names.found_in('"BNNRC selected as the winner"') == ["BNNRC"]
    assert names.found_in("A fellowship of Free Press Unlimited.") == ["Free Press Unlimited"]


def test_a_short_acronym_that_is_a_word_as_well_is_meant_in_capitals_only() -> None:
    names = Names([], ["WHO", "APT"])

    assert names.read_in("Those who need an apt answer. Who said so?") == ([], [])
    assert names.found_in("WHO and APT were there.") == ["WHO", "APT"]


def test_three_initials_are_shown_and_block_nothing() -> None:
    names = Names([], ["International Telecommunication Union"])

    assert names.read_in("ITU said so.") == ([], ["International Telecommunication Union"])
    assert names.read_in("It was situ, as itu is no word.") == ([], [])


def test_initials_of_a_name_that_may_be_said_are_not_suspected() -> None:
    names = Names([], ["International Telecommunication Union"], Allowed(["ITU"]))

    assert names.read_in("ITU said so.") == ([], [])


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("The Asia eHealth Information Network, created in 2011, lets ministries learn.", "AeHIN with WHO"),
        ("It was told by Bangladesh NGOs Network for Radio and Communication.", "BNNRC"),
        ("the Economic and Social Commission for Asia and the Pacific warns", "ESCAP"),
    ],
)
def test_an_acronym_is_found_where_it_is_spelled_out(text: str, sender: str) -> None:
    assert Names([], [sender]).found_in(text) == [sender]


def test_three_words_that_spell_an_acronym_are_shown_and_block_nothing() -> None:
    assert Names([], ["ITU"]).read_in("The International Telecommunication Union said so.") == ([], ["ITU"])
    assert Names([], ["ESCAP"]).read_in("Every State can ask people. It does.") == ([], [])
