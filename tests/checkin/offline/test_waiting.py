"""What waits on a phone is sealed for the server: it opens it, nobody else does, and nothing that is odd breaks it."""

from base64 import b64decode, b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from sqlalchemy import select

from eventapp.badges.queries import code_of
from eventapp.checkin.models import HELD, WELCOME, Scan
from eventapp.checkin.offline.waiting import ONCE, PURPOSE, opened, public_key, with_code
from eventapp.ground.db import db
from eventapp.meetings.models import STEWARD, Meeting
from eventapp.people.models import Person
from tests import make, make_checkin
from tests.browserless import PageClient

KEY = "key-000001"


def sealed(code: str, key: str = KEY, to: str = "") -> str:
    """As a phone seals it: static/checkin/waiting.js."""
    own = generate_private_key(SECP256R1())
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    theirs = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), b64decode(to or public_key()))
    shared = HKDF(SHA256(), 32, salt=point, info=PURPOSE).derive(own.exchange(ECDH(), theirs))
    return b64encode(point + AESGCM(shared).encrypt(ONCE, code.ljust(64).encode(), key.encode())).decode()


def test_the_server_opens_what_was_sealed_for_it(app: Flask) -> None:
    assert opened(sealed("3EWKYQN05Z1ZKX3VD3DD"), KEY) == "3EWKYQN05Z1ZKX3VD3DD"
    assert opened(sealed("นาง"), KEY) == "นาง", "any other QR code, too"


def test_a_key_of_before_still_opens(app: Flask) -> None:
    before, secret_key = sealed("R-0158"), app.config["SECRET_KEY"]
    app.config["SECRET_KEY"] = "another"
    assert opened(before, KEY) == ""
    app.config["SECRET_KEY_FALLBACKS"] = [secret_key]
    try:
        assert opened(before, KEY) == "R-0158"
    finally:
        app.config["SECRET_KEY"], app.config["SECRET_KEY_FALLBACKS"] = secret_key, []


def test_it_is_of_one_reading_and_for_one_server(app: Flask) -> None:
    assert opened(sealed("R-0158"), "key-000002") == ""
    point = generate_private_key(SECP256R1()).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    assert opened(sealed("R-0158", to=b64encode(point).decode()), KEY) == ""


@pytest.mark.parametrize("odd", ["", "no base64!", "AAAA", b64encode(b"\x04" + bytes(64)).decode(), "A" * 4000, "é"])
def test_what_nobody_sealed_is_no_code(app: Flask, odd: str) -> None:
    assert opened(odd, KEY) == ""
    assert with_code({"sealed": odd, "key": KEY}).get("code", "") == ""


def test_a_code_that_came_in_clear_counts(app: Flask) -> None:
    assert with_code({"code": "R-0158", "sealed": sealed("R-0001"), "key": KEY})["code"] == "R-0158"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def steward(meeting: Meeting) -> Person:
    return make.staff(meeting, STEWARD)


def sent(client: PageClient, gate: str, to: str, **more: str) -> dict[str, str]:
    moment = make.TODAY.isoformat()
    data = {"key": KEY, "method": "camera", "at": moment, "offset": "0", "answered": "welcome", **more}
    path = f"/meetings/spring/door/{gate}/{to}"
    answer = client.post(path, data=data, headers={"Accept": "application/json"})
    return answer.get_json() if answer.status_code < 400 else {"status": str(answer.status_code)}


def test_a_sealed_reading_is_answered_as_any_other(client: PageClient, meeting: Meeting, steward: Person) -> None:
    door, somebody = make_checkin.gate(meeting), make.registration(meeting)
    client.sign_in(steward)
    assert sent(client, door.code, "scans", sealed=sealed(code_of(somebody)))["verdict"] == WELCOME
    [row] = db.session.scalars(select(Scan))
    assert (row.registration_id, row.read, row.answered) == (somebody.id, code_of(somebody), "welcome")
    assert sent(client, door.code, "scans", key="key-000002", sealed=sealed(code_of(somebody)))["status"] == "422"


def test_whoever_keeps_the_door_no_longer_hands_it_over_sealed(
    client: PageClient, meeting: Meeting, steward: Person
) -> None:
    door, somebody = make_checkin.gate(meeting), make.registration(meeting)
    client.sign_in(steward)
    assert sent(client, door.code, "held", sealed=sealed(code_of(somebody)))["verdict"] == HELD
    assert db.session.scalars(select(Scan)).one().read == code_of(somebody)
