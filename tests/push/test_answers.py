"""What a push service may answer, over HTTP: each answer with what becomes of the notice and of the browser."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from eventapp.ground.db import db, transaction
from eventapp.push.actions import WAITS, write
from eventapp.push.models import PushMessage, PushSubscription
from eventapp.push.queries import is_due, subscriptions_among
from eventapp.push.sending import KEEPS
from eventapp.registration.entry import own_token
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient
from tests.make_agenda import NINE, published
from tests.operations.test_metrics import numbers
from tests.push.service import AT, Service, asked, one_waits, work

MINUTE = timedelta(minutes=1)
REFUSES = "Push services refuse the key of this server"


def tried_out(registration: Registration, service: Service, status: int) -> None:
    """A notice that is tried as often as ever, and answered the same each time."""
    one_waits(registration, service)
    service.status, at = status, AT
    work(at)
    for wait in WAITS:
        at += wait
        work(at)


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_is_refused_is_tried_again_and_then_the_browser_is_marked(
    registration: Registration, service: Service, status: int
) -> None:
    one_waits(registration, service)
    service.status = status
    work(AT)
    assert db.session.query(PushMessage).one().due_at == AT + WAITS[0], "it is kept"
    assert db.session.query(PushSubscription).one().refused_at is None
    at = AT
    for wait in WAITS:
        at += wait
        work(at)
    assert len(service.requests) == len(WAITS) + 1 and db.session.query(PushMessage).count() == 0
    row = db.session.query(PushSubscription).one()
    assert (row.refused_at, row.refusal) == (at, f"127.0.0.1: {status}")
    assert subscriptions_among(registration.meeting, [registration.person_id]) == {}, "nothing more is written to it"


def test_a_key_that_is_taken_the_second_time_loses_nothing(registration: Registration, service: Service) -> None:
    one_waits(registration, service)
    service.status = 403
    work(AT)
    service.status = 201
    work(AT + WAITS[0])
    assert service.read()["body"] == "Title 0: it is cancelled." and db.session.query(PushMessage).count() == 0
    assert db.session.query(PushSubscription).one().refused_at is None


def test_who_presses_again_is_notified_again(registration: Registration, service: Service) -> None:
    tried_out(registration, service, 403)
    number = asked(registration, service).id
    assert subscriptions_among(registration.meeting, [registration.person_id]) == {registration.person_id: [number]}


def test_organizers_the_owner_and_the_numbers_say_so(
    client: PageClient, registration: Registration, service: Service
) -> None:
    meeting = registration.meeting
    make.session(meeting, code="S0", title="Opening", starts_at=NINE)
    published(meeting)
    client.sign_in(make.staff(meeting, "organizer"))
    manage = f"/meetings/{meeting.slug}/manage"
    assert REFUSES not in client.get(f"{manage}/letters").text
    tried_out(registration, service, 403)
    page = client.get(f"{manage}/letters").text
    assert REFUSES in page and "127.0.0.1: 403" in page and "1 browser" in page
    assert "1 browser gets no notices" in client.get(f"{manage}/").text
    mine = client.get(f"/registrations/{own_token(registration)}/agenda").text
    assert "its push service refuses them" in mine
    told = numbers(client.get("/metrics").text)
    assert (told["eventapp_browsers refused"], told["eventapp_browsers reached"]) == (1, 0)
    assert told["eventapp_notices"] == 0


def test_a_notice_on_its_way_is_counted(client: PageClient, registration: Registration, service: Service) -> None:
    one_waits(registration, service)
    told = numbers(client.get("/metrics").text)
    assert (told["eventapp_notices"], told["eventapp_browsers reached"]) == (1, 1)


def test_what_is_too_large_for_a_service_is_dropped_and_the_browser_stays(
    registration: Registration, service: Service
) -> None:
    one_waits(registration, service)
    service.status = 413
    work(AT)
    assert db.session.query(PushMessage).count() == 0
    assert db.session.query(PushSubscription).one().refused_at is None
    with transaction():
        write(db.session.query(PushSubscription).one().id, "Spring", "Short.", "/", at=AT)
    service.status = 201
    work(AT)
    assert service.read()["body"] == "Short."


def test_the_longest_notice_is_one_that_every_service_takes(registration: Registration, service: Service) -> None:
    number = asked(registration, service).id
    with transaction():
        write(number, "ก" * 300, "ก" * 900, "/" + "x" * 400, at=AT)
    work(AT)
    assert len(service.requests[-1][2]) <= 4096, "RFC 8030, 7.2"
    assert service.read()["body"] == "ก" * 500


@pytest.mark.parametrize("status", [429, 503])
def test_a_service_that_says_when_is_not_asked_earlier(
    registration: Registration, service: Service, status: int
) -> None:
    one_waits(registration, service)
    service.status, service.more = status, {"Retry-After": "600"}
    work(AT)
    assert not is_due(AT + 10 * MINUTE - MINUTE / 60) and is_due(AT + 10 * MINUTE)
    service.more = {"Retry-After": format_datetime(AT + timedelta(minutes=30), usegmt=True)}
    work(AT + 10 * MINUTE)
    assert not is_due(AT + 29 * MINUTE) and is_due(AT + 30 * MINUTE)
    service.status, service.more = 201, {}
    work(AT + 30 * MINUTE)
    assert len(service.requests) == 3 and db.session.query(PushMessage).count() == 0


@pytest.mark.parametrize("words", ["soon", "-5", "1", "", "Mon, 99 Foo 2026", "٣٠٠", "Sat, 01 Jan 2000 00:00:00 GMT"])
def test_a_retry_after_that_says_nothing_changes_nothing(
    registration: Registration, service: Service, words: str
) -> None:
    one_waits(registration, service)
    service.status, service.more = 429, {"Retry-After": words.encode().decode("latin-1")}
    work(AT)
    assert db.session.query(PushMessage).one().due_at == AT + WAITS[0]


@pytest.mark.parametrize("seconds", ["15000", "9" * 400])
def test_a_service_that_says_next_year_is_not_waited_for(
    registration: Registration, service: Service, seconds: str
) -> None:
    one_waits(registration, service)
    service.status, service.more = 429, {"Retry-After": seconds}
    work(AT)
    assert int(seconds[:9]) > KEEPS.total_seconds() and db.session.query(PushMessage).count() == 0
    assert db.session.query(PushSubscription).count() == 1


def test_a_service_that_is_not_there_is_tried_again(registration: Registration, service: Service) -> None:
    one_waits(registration, service)
    service.server.server_close()
    work(AT)
    assert db.session.query(PushMessage).one().due_at == AT + WAITS[0]


def test_browsers_of_another_meeting_are_not_counted(
    client: PageClient, registration: Registration, service: Service
) -> None:
    tried_out(registration, service, 403)
    other = make.meeting(slug="autumn")
    client.sign_in(make.staff(other, "organizer"))
    assert REFUSES not in client.get(f"/meetings/{other.slug}/manage/letters").text
