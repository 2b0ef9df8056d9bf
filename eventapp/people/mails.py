from eventapp.mail.compose import compose
from eventapp.mail.models import Letter


def sign_in(address: str, *, link: str, code: str, language: str) -> Letter:
    """The link and the six figures, to somebody we know."""
    return compose("people/mail/sign_in.txt", to=address, language=language, link=link, code=code)


def unknown(address: str, *, link: str, code: str, language: str) -> Letter:
    """To an address we do not know: that somebody tried, and what to do. Costs what its sister costs."""
    return compose("people/mail/unknown.txt", to=address, language=language, link=link, code=code)
