from datetime import timedelta

import pytest
from flask import Flask
from prometheus_client.exposition import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from eventapp.agenda.imports.models import CHECKED as COMPARED
from eventapp.agenda.imports.models import IMPORTING as IMPORTING_SESSIONS
from eventapp.agenda.imports.models import AgendaImport
from eventapp.ground.db import db
from eventapp.live.models import LiveChange
from eventapp.meetings.prepared.models import PreparedFile
from eventapp.operations.metrics import Metrics, version
from eventapp.operations.versions import newest_migration
from eventapp.push.models import PushMessage, PushSubscription
from eventapp.record.loading.arriving.models import NotesImport
from eventapp.registration.imports.models import CHOOSING, IMPORTING, Import
from eventapp.registration.invitations.models import Invitation
from eventapp.review.reports.models import Edition
from tests import make, make_mail, make_messages, make_review
from tests.browserless import PageClient
from tests.make import TODAY

TOKEN = "wJ2mXq8R-Zt5vKc1Lh7Ny4Pb"


def numbers(said: str) -> dict[str, float]:
    """Every number by its name and labels, as Prometheus reads them."""
    samples = [sample for family in text_string_to_metric_families(said) for sample in family.samples]
    return {" ".join([one.name, *one.labels.values()]): one.value for one in samples}


def test_the_numbers_are_those_of_the_tables(client: PageClient) -> None:
    meeting = make.meeting()
    make.session(meeting)
    make.registration(meeting, state="approved")
    make.registration(meeting, state="approved")
    make.registration(meeting, state="waiting")
    answer = client.get("/metrics")
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    said = numbers(answer.text)
    assert (said["eventapp_meetings"], said["eventapp_sessions"]) == (1, 1)
    assert said["eventapp_registrations approved"] == 2
    assert said["eventapp_registrations waiting"] == 1
    assert f"eventapp_info {newest_migration()} {version()}" in said


def test_how_far_the_mail_worker_is_behind(app: Flask) -> None:
    def lag(**after: int) -> float:
        asked = Metrics("0001", at=TODAY + timedelta(**after))
        return numbers(generate_latest(asked).decode())["eventapp_outbox_lag_seconds"]

    assert lag() == 0
    letter = make_mail.letter()
    assert (lag(), lag(minutes=5), lag(days=4000)) == (0, 300, 345_600_000)
    assert letter.state == "waiting"


def test_how_many_tasks_wait_and_how_long(app: Flask) -> None:
    def said(**after: int) -> dict[str, float]:
        return numbers(generate_latest(Metrics("0001", at=TODAY + timedelta(**after))).decode())

    assert said()["eventapp_tasks_lag_seconds file"] == 0
    facts = {"act": "package", "wanted": "public", "language": "en", "details": {}, "at": TODAY}
    meeting = make.meeting()
    for state, until in (("waiting", None), ("working", TODAY + timedelta(minutes=2)), ("done", None)):
        make.kept(PreparedFile(meeting_id=meeting.id, state=state, until=until, **facts))
    found = said(minutes=1)
    assert [found[f"eventapp_tasks file {state}"] for state in ("waiting", "working", "done")] == [1, 1, 1]
    assert (found["eventapp_tasks_lag_seconds file"], found["eventapp_tasks_lag_seconds report"]) == (60, 0)


def test_every_queue_of_the_worker_has_its_length_and_its_age(app: Flask) -> None:
    def of_queues(**after: int) -> dict[str, float]:
        found = numbers(generate_latest(Metrics("0001", at=TODAY + timedelta(**after))).decode())
        return {name: value for name, value in found.items() if name.startswith("eventapp_tasks")}

    meeting = make.meeting()
    session = make.session(meeting)
    assert set(of_queues().values()) == {0}

    facts = {"meeting_id": meeting.id, "at": TODAY, "language": "en", "given_name": "people.csv"}
    people = {"heads": [], "example": [], **facts}
    make.kept(Import(state=IMPORTING, **people))
    make.kept(Import(state=IMPORTING, until=TODAY + timedelta(hours=9), **people))
    make.kept(Import(state=CHOOSING, **people))
    make.kept(AgendaImport(form="xml", state=IMPORTING_SESSIONS, **facts))
    make.kept(AgendaImport(form="xml", state=IMPORTING_SESSIONS, until=TODAY + timedelta(hours=9), **facts))
    make.kept(AgendaImport(form="xml", state=COMPARED, **facts))
    for state in ("waiting", "done", "sent"):
        make.kept(NotesImport(state=state, asked_at=TODAY, size=1, **facts))
    registration = make.registration(meeting, state="approved")
    make_messages.sent(meeting)
    make_messages.draft(meeting)
    category, guest = make.category(meeting), {"email": "guest@example.org", "skips_approval": False}
    guests = {"meeting_id": meeting.id, "category_id": category.id, "invited_at": TODAY, **guest}
    make.kept(Invitation(family_name="Guest", **guests))
    make.kept(Invitation(family_name="Draft", is_draft=True, **guests))
    browser = {"endpoint": "https://push.example.org/1", "p256dh": "a", "auth": "a", "at": TODAY}
    subscription = make.kept(PushSubscription(registration_id=registration.id, **browser))
    notice = {"subscription_id": subscription.id, "title": "", "body": "", "address": "/", "written_at": TODAY}
    make.kept(PushMessage(due_at=TODAY, **notice))
    make.kept(PushMessage(due_at=TODAY + timedelta(hours=9), **notice))
    late = {"kind": "late", "minutes": 10, "everywhere": False, "seen": "", "before": {}, "after": {}}
    changed = {"meeting_id": meeting.id, "session_id": session.id, "at": TODAY, "has_letters": True, **late}
    make.kept(LiveChange(waits=False, **changed))
    make.kept(LiveChange(waits=True, **changed))

    found = of_queues(minutes=2)
    for kind in ("participants", "sessions", "notes", "message", "notice", "invitation", "live"):
        assert (kind, found[f"eventapp_tasks {kind} waiting"]) == (kind, 1)
        assert (kind, found[f"eventapp_tasks_lag_seconds {kind}"]) == (kind, 120)
    assert found["eventapp_tasks participants working"] == found["eventapp_tasks sessions working"] == 1


def test_an_edition_that_nobody_laid_out_waits(app: Flask) -> None:
    report = make.kept(make_review.report(make.meeting()))
    edition = {"version": 1, "content": {}, "sha256": "", "published_at": TODAY}
    make.kept(Edition(report_id=report.id, **edition))
    report.version = 1
    db.session.commit()
    found = numbers(generate_latest(Metrics("0001", at=TODAY + timedelta(minutes=1))).decode())
    assert (found["eventapp_tasks pages waiting"], found["eventapp_tasks_lag_seconds pages"]) == (1, 60)


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.7", {}, 404),
        ("", {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, 404),  # by a proxy on this machine
        ("127.0.0.1", {"X-Real-IP": "192.0.2.7"}, 404),
        ("127.0.0.1", {"Via": "1.1 proxy"}, 404),
    ],
)
def test_without_a_token_they_are_for_this_machine(
    client: PageClient, address: str, headers: dict[str, str], status: int
) -> None:
    assert client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address}).status_code == status


@pytest.mark.parametrize(
    ("shown", "status"),
    [(f"Bearer {TOKEN}", 200), (f"Bearer {TOKEN}x", 404), ("Bearer ", 404), ("", 404), ("Bearer schlüssel", 404)],
)
def test_with_a_token_they_are_for_who_shows_it(app: Flask, client: PageClient, shown: str, status: int) -> None:
    app.config["METRICS_TOKEN"] = TOKEN
    for address in ("127.0.0.1", "192.0.2.7"):
        answer = client.get("/metrics", headers={"Authorization": shown}, environ_base={"REMOTE_ADDR": address})
        assert answer.status_code == status
