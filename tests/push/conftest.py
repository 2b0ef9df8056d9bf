from collections.abc import Iterator

import pytest
from flask import Flask

from eventapp.registration.models import Registration
from tests import make
from tests.push.service import Service

KEY = bytes(range(1, 33)).hex()


@pytest.fixture
def service(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    service = Service()
    monkeypatch.setitem(app.config, "PUSH_KEY", KEY)
    monkeypatch.setitem(app.config, "PUSH_HOSTS", (service.origin, "fcm.googleapis.com", ".push.apple.com"))
    yield service
    service.server.shutdown()
    service.server.server_close()


@pytest.fixture
def registration(service: Service) -> Registration:
    meeting = make.meeting(slug="spring")
    return make.registration(meeting, person=make.person("Cleo", email="cleo@example.org"))
