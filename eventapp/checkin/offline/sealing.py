"""One line of the list, sealed by the code of its badge: who has no badge reads nothing of it.

The code is random and of 100 bits, so one HMAC of it makes a name for the line, which says nothing, and another the key
that opens it (static/checkin/sealed-list.js does the same). What is sealed twice alike looks alike: a page of the list
is sent again only where somebody in it changed.
"""

import hmac
import json

from eventapp.ground.db.types import Record

NAME, NONCE, LENGTH = 16, 12, 2  # bytes
ROUND = 64  # a line is as long as the next multiple of this: its length tells nearly nothing of a name


def sealed(code: str, meeting_id: int, facts: Record) -> bytes:
    """Name, length, nonce and text of the line of the badge with this code."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    name, key = name_of(code, meeting_id), hmac.digest(code.encode(), b"eventapp door key %d" % meeting_id, "sha256")
    words = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    words += b" " * (-len(words) % ROUND)
    nonce = hmac.digest(key, words, "sha256")[:NONCE]
    content: bytes = nonce + AESGCM(key).encrypt(nonce, words, name)
    return name + len(content).to_bytes(LENGTH, "big") + content


def name_of(code: str, meeting_id: int) -> bytes:
    """What stands in the list in place of this code."""
    return hmac.digest(code.encode(), b"eventapp door line %d" % meeting_id, "sha256")[:NAME]
