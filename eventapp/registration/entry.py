"""What opens a registration's doors: the private links, and the code at the entrance."""

import hmac
import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import joinedload

from eventapp.ground.security.tokens import QR_ALPHABET, hashes, keys
from eventapp.links.actions import end, issue, link_for_letter
from eventapp.links.models import Purpose
from eventapp.links.queries import working_secret
from eventapp.registration.models import Registration

AROUND = (
    joinedload(Registration.meeting, innerjoin=True),
    joinedload(Registration.person, innerjoin=True),
    joinedload(Registration.category, innerjoin=True),
    joinedload(Registration.delegation, innerjoin=True),
)
OWN = Purpose("registration", Registration, AROUND)
CALENDAR = Purpose("calendar", Registration, AROUND)  # opens nothing else
CODE_LENGTH = 20  # of 32 letters and figures: 100 bits
CODE = re.compile(f"[{QR_ALPHABET}]{{{CODE_LENGTH}}}")
CODE_BYTES, ALL_LETTERS = 13, len(QR_ALPHABET) ** CODE_LENGTH - 1


def new_links(registration: Registration, *, at: datetime) -> str:
    """Make the links of a new registration: its own, whose secret is returned, and that of its calendar."""
    issue(CALENDAR, registration, meeting_id=registration.meeting_id, at=at)
    return issue(OWN, registration, meeting_id=registration.meeting_id, at=at)


def replace_link(purpose: Purpose[Registration], registration: Registration, *, at: datetime) -> str:
    """End the links of this purpose, and those that end with them, and make a new one. Returns its secret."""
    end(purpose, registration, at=at, is_replaced=True)
    return issue(purpose, registration, meeting_id=registration.meeting_id, at=at)


def own_token(registration: Registration) -> str:
    """The secret part of the address of my registration, for a letter; made where there is none."""
    return link_for_letter(OWN, registration, meeting_id=registration.meeting_id, at=registration.state_at)


def calendar_token(registration: Registration) -> str | None:
    """The secret part of the address of my calendar; None where the key it was made with is gone."""
    return working_secret(CALENDAR, registration, at=registration.state_at)


def entry_code(registration: Registration) -> str:
    """The code of this registration's first badge: opaque, always the same, and to be guessed by nobody.

    It is derived and not stored, so that the letter of approval can carry it before any badge is made.
    """
    return entry_codes(registration.id)[0]


def entry_codes(number: int) -> list[str]:
    """The codes that the first badge of this registration may have: by the key of now, and by those of before."""
    return [in_letters(int(known, 16)) for known in hashes(content(number))]


def has_entry_code(registrations: Iterable[int], code: str) -> int | None:
    """Which of these registrations has this code, or had it with a key of before; only trying tells."""
    if not CODE.fullmatch(code):
        return None
    wanted, secrets = in_bytes(code), keys("hash")
    for number in registrations:
        for key in secrets:
            known = int.from_bytes(hmac.digest(key, content(number).encode(), "sha256"), "big") & ALL_LETTERS
            if hmac.compare_digest(known.to_bytes(CODE_BYTES, "big"), wanted):
                return number
    return None


def content(number: int) -> str:
    """What the code of the registration with this number is made of."""
    return f"entry code of registration {number}"


def in_letters(number: int) -> str:
    letters = []
    for _place in range(CODE_LENGTH):
        number, letter = divmod(number, len(QR_ALPHABET))
        letters.append(QR_ALPHABET[letter])
    return "".join(letters)


def in_bytes(code: str) -> bytes:
    """The number that was written in these letters."""
    number: int = sum(QR_ALPHABET.index(letter) * len(QR_ALPHABET) ** place for place, letter in enumerate(code))
    return number.to_bytes(CODE_BYTES, "big")
