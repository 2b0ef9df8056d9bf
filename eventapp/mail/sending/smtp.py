"""How a letter leaves: Flask-Mail, made to check certificates, to keep a connection and to give up in time."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from threading import Timer
from time import monotonic
from typing import Any, Self
from urllib.parse import urlsplit

from flask import Flask, current_app
from flask_mail import Attachment, Connection, Mail, Message

from eventapp.mail.failing.answers import is_of_the_server
from eventapp.mail.mailbox import is_one_mailbox
from eventapp.mail.models import Letter

PATIENCE = 4  # times the time-out of one answer: the longest one letter may take, whatever the server does
LETTERS_A_CONNECTION = 100  # servers limit them, and a limit met in the middle puts a letter off
# Seconds for which a server is left alone that could not be talked to, or so many times what it took to see that.
REST, RESTS = 2.0, 3
OK = 250


class Watched:
    """A conversation that is over in a bounded time, even where each single answer comes in time."""

    watchdog: Timer
    timeout: float

    # source_address is what smtplib says, whose name for it is private
    def connect(self, host: str = "localhost", port: int = 0, source_address: Any = None) -> tuple[int, bytes]:
        self.watch()
        try:
            return super().connect(host, port, source_address)  # type: ignore[misc, no-any-return]
        except BaseException:
            self.close()
            raise

    def watch(self) -> None:
        """Hang up when this letter takes too long."""
        self.watchdog = Timer(self.timeout * PATIENCE, self.hang_up)
        self.watchdog.daemon = True
        self.watchdog.start()

    def rest(self) -> None:
        """The letter is through: nobody waits for an answer."""
        self.watchdog.cancel()

    def hang_up(self) -> None:
        """End it from outside: whoever waits for an answer gets an error."""
        sock: socket.socket | None = getattr(self, "sock", None)
        if sock:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.rest()
        super().close()  # type: ignore[misc]


class Plain(Watched, smtplib.SMTP):
    """Begins in the clear; STARTTLS comes next."""


class Secure(Watched, smtplib.SMTP_SSL):
    """TLS from the first byte."""


class SafeConnection(Connection):
    """One connection to the mail server for as many letters as it lasts, verified and bounded: opened by the first
    letter, ended with the `with` or when none is left. To connect and prove who one is takes longer than a letter.
    """

    host: Plain | Secure | None = None
    letters = 0
    rests_until = 0.0  # seconds of a clock that nobody sets
    trusted: ssl.SSLContext | None = None  # to read all authorities takes 15 ms

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def send(self, message: Message, envelope_from: str | tuple[str, str] | None = None) -> None:
        """Hand this message to the mail server. Returns when it is taken; raises what smtplib, ssl and email raise."""
        message.as_bytes()  # a letter that cannot be written is no reason to call the server
        began = monotonic()
        try:
            self.hand_over(message, envelope_from)
        except OSError as error:
            if is_of_the_server(error):
                ended = monotonic()
                self.rests_until = ended + max(REST, RESTS * (ended - began))
            raise

    @property
    def rests(self) -> bool:
        """Whether the server is left alone for a while: it could not be talked to, and whoever waits for an answer that
        does not come does nothing else.
        """
        return monotonic() < self.rests_until

    def hand_over(self, message: Message, envelope_from: str | tuple[str, str] | None) -> None:
        if self.host and not self.goes_on(self.host):
            self.end()
        self.host = self.host or self.configure_host()
        self.letters += 1
        try:
            super().send(message, envelope_from)
        finally:
            self.host.rest()

    def goes_on(self, host: Plain | Secure) -> bool:
        """Whether the server still answers on the connection that is open: asked before it is trusted with a letter."""
        if self.letters >= LETTERS_A_CONNECTION:
            return False
        host.watch()
        try:
            return host.noop()[0] == OK
        except (smtplib.SMTPException, OSError):
            return False

    def end(self) -> None:
        """Say goodbye, where one is open. What the server answers to that changes nothing: what it took is taken."""
        if self.host:
            with suppress(smtplib.SMTPException, OSError):
                self.host.quit()
            self.host.close()
        self.host, self.letters = None, 0

    def configure_host(self) -> Plain | Secure:
        """Connect, check the certificate, sign in. Raises what smtplib and ssl raise."""
        mail, timeout = self.mail, current_app.config["MAIL_TIMEOUT"]
        name = urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"  # asking the machine costs a look-up
        if mail.use_ssl:
            with self.authorities() as context:
                return self.signed_in(Secure(mail.server, mail.port, name, timeout=timeout, context=context))
        host = Plain(mail.server, mail.port, name, timeout=timeout)
        try:
            if mail.use_tls:
                with self.authorities() as context:
                    host.starttls(context=context)
        except BaseException:
            host.close()
            raise
        return self.signed_in(host)

    @contextmanager
    def authorities(self) -> Iterator[ssl.SSLContext]:
        """Whom to believe; read anew after a server that could not prove who it is."""
        self.trusted = self.trusted or ssl.create_default_context(cafile=current_app.config["MAIL_CAFILE"])
        try:
            yield self.trusted
        except ssl.SSLError:
            self.trusted = None
            raise

    def signed_in(self, host: Plain | Secure) -> Plain | Secure:
        try:
            if self.mail.username:
                host.login(self.mail.username, self.mail.password or "")
        except BaseException:
            host.close()
            raise
        return host


class SafeMail(Mail):
    """The extension: Flask-Mail whose connections are safe. It sends in tests as well: they bring a server."""

    def init_app(self, app: Flask) -> Any:  # Flask-Mail's own type is private
        """Take the settings from the app."""
        state = super().init_app(app)
        state.suppress = False
        return state

    def connect(self) -> SafeConnection:
        """A conversation with the server, ended by `with`."""
        return SafeConnection(current_app.extensions["mail"])


mailer = SafeMail()


class Written(Message):
    """A message that is written once: whether it can be is asked before the server is called, which takes as long."""

    def as_bytes(self) -> bytes:
        return self.written

    @cached_property
    def written(self) -> bytes:
        return super().as_bytes()


def message_of(letter: Letter) -> Message:
    """The letter as a message, with the Message-ID and the date of its row: sent twice, it is the same letter."""
    if not is_one_mailbox(letter.to):
        raise ValueError(f"{letter.to} is not one address")
    message = Written(
        subject=letter.subject,
        recipients=[(letter.to_name, letter.to)],
        body=letter.text,
        html=letter.html,
        date=letter.posted_at.timestamp(),
        extra_headers={"Content-Language": letter.language, "Auto-Submitted": "auto-generated", **way_out(letter)},
    )
    message.msgId = letter.message_id
    for file in letter.enclosures:
        shown = file.content_id is not None
        headers = {"Content-ID": f"<{file.content_id}>"} if shown else {}
        message.attachments.append(
            Attachment(file.name, file.content_type, file.content, "inline" if shown else "attachment", headers)
        )
    return message


def way_out(letter: Letter) -> dict[str, str]:
    """The headers by which a mail program ends such letters in one click (RFC 8058); none on a necessary one."""
    if not letter.unsubscribe:
        return {}
    return {"List-Unsubscribe": f"<{letter.unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
