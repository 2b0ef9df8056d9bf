from threading import Thread
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from eventapp.ground.db import before_commit, db, transaction
from eventapp.history import actions, chain
from eventapp.history.actions import record
from eventapp.history.chain import seal_of, verify
from eventapp.history.models import ChainEnd, Entry
from eventapp.meetings.models import Meeting
from tests import make

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def thing() -> Meeting:
    """A meeting with three lines of history."""
    thing = make.meeting()
    for verb in ("made", "changed", "published"):
        with transaction():
            record(verb, thing, by=None, at=make.TODAY, meeting_id=thing.id, words="é", number=1.5)
    return thing


def tampered(**values: Any) -> list[str]:
    """What the chain says after the second line was changed behind its back."""
    with transaction():
        db.session.execute(update(Entry).where(Entry.number == 2).values(**values))
    return verify()


def test_an_untouched_chain_has_no_fault(thing: Meeting) -> None:
    assert verify() == []


def test_an_empty_chain_has_no_fault() -> None:
    assert verify() == []


@pytest.mark.parametrize(
    "values",
    [
        {"verb": "deleted"},
        {"by_name": "Eve"},
        {"at": make.TODAY.replace(year=2025)},
        {"detail": {}},
        {"thing_id": 99},
        {"meeting_id": None},
    ],
    ids=str,
)
def test_a_changed_line_is_named(thing: Meeting, values: dict[str, Any]) -> None:
    assert tampered(**values) == ["Line 2 was changed after it was written."]


@pytest.mark.parametrize("change", ["detail = 'tampered'", "detail = 7", "at = 'none'", "at = 5", "by_name = x'00'"])
def test_a_line_that_cannot_be_read_any_more_is_named(thing: Meeting, change: str) -> None:
    found = ["Line 2 was changed after it was written."]
    try:
        with transaction():
            db.session.execute(text(f"UPDATE entry SET {change} WHERE number = 2"))
    except DBAPIError:  # PostgreSQL takes nothing into a column that it could not read
        found = []
    assert verify() == found


def test_a_long_chain_is_read_to_its_end(thing: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "AT_ONCE", 2)
    assert verify() == []
    with transaction():
        db.session.execute(update(Entry).where(Entry.number == 3).values(verb="deleted"))
    assert verify() == ["Line 3 was changed after it was written."]


def test_a_line_sealed_anew_does_not_hang_together(thing: Meeting) -> None:
    line = db.session.scalars(select(Entry).where(Entry.number == 2)).one()
    line.verb = "deleted"
    seal = seal_of(line)
    db.session.rollback()
    assert tampered(verb="deleted", hash=seal) == ["Line 3 does not hang on the line before it."]


KEY, NEWER_KEY = "k3J9-x8Lq2-Zr7Vw1-Ty6Bn4-Mp5Hd0-Cs", "p7Q2-m4Wx9-Ub6Ne3-Kd8Rf1-Va5Gt0-Yz"


def sealed_anew() -> list[str]:
    """What the chain says after somebody who can write the tables changed line 2 and sealed all lines anew."""
    current_app.config["HISTORY_KEYS"], own = [], current_app.config["HISTORY_KEYS"]
    with transaction():
        previous = chain.START
        for line in db.session.scalars(select(Entry).order_by(Entry.number)):
            line.verb = "deleted" if line.number == 2 else line.verb
            line.previous = previous
            line.hash = previous = seal_of(line)
        db.session.execute(update(ChainEnd).values(hash=previous))
    current_app.config["HISTORY_KEYS"] = own
    return verify()


def test_with_a_key_nobody_without_it_seals_the_lines_anew(app: Flask) -> None:
    app.config["HISTORY_KEYS"] = [KEY]
    meeting = make.meeting()
    for verb in ("made", "changed"):
        with transaction():
            record(verb, meeting, by=None, at=make.TODAY)

    assert verify() == []
    found = sealed_anew()
    with transaction():
        record("changed", meeting, by=None, at=make.TODAY)
    assert found == verify() == [without_a_key(1, 2)]


def without_a_key(first: int, last: int) -> str:
    return (
        f"The lines from {first} to {last} were sealed without a key. If HISTORY_KEYS was first set after line {last} "
        f"was written, set HISTORY_KEYED_FROM={last + 1}. If it was set before, somebody without the key sealed them "
        "anew."
    )


def test_without_a_key_one_who_writes_the_tables_can(app: Flask, thing: Meeting) -> None:
    """The control."""
    assert sealed_anew() == []


def test_of_a_key_that_came_later_the_first_line_is_known(app: Flask, thing: Meeting) -> None:
    app.config["HISTORY_KEYS"] = [KEY]
    with transaction():
        record("changed", thing, by=None, at=make.TODAY)
    assert verify() == [without_a_key(1, 3)]

    app.config["HISTORY_KEYED_FROM"] = 4
    assert verify() == []

    sealed_anew()
    with transaction():
        record("changed", thing, by=None, at=make.TODAY)
    assert verify() == [without_a_key(4, 4)]


def test_a_history_without_a_line_from_there_on_says_so(app: Flask, thing: Meeting) -> None:
    app.config.update(HISTORY_KEYS=[KEY], HISTORY_KEYED_FROM=4)
    assert verify() == ["No line is sealed with a key of HISTORY_KEYS."]


def test_a_key_may_come_later_and_be_followed_by_another(app: Flask, thing: Meeting) -> None:
    app.config["HISTORY_KEYED_FROM"] = 4
    for keys in ([KEY], [NEWER_KEY, KEY]):
        app.config["HISTORY_KEYS"] = keys
        with transaction():
            record("changed", thing, by=None, at=make.TODAY)
    assert verify() == []

    app.config["HISTORY_KEYS"] = []
    with transaction():
        record("changed", thing, by=None, at=make.TODAY)
    app.config["HISTORY_KEYS"] = [NEWER_KEY, KEY]
    assert verify() == ["Line 6 was sealed without the key."]

    app.config["HISTORY_KEYS"] = [NEWER_KEY]
    assert "Line 4 was changed after it was written." in verify()


def test_a_missing_line_is_named(thing: Meeting) -> None:
    with transaction():
        db.session.execute(delete(Entry).where(Entry.number == 2))
    assert verify() == ["Line 2 is missing."]


def test_a_missing_end_is_seen(thing: Meeting) -> None:
    with transaction():
        db.session.execute(delete(Entry).where(Entry.number == 3))
    assert verify() == ["The chain ends at line 2, not where it was left: lines after it are gone."]


def test_the_command_says_which_line_and_ends_with_one(app: Flask, thing: Meeting) -> None:
    run = app.test_cli_runner().invoke
    assert (run(args=["history", "verify"]).output) == "Every line of history is in its place.\n"
    tampered(verb="deleted")
    answer = run(args=["history", "verify"])
    assert (answer.exit_code, answer.output) == (1, "Line 2 was changed after it was written.\n")


def write_together(app: Flask, thing_id: int, writers: int = 6, lines: int = 8) -> list[BaseException]:
    """Several writers at once. Returns what went wrong."""
    troubles: list[BaseException] = []

    def write() -> None:
        with app.app_context():
            try:
                for _ in range(lines):
                    with transaction():
                        record("changed", db.session.get_one(Meeting, thing_id), by=None, at=make.TODAY)
            except BaseException as error:  # noqa: BLE001 -- told by the test
                troubles.append(error)
            finally:
                db.session.remove()

    threads = [Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    db.session.rollback()
    return troubles


def test_writers_at_once_keep_one_chain_without_a_gap(app: Flask) -> None:
    assert write_together(app, make.meeting().id) == []
    assert verify() == []
    assert list(db.session.scalars(select(Entry.number).order_by(Entry.number))) == list(range(1, 49))


def test_without_the_lock_the_chain_breaks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that the test above would see it: the end of the chain is read before anybody waits for it."""
    ends: dict[str, tuple[int, str]] = {"end": (0, "0" * 64)}

    def careless_seal(entries: list[Entry]) -> None:
        number, seal = ends["end"]
        for entry in entries:
            entry.number, entry.previous = number + 1, seal
            entry.hash = seal_of(entry)
            db.session.add(entry)

    def careless(verb: str, thing: Meeting, **more: Any) -> None:
        actions.record(verb, thing, **more)
        before_commit("history", careless_seal)

    monkeypatch.setitem(globals(), "record", careless)
    assert write_together(app, make.meeting().id) != []
    assert db.session.get_one(ChainEnd, 1).number == 0


def test_an_anchor_is_compared_with_its_line(thing: Meeting, app: Flask) -> None:
    run = app.test_cli_runner().invoke
    seal = db.session.scalars(select(Entry.hash).where(Entry.number == 2)).one() or ""
    words = ["history", "check-anchor"]
    fine = run(args=[*words, "2", f"{seal[:32].upper()}  {seal[32:]}"])
    other = run(args=[*words, "3", seal])
    gone = run(args=[*words, "4", seal])

    assert (fine.exit_code, other.exit_code, gone.exit_code) == (0, 1, 1)
    assert "another seal than the one that was printed" in other.output
    assert "has no line 4" in gone.output


def test_a_history_that_was_sealed_anew_is_found_by_what_was_printed(thing: Meeting, app: Flask) -> None:
    """Nothing else finds it where no key seals the lines: the chain is whole."""
    printed = db.session.scalars(select(Entry.hash).where(Entry.number == 3)).one() or ""
    with transaction():
        seal = chain.START
        for entry in db.session.scalars(select(Entry).order_by(Entry.number)):
            entry.by_name, entry.previous = "somebody else", seal
            seal = entry.hash = seal_of(entry)
        db.session.get_one(ChainEnd, 1).hash = seal

    assert verify() == []
    assert chain.against(3, printed).startswith("Line 3 has another seal")
