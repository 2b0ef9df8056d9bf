"""What itsdangerous seals and opens, made ready: for what is sealed at every request."""

from typing import Any

from itsdangerous import Serializer, Signer, URLSafeSerializer, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode

SHORT = 200  # bytes


class Ready(Serializer[str]):
    """Seals and opens what itsdangerous seals, in less than half the time: for what is sealed at every request.

    Its keys are derived once, and short words are not compressed: that takes longest, and makes them no shorter.
    """

    signer_made: Signer | None = None

    def make_signer(self, salt: str | bytes | None = None) -> Signer:
        """The one signer of our salt, whose keys are derived already."""
        if salt not in (None, self.salt):
            return super().make_signer(salt)
        if self.signer_made is None:
            signer = super().make_signer(salt)
            signer.secret_keys = [signer.derive_key(key) for key in signer.secret_keys]
            signer.key_derivation = "none"
            self.signer_made = signer
        return self.signer_made

    def seal(self, text: str) -> str:
        """Seal what our serializer made a text of already."""
        return self.make_signer().sign(base64_encode(text)).decode()

    def dump_payload(self, said: Any) -> bytes:
        """The words as they are where they are short."""
        plain = Serializer.dump_payload(self, said)
        return super().dump_payload(said) if len(plain) > SHORT else base64_encode(plain)


class LinkSealer(Ready, URLSafeSerializer):
    """What seals links."""


class TimedSealer(Ready, URLSafeTimedSerializer):
    """What seals sessions and the tokens of forms, with the moment it did."""
