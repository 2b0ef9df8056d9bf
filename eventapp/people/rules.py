"""Who may do what as a person, apart from any meeting."""

from eventapp.people.models import Person
from eventapp.people.queries import is_administrator


def be_signed_in(person: Person | None) -> bool:
    """Anybody who has signed in."""
    return person is not None


def administer(person: Person | None) -> bool:
    """Administrators."""
    return person is not None and is_administrator(person)


def owe_second_factor(person: Person | None) -> bool:
    """Who came by a mailed link and has still to give the second factor."""
    return person is not None
