"""What a browser and its passkey are asked, and whether what they answer is right. Values in, values out."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from webauthn.helpers import structs

T = TypeVar("T")

# What reading an answer that somebody made up can raise: of the library, and of what it reads with.
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError)


@dataclass(frozen=True)
class Place:
    """The site that a passkey is bound to: its origin, and the host in it."""

    origin: str
    host: str

    @classmethod
    def at(cls, base_url: str) -> "Place":
        """The site at BASE_URL; never what a request says of itself."""
        parts = urlsplit(base_url)
        return cls(f"{parts.scheme}://{parts.netloc.lower()}", parts.hostname or "")


@dataclass(frozen=True)
class Made:
    """What is kept of a new passkey."""

    credential: str
    public_key: bytes
    sign_count: int


def asked_to_add(place: Place, *, challenge: str, number: str, email: str, name: str, there: Sequence[str]) -> str:
    """The options of `navigator.credentials.create()`, as JSON. `number` is 64 figures that tell nothing."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_registration_options(
        rp_id=place.host,
        rp_name=place.host,
        user_id=bytes.fromhex(number),
        user_name=email,
        user_display_name=name,
        challenge=challenge.encode(),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            user_verification=structs.UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=described(there),
    )
    return webauthn.options_to_json(options)


def asked_to_use(place: Place, *, challenge: str, there: Sequence[str]) -> str:
    """The options of `navigator.credentials.get()`, as JSON."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_authentication_options(
        rp_id=place.host,
        challenge=challenge.encode(),
        allow_credentials=described(there),
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def made(answer: str, place: Place, *, challenge: str) -> Made | None:
    """The passkey in this answer; None where it is of another challenge or site, or nobody verified who holds it."""
    import webauthn

    new = read(
        lambda: webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge.encode(),
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    )
    return Made(plain(new.credential_id), new.credential_public_key, new.sign_count) if new else None


def counted(answer: str, place: Place, *, challenge: str, public_key: bytes, sign_count: int) -> int | None:
    """The new count of this passkey; None where the signature, the challenge or the site is not right, nobody verified
    who holds it, or it counts no further than it did: somebody copied it.
    """
    import webauthn

    used = read(
        lambda: webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge.encode(),
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    )
    return used.new_sign_count if used else None


def credential_of(answer: str) -> str:
    """The name of the passkey that answered, "" where the answer cannot be read."""
    try:
        name = json.loads(answer)["id"]
    except UNREADABLE:
        return ""
    return name if isinstance(name, str) and name.isascii() and name.isprintable() else ""


def described(there: Sequence[str]) -> "list[structs.PublicKeyCredentialDescriptor]":
    from webauthn.helpers import base64url_to_bytes, structs

    return [structs.PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in there]


def read(verify: Callable[[], T]) -> T | None:
    from cryptography.exceptions import UnsupportedAlgorithm
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        return verify()
    except (WebAuthnException, UnsupportedAlgorithm, *UNREADABLE):
        return None


def plain(credential: bytes) -> str:
    return urlsafe_b64encode(credential).decode().rstrip("=")
