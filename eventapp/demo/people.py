"""The illustrative people of the Bangkok meeting, one line each in `data/people.txt`."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from eventapp.registration.application import Application
from eventapp.vocabulary.countries import country

FILE = Path(__file__).parent / "data/people.txt"
FAMILY_NAME_FIRST = ("zh", "ko", "km")  # as these languages, and Viet Nam, write a name
WORDS_FOR_GENDER = {"w": "woman", "m": "man"}
SECOND_LANGUAGE = {
    "CHN": "zh",
    "RUS": "ru",
    "KAZ": "ru",
    "KGZ": "ru",
    "TJK": "ru",
    "FRA": "fr",
    "NCL": "fr",
    "CHE": "fr",
}
NAMES_IN_FULL = {"ESCAP": "Economic and Social Commission for Asia and the Pacific"}
# What some ask for, by their place in the list: often enough to be seen, rarely enough to be believed.
FOOD = {3: "Vegetarian", 7: "Halal", 11: "Vegetarian, no egg", 13: "Halal", 17: "No nuts"}
ACCESS = {23: "A seat near the aisle; I use a wheelchair.", 61: "Live captions.", 104: "Documents in large print."}


@dataclass(frozen=True)
class Guest:
    """One line of the list: who asks for a place, and what becomes of the request."""

    place: int  # in the list, from 0
    application: Application
    fate: str


def guests() -> list[Guest]:
    """Everybody on the list, in its order."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if line and not line.startswith("#")]
    return [Guest(place, _application(place, row), row[-1]) for place, row in enumerate(rows)]


def _application(place: int, row: list[str]) -> Application:
    category, sender, role, given, family, own, language, gender, unit, position, _fate = row
    state = country(sender) if len(sender) == 3 else None  # noqa: PLR2004 -- an ISO alpha-3 code
    first = language.startswith(FAMILY_NAME_FIRST) or sender == "VNM"
    name = f"{family} {given}" if first else f"{given} {family}"
    return Application(
        email=f"{_plain(given)}.{_plain(family)}@example.org",
        category=category,
        given_name=given,
        family_name=family,
        record_name=name,
        badge_name=name,
        own_name=own,
        own_language=language,
        delegation=state.name if state else NAMES_IN_FULL.get(sender, sender),
        delegation_country=state.iso3 if state else "",
        delegation_role=role,
        organization=unit,
        job_title=position,
        country=state.iso3 if state else "",
        languages=sorted({"en", SECOND_LANGUAGE.get(sender, "en")}),
        access_needs=ACCESS.get(place, ""),
        dietary_needs=FOOD.get(place % 19, ""),
        gender=WORDS_FOR_GENDER[gender],
        lists_name=place % 7 != 0,
        shares_email=place % 3 == 0,
        may_be_photographed=place % 6 != 0,
    )


def _plain(name: str) -> str:
    """A name as the part of an address: only a to z and the hyphen."""
    letters = unicodedata.normalize("NFKD", name.lower().replace("ı", "i").replace("đ", "d"))
    return "".join(letter for letter in letters if letter in "abcdefghijklmnopqrstuvwxyz-")
