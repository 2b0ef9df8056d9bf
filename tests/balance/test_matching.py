"""Nominees who registered: one person each, the same whether the database pairs them or the rule as it is written."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from eventapp.balance.actions import nominate
from eventapp.balance.counting.matching import matched
from eventapp.balance.counting.stages import everybody
from eventapp.balance.jobs import JOBS
from eventapp.balance.models import Nominee
from eventapp.balance.nominated import Nomination
from eventapp.balance.queries import Behind, found_behind
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.ground.text.names import KEY_LENGTH, name_key, words_of
from eventapp.ground.text.policy import folded
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Registration
from tests import make
from tests.record.test_migrations import back_to, forward, rows

NAMES = ("Ada Byron", "BYRON, Ms. Ada", "Łukasz Işık", "IŞIK Łukasz", "أحمد علي", "Mr.", "O’Neil")
SENDERS = ("Bhutan", "Radio Network", "ΟΔΟΣ")
COUNTRIES = ("", "BTN", "THA")
KNOW = [job for job in JOBS if job.name == "know nominees"]


class Known(NamedTuple):
    """What the rule asks of a registration."""

    number: int
    name: str
    sender: str
    country: str


def registered_as(nominees: Iterable[Nominee], people: Sequence[Known]) -> dict[int, int]:
    """The rule: nominees choose in their order, each the first that is left with their name and sender or country."""
    found: dict[int, int] = {}
    for nominee in sorted(nominees, key=lambda one: one.id):
        words, _bar, sender = nominee.key.partition("|")
        for one in sorted(people):
            agrees = sender == folded(one.sender) or (nominee.country and one.country == nominee.country)
            if words_of(one.name) == words and agrees and one.number not in found.values():
                found[nominee.id] = one.number
                break
    return found


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring", capacity=40)


def pairs_of(meeting: Meeting) -> dict[int, int]:
    pairs = matched(meeting)
    found = db.session.execute(select(pairs.c.nominee, pairs.c.registration)).all()
    assert len({one for one, _other in found}) == len({other for _one, other in found}) == len(found)
    return dict(found)


PERSON = st.tuples(st.sampled_from(NAMES), st.sampled_from(SENDERS), st.sampled_from(COUNTRIES))


def test_the_database_pairs_as_the_rule_says(meeting: Meeting) -> None:
    """Of any people and any list, however many of one name there are."""
    senders = {name: make.delegation(meeting, name) for name in SENDERS}
    kind, somebody = make.category(meeting), [make.person(f"Person {number}") for number in range(9)]
    other = make.meeting(slug="autumn")
    make.registration(other, given_name="Ada", family_name="Byron", delegation=make.delegation(other, "Bhutan"))
    with transaction():
        nominate(other, [Nomination("Ada Byron", "Bhutan", "government", "BTN")], by=None, at=make.TODAY)
    elsewhere = pairs_of(other)
    compared: list[int] = []

    @settings(max_examples=60, deadline=None)
    @given(st.lists(PERSON, max_size=9), st.lists(PERSON, max_size=9))
    def compare(people: list[tuple[str, str, str]], listed: list[tuple[str, str, str]]) -> None:
        with transaction():
            for model in (Nominee, Registration):
                db.session.execute(delete(model).where(model.meeting_id == meeting.id))
        for number, (name, sender, country) in enumerate(people):
            given_name, _blank, family_name = name.partition(" ")
            make.registration(
                meeting, person=somebody[number], category=kind, delegation=senders[sender],
                given_name=given_name, family_name=family_name, country=country,
            )  # fmt: skip
        once = {one.key: one for one in (Nomination(name, sender, "un", country) for name, sender, country in listed)}
        with transaction():
            nominate(meeting, list(once.values()), by=None, at=make.TODAY)
        came = db.session.scalars(
            select(Registration).where(Registration.meeting_id == meeting.id).order_by(Registration.id)
        ).all()
        known = [Known(one.id, f"{one.given_name} {one.family_name}", one.delegation.name, one.country) for one in came]
        nominees = db.session.scalars(
            select(Nominee).where(Nominee.meeting_id == meeting.id).order_by(Nominee.id)
        ).all()
        found = pairs_of(meeting)
        assert found == registered_as(nominees, known)
        here = everybody(meeting, at=make.TODAY)
        if nominees:
            assert here.totals["nominated"] == len(nominees)
        there = found_behind(meeting, Behind("nominated"), at=make.TODAY)
        assert there.people.count == (len(found) if nominees else len(came))
        assert there.only_listed == len(nominees) - len(found)
        compared.append(len(found))

    compare()
    assert max(compared) > 1 and pairs_of(other) == elsewhere and len(elsewhere) == 1


def test_who_only_accompanies_somebody_is_no_nominee_who_came(meeting: Meeting) -> None:
    sender = make.delegation(meeting, "Bhutan")
    host = make.registration(meeting, given_name="Grace", family_name="Hopper", delegation=sender)
    make.registration(meeting, given_name="Ada", family_name="Byron", delegation=sender, brought_by_id=host.id)
    with transaction():
        nominate(meeting, [Nomination("Ada Byron", "Bhutan", "media")], by=None, at=make.TODAY)
    found = everybody(meeting, at=make.TODAY)
    assert pairs_of(meeting) == {}
    assert found.totals["nominated"] == 1
    assert {one.code: one.counts["nominated"] for one in found.by("stakeholder").groups}["media"] == 1


def test_a_key_follows_every_name_by_whichever_way_it_is_written(meeting: Meeting) -> None:
    one = make.registration(meeting, given_name="Ada", family_name="BYRON")
    assert one.name_key == "ada byron"
    with transaction():
        one.family_name = "King"
    assert one.name_key == "ada king"
    with transaction():
        one.given_name = ""
    db.session.expire_all()
    assert one.name_key == "king"
    values: dict[str, Any] = {
        column.name: getattr(one, column.name)
        for column in Registration.__table__.columns
        if column.name not in ("id", "name_key", "number", "person_id", "client_key")
    }
    values |= {"number": 999, "person_id": make.person("Somebody Else").id, "family_name": "Lovelace, Dr."}
    with transaction():
        row = db.session.execute(insert(Registration).values(**values).returning(Registration.name_key)).scalar_one()
        nominee = {"key": "x|y", "name": "Prof. Ada KING", "delegation": "Y", "stakeholder_type": "un"}
        bare = insert(Nominee).values(meeting_id=meeting.id, added_at=make.TODAY + timedelta(days=1), **nominee)
        listed = db.session.execute(bare.returning(Nominee.name_key)).scalar_one()
    assert (row, listed) == ("lovelace", "ada king")


def test_a_name_that_grows_when_it_is_folded_has_a_key_all_the_same(meeting: Meeting) -> None:
    long = "\ufdfa" * 100  # each a sentence of eighteen letters
    one = make.registration(meeting, given_name=long, family_name=long)
    assert len(one.name_key or "") == KEY_LENGTH and one.name_key == name_key(long, long)


def test_who_registered_or_was_listed_before_is_known_by_name_too(meeting: Meeting) -> None:
    for number in range(3):
        make.registration(meeting, given_name=f"Ada {number}", family_name="BYRON")
    with transaction():
        nominate(meeting, [Nomination("Byron, Ms. Ada 1", "Bhutan", "un")], by=None, at=make.TODAY)
    back_to("0158")
    forward()
    assert rows("SELECT name_key FROM registration ORDER BY id") == [(f"{number} ada byron",) for number in range(3)]
    assert rows("SELECT name_key FROM nominee") == [("1 ada byron",)]


def test_whom_a_machine_of_the_release_before_wrote_down_the_worker_gives_a_key(meeting: Meeting) -> None:
    sender = make.delegation(meeting, "Bhutan")
    one = make.registration(meeting, given_name="Ada", family_name="BYRON", delegation=sender)
    nameless = make.registration(meeting, given_name="Mr.", family_name="", delegation=sender)
    with transaction():
        nominate(meeting, [Nomination("Byron, Ms. Ada", "Bhutan", "un")], by=None, at=make.TODAY)
    assert work_through(KNOW, at=make.TODAY) == {}

    with transaction():
        for model in (Registration, Nominee):
            db.session.execute(update(model).values(name_key=None))
    assert pairs_of(meeting) == {}

    assert work_through(KNOW, at=make.TODAY) == {"know nominees": 3}
    db.session.expire_all()
    assert (one.name_key, nameless.name_key) == ("ada byron", "")
    assert list(pairs_of(meeting).values()) == [one.id]
    assert work_through(KNOW, at=make.TODAY) == {}
