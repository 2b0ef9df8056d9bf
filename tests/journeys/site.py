"""A whole site: the production server, the mail worker's command, a mail server that keeps what it gets."""

import email
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from config import ROOT
from tests.journeys.reader import Reader
from tests.mail.smtp import listening
from tests.ports import free_port

SECONDS_TO_START = 180


class Postbox:
    """What the mail server has taken, as (recipient, message)."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, EmailMessage]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        message = email.message_from_bytes(envelope.content, policy=default)
        self.letters += [(recipient, message) for recipient in envelope.rcpt_tos]
        return "250 OK"

    def newest(self, to: str, subject: str = "") -> EmailMessage:
        """The newest letter to this address whose subject says this; waits for the worker to send one."""
        end = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < end:
            found = [m for recipient, m in self.letters if recipient == to and subject in str(m["Subject"])]
            if found:
                return found[-1]
            time.sleep(0.05)
        came = [(recipient, str(m["Subject"])) for recipient, m in self.letters]
        message = f"no letter to {to} about {subject!r}: {came}"
        raise AssertionError(message)


class Site:
    """A running site with an empty database of its own."""

    def __init__(self, folder: Path, postbox: Postbox, mail_port: int, database: str = "") -> None:
        self.postbox = postbox
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV")},
            "ENVIRONMENT": "production",
            "SECRET_KEY": "only-for-journeys-0123456789-abcdefghijk",
            "BASE_URL": self.address,
            "DATA_DIR": str(folder),
            "MAIL_SERVER": "127.0.0.1",
            "MAIL_PORT": str(mail_port),
            "MAIL_USE_TLS": "no",
            "MAIL_FROM": "Meetings <meetings@example.org>",
            **({"DATABASE_URL": database} if database else {}),
        }

    def flask(self, *words: str) -> str:
        """Run one of the app's own commands. Returns what it printed."""
        command = [sys.executable, "-m", "flask", "--app", "commands", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"flask {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    def reader(self) -> Reader:
        """A browser nobody has used yet."""
        return Reader(self.address)

    def sign_in(self, address: str) -> Reader:
        """A browser in which this person signed in, by the mailed link."""
        reader = self.reader()
        reader.submit(reader.open("/sign-in").form("/sign-in").fill(email=address))
        letter = body_of(self.postbox.newest(address, "sign-in"))
        link = next(word for word in letter.split() if "/sign-in/" in word)
        reader.submit(reader.open(link).form("/sign-in/"))
        return reader


def body_of(message: EmailMessage) -> str:
    """The plain text of a letter."""
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(message: EmailMessage, within: str) -> str:
    """The first link of a letter that leads there."""
    return next(word for word in body_of(message).split() if within in word)


@contextmanager
def running(folder: Path, database: str = "") -> Iterator[Site]:
    """A site with a migrated, empty database, stopped afterwards."""
    postbox = Postbox()
    with listening(postbox) as mail_port:
        site = Site(folder, postbox, mail_port, database)
        site.flask("db", "upgrade")
        command = [
            sys.executable, "-m", "serve", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "8",
            "--host", "127.0.0.1", "--port", str(site.port), "--no-access-log", "wsgi:app",
        ]  # fmt: skip
        worker = [sys.executable, "-m", "flask", "--app", "commands", "mail", "deliver", "--forever"]
        processes = [subprocess.Popen(words, cwd=ROOT, env=site.environment) for words in (command, worker)]
        try:
            wait_for(site.address)
            yield site
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(SECONDS_TO_START)


def wait_for(address: str) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        try:
            with urlopen(f"{address}/readyz", timeout=5):
                return
        except HTTPError as not_yet:
            not_yet.close()
            time.sleep(0.1)
        except OSError:
            time.sleep(0.1)
    message = f"{address} did not start in {SECONDS_TO_START} seconds"
    raise AssertionError(message)
