"""Administrators and people are ended and come back, by page and by command; there is always one administrator."""

from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.people.accounts import actions as administration
from eventapp.people.models import Administrator, Person, SignIn
from eventapp.people.queries import administrators
from eventapp.people.sign_in.actions import make_sign_in_link
from tests import make
from tests.browserless import PageClient
from tests.conftest import ON_POSTGRESQL
from tests.people.test_sign_in import code_in, letter_to, link_in


def do(client: PageClient, person: int, act: str) -> int:
    return client.post(f"/manage/people/{person}", data={"act": act}).status_code


def verbs() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Entry.verb).where(Entry.verb.not_like("signed%")).order_by(Entry.id)))


def has_account(client: PageClient) -> bool:
    return client.get("/account").status_code == 200


def test_an_administrator_finds_the_page_by_links(client: PageClient) -> None:
    client.sign_in(make.administrator())
    number = make.person("Anong Suksawat", email="anong@example.org").id
    assert 'href="/account"' in client.get("/").text
    assert 'href="/manage/people"' in client.get("/account").text
    for words in ("suksa", "ANONG@"):
        assert f'href="/manage/people/{number}"' in client.get("/manage/people", query_string={"q": words}).text
    assert f'href="/manage/people/{number}"' not in client.get("/manage/people?q=%25").text


def test_nobody_else_has_the_page(app: Flask) -> None:
    client = PageClient(app).sign_in(make.staff(make.meeting(), "organizer"))
    number = make.person().id
    assert "/manage/people" not in client.get("/account").text
    assert client.get("/manage/people").status_code == 404
    assert do(client, number, "disable") == 404
    assert verbs() == []


def test_a_disabled_person_is_out_at_once_and_can_come_back(app: Flask) -> None:
    boss, client, email = PageClient(app), PageClient(app), "anong@example.org"
    boss.sign_in(make.administrator())
    client.sign_in(make.person("Anong Suksawat", email=email))
    person = db.session.scalars(select(Person).where(Person.email == email)).one()
    number = person.id
    with transaction():
        by_command = make_sign_in_link(person, at=now())
    client.post("/sign-in", data={"email": email})
    letter = letter_to(email)

    page = boss.get(f"/manage/people/{number}").text
    assert "no link signs them in" in page  # the question is asked before
    assert do(boss, number, "disable") == 303

    assert not has_account(client)
    for link in (link_in(letter), f"/sign-in/{by_command}"):
        assert PageClient(app).post(link).status_code == 409
    assert PageClient(app).post("/sign-in/code", data={"email": email, "code": code_in(letter)}).status_code == 422
    PageClient(app).post("/sign-in", data={"email": email}, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert "/sign-in/" not in letter_to(email).text
    page = boss.get(f"/manage/people/{number}").text
    assert "disabled person" in page and "Let them sign in again" in page
    assert f'href="/manage/people/{number}"' in boss.get("/manage/people").text

    assert do(boss, number, "enable") == 303
    assert not has_account(client)  # what ended stays ended
    PageClient(app).post("/sign-in", data={"email": email}, environ_base={"REMOTE_ADDR": "203.0.113.10"})
    assert client.post(link_in(letter_to(email))).status_code == 303 and has_account(client)
    assert verbs() == ["disabled person", "enabled person"]


def test_an_administrator_is_ended_and_made_again(app: Flask) -> None:
    boss, other = PageClient(app), PageClient(app)
    boss.sign_in(make.administrator())
    other.sign_in(make.administrator())
    number = db.session.scalars(select(Administrator.person_id).order_by(Administrator.id.desc())).first() or 0
    assert do(boss, number, "end-administrator") == 303
    assert not has_account(other)
    assert other.sign_in(db.session.get_one(Person, number)).get("/manage/people").status_code == 404
    assert do(boss, number, "make-administrator") == 303
    assert other.get("/manage/people").status_code == 200
    assert do(boss, number, "make-administrator") == 409
    assert verbs() == ["ended administrator", "made administrator"]


@pytest.mark.parametrize("act", ["disable", "end-administrator"])
def test_the_last_administrator_stays(app: Flask, act: str) -> None:
    root, gone = make.administrator(), make.administrator()
    number = root.id
    with transaction():
        administration.disable(gone, by=root, at=make.TODAY)  # who may not sign in does not count
    client = PageClient(app).sign_in(db.session.get_one(Person, number))
    answer = client.post(f"/manage/people/{number}", data={"act": act})
    assert (answer.status_code, "is the last administrator" in answer.text) == (409, True)
    assert has_account(client)


@pytest.mark.parametrize("act", ["", "delete", "spend"])
def test_what_is_no_act_does_nothing(app: Flask, act: str) -> None:
    client = PageClient(app).sign_in(make.administrator())
    assert do(client, make.person().id, act) == 400
    assert verbs() == []


def test_commands_do_the_same(app: Flask) -> None:
    root = make.administrator()
    email = make.person("Anong").email
    run = app.test_cli_runner().invoke
    assert run(args=["people", "disable", email]).output == "Anong is signed out everywhere and may not sign in.\n"
    assert run(args=["people", "disable", email]).exit_code == 1
    assert run(args=["people", "sign-in-link", email]).exit_code == 1
    assert run(args=["people", "make-administrator", email]).exit_code == 1
    assert run(args=["people", "enable", email]).output == "Anong may sign in again.\n"
    assert run(args=["people", "make-administrator", email]).exit_code == 0
    assert run(args=["people", "end-administrator", root.email]).exit_code == 0
    refused = run(args=["people", "end-administrator", email])
    assert refused.exit_code == 1 and isinstance(refused.exception, Refused)
    assert run(args=["people", "disable", "nobody@example.org"]).output.startswith("Error: Nobody has the address")
    assert [one.email for one in administrators()] == [email]


@pytest.mark.parametrize("guarded", [True, False])
def test_two_administrators_cannot_end_each_other(app: Flask, guarded: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not guarded and ON_POSTGRESQL:  # SQLite writes one after the other, whatever we do
        monkeypatch.setattr(administration, "keep_one_administrator", look_only(Barrier(2, timeout=30)))
    first, second = make.administrator().id, make.administrator().id
    together(app, lambda: end(first), lambda: end(second))
    assert len(administrators()) == (1 if guarded or not ON_POSTGRESQL else 0)


def look_only(both: Barrier) -> Callable[[Person], None]:
    """The control: who looks without holding anything sees the other one."""

    def look(person: Person) -> None:
        assert len(administrators()) == 2
        both.wait()

    return look


def end(number: int) -> None:
    with suppress(Refused), transaction():
        administration.disable(db.session.get_one(Person, number), by=None, at=now())


def test_two_who_make_one_administrator_make_one_row(app: Flask) -> None:
    number = make.person().id

    def grant() -> None:
        with suppress(Refused), transaction():
            administration.make_administrator(db.session.get_one(Person, number), by=None, at=now())

    together(app, *[grant] * 6)
    assert len(db.session.scalars(select(Administrator)).all()) == 1


def test_who_signs_in_while_being_disabled_is_out(app: Flask) -> None:
    make.administrator()
    person = make.person()
    number, email = person.id, person.email
    PageClient(app).post("/sign-in", data={"email": email})
    link = link_in(letter_to(email))
    together(app, lambda: PageClient(app).post(link), lambda: end(number))
    assert db.session.scalars(select(SignIn).where(SignIn.ended_at.is_(None))).all() == []


def together(app: Flask, *acts: Callable[[], object]) -> None:
    start = Barrier(len(acts), timeout=60)

    def work(act: Callable[[], object]) -> None:
        with app.app_context():
            start.wait()
            act()
            db.session.remove()

    db.session.rollback()
    workers = [Thread(target=work, args=(act,)) for act in acts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    db.session.rollback()
