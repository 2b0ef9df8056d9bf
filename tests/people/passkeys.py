"""A passkey made of a real key: it answers as a browser does, and can be told to answer wrongly."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from eventapp.people.models import Person
from tests.browserless import PageClient

PRESENT, VERIFIED, ATTESTED = 1, 4, 64
BASE_URL = "http://localhost"


def plain(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


@dataclass
class SoftPasskey:
    """What a telephone keeps of a passkey. `counts` is what it says at its next use."""

    origin: str = BASE_URL
    host: str = "localhost"
    flags: int = PRESENT | VERIFIED
    counts: int = 1
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def client_data(self, act: str, challenge: str) -> bytes:
        return json.dumps({"type": act, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def facts(self, flags: int) -> bytes:
        self.counts += 1
        digest = hashlib.sha256(self.host.encode()).digest()
        return digest + bytes([flags]) + (self.counts - 1).to_bytes(4, "big")

    def add(self, options: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.create()`."""
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        kept = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(cose)
        attested = {"fmt": "none", "attStmt": {}, "authData": self.facts(self.flags | ATTESTED) + kept}
        return self.answered(
            clientDataJSON=self.client_data("webauthn.create", options["challenge"]),
            attestationObject=cbor2.dumps(attested),
        )

    def use(self, options: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.get()`."""
        client, facts = self.client_data("webauthn.get", options["challenge"]), self.facts(self.flags)
        signature = self.key.sign(facts + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self.answered(clientDataJSON=client, authenticatorData=facts, signature=signature)

    def answered(self, **response: bytes) -> str:
        name = plain(self.id)
        parts = {key: plain(value) for key, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": parts})


def challenge_in(options: dict[str, Any]) -> str:
    """The challenge as we wrote it."""
    return urlsafe_b64decode(options["challenge"] + "==").decode()


def with_passkey(client: PageClient, person: Person, key: SoftPasskey | None = None) -> tuple[SoftPasskey, list[str]]:
    """Sign in and add this passkey by the page. Returns it with the recovery codes that were shown."""
    key = key or SoftPasskey()
    client.sign_in(person)
    options = client.post("/account/devices/options").get_json()
    answer = client.post("/account/devices/passkeys", data={"name": "My phone", "answer": key.add(options)})
    assert answer.status_code == 200, answer.text
    return key, [line.split("</code>")[0] for line in answer.text.split("<code>")[1:]]
