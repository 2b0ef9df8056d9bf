"""Secrets and links: random codes, their hashes, and signed links bound to one purpose."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from functools import lru_cache

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

LINK_BYTES = 24  # 192 bits: nobody guesses one
QR_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U to misread


def secret() -> str:
    """A new random secret for a link or a session, 192 bits, URL-safe."""
    return secrets.token_urlsafe(LINK_BYTES)


def code(length: int) -> str:
    """A new random code people may have to type, in letters and figures nobody confuses."""
    return "".join(secrets.choice(QR_ALPHABET) for _ in range(length))


def digits(length: int) -> str:
    """A new random number of so many digits, as text."""
    return "".join(secrets.choice("0123456789") for _ in range(length))


def hashed(value: str) -> str:
    """What the database keeps of a secret: enough to know it again, not enough to use it."""
    return hashes(value)[0]


def hashes(value: str) -> list[str]:
    """What the database may have kept of a secret: with the key of now first, then with each key of before."""
    return [hmac.digest(key, value.encode(), "sha256").hex() for key in keys("hash")]


def made_of(purpose: str, seed: str) -> list[tuple[str, str]]:
    """A secret that can be made again, and its hash: of a seed, with the key of now first, then with each of before."""
    made = []
    for link_key, hash_key in zip(keys("secret"), keys("hash"), strict=True):
        digest = hmac.digest(link_key, f"{purpose} {seed}".encode(), "sha256")[:LINK_BYTES]
        word = urlsafe_b64encode(digest).decode()
        made.append((word, hmac.digest(hash_key, word.encode(), "sha256").hex()))
    return made


def same(one: str, other: str) -> bool:
    """Compare two secrets in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())


def signed(purpose: str, *parts: str, expires: datetime) -> str:
    """These texts, signed for one purpose; they can be read, not changed. `expires` is kept in whole seconds."""
    return str(URLSafeSerializer(keys("link")[0], salt=purpose).dumps([int(expires.timestamp()), *parts]))


def read_signed(purpose: str, token: str, *, at: datetime) -> list[str] | None:
    """The texts that were signed for this purpose; None where they were altered, expired or signed for another."""
    for key in keys("link"):
        try:
            until, *parts = URLSafeSerializer(key, salt=purpose).loads(token)
        except (BadData, ValueError, TypeError):
            continue
        return None if at.timestamp() > until else parts
    return None


def soon(at: datetime, **span: float) -> datetime:
    """So long after a moment."""
    return at + timedelta(**span)


def keys(purpose: str) -> list[bytes]:
    """The key of now, which seals, and those of before, which only open what they sealed."""
    config = current_app.config
    return [derived(purpose, secret_key) for secret_key in (config["SECRET_KEY"], *config["SECRET_KEY_FALLBACKS"])]


@lru_cache(maxsize=16)
def derived(purpose: str, secret_key: str) -> bytes:
    return hashlib.sha256(f"eventapp {purpose} {secret_key}".encode()).digest()
