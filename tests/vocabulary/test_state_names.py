"""The names of States in six languages, as the terminology database of the United Nations has them."""

import re
from collections import Counter

import pytest

from eventapp.vocabulary.countries import (
    AREA,
    MEMBERS,
    all_countries,
    country,
    formal_name_in,
    name_in,
    name_in_sentence,
    names_in,
    state_choices,
    state_in,
)
from eventapp.vocabulary.data.state_names import STATE_NAMES, UN_LANGUAGES

SCRIPTS = {  # what a name in this language is written in
    "en": r"[A-Za-zôü’(), -]+",
    "fr": r"[A-Za-zÀ-ÿŒœ’(), -]+",
    "es": r"[A-Za-zÀ-ÿ’(), -]+",
    "ru": r"[А-Яа-яё’() —-]+",
    "zh": r"[\u4e00-\u9fff（）]+",
    "ar": r"[\u0621-\u064a()، -]+",
}


def test_every_state_has_its_names() -> None:
    assert Counter(one.membership for one in STATE_NAMES.values()) == {
        "member-state": 193,
        "observer-state": 2,
        "associated-state": 2,
        "area": 7,
    }
    assert {"VAT", "PSE"} == {one.iso3 for one in STATE_NAMES.values() if one.membership == "observer-state"}
    assert set(MEMBERS) <= set(STATE_NAMES)
    assert all(country(code) for code in STATE_NAMES)


@pytest.mark.parametrize("language", UN_LANGUAGES)
def test_every_name_is_tidy_and_in_its_script(language: str) -> None:
    for one in STATE_NAMES.values():
        for name in (one.short[language], one.formal[language]):
            assert name == " ".join(name.split()), name
            assert "'" not in name and "*" not in name, name
            assert re.fullmatch(SCRIPTS[language], name), (one.iso3, name)
            assert not re.search(r"\((?:the|l’|le|la|les|el|los|las)\)", name), name
            assert name.count("(") == name.count(")"), name
    assert len({one.short[language] for one in STATE_NAMES.values()}) == len(STATE_NAMES)


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("HKG", "fr", "Hong Kong (Chine)"),
        ("HKG", "ar", "هونغ كونغ، الصين"),
        ("HKG", "zh", "中国香港"),
        ("MAC", "fr", "Macao (Chine)"),
        ("MAC", "ar", "ماكاو، الصين"),
        ("MAC", "en", "Macao, China"),
        ("TUR", "en", "Türkiye"),
        ("TUR", "fr", "Türkiye"),
        ("TUR", "es", "Türkiye"),
        ("TUR", "ar", "تركيا"),
        ("NLD", "en", "Netherlands (Kingdom of the)"),
        ("IRN", "fr", "Iran (République islamique d’)"),
        ("TCD", "fr", "Tchad"),
        ("FRA", "es", "Francia"),
        ("CIV", "en", "Côte d’Ivoire"),
        ("SWZ", "ru", "Эсватини"),
        ("MKD", "zh", "北马其顿"),
        ("CZE", "ar", "تشيكيا"),
        ("VNM", "es", "Viet Nam"),
        ("PRI", "zh", "波多黎各"),
    ],
)
def test_a_name_is_that_of_the_united_nations(code: str, language: str, name: str) -> None:
    found = country(code)
    assert found and name_in(found, language) == name


def test_a_language_with_its_script_or_region_is_that_language() -> None:
    assert name_in(MEMBERS["TUR"], "zh_Hans") == name_in(MEMBERS["TUR"], "zh-CN") == "土耳其"


@pytest.mark.parametrize(
    ("code", "language", "formal"),
    [
        ("THA", "en", "the Kingdom of Thailand"),
        ("THA", "fr", "le Royaume de Thaïlande"),
        ("TUR", "fr", "la République de Türkiye"),
        ("THA", "ar", "مملكة تايلند"),
        ("GUM", "fr", "Guam"),
        ("PRI", "fr", "Porto Rico"),
        ("THA", "de", "Thailand"),
    ],
)
def test_a_formal_name_is_as_running_text_has_it(code: str, language: str, formal: str) -> None:
    found = country(code)
    assert found and formal_name_in(found, language) == formal


def test_a_sentence_has_the_name_in_its_order() -> None:
    assert name_in_sentence(MEMBERS["IRN"], "fr") == "République islamique d’Iran"
    assert name_in_sentence(MEMBERS["HKG"], "fr") == "Hong Kong (Chine)"
    assert name_in_sentence(MEMBERS["JPN"], "fr") == "Japon"


def test_a_name_is_known_however_it_is_written() -> None:
    assert {"Pays-Bas (Royaume des)", "Pays-Bas", "Royaume des Pays-Bas"} <= set(names_in(MEMBERS["NLD"], "fr"))
    assert {"Lao People's Democratic Republic", "Lao People’s Democratic Republic"} <= set(MEMBERS["LAO"].names)


@pytest.mark.parametrize("stored", ["Netherlands", "Netherlands (Kingdom of the)"])
def test_a_name_that_was_stored_is_shown_as_it_is_now(stored: str) -> None:
    assert state_in(stored, "en") == "Netherlands (Kingdom of the)"
    assert state_in(stored, "fr") == "Pays-Bas (Royaume des)"
    assert state_in("Turkey", "en") == "Türkiye"
    assert state_in("Côte d'Ivoire", "fr") == "Côte d’Ivoire"
    assert state_in("Free Press Unlimited", "fr") == "Free Press Unlimited"


def test_no_way_to_write_a_name_is_that_of_two() -> None:
    for language in UN_LANGUAGES:
        found = Counter(name for one in all_countries() for name in {way.casefold() for way in names_in(one, language)})
        assert [name for name, many in found.items() if many > 1] == []


def test_areas_send_no_delegation_unless_they_are_associate_members() -> None:
    offered = {code for code, _name in state_choices()}

    assert len(offered) == 193 + 2 + 9
    assert {"VAT", "PSE", "COK", "NIU", "HKG", "GUM"} <= offered
    assert not offered & {"PRI", "GRL", "TWN", "BMU", "ESH", "ATA", "ABW"}
    assert {one.iso3 for one in all_countries()} - offered == {
        one.iso3 for one in all_countries() if one.status == AREA
    }
    assert [one.iso3 for one in all_countries() if one.is_state and one.iso3 not in offered] == []
