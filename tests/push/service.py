"""A push service on this machine, and a notice that waits for it."""

import json
import threading
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_long
from eventapp.push.actions import subscribe, write
from eventapp.push.jobs import LONG_JOBS
from eventapp.push.models import PushSubscription
from eventapp.registration.models import Registration
from tests.make_agenda import NINE

AT = NINE + timedelta(minutes=20)
AUTH = bytes(range(16))


class Service:
    """A push service on this machine, with the keys of one browser; it answers what a test says."""

    def __init__(self) -> None:
        self.browser = ec.generate_private_key(ec.SECP256R1())
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.status, self.body = 201, b""
        self.more: dict[str, str] = {}
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"]))
                service.requests.append((self.path, dict(self.headers), content))
                self.send_response(service.status)
                for name, value in service.more.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(service.body)

            def log_message(self, *_words: Any) -> None:
                """Nobody reads it."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def keys(self) -> tuple[str, str]:
        public = self.browser.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return tuple(urlsafe_b64encode(one).decode().rstrip("=") for one in (public, AUTH))  # type: ignore[return-value]

    def read(self) -> dict[str, str]:
        """The last notice, as the browser reads it."""
        words = http_ece.decrypt(self.requests[-1][2], private_key=self.browser, auth_secret=AUTH, version="aes128gcm")
        return dict(json.loads(words))


def asked(registration: Registration, service: Service, path: str = "/browser-1") -> PushSubscription:
    with transaction():
        return subscribe(registration, service.origin + path, *service.keys, at=AT)


def one_waits(registration: Registration, service: Service) -> None:
    number = asked(registration, service).id
    with transaction():
        write(number, "Spring", "Title 0: it is cancelled.", "/meetings/spring/agenda", at=AT)


def work(at: datetime) -> None:
    work_long(LONG_JOBS, at=at)
    db.session.rollback()
