"""One notice to one push service: encrypted for the browser, with a token that says who sends it.

A service may lie: redirects are not followed, an answer is read as far as its headers, and all of it takes so long at
most.
"""

import json
import ssl
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr, parsedate_to_datetime
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from socket import SHUT_RDWR, create_connection
from threading import Timer
from typing import TYPE_CHECKING

from flask import current_app

from eventapp.push.endpoints import Forbidden, Target, target

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

# How many points the curve P-256 has (FIPS 186-5): a private key is a number below it.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
SENT, GONE, LATER, KEYLESS, REFUSED = "sent", "gone", "later", "keyless", "refused"
BY_STATUS = {404: GONE, 410: GONE, 408: LATER, 429: LATER, 401: KEYLESS, 403: KEYLESS}
PATIENCE = 10.0  # seconds for one step: to connect, to send, to answer
LONGEST = 20.0  # for all of it
MOST_SECONDS = 1_000_000  # of a Retry-After: what is longer is not waited for anyway
KEEPS = timedelta(hours=4)  # a push service waits so long for a browser that is off
TOKEN_LASTS = timedelta(hours=12)


@dataclass(frozen=True)
class Notice:
    """What is shown, where it leads, and the browser that it is for."""

    endpoint: str
    p256dh: str
    auth: str
    title: str
    body: str
    address: str


@dataclass(frozen=True)
class Outcome:
    """What became of one try. `status` is 0 where nobody answered; `wait` is how long the service asked us to wait."""

    word: str
    host: str = ""
    status: int = 0
    wait: timedelta = timedelta()


def send(notice: Notice, *, at: datetime) -> Outcome:
    """Try once: sent, gone for ever, to be tried later, the key of this server refused, or the notice itself."""
    try:
        place = target(notice.endpoint)
        status, asked = posted(place, encrypted(notice), headers(place, at=at))
    except (Forbidden, ValueError):
        return Outcome(REFUSED)
    except (OSError, HTTPException):
        return Outcome(LATER)
    word = BY_STATUS.get(status) or (LATER if status >= 500 else SENT if 200 <= status < 300 else REFUSED)  # noqa: PLR2004
    return Outcome(word, place.host, status, wait_in(asked, at))


def wait_in(words: str, at: datetime) -> timedelta:
    """How long a Retry-After asks us to wait: seconds, or a moment as HTTP writes it; no time where it is neither."""
    if words.isascii() and words.isdigit():
        return timedelta(seconds=min(int(words[:9]), MOST_SECONDS))
    try:
        moment = parsedate_to_datetime(words)
    except ValueError:
        return timedelta()
    return max(moment.astimezone(UTC) - at, timedelta())


def encrypted(notice: Notice) -> bytes:
    """The notice as only this browser reads it (RFC 8291). Raises ValueError for keys that are none."""
    from pywebpush import WebPusher, WebPushException

    words = {"title": notice.title, "body": notice.body, "address": notice.address}
    try:
        keys = {"p256dh": notice.p256dh, "auth": notice.auth}
        pusher = WebPusher({"endpoint": notice.endpoint, "keys": keys})
        return bytes(pusher.encode(json.dumps(words, ensure_ascii=False).encode())["body"])
    except WebPushException as fault:
        raise ValueError(str(fault)) from fault


def headers(place: Target, *, at: datetime) -> dict[str, str]:
    """Who sends it (RFC 8292), how long the service keeps it, and that it matters now."""
    from py_vapid import Vapid02

    key = Vapid02(private_key())
    mailbox = parseaddr(current_app.config["MAIL_DEFAULT_SENDER"])[1]
    claims = {"aud": place.origin, "exp": int((at + TOKEN_LASTS).timestamp()), "sub": f"mailto:{mailbox}"}
    return {
        **key.sign(claims),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(KEEPS.total_seconds())),
        "Urgency": "high",
    }


def sends_notices() -> bool:
    """Whether this server has a key to send notices with."""
    return bool(current_app.config["PUSH_KEY"])


def public_key() -> str:
    """The public key of this server, as a browser asks for it; "" where it has none and sends no notices."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    if not sends_notices():
        return ""
    point = private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).decode().rstrip("=")


def private_key() -> "EllipticCurvePrivateKey":
    """The key pair that PUSH_KEY stands for: the same as long as that is the same."""
    from cryptography.hazmat.primitives.asymmetric import ec

    digest = sha256(b"eventapp push " + current_app.config["PUSH_KEY"].encode()).digest()
    return ec.derive_private_key(int.from_bytes(digest, "big") % (ORDER - 1) + 1, ec.SECP256R1())


def posted(place: Target, body: bytes, lines: dict[str, str]) -> tuple[int, str]:
    """Send it to the number that was found. Returns the status of the answer and its Retry-After, or ""."""
    connection = Pinned(place) if place.scheme == "https" else HTTPConnection(place.address, place.port, PATIENCE)
    clock = Timer(LONGEST, cut, (connection,))
    clock.daemon = True
    clock.start()
    try:
        connection.request("POST", place.path, body, {**lines, "Host": place.origin.partition("//")[2]})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Retry-After", "")
    finally:
        clock.cancel()
        connection.close()


def cut(connection: HTTPConnection) -> None:
    """End what goes on too long: whoever reads from it is told that nothing comes."""
    if connection.sock is not None:
        connection.sock.shutdown(SHUT_RDWR)


class Pinned(HTTPSConnection):
    """https to the number that was looked at, with the certificate of the name."""

    def __init__(self, place: Target) -> None:
        super().__init__(place.host, place.port, timeout=PATIENCE)
        self.place = place

    def connect(self) -> None:
        """As of HTTPSConnection, without looking the name up again."""
        plain = create_connection((self.place.address, self.place.port), PATIENCE)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.place.host)
