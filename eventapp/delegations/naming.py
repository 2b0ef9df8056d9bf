"""States by any of their names, and what a delegation is."""

from functools import cache

from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import search_key
from eventapp.registration.models import Delegation
from eventapp.vocabulary.countries import ASSOCIATE, MEMBERS, all_countries, names_in

LANGUAGES = ("fr", "es", "ru", "zh", "ar")  # of the United Nations, beside English


def countries_named(words: str) -> list[str]:
    """The ISO alpha-3 codes of the countries with a name, in a language of the United Nations, that has these words."""
    key = search_key(words)
    return [iso3 for iso3, names in _names() if key in names] if key else []


@cache
def _names() -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            one.iso3,
            search_key(*one.names, one.iso2, one.iso3, *(way for code in LANGUAGES for way in names_in(one, code))),
        )
        for one in all_countries()
    )


def status_of(delegation: Delegation) -> str:
    """What a delegation is at a meeting of the commission, in the reader's language."""
    of_commission = MEMBERS.get(delegation.country)
    if of_commission:
        return _("Associate member") if of_commission.status == ASSOCIATE else _("Member")
    return _("Other State") if delegation.is_state else _("Organization")
