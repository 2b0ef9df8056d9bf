"""A mail server that takes letters only after STARTTLS and a password, in the environment that `walk.around` installs."""

import asyncio
import ssl
import sys
from itertools import count

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from walk.around import LETTERS, OPT


def serve_mail(password: str) -> None:
    """Listens on port 587 until it is killed; each letter becomes a file."""
    numbers = count(1)

    class Keeper:
        async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- its name there
            (LETTERS / f"{next(numbers):04}.eml").write_bytes(bytes(envelope.original_content or b""))
            return "250 OK"

    def checked(_server: SMTP, _session: Session, _envelope: Envelope, _way: str, told: LoginPassword) -> AuthResult:
        return AuthResult(success=told.password == password.encode())

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(OPT / "smtp.pem", OPT / "smtp.key")
    Controller(
        Keeper(),
        hostname="127.0.0.1",
        port=587,
        tls_context=context,
        require_starttls=True,
        authenticator=checked,
        auth_required=True,
    ).start()
    asyncio.new_event_loop().run_forever()


if __name__ == "__main__":
    serve_mail(sys.argv[1])
