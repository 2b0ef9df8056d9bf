"""What the database holds sealed: it is read with a key of ANSWER_KEYS, which is kept outside of the database.

The newest key seals, and each of them opens. Whatever is sealed says whose it is: put beside another row it does not
open (`owner`).
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING

from flask import current_app

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, _l

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

UNREADABLE = _l("Sealed with a key that the server does not have.")
END = b"\0"  # of the owner's name


def can_seal() -> bool:
    """Whether this server has a key."""
    return bool(current_app.config["ANSWER_KEYS"])


def seal(owner: str, content: bytes) -> bytes:
    """The content as the database may hold it. Refused where the server has no key."""
    if not can_seal():
        raise Refused(no_key())
    return _keys().encrypt(owner.encode() + END + content)


def opened(owner: str, sealed: bytes) -> bytes | None:
    """What was sealed for this owner; None where no key opens it, or it is another's."""
    return opening()(owner, sealed)


def opening() -> Callable[[str, bytes], bytes | None]:
    """What opens as `opened` does, with the keys of now: for what is sent once the request is over."""
    from cryptography.fernet import InvalidToken

    keys = _keys() if can_seal() else None

    def open_one(owner: str, sealed: bytes) -> bytes | None:
        try:
            whose, _end, content = keys.decrypt(sealed).partition(END) if keys else (b"", b"", None)
        except InvalidToken:
            return None
        return content if whose == owner.encode() else None

    return open_one


def sealed_anew(sealed: bytes) -> bytes | None:
    """The same under the newest key; None where it is already, or where no key opens it."""
    from cryptography.fernet import InvalidToken

    if not can_seal():
        return None
    try:
        _keys(newest=True).decrypt(sealed)
    except InvalidToken:
        pass
    else:
        return None
    try:
        return _keys().rotate(sealed)
    except InvalidToken:
        return None


def no_key() -> str:
    """What is refused where the server has no key."""
    return _("The server has no key to seal answers with. Whoever runs it sets ANSWER_KEYS.")


def _keys(*, newest: bool = False) -> "MultiFernet":
    from cryptography.fernet import Fernet, MultiFernet

    keys: list[str] = current_app.config["ANSWER_KEYS"]
    made = [sha256(b"eventapp answers " + key.encode()).digest() for key in (keys[:1] if newest else keys)]
    return MultiFernet([Fernet(urlsafe_b64encode(one)) for one in made])
