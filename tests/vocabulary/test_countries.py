from collections import Counter

from eventapp.vocabulary.countries import (
    COUNTRY_GROUPS,
    MEMBERS,
    SUBREGIONS,
    all_countries,
    country,
    name_in,
)
from eventapp.vocabulary.protocol import alphabetical


def test_escap_has_53_members_and_9_associate_members_in_alphabetical_order() -> None:
    assert Counter(one.status for one in MEMBERS.values()) == {"member": 53, "associate-member": 9}
    for status in ("member", "associate-member"):
        names = [one.name for one in MEMBERS.values() if one.status == status]
        assert names == sorted(names, key=alphabetical)


def test_every_member_has_a_known_subregion_and_known_groups() -> None:
    assert {one.subregion for one in MEMBERS.values()} == set(SUBREGIONS)
    assert {group for one in MEMBERS.values() for group in one.groups} == set(COUNTRY_GROUPS)


def test_a_country_is_found_by_its_code_with_its_groups_of_2016() -> None:
    bhutan, kenya = country("BTN"), country("KEN")

    assert bhutan is not None
    assert (bhutan.name, bhutan.groups) == ("Bhutan", ("LDC", "LLDC"))
    assert kenya is not None
    assert (kenya.name, kenya.status, kenya.groups) == ("Kenya", "other", ())
    assert country("XXX") is None


def test_turkey_keeps_both_its_names() -> None:
    assert (MEMBERS["TUR"].name, MEMBERS["TUR"].name_in_2016) == ("Türkiye", "Turkey")


def test_names_read_as_people_say_them() -> None:
    said = {one.iso3: one.name for one in all_countries()}

    assert len(said) == 249
    assert said["KOR"] == "Republic of Korea"
    assert said["TZA"] == "United Republic of Tanzania"
    assert said["BOL"] == "Bolivia (Plurinational State of)"
    assert said["SHN"] == "Saint Helena, Ascension and Tristan da Cunha"
    assert said["BES"] == "Bonaire, Sint Eustatius and Saba"
    assert [code for code, name in said.items() if ", " in name] == ["BES", "HKG", "MAC", "SHN", "TWN"]


def test_names_are_known_in_other_languages() -> None:
    korea, vanuatu = MEMBERS["KOR"], MEMBERS["VUT"]

    assert name_in(korea, "fr") == "République de Corée"
    assert name_in(vanuatu, "ar") == "فانواتو"
    assert name_in(korea, "en") == "Republic of Korea"
    assert name_in(korea, "tlh") == "Republic of Korea"
