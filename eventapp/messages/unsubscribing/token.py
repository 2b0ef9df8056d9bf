"""The address that ends letters: derived from the number of a registration, so that 20,000 letters need no row each."""

from eventapp.ground.db import db
from eventapp.ground.security.tokens import hashes, same
from eventapp.ground.text.policy import figure
from eventapp.registration.models import Registration

LENGTH = 40  # of hexadecimal figures: 160 bits


def token_of(registration: Registration) -> str:
    """What opens the page of this person, and nothing else."""
    return f"{registration.id}-{hashes(content(registration.id))[0][:LENGTH]}"


def way_out(registration: Registration) -> str:
    """The address behind that of the site."""
    return f"unsubscribe/{token_of(registration)}"


def registration_behind(token: str) -> Registration | None:
    """Whose page this opens; None for what was made up. A key of before opens what it made."""
    number, _dash, proof = token.partition("-")
    made = hashes(content(figure(number)))
    if not any(same(one[:LENGTH], proof) for one in made):
        return None
    return db.session.get(Registration, figure(number))


def content(number: int) -> str:
    return f"unsubscribe registration {number}"
