"""How many letters an address may get from whoever asks to sign in, and how many codes may be tried for it.

Strangers can use up what strangers have, and nothing of a browser that signed in at the address before. They can keep
no letter from its owner either: no letter is written only where one of the last quarter of an hour lies in the inbox,
whose link nobody used yet. docs/decisions/0017.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from eventapp.ground.security.tokens import hashed
from eventapp.people.limits import allow, allow_all, tries
from eventapp.people.queries import has_unused_link

QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)
LETTERS_FROM_A_HOST = 60  # a quarter of an hour, to whatever addresses
LETTERS_TO_A_BROWSER = 5  # a quarter of an hour, to an address where it signed in before
SECOND_FROM_A_HOST, SECOND_LETTERS = 1, 40  # a day, while an unused link lies in the inbox
CODES_FROM_A_HOST, CODES_FOR_AN_ADDRESS = 60, 10  # a quarter of an hour
CODES_A_DAY = 50  # wrong ones, for an address: at ten a quarter of an hour somebody could go on until one fits


@dataclass(frozen=True)
class Asker:
    """Where a try comes from: the host, and the number of the browser where it signed in at this address before."""

    host: str
    browser: str = ""


def may_write(address: str, asker: Asker, *, at: datetime) -> bool:
    """Whether a letter goes to this address now. Its count is a lock: two at once are asked one after the other."""
    to = f"sign-in {hashed(address)}"
    is_first = allow(to, most=1, per=QUARTER, at=at)
    if asker.browser and allow(f"{to} in {asker.browser}", most=LETTERS_TO_A_BROWSER, per=QUARTER, at=at):
        return True
    if is_first or not has_unused_link(address, since=at - QUARTER, at=at):
        return True
    return allow(f"{to} from {asker.host}", most=SECOND_FROM_A_HOST, per=DAY, at=at) and allow(
        f"{to} again", most=SECOND_LETTERS, per=DAY, at=at
    )


def host_may_write(asker: Asker, *, at: datetime) -> bool:
    """Whether one more letter may come of this host. A browser that is known at the address does not count for it."""
    return bool(asker.browser) or allow(f"sign-in from {asker.host}", most=LETTERS_FROM_A_HOST, per=QUARTER, at=at)


def may_try_code(address: str, asker: Asker, *, at: datetime, what: str = "code") -> bool:
    """Whether whoever asks may try one more code, or second factor. It counts for their browser, or for their host."""
    key = f"{what} {hashed(address)}"
    if asker.browser:
        key = f"{key} in {asker.browser}"
        return allow(key, most=CODES_FOR_AN_ADDRESS, per=QUARTER, at=at) and allow(
            f"{key} today", most=CODES_A_DAY, per=DAY, at=at
        )
    bounds = {f"{key} from {asker.host}": CODES_FOR_AN_ADDRESS, f"{what} from {asker.host}": CODES_FROM_A_HOST}
    return allow_all(bounds, per=QUARTER, at=at)


def strangers_may_try(address: str, *, at: datetime) -> bool:
    """Whether strangers may still try codes for this address today."""
    return tries(f"code {hashed(address)} wrong", per=DAY, at=at) < CODES_A_DAY


def count_wrong_code(address: str, *, at: datetime) -> None:
    """Count a wrong code of a stranger."""
    allow(f"code {hashed(address)} wrong", most=CODES_A_DAY, per=DAY, at=at)
