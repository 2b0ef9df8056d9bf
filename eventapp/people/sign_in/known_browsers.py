"""Which browser signed in at an address before: a cookie that opens nothing, and is sent to the sign-in pages only.

It holds a number of its own and the hashes of the last few addresses, signed. With it a browser has an allowance of its
own for letters and codes, which nobody else can use up.
"""

from flask import Response, current_app, request

from eventapp.ground.clock import now
from eventapp.ground.security.tokens import hashed, hashes, read_signed, secret, signed, soon

COOKIE, PATH = "browser", "/sign-in"
PURPOSE = "known browser"
DAYS = 365
MOST_ADDRESSES = 5  # one browser at a counter serves several people
SHORT = 32  # of a hash: enough to know an address again


def number_at(address: str) -> str:
    """The number of this browser where it signed in at this address before, else ''."""
    number, addresses = carried()
    return number if any(one[:SHORT] in addresses for one in hashes(address)) else ""


def remember(answer: Response, address: str) -> Response:
    """Have this browser known at this address from now on."""
    number, addresses = carried()
    own = hashed(address)[:SHORT]
    newest = [*(one for one in addresses if one != own), own][-MOST_ADDRESSES:]
    value = signed(PURPOSE, number or secret(), *newest, expires=soon(now(), days=DAYS))
    answer.set_cookie(
        COOKIE,
        value,
        max_age=DAYS * 24 * 60 * 60,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return answer


def carried() -> tuple[str, list[str]]:
    """The number and the hashes of addresses in this browser's cookie; none where it is forged, too old or missing."""
    number, *addresses = read_signed(PURPOSE, request.cookies.get(COOKIE, ""), at=now()) or [""]
    return number, addresses
