from collections.abc import Callable

from eventapp.mail.compose import compose
from eventapp.mail.models import Letter
from eventapp.people.models import Person


def sign_in(address: str, *, link: str, code: str, language: str) -> Letter:
    """The link and the six figures, to somebody we know."""
    return compose("people/mail/sign_in.txt", to=address, language=language, link=link, code=code)


def unknown(address: str, *, link: str, code: str, language: str) -> Letter:
    """To an address we do not know: that somebody tried, and what to do. Costs what its sister costs."""
    return compose("people/mail/unknown.txt", to=address, language=language, link=link, code=code)


def disabled(address: str, *, link: str, code: str, language: str) -> Letter:
    """To somebody who may not sign in: that they may not, and whom to ask. Costs what its sisters cost."""
    return compose("people/mail/disabled.txt", to=address, language=language, link=link, code=code)


def letter_to(person: Person | None) -> Callable[..., Letter]:
    """The letter that answers whoever asks to sign in as this person."""
    if person is None:
        return unknown
    return sign_in if person.is_active else disabled
