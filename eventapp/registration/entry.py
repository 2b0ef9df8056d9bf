"""What opens a registration's doors: the private links, and the code at the entrance."""

from datetime import datetime

from eventapp.registration.models import Registration
from eventapp.tokens import QR_ALPHABET, hashes, link, read_link

OWN, CALENDAR = "registration", "calendar"
CODE_LENGTH = 20  # of 32 letters and figures: 100 bits


def own_token(registration: Registration) -> str:
    """The secret part of the address of my registration; raising `link_version` ends it."""
    return link(OWN, registration.id, registration.link_version)


def calendar_token(registration: Registration) -> str:
    """The secret part of the address of my calendar: it opens nothing else. Raising `calendar_version` ends it."""
    return link(CALENDAR, registration.id, registration.calendar_version)


def read_token(purpose: str, token: str, *, at: datetime) -> tuple[int, int] | None:
    """The number of the registration row and the version a token was made for; None for anything we did not sign."""
    parts = read_link(purpose, token, at=at)
    if parts is None or len(parts) != 2 or not all(isinstance(part, int) for part in parts):  # noqa: PLR2004 -- a pair
        return None
    return parts[0], parts[1]


def entry_code(registration: Registration) -> str:
    """The code of this registration's first badge: opaque, always the same, and to be guessed by nobody.

    It is derived and not stored, so that the letter of approval can carry it before any badge is made.
    """
    return entry_codes(registration)[0]


def entry_codes(registration: Registration) -> list[str]:
    """That code, and what letters written with a key of before may carry instead."""
    return [in_letters(int(known, 16)) for known in hashes(f"entry code of registration {registration.id}")]


def in_letters(number: int) -> str:
    letters = []
    for _place in range(CODE_LENGTH):
        number, letter = divmod(number, len(QR_ALPHABET))
        letters.append(QR_ALPHABET[letter])
    return "".join(letters)
