from eventapp.mail.compose import compose
from eventapp.mail.models import Letter
from eventapp.people.models import Person

ADDED, REMOVED, NEW_CODES, CODE_USED, RESET = "added", "removed", "new codes", "code used", "reset"


def changed(person: Person, happened: str, *, name: str = "", left: int = 0, reason: str = "") -> Letter:
    """To whoever's second factor changed: what happened to it, and what to do where it was not them."""
    return compose(
        "people/mail/second_factor.txt",
        to=person.email,
        language=person.language,
        happened=happened,
        name=name,
        left=left,
        reason=reason,
    )
