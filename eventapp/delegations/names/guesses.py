"""Which organization of the register a typed name is likely to mean, and why one thinks so."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from eventapp.ground.db import db
from eventapp.ground.text.i18n import _
from eventapp.organizations.models import Organization, OrganizationName
from eventapp.organizations.queries import counts_in, key_of

MOST = 3
HEAD = 3  # a name that may be meant shares the beginning of a word
MOST_READ = 300
ALIKE = 0.8
LONGEST_SHORT = 10  # letters of an abbreviation
SMALL = frozenset(("and", "the", "for", "des", "les", "del", "las", "los", "pour", "para", "with"))


class Guess(NamedTuple):
    """An organization, and the reason in the reader's language."""

    organization: Organization
    reason: str


def guesses(typed: str, meeting: int) -> list[Guess]:
    """The organizations that this name likely means, the likeliest first; none where nothing is like it."""
    best: dict[int, tuple[float, Guess]] = {}
    for name, organization in candidates(typed):
        if not counts_in(organization, meeting):
            continue
        weight, reason = likeness(typed, name)
        if weight > best.get(organization.id, (0.0, None))[0]:
            best[organization.id] = weight, Guess(organization, reason)
    ranked = sorted(best.values(), key=lambda one: (-one[0], one[1].organization.name))
    return [guess for _weight, guess in ranked[:MOST]]


def candidates(typed: str) -> Iterable[tuple[str, Organization]]:
    """Names of the register that share the beginning of a word with this one, or are its letters or initials."""
    own, into = aliased(Organization), aliased(Organization)
    query = (
        select(OrganizationName.name, into)
        .join(own, own.id == OrganizationName.organization_id)
        .join(into, into.id == func.coalesce(own.merged_into_id, own.id))
    )
    heads = {word[:HEAD] for word in long_words(typed)}
    short = {letters(typed), initials(typed), *words_of(typed)} - {""}
    like = [OrganizationName.key.contains(head, autoescape=True) for head in sorted(heads)]
    if 1 < len(letters(typed)) <= LONGEST_SHORT:
        like.append(OrganizationName.key.like("% ".join(letters(typed)) + "%"))  # whose initials it may be
    found = query.where(or_(OrganizationName.key.in_(short), *like)).order_by(
        OrganizationName.key.in_(short).desc(), func.length(OrganizationName.key), OrganizationName.key
    )
    return [(name, one) for name, one in db.session.execute(found.limit(MOST_READ))]


def likeness(typed: str, name: str) -> tuple[float, str]:
    """How likely the first means the second, 0 for not at all, and why."""
    mine, theirs = key_of(typed), key_of(name)
    if letters(typed) == letters(name):
        return 1.0, _("The same letters as “%(name)s”.", name=name)
    if " " not in theirs and len(theirs) > 1 and theirs in words_of(typed):
        return 0.95, _("It has “%(name)s” in it.", name=name)
    if len(letters(name)) > 2 and initials(typed) == letters(name):  # noqa: PLR2004 -- two letters mean too much
        return 0.9, _("Its initials are “%(name)s”.", name=name)
    if len(letters(typed)) > 2 and initials(name) == letters(typed):  # noqa: PLR2004
        return 0.9, _("The initials of “%(name)s”.", name=name)
    wanted, there = long_words(typed), long_words(name)
    if wanted and there and (wanted <= there or there <= wanted) and min(len(wanted), len(there)) > 1:
        return 0.7 + 0.1 * len(wanted & there) / len(wanted | there), _(
            "It shares its words with “%(name)s”.", name=name
        )
    ratio = SequenceMatcher(None, mine, theirs, autojunk=False).ratio()
    return (ratio * 0.85, _("Written nearly as “%(name)s”.", name=name)) if ratio >= ALIKE else (0.0, "")


def words_of(name: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in key_of(name)).split()


def long_words(name: str) -> set[str]:
    """The words of a name that say something."""
    return {word for word in words_of(name) if len(word) >= 3 and word not in SMALL}  # noqa: PLR2004


def letters(name: str) -> str:
    """The letters and figures of a name without spaces and points."""
    return "".join(words_of(name))


def initials(name: str) -> str:
    """The first letters of the words of a name; "" for one word."""
    words = [word for word in words_of(name) if len(word) > 2 and word not in SMALL]  # noqa: PLR2004
    return "".join(word[0] for word in words) if len(words) > 1 else ""
