"""What the form offers to choose from, made once for each language."""

from collections.abc import Iterable
from functools import cache

from wtforms.fields import SelectChoice

from eventapp.ground.text.i18n import _
from eventapp.registration.application import GENDERS, LANGUAGES
from eventapp.vocabulary.countries import ASSOCIATE, MEMBER, OTHER, country, country_choices
from eventapp.vocabulary.participants import DELEGATION_ROLES

Group = tuple[str, tuple[tuple[str, str], ...]]


def plain(pairs: Iterable[tuple[object, object]]) -> tuple[SelectChoice, ...]:
    return tuple(SelectChoice(str(value), str(label)) for value, label in pairs)


@cache
def groups_in(_language: str, statuses: tuple[str, ...]) -> tuple[Group, ...]:
    """The countries of these standings, in their order: (words, ((code, name), …)); one group alone needs no words.

    Made once for each language: sorting 250 names costs more than the rest of the form.
    """
    names = {MEMBER: _("Members of ESCAP"), ASSOCIATE: _("Associate members"), OTHER: _("Other States")}
    found = [(country(code), label) for code, label in country_choices()]
    return tuple(
        (
            names[status] if len(statuses) > 1 else "",
            tuple((one.iso3, label) for one, label in found if one and one.status == status),
        )
        for status in statuses
    )


@cache
def choices_in(_language: str) -> tuple[tuple[SelectChoice, ...], ...]:
    """Roles in a delegation, genders and languages to choose from, made once for each language."""
    roles = ((role.code, role.label) for role in DELEGATION_ROLES.values())
    return plain([("", _("Choose one")), *roles]), plain(GENDERS), plain(LANGUAGES)


@cache
def countries_in(_language: str) -> tuple[tuple[str, str], ...]:
    """Every country by name, made once for each language."""
    return tuple(country_choices())
