"""A real mail server for tests: on a free port of this machine, with whatever temper a test gives it."""

import ssl
from asyncio import Server, WriteTransport
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from time import sleep
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

TAKEN = "250 Taken"
SECONDS_TO_START = 60  # of 5, a busy machine may need more to give its thread the first turn
Temper = Callable[["PostOffice", str], str]


@dataclass
class PostOffice:
    """What the server was asked, and what it took. A temper answers; it may also take its time, or leave."""

    at_rcpt: Temper = lambda office, to: TAKEN
    at_data: Temper = lambda office, to: TAKEN
    at_quit: Callable[[], None] = lambda: None
    port: int = 0
    asked: list[str] = field(default_factory=list)
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    connections: list[SMTP] = field(default_factory=list)  # over which each letter came

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: Any) -> str:  # noqa: N802
        self.asked.append(address)
        self.connections.append(server)
        answer = self.at_rcpt(self, address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        to, content = envelope.rcpt_tos[0], envelope.content
        assert isinstance(content, bytes)
        answer = self.at_data(self, to)
        if not answer.startswith(("4", "5")):
            self.taken.append((to, content))
        if answer == "drop":
            assert isinstance(server.transport, WriteTransport)
            server.transport.abort()
        return answer

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.at_quit()
        return "221 Bye"

    def hang_up(self) -> None:
        """Drop every connection that is open, between two letters."""
        for server in self.connections:
            assert isinstance(server.transport, WriteTransport)
            server.loop.call_soon_threadsafe(server.transport.abort)
        while any(server.transport for server in self.connections):
            sleep(0.01)

    @property
    def messages(self) -> list[EmailMessage]:
        """What it took, read."""
        return [message_from_bytes(content, policy=policy.default) for _to, content in self.taken]

    @property
    def recipients(self) -> list[str]:
        return [to for to, _content in self.taken]


class FreePort(Controller):
    """Listens where the machine has room, and knows where before it knocks at its own door."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def open_office(office: PostOffice, certificate: Path | None = None) -> Iterator[PostOffice]:
    """Open it on a free port; with a certificate it wants STARTTLS."""
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
    with listening(office, tls_context=context, require_starttls=bool(context)) as port:
        office.port = port
        yield office


@contextmanager
def listening(handler: object, **how: Any) -> Iterator[int]:
    """A mail server that hands to `handler` what it gets: its port."""
    controller = FreePort(handler, hostname="127.0.0.1", port=0, ready_timeout=SECONDS_TO_START, **how)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def certificate(folder: Path, name: str = "127.0.0.1") -> Path:
    """A self-made certificate with its key, in one file. Whoever trusts the file trusts the server."""
    key = ec.generate_private_key(ec.SECP256R1())
    title = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(title)
        .issuer_name(title)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=10))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / f"server-{name}.pem"
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path
