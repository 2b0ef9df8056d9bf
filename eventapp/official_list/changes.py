"""A difference between two lists in words."""

from collections.abc import Iterator, Mapping

from eventapp.ground.text.i18n import _, _l, language
from eventapp.official_list.layout import PARTS, Line, name_of
from eventapp.official_list.queries import COMPARED, Difference
from eventapp.vocabulary.participants import DELEGATION_ROLES

LABELS = {
    "part": _l("Part of the list"),
    "sender": _l("Delegation"),
    "role": _l("Role in the delegation"),
    "name": _l("Name"),
    "title": _l("Functional title"),
    "organization": _l("Organization"),
}
NO_NAMES: Mapping[str, Mapping[str, str]] = {}


def lines_of_change(found: Difference) -> list[tuple[str, str, str]]:
    """(what, before, after) of every change that is shown: people added, gone and changed."""
    return [
        *((_("Added"), "", in_words(one)) for one in found.new_lines),
        *((_("Gone"), in_words(one), "") for one in found.gone_lines),
        *(line for before, after in found.pairs for line in changed(before, after)),
    ]


def changed(before: Line, after: Line) -> Iterator[tuple[str, str, str]]:
    """What is another of this person, a line for each fact."""
    for name in COMPARED:
        then, now = fact(before, name), fact(after, name)
        if then != now:
            yield f"{after.name}: {LABELS[name]}", then or _("nothing"), now or _("nothing")


def in_words(one: Line) -> str:
    """The person, the delegation and the functional title."""
    return ", ".join(words for words in (one.name, fact(one, "sender"), one.title) if words)


def fact(one: Line, name: str) -> str:
    if name == "sender":
        return name_of(one.sender, one.country, NO_NAMES, language())
    if name == "part":
        return str(PARTS.get(one.part, one.part))
    if name == "role":
        role = DELEGATION_ROLES.get(one.role)
        return role.label if role else ""
    return str(getattr(one, name))
