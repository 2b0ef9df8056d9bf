"""Readings that wait on a phone: their codes are sealed there for the server alone (static/checkin/waiting.js).

The phone has the public key only, and makes a key pair for each reading that it forgets at once: whoever finds the
phone reads no code there, not even with all that is stored on it.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from eventapp.ground.security.tokens import keys

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

PURPOSE = b"eventapp waiting reading"
POINT, LONGEST = 65, 1000  # bytes of a public key; letters of what is sent
ONCE = bytes(12)  # the nonce: a key seals one text
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve P-256


def public_key() -> str:
    """The key by which phones seal, in base64."""
    return public_key_of(keys("waiting reading")[0])


@lru_cache(maxsize=16)
def public_key_of(seed: bytes) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    point = private_key(seed).public_key()
    return b64encode(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)).decode()


def with_code(sent: Mapping[str, str]) -> dict[str, str]:
    """What a phone sent, with the code of the badge where it came sealed; "" for one that cannot be opened."""
    values = dict(sent.items())
    sealed = values.pop("sealed", "")
    return {**values, "code": opened(sealed, values.get("key", ""))} if sealed and not values.get("code") else values


def opened(sealed: str, key: str) -> str:
    """The code that was sealed for the reading with this key; "" where it was not, or by no key of ours."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.ec import ECDH, SECP256R1, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    try:
        content = b64decode(sealed, validate=True) if len(sealed) <= LONGEST else b""
        point = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), content[:POINT])
    except ValueError:
        return ""
    for own in keys("waiting reading"):
        shared = private_key(own).exchange(ECDH(), point)
        seal = AESGCM(HKDF(SHA256(), 32, salt=content[:POINT], info=PURPOSE).derive(shared))
        try:
            return seal.decrypt(ONCE, content[POINT:], key.encode()).decode().strip()
        except (InvalidTag, UnicodeDecodeError):
            continue
    return ""


@lru_cache(maxsize=16)
def private_key(seed: bytes) -> "EllipticCurvePrivateKey":
    """The key pair of this seed, always the same: nothing is stored."""
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key

    return derive_private_key(int.from_bytes(seed) % (ORDER - 1) + 1, SECP256R1())
