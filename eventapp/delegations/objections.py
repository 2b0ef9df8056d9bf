"""What stands against accrediting a delegation, as sentences."""

from eventapp.delegations.queries import Row, places_by_role, row_of
from eventapp.ground.text.i18n import _, ngettext
from eventapp.registration.models import Delegation


def objections(delegation: Delegation) -> list[str]:
    """What stands against it now, each as a sentence; [] where nothing does."""
    return [*in_words(row_of(delegation)), *too_many_in_roles(delegation)]


def in_words(row: Row) -> list[str]:
    """The same of a row of the list."""
    found = []
    if row.heads > 1:
        found.append(_("%(count)s heads of delegation: %(names)s.", count=row.heads, names=", ".join(row.names)))
    if row.too_many and row.delegation.places is not None:
        places = ngettext("%(num)s place", "%(num)s places", row.delegation.places)
        found.append(
            ngettext("%(num)s person for %(places)s.", "%(num)s people for %(places)s.", row.people, places=places)
        )
    if row.lacks_head:
        found.append(_("Nobody is named as head of delegation."))
    if row.lacks_letter:
        found.append(
            ngettext(
                "The letter of %(num)s person is missing.", "The letters of %(num)s people are missing.", row.unlettered
            )
        )
    return found


def too_many_in_roles(delegation: Delegation) -> list[str]:
    """The roles that more people have than may, each as a sentence."""
    return [
        ngettext(
            "%(num)s person as “%(role)s” for %(places)s.",
            "%(num)s people as “%(role)s” for %(places)s.",
            taken,
            role=label,
            places=ngettext("%(num)s place", "%(num)s places", most),
        )
        for label, taken, most in places_by_role(delegation)
        if taken > most
    ]
