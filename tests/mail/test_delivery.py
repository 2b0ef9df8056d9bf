import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import event, select

from eventapp.ground.db import db, transaction
from eventapp.mail.actions import enclose, post
from eventapp.mail.compose import compose
from eventapp.mail.models import FAILED, SENT, WAITING, Letter
from eventapp.mail.sending import delivery, smtp
from eventapp.mail.sending.leases import Lease
from eventapp.mail.sending.smtp import mailer
from tests import make
from tests.mail.smtp import PostOffice, certificate, open_office
from tests.make_mail import letter, unchecked_letter

pytestmark = pytest.mark.usefixtures("app")


class Clock:
    """The time, where a test decides what it is."""

    def __init__(self) -> None:
        self.at = make.TODAY

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **span: float) -> None:
        self.at += timedelta(**span)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(delivery, "now", clock)
    return clock


@pytest.fixture
def office(app: Flask) -> Iterator[PostOffice]:
    with open_office(PostOffice()) as office:
        app.config["MAIL_TIMEOUT"] = 10
        app.extensions["mail"].port = office.port
        yield office


def state_of(row: Letter) -> str:
    db.session.expire_all()
    return row.state


def test_a_letter_is_sent_with_everything_in_it(office: PostOffice, clock: Clock) -> None:
    made = compose("people/mail/sign_in.txt", to="ada@example.org", to_name="Ádá Byron", link="x", code="123456")
    enclose(made, "Größe.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar; charset=utf-8; method=PUBLISH")
    enclose(made, "qr.png", b"\x89PNG", "image/png", content_id="qr")
    with transaction():
        post(made, at=make.TODAY)
    assert delivery.deliver() == {SENT: 1}
    message = office.messages[0]
    assert (message["Subject"], message["Message-ID"]) == (made.subject, made.message_id)
    assert message["To"] == "Ádá Byron <ada@example.org>"
    assert message["Date"].datetime == make.TODAY
    assert [part.get_content_type() for part in message.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
        "text/calendar",
        "image/png",
    ]
    calendar, picture = list(message.iter_attachments())
    assert (calendar.get_filename(), calendar.get_content_disposition()) == ("Größe.ics", "attachment")
    assert (picture["Content-ID"], picture.get_content_disposition()) == ("<qr>", "inline")
    assert "six figures" in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert max(len(line) for line in office.taken[0][1].split(b"\r\n")) <= 998
    assert (state_of(made), made.sent_at) == (SENT, clock())


@pytest.mark.parametrize("answer", ["550 No such user", "552 Too much mail", "553 Bad name"])
def test_a_letter_the_server_refuses_has_failed_at_once(office: PostOffice, answer: str) -> None:
    office.at_rcpt = lambda _office, _to: answer
    refused = letter()
    assert delivery.deliver() == {FAILED: 1}
    assert (state_of(refused), refused.last_error) == (FAILED, f"the mail server answered {answer}")


def test_a_letter_refused_after_its_text_has_failed_at_once(office: PostOffice) -> None:
    office.at_data = lambda _office, _to: "554 Not wanted"
    assert (delivery.deliver() if letter() else None) == {FAILED: 1}


@pytest.mark.parametrize("answer", ["421 Going down", "451 Greylisted", "450 Busy", "452 Full"])
def test_a_letter_put_off_is_tried_again(office: PostOffice, clock: Clock, answer: str) -> None:
    office.at_rcpt = lambda _office, _to: answer
    late = letter()
    assert delivery.deliver() == {WAITING: 1}
    assert delivery.deliver() == {}  # not before its time
    assert (state_of(late), late.last_error) == (WAITING, f"the mail server answered {answer}")
    office.at_rcpt = lambda _office, _to: "250 Taken"
    clock.passes(minutes=2)
    assert delivery.deliver() == {SENT: 1}
    assert (state_of(late), late.last_error, office.recipients) == (SENT, None, [late.to])


def test_a_letter_put_off_for_three_days_has_failed(office: PostOffice, clock: Clock) -> None:
    office.at_rcpt = lambda _office, _to: "451 Not now"
    never, start, tries = letter(), clock(), 0
    while state_of(never) == WAITING and tries < 20:
        clock.at = max(clock.at, never.due_at)
        tries += delivery.deliver().total()
    assert (tries, never.last_error) == (13, "the mail server answered 451 Not now")
    assert timedelta(hours=60) < clock() - start < timedelta(hours=80)


def test_a_server_that_hangs_is_left_in_time(app: Flask, office: PostOffice) -> None:
    app.config["MAIL_TIMEOUT"] = 1
    let_go = Event()
    office.at_data = lambda _office, _to: str(let_go.wait(20))
    hung = letter()
    assert delivery.deliver() == {WAITING: 1}
    let_go.set()
    assert state_of(hung) == WAITING


def test_a_server_that_is_not_there_is_tried_again(app: Flask) -> None:
    app.extensions["mail"].port = 1
    alone = letter()
    assert delivery.deliver() == {WAITING: 1}
    assert (state_of(alone), "could not be reached" in (alone.last_error or "")) == (WAITING, True)


def test_a_line_that_drops_after_the_text_is_tried_again_as_the_same_letter(office: PostOffice, clock: Clock) -> None:
    office.at_data = lambda _office, _to: "drop"
    doubtful = letter()
    assert delivery.deliver() == {WAITING: 1}
    office.at_data = lambda _office, _to: "250 Taken"
    clock.passes(minutes=2)
    assert delivery.deliver() == {SENT: 1}
    assert [message["Message-ID"] for message in office.messages] == [doubtful.message_id] * 2
    assert [message["Date"] for message in office.messages] == [office.messages[0]["Date"]] * 2


def test_a_server_that_drops_every_goodbye_has_taken_the_letter(office: PostOffice) -> None:
    def leave() -> None:
        raise ConnectionError

    office.at_quit = leave
    assert (delivery.deliver() if letter() else None) == {SENT: 1}
    assert len(office.taken) == 1


def test_letters_that_are_due_go_over_one_connection(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "LETTERS_A_CONNECTION", 3)
    refused = [letter().to for _ in range(5)][1]
    office.at_rcpt = lambda _office, to: "550 No such user" if to == refused else "250 Taken"
    assert delivery.deliver() == {SENT: 4, FAILED: 1}
    talks = office.connections
    assert talks[0] is talks[1] is talks[2] is not talks[3] is talks[4]


def test_a_server_that_hung_up_between_two_letters_gets_the_next_on_a_new_connection(office: PostOffice) -> None:
    letter(), letter()
    with mailer.connect() as talk:
        assert delivery.deliver_one(make.TODAY, delivery.road(talk)) == SENT
        office.hang_up()
        assert delivery.deliver_one(make.TODAY, delivery.road(talk)) == SENT
    assert len(set(map(id, office.connections))) == 2


@pytest.mark.parametrize(
    "poison",
    [
        {"to": "u@example.org, v@example.org"},
        {"to": "ü@example.org"},
        {"to": "nobody"},
        {"subject": "two\r\nBcc: x@example.org"},
        {"to_name": "Ada\r\nBcc: x@example.org"},
    ],
)
def test_a_letter_that_cannot_be_written_holds_up_no_other(office: PostOffice, poison: dict[str, str]) -> None:
    bad, good = unchecked_letter(**{"to": "first@example.org", **poison}), letter()
    assert delivery.deliver() == {FAILED: 1, SENT: 1}
    assert (state_of(bad), state_of(good), office.recipients) == (FAILED, SENT, [good.to])
    assert (bad.last_error or "").startswith("the email cannot be written")


def test_a_line_separator_in_a_subject_stops_nobody(office: PostOffice) -> None:
    odd, good = unchecked_letter("a@example.org", subject="one\u2028two"), letter()
    delivery.deliver()
    assert (state_of(odd) in {SENT, FAILED}, state_of(good)) == (True, SENT)


def test_a_proven_server_gets_the_letter(app: Flask, tmp_path: Path) -> None:
    paper = certificate(tmp_path)
    with open_office(PostOffice(), paper) as office:
        app.extensions["mail"].port, app.extensions["mail"].use_tls = office.port, True
        app.config["MAIL_CAFILE"] = str(paper)
        assert (delivery.deliver() if letter() else None) == {SENT: 1}


def test_a_server_without_proof_gets_nothing(app: Flask, tmp_path: Path) -> None:
    with open_office(PostOffice(), certificate(tmp_path)) as office:
        app.extensions["mail"].port, app.extensions["mail"].use_tls = office.port, True
        waiting = letter()
        assert delivery.deliver() == {WAITING: 1}
        assert (office.taken, office.asked) == ([], [])
    assert state_of(waiting) == WAITING
    assert (waiting.last_error or "").startswith("the mail server could not prove who it is")


def test_whom_to_believe_is_read_anew_after_a_server_without_proof(app: Flask, tmp_path: Path) -> None:
    """Else a worker would have to be started again where an authority is new."""
    paper, message = certificate(tmp_path), smtp.message_of(letter())
    with open_office(PostOffice(), paper) as office, mailer.connect() as talk:
        app.extensions["mail"].port, app.extensions["mail"].use_tls = office.port, True
        with pytest.raises(ssl.SSLCertVerificationError):
            talk.send(message)
        app.config["MAIL_CAFILE"] = str(paper)
        talk.send(message)
    assert len(office.taken) == 1


def test_a_server_that_knows_no_tls_gets_nothing(app: Flask, office: PostOffice) -> None:
    app.extensions["mail"].use_tls = True
    assert (delivery.deliver() if letter() else None) == {WAITING: 1}
    assert office.asked == []


def test_without_a_server_development_keeps_letters_and_others_wait(app: Flask) -> None:
    app.config["MAIL_SERVER"] = ""
    one = letter()
    assert delivery.deliver() == {WAITING: 1}
    assert "MAIL_SERVER is not set" in (one.last_error or "")
    app.config["DEVELOPMENT"] = True
    assert (delivery.deliver() if letter() else None) == {SENT: 1}


def test_a_postman_who_died_leaves_the_letter_to_the_next_when_the_lease_is_over(clock: Clock) -> None:
    left = letter()
    first = delivery.take(clock())
    assert first
    assert delivery.take(clock()) is None
    clock.passes(hours=1)
    second = delivery.take(clock())
    assert second
    with transaction():
        delivery.note(first, None)  # comes back too late: changes nothing
    assert state_of(left) == WAITING
    with transaction():
        delivery.note(second, None)
    assert state_of(left) == SENT


@pytest.mark.usefixtures("fresh_app")
def test_an_idle_postman_only_reads() -> None:
    said: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    assert delivery.deliver() == {}
    assert [words.split()[0] for words in said if not words.startswith(("PRAGMA", "BEGIN"))] == ["SELECT"]
    assert "BEGIN IMMEDIATE" not in said


def test_three_postmen_send_each_letter_once(app: Flask, office: PostOffice) -> None:
    letters = [letter().to for _ in range(100)]
    work_together(app, delivery.take)
    assert sorted(office.recipients) == sorted(letters)


def test_without_the_lease_letters_are_sent_twice(app: Flask, office: PostOffice) -> None:
    """Shows that the test above would see it: the same postmen, without the guard."""
    letters = [letter().to for _ in range(12)]
    work_together(app, unguarded)
    assert set(office.recipients) == set(letters)
    assert len(office.recipients) > len(letters)


def unguarded(at: datetime) -> Lease | None:
    """Takes a letter as one would without thinking: read, and tell nobody."""
    found = db.session.scalar(delivery.due(at))
    lease = Lease(found.id, found.attempts, found.due_at) if found else None
    db.session.rollback()
    return lease


def work_together(app: Flask, take: Callable[[datetime], Lease | None]) -> None:
    """Three postmen at once, until nothing is due."""
    troubles: list[BaseException] = []

    def work() -> None:
        try:
            with app.app_context():
                while delivery_of(take):
                    pass
                db.session.remove()
        except BaseException as error:  # noqa: BLE001 -- told by the test
            troubles.append(error)

    postmen = [Thread(target=work) for _ in range(3)]
    for postman in postmen:
        postman.start()
    for postman in postmen:
        postman.join(300)  # a hundred letters over real SMTP, on a machine that has other things to do
    assert not any(postman.is_alive() for postman in postmen)
    assert troubles == []


def delivery_of(take: Callable[[datetime], Lease | None]) -> bool:
    lease = take(make.TODAY)
    if lease is None:
        return False
    with mailer.connect() as talk:
        failure = delivery.attempt(lease, talk.send)
    with transaction():
        delivery.note(lease, failure)
    return True


def test_every_letter_is_where_it_should_be(app: Flask, office: PostOffice) -> None:
    for _ in range(3):
        letter()
    delivery.deliver()
    assert set(db.session.scalars(select(Letter.state))) == {SENT}


def test_a_server_that_dribbles_is_left_in_time(app: Flask) -> None:
    """Each byte comes before its time-out; only the watchdog sees that the whole takes for ever."""
    app.config["MAIL_TIMEOUT"] = 1
    with socket.create_server(("127.0.0.1", 0)) as server:
        app.extensions["mail"].port = server.getsockname()[1]
        dribbler = Thread(target=dribble, args=(server,))
        dribbler.start()
        assert (delivery.deliver() if letter() else None) == {WAITING: 1}
        dribbler.join(30)
        assert not dribbler.is_alive()


def dribble(server: socket.socket) -> None:
    """One letter of a greeting that never ends, every so often, until the other side hangs up."""
    connection, _address = server.accept()
    with connection, suppress(OSError):
        connection.sendall(b"220 ")
        for _ in range(300):
            sleep(0.2)
            connection.sendall(b"x")
