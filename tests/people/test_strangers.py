"""What strangers do with somebody's address: they keep nobody out, and fill no inbox. docs/decisions/0017."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from eventapp.ground.db import db, transaction
from eventapp.mail.models import Letter
from eventapp.people import current
from eventapp.people.accounts.actions import disable, enable
from eventapp.people.models import SignInRequest
from eventapp.people.queries import has_unused_link
from eventapp.people.sign_in import actions, allowances, known_browsers, views
from eventapp.people.sign_in.allowances import Asker
from tests import make
from tests.browserless import PageClient
from tests.conftest import ON_POSTGRESQL
from tests.people.test_sign_in import code_in, letter_to, link_in

ADDRESS = "anong@example.org"
HOSTS = [f"198.51.100.{number}" for number in range(20)]
WORKERS = 8


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[timedelta]:
    """What was added to the clock: a test may move it."""
    later = [timedelta()]
    for room in (views, current, known_browsers):
        monkeypatch.setattr(room, "now", lambda: make.TODAY + later[0])
    return later


@pytest.fixture
def owner(app: Flask) -> PageClient:
    """A browser that signed in at the address before, and out again."""
    client = PageClient(app)
    make.person("Anong Suksawat", email=ADDRESS)
    ask(client, "203.0.113.1")
    client.post(link_in(letter_to(ADDRESS)))
    client.post("/sign-out")
    return client


def ask(client: PageClient, host: str, email: str = ADDRESS) -> int:
    return client.post("/sign-in", data={"email": email}, environ_base={"REMOTE_ADDR": host}).status_code


def try_code(client: PageClient, host: str, code: str) -> int:
    form = {"email": ADDRESS, "code": code}
    return client.post("/sign-in/code", data=form, environ_base={"REMOTE_ADDR": host}).status_code


def letters() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Letter.to == ADDRESS)) or 0


def wrong_for(letter: Letter) -> Iterator[str]:
    """Codes that are not the one in this letter."""
    return (f"{number:06d}" for number in range(1_000_000) if f"{number:06d}" != code_in(letter))


def signs_in(client: PageClient, letter: Letter) -> bool:
    client.post(link_in(letter))
    return client.get("/account").status_code == 200


def strangers_try(often: int, hosts: list[str], *, at: datetime = make.TODAY) -> None:
    """As the page does, without the page: the limits are the action's."""
    for number in range(often):
        with transaction():
            assert actions.ask_to_sign_in(ADDRESS, asker=Asker(hosts[number % len(hosts)]), at=at)


def test_a_thousand_tries_of_strangers_keep_nobody_out(app: Flask, owner: PageClient) -> None:
    before = letters()
    strangers_try(1000, HOSTS)
    by_strangers = letters() - before
    assert by_strangers <= 1 + len(HOSTS)  # one of this quarter of an hour, one more from each host
    newcomer = PageClient(app)  # the owner at a telephone that we do not know
    for client, host in ((owner, HOSTS[0]), (newcomer, "203.0.113.2")):
        known = letters()
        assert ask(client, host) == 303
        assert (letters() - known, signs_in(client, letter_to(ADDRESS))) == (1, True)


def test_the_thousand_fill_an_inbox_where_each_gets_a_letter(
    app: Flask, owner: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the test above can fail."""
    monkeypatch.setattr(allowances, "has_unused_link", lambda _address, **_times: False)
    before = letters()
    strangers_try(100, HOSTS)
    assert letters() - before == 100


def test_a_day_of_strangers_from_everywhere_has_a_bound_and_always_a_link(app: Flask, clock: list[timedelta]) -> None:
    make.person("Anong Suksawat", email=ADDRESS)
    for quarter in range(96):
        at = make.TODAY + timedelta(minutes=15 * quarter + 1)
        strangers_try(3, [f"198.51.{quarter}.{number}" for number in range(3)], at=at)
        lasts = db.session.scalar(select(func.max(SignInRequest.expires_at)).where(SignInRequest.used_at.is_(None)))
        assert lasts is not None and lasts - at >= timedelta(minutes=5)
    assert letters() <= 96 + 2 * allowances.SECOND_LETTERS  # the day of the counts ends within that of the strangers


def test_one_host_alone_gets_one_letter_a_quarter_of_an_hour_and_one_more_a_day(
    app: Flask, clock: list[timedelta]
) -> None:
    make.person(email=ADDRESS)
    stranger = PageClient(app)
    for minutes in range(60):
        clock[0] = timedelta(minutes=minutes)
        assert ask(stranger, HOSTS[0]) == 303
    assert letters() == 4 + 1


def test_a_known_browser_has_an_allowance_and_no_more(app: Flask, owner: PageClient, clock: list[timedelta]) -> None:
    clock[0] = timedelta(minutes=16)
    before = letters()
    for _ in range(20):
        assert ask(owner, HOSTS[0]) == 303
    assert letters() - before == allowances.LETTERS_TO_A_BROWSER + 1


def test_a_forged_cookie_is_no_allowance(app: Flask, owner: PageClient) -> None:
    thief, cookie = PageClient(app), owner.get_cookie("browser", path="/sign-in")
    assert cookie
    thief.set_cookie("browser", f"{cookie.value}x", path="/sign-in")
    for client in (thief, thief):
        ask(client, HOSTS[1])  # the one of this quarter of an hour, and the host's second
    for client, more in ((thief, 0), (owner, 2)):
        before = letters()
        for _ in range(2):
            ask(client, HOSTS[1])
        assert letters() - before == more


def test_a_host_writes_to_so_many_and_is_told_so(app: Flask, owner: PageClient) -> None:
    stranger = PageClient(app)
    answers = [ask(stranger, HOSTS[2], f"somebody{number}@example.org") for number in range(61)]
    assert answers == [303] * allowances.LETTERS_FROM_A_HOST + [429]
    assert ask(owner, HOSTS[2]) == 303  # their own browser is not kept out by who shares their host
    assert ask(stranger, HOSTS[3], "somebody61@example.org") == 303


def test_wrong_codes_of_strangers_leave_the_owner_theirs(app: Flask, owner: PageClient) -> None:
    stranger = PageClient(app)
    ask(owner, HOSTS[4])
    letter = letter_to(ADDRESS)
    wrong = wrong_for(letter)
    assert {try_code(stranger, host, next(wrong)) for host in HOSTS for _ in range(3)} == {422}
    assert try_code(stranger, HOSTS[5], code_in(letter)) == 422  # five wrong ones have spent it for strangers
    assert try_code(owner, HOSTS[4], next(wrong)) == 422
    assert try_code(owner, HOSTS[4], code_in(letter)) == 303


def test_fifty_wrong_codes_a_day_are_what_strangers_have(app: Flask, owner: PageClient, clock: list[timedelta]) -> None:
    stranger, answers = PageClient(app), []
    for quarter in range(12):
        clock[0] = timedelta(minutes=15 * quarter + 1)
        ask(stranger, HOSTS[quarter])
        wrong = wrong_for(letter_to(ADDRESS))
        answers += [try_code(stranger, HOSTS[quarter], next(wrong)) for _ in range(5)]
    assert answers == [422] * 50 + [409] * 10
    ask(owner, HOSTS[0])
    assert try_code(owner, HOSTS[0], code_in(letter_to(ADDRESS))) == 303
    assert signs_in(PageClient(app), newest_unused(app))  # the link is good for every browser


def newest_unused(app: Flask) -> Letter:
    ask(PageClient(app), "203.0.113.77")
    return letter_to(ADDRESS)


def test_a_link_that_works_no_more_keeps_no_letter_back(app: Flask) -> None:
    person, root = make.person(email=ADDRESS), make.administrator()
    strangers_try(3, HOSTS[:1])
    with transaction():
        disable(person, by=root, at=make.TODAY)
    strangers_try(1, HOSTS[1:2])  # the letter says that they may not sign in
    with transaction():
        enable(person, by=root, at=make.TODAY)
    known = letters()
    strangers_try(2, HOSTS[:1], at=make.TODAY + timedelta(minutes=1))
    assert letters() - known == 1


def test_what_was_asked_before_we_knew_them_keeps_no_letter_back(app: Flask) -> None:
    strangers_try(30, HOSTS[:1])
    assert letters() == 2  # an address that we do not know has its bound as well
    make.person(email=ADDRESS)
    strangers_try(2, HOSTS[:1], at=make.TODAY + timedelta(minutes=1))
    assert letters() == 3 and link_in(letter_to(ADDRESS))


def test_a_link_without_a_letter_keeps_no_letter_back(app: Flask) -> None:
    person = make.person(email=ADDRESS)
    strangers_try(2, HOSTS[:1])
    with transaction():
        db.session.execute(update(SignInRequest).values(used_at=make.TODAY))
        link = actions.make_sign_in_link(person, at=make.TODAY)
    strangers_try(2, HOSTS[:1], at=make.TODAY + timedelta(minutes=1))
    assert letters() == 3
    with transaction():
        assert actions.sign_in_by_code(ADDRESS, "", asker=Asker(HOSTS[0]), browser="", at=make.TODAY) is None
    with transaction():
        assert actions.sign_in_by_link(link, browser="", at=make.TODAY)


@pytest.mark.parametrize("guarded", [True, False])
def test_strangers_at_the_same_moment_get_what_they_get_one_by_one(
    app: Flask, guarded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.person(email=ADDRESS)
    looked = Barrier(WORKERS, timeout=30)

    def look_only(address: str, _asker: Asker, *, at: datetime) -> bool:
        found = has_unused_link(address, since=at - allowances.QUARTER, at=at)
        if ON_POSTGRESQL:
            looked.wait()
        return not found

    if not guarded:  # the control: who does not wait for the others sees no letter yet
        monkeypatch.setattr(actions, "may_write", look_only)
    made = written_at_once(app)
    # SQLite writes one after the other, whatever we do
    assert made <= 2 if guarded or not ON_POSTGRESQL else made > 2


def written_at_once(app: Flask) -> int:
    together = Barrier(WORKERS, timeout=30)

    def work() -> None:
        with app.app_context():
            together.wait()
            with transaction():
                actions.ask_to_sign_in(ADDRESS, asker=Asker("198.51.100.1"), at=make.TODAY)
            db.session.remove()

    db.session.rollback()
    workers = [Thread(target=work) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return letters()
