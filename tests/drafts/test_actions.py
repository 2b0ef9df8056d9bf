"""A draft is written over by nobody who did not see it, and one that was discarded stays discarded."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.drafts import actions
from eventapp.drafts.actions import Outcome, Overtaken, Sent, Slot, discard, keep, settle
from eventapp.drafts.models import Draft
from eventapp.drafts.queries import mine
from eventapp.ground.db import db, transaction
from eventapp.people.models import Person
from tests import make
from tests.make import TODAY

KEYED, ALONE = Slot("note", 1, key="k"), Slot("card", 1, 7)


@pytest.fixture
def person(app: Flask) -> Person:
    return make.person()


def typed(slot: Slot, words: str, version: int = 0, mark: str = "", *, over: bool = False) -> Outcome:
    with transaction():
        return keep(slot, {"text": words}, Sent(version, mark, over=over), at=TODAY)


def rows() -> list[tuple[str, int, bool]]:
    found = db.session.scalars(select(Draft).order_by(Draft.id))
    return [(one.content.get("text", ""), one.version, one.is_open) for one in found]


@pytest.mark.parametrize("slot", [KEYED, ALONE])
def test_who_saw_it_and_the_tab_that_sent_it_last_go_on_with_it(app: Flask, slot: Slot) -> None:
    typed(slot, "Half", mark="a.1")
    typed(slot, "Half a", version=1, mark="b.1")
    typed(slot, "Half a thought", version=1, mark="b.2")  # the answer to b.1 was lost
    assert rows() == [("Half a thought", 3, True)]


@pytest.mark.parametrize("slot", [KEYED, ALONE])
def test_the_same_sending_twice_or_late_changes_nothing(app: Flask, slot: Slot) -> None:
    for mark, words in (("a.1", "Half"), ("a.3", "Half a thought"), ("a.2", "Half a"), ("a.3", "Half a thought")):
        typed(slot, words, mark=mark)
    typed(slot, "Half a thought", mark="b.1")  # another tab that has the same
    assert rows() == [("Half a thought", 2, True)]


def two_tabs(slot: Slot) -> list[tuple[str, int, bool]]:
    typed(slot, "First", mark="a.1")
    typed(slot, "Second", mark="b.1")
    return rows()


def test_with_a_key_what_comes_second_is_beside_it(app: Flask) -> None:
    assert two_tabs(KEYED) == [("First", 1, True), ("Second", 1, True)]
    assert typed(Slot("note", 1, key="b.1"), "Second, more", version=1, mark="b.2").draft
    assert typed(KEYED, "Second, even more", mark="b.1").draft  # sent again before the answer came
    assert rows() == [("First", 1, True), ("Second, even more", 3, True)]


def test_without_a_key_it_is_refused_until_its_writer_chooses(app: Flask) -> None:
    with pytest.raises(Overtaken):
        two_tabs(ALONE)
    with pytest.raises(Overtaken):
        typed(ALONE, "Second", mark="b.2", over=True)  # without having seen the first
    assert typed(ALONE, "Second", version=1, mark="b.3", over=True).before == {"text": "First"}
    assert typed(ALONE, "Second, more", version=1, mark="b.4", over=True).before is None
    assert rows() == [("Second, more", 3, True)]


def test_without_its_guard_the_first_would_be_lost(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "follows", lambda *_all: True)
    assert two_tabs(KEYED) == [("Second", 2, True)]


def emptied(slot: Slot, version: int = 0, mark: str = "") -> None:
    with transaction():
        discard(slot, Sent(version, mark), at=TODAY)


def late(slot: Slot) -> list[tuple[str, int, bool]]:
    """What was on its way when the text was emptied arrives after that."""
    typed(slot, "Half", mark="a.1")
    emptied(slot, 1, "a.3")
    typed(slot, "Half a thought", 1, "a.2")
    return rows()


def test_what_was_discarded_stays_discarded(app: Flask) -> None:
    assert late(KEYED) == [("", 1, False)]


def test_a_discarding_that_left_no_mark_would_let_it_come_back(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "is_repeat", lambda *_all: False)
    assert late(KEYED) == [("", 1, False), ("Half a thought", 1, True)]


def test_a_discarding_that_arrives_first_is_remembered(app: Flask) -> None:
    emptied(KEYED, mark="a.2")
    typed(KEYED, "Half", mark="a.1")
    assert rows() == [("", 1, False)]
    typed(KEYED, "Another", mark="a.3")  # typed after it was emptied
    assert rows() == [("", 1, False), ("Another", 1, True)]


def test_a_discarding_takes_nothing_that_another_tab_went_on_with(app: Flask) -> None:
    typed(KEYED, "Half", mark="a.1")
    typed(KEYED, "Half a thought", 1, "b.1")
    emptied(KEYED, 1, "a.2")
    assert rows() == [("Half a thought", 2, True)]


def test_a_settled_one_is_begun_anew_only_by_who_knows_of_none(app: Flask) -> None:
    draft = typed(ALONE, "Half").draft
    with transaction():
        settle(draft, at=TODAY)
    with pytest.raises(Overtaken):
        typed(ALONE, "Half a thought", 1)
    typed(ALONE, "Another")
    assert rows() == [("Half", 1, False), ("Another", 1, True)]


def test_mine_is_what_i_did_not_finish(person: Person) -> None:
    own, theirs = Slot("note", 1, person_id=person.id, key="k"), Slot("note", 1, key="k")
    for slot, words in ((own, "Mine"), (theirs, "Theirs")):
        typed(slot, words)
    done = typed(Slot("note", 1, person_id=person.id, key="done"), "Done").draft
    with transaction():
        settle(done, at=TODAY)
    assert [one.content for one in mine(person, Draft.scope_id == 1)] == [{"text": "Mine"}]
    assert mine(person, Draft.scope_id == 2) == []
