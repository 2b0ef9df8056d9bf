"""A notice goes to a push service over HTTP: encrypted for the browser, with a token, and whatever the service answers."""

import json
import threading
from base64 import urlsafe_b64decode
from datetime import timedelta

import pytest
from flask import Flask
from py_vapid import Vapid02

from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_long
from eventapp.ground.refusal import Refused
from eventapp.live.late.actions import Press, press_late
from eventapp.live.late.queries import lateness
from eventapp.live.telling.jobs import LONG_JOBS as LIVE
from eventapp.my_agenda.models import Star
from eventapp.push import sending
from eventapp.push.actions import WAITS, forget_over, subscribe, unsubscribe, write
from eventapp.push.endpoints import Forbidden, is_allowed, is_public, target
from eventapp.push.models import PushMessage, PushSubscription
from eventapp.push.queries import is_due, meetings_over
from eventapp.push.sending import public_key
from eventapp.registration.models import Registration
from tests import make
from tests.make_agenda import NINE, published
from tests.push.service import AT, Service, asked, one_waits, work

MINUTE = timedelta(minutes=1)


def test_who_chose_a_session_reads_the_change_in_the_browser(registration: Registration, service: Service) -> None:
    session = make.session(registration.meeting, code="S0", title="Opening", starts_at=NINE)
    published(registration.meeting)
    with transaction():
        db.session.add(Star(registration_id=registration.id, session_id=session.id, at=AT))
    asked(registration, service)
    seen = lateness(session, 10, everywhere=False, at=AT).seen
    with transaction():
        press_late(session, Press(10, seen), by=None, at=AT)
    work_long(LIVE, at=AT + 2 * MINUTE)
    work(AT + 2 * MINUTE)
    [(path, headers, _body)] = service.requests
    assert path == "/browser-1" and headers["Content-Encoding"] == "aes128gcm" and int(headers["TTL"]) > 0
    words = service.read()
    assert words["body"].startswith("Opening: it was") and words["address"] == "/meetings/spring/agenda"
    assert Vapid02.verify(headers["Authorization"]) and f"k={public_key()}" in headers["Authorization"]
    token = headers["Authorization"].split("t=")[1].split(",")[0].split(".")[1]
    claims = json.loads(plain(token))
    assert claims["aud"] == service.origin and claims["sub"].startswith("mailto:")
    assert db.session.query(PushMessage).count() == 0, "once"


def plain(words: str) -> bytes:
    return urlsafe_b64decode(words + "=" * (-len(words) % 4))


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(registration: Registration, service: Service, status: int) -> None:
    one_waits(registration, service)
    service.status = status
    work(AT)
    assert db.session.query(PushSubscription).count() == db.session.query(PushMessage).count() == 0


def test_a_redirect_is_not_followed(registration: Registration, service: Service) -> None:
    one_waits(registration, service)
    service.status, service.more = 307, {"Location": f"{service.origin}/elsewhere"}
    work(AT)
    assert [path for path, _headers, _body in service.requests] == ["/browser-1"]
    assert db.session.query(PushMessage).count() == 0 and db.session.query(PushSubscription).count() == 1


def test_a_service_in_trouble_is_tried_again_so_often_and_no_more(registration: Registration, service: Service) -> None:
    one_waits(registration, service)
    service.status, at = 503, AT
    for wait in WAITS:
        work(at)
        assert not is_due(at + wait - MINUTE / 60) and is_due(at + wait)
        at += wait
    work(at)
    assert len(service.requests) == len(WAITS) + 1 and db.session.query(PushMessage).count() == 0


def test_a_large_answer_is_not_read(registration: Registration, service: Service) -> None:
    one_waits(registration, service)
    service.body, service.more = b"x" * 1000, {"Content-Length": str(10**12)}
    work(AT)
    assert db.session.query(PushMessage).count() == 0, "its status was enough"


def test_a_service_that_never_ends_its_answer_is_cut_off(
    registration: Registration, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LONGEST", 0.3)
    one_waits(registration, service)
    over = threading.Event()
    service.server.RequestHandlerClass.do_POST = lambda handler: over.wait(30)  # type: ignore[attr-defined]
    work(AT)
    over.set()
    assert db.session.query(PushMessage).one().attempts == 1, "it waits for another try"


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://somebody@fcm.googleapis.com/x",
        "https://fcm.googleapis.com.example.org/x",
        "https://push.apple.com.example.org/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "http://127.0.0.1:1/x",
        "https://fcm.googleapis.com/" + "x" * 1000,
        "https://fcm.googleapis.com/\r\nHost: elsewhere",
        "https://[fcm",
        "file:///etc/passwd",
        "",
    ],
)
def test_an_address_that_nothing_is_sent_to_is_refused(
    registration: Registration, service: Service, endpoint: str
) -> None:
    assert not is_allowed(endpoint)
    with pytest.raises(Refused), transaction():
        subscribe(registration, endpoint, *service.keys, at=AT)
    assert is_allowed("https://fcm.googleapis.com/fcm/send/abc") and is_allowed("https://web.push.apple.com/abc")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "192.168.1.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "100.64.0.1",
    ],
)
def test_a_machine_of_a_house_is_no_push_service(address: str) -> None:
    assert not is_public(address)
    assert is_public("8.8.8.8") and is_public("2001:4860:4860::8888")


def test_a_name_that_means_this_machine_is_refused_when_it_is_looked_up(
    service: Service, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PUSH_HOSTS", ("localhost",))
    assert is_allowed("https://localhost/x")
    with pytest.raises(Forbidden):
        target("https://localhost/x")


def test_keys_that_are_none_are_refused(registration: Registration, service: Service) -> None:
    public, secret = service.keys
    for keys in ((public[:-2], secret), (public, secret[:-3]), ("é" * 87, secret), ("", "")):
        with pytest.raises(Refused), transaction():
            subscribe(registration, f"{service.origin}/x", *keys, at=AT)


def test_the_same_browser_is_one_and_is_ended(registration: Registration, service: Service) -> None:
    first, again = asked(registration, service).id, asked(registration, service).id
    assert first == again and db.session.query(PushSubscription).count() == 1
    with transaction():
        write(first, "Spring", "Words.", "/", at=AT)
    with transaction():
        unsubscribe(registration, first)
    assert db.session.query(PushSubscription).count() == db.session.query(PushMessage).count() == 0


def test_browsers_are_forgotten_once_the_meeting_is_over(registration: Registration, service: Service) -> None:
    one_waits(registration, service)
    assert meetings_over(AT) == []
    later = AT + timedelta(days=30)
    assert meetings_over(later) == [registration.meeting_id]
    with transaction():
        assert forget_over(at=later) == 1
    assert db.session.query(PushSubscription).count() == 0
