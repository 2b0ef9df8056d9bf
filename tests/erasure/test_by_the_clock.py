"""Time alone: the terms of retention run out, and what goes by them is in no row, no file, no log and no new backup."""

import re
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import AnyJob, work_through
from eventapp.history.actions import record
from eventapp.history.chain import verify
from eventapp.mail.models import SENT, Letter
from eventapp.meetings.models import Meeting
from eventapp.registration.invitations.actions import Guest, Terms, decline_invitation, invite
from tests import make
from tests.conftest import ON_POSTGRESQL
from tests.erasure.everywhere import planted
from tests.erasure.planting import plant
from tests.erasure.searching import everywhere, in_rows
from tests.erasure.staying import STAYING

# Days after it was planted, past each term: a day, two, thirty after the meeting, ninety, and years.
DAYS = 1, 3, 32, 60, 92, 200, 400, 4000
SECRETS = re.compile(r"mark-\d+\.")


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where backups are made."""
    return tmp_path_factory.mktemp("backups")


@pytest.fixture
def columns(app: Flask) -> set[str]:
    """Where somebody stands whose meeting is over soon, and whose emails have left."""
    _registration, places = plant(make.meeting(slug="spring"))
    assert places >= 40
    with transaction():
        db.session.execute(update(Letter).values(state=SENT, sent_at=make.TODAY))
    return planted()


def pass_years(jobs: Iterable[AnyJob]) -> None:
    """The worker looks on each of the days."""
    due = tuple(jobs)
    for days in DAYS:
        at = make.TODAY + timedelta(days=days)
        while work_through(due, at=at):
            db.session.remove()


WHERE = ("name", "address", "unit", "subject", "title", "sender", "changed", "gender", "languages")
TOLD = {where: f"told-{number:02}" for number, where in enumerate(WHERE)}


def invite_and_tell(meeting: Meeting) -> None:
    """Somebody who was invited and said no, and what somebody else said of themselves: a secret in each place."""
    by, category = make.person(), make.category(meeting)
    guest = Guest(TOLD["name"], "Tabai", f"{TOLD['address']}@example.org")
    with transaction():
        [invitation] = invite(meeting, [guest], Terms(category), by=by, at=make.TODAY)
        invitation.organization = TOLD["unit"]
    with transaction():
        decline_invitation(invitation, at=make.TODAY)
        db.session.execute(update(Letter).values(subject=TOLD["subject"], state=SENT, sent_at=make.TODAY))
    own = {"job_title": TOLD["title"], "organization": TOLD["sender"], "languages": [TOLD["languages"]]}
    somebody = make.registration(meeting, gender=TOLD["gender"], **own)
    with transaction():
        record("changed registration", somebody, by=None, at=make.TODAY, changes={"job_title": ["", TOLD["changed"]]})


def told_in(said: str) -> set[str]:
    return {where for where, secret in TOLD.items() if secret in said}


def test_who_was_invited_and_what_people_said_of_themselves_is_in_no_place(app: Flask, folder: Path) -> None:
    invite_and_tell(make.meeting(slug="spring"))
    file = "a dump" if ON_POSTGRESQL else "eventapp.db"
    before = everywhere(app, folder / "before")
    for place in ("the rows", file, "a new backup"):
        assert told_in(before[place]) == set(WHERE), "the search sees what is there"
    pass_years(app.extensions["jobs"])
    left = everywhere(app, folder / "after")
    assert {place: told_in(said) for place, said in left.items() if told_in(said)} == {}
    assert verify() == []


@pytest.mark.parametrize(
    ("without", "stays"),
    [
        ("forget invitations", {"name", "address", "unit", "subject"}),
        ("keep the count of women and men", {"gender"}),
        ("forget", {"title", "sender", "changed", "gender", "languages"}),
    ],
)
def test_control_without_a_job_of_these_its_words_are_found(
    app: Flask, folder: Path, without: str, stays: set[str]
) -> None:
    invite_and_tell(make.meeting(slug="spring"))
    pass_years(job for job in app.extensions["jobs"] if job.name != without)
    left = everywhere(app, folder / "after")
    for place in ("the rows", "a dump" if ON_POSTGRESQL else "eventapp.db", "a new backup"):
        assert told_in(left[place]) == stays


def secrets_in(said: str) -> set[str]:
    return set(SECRETS.findall(said))


def test_what_goes_by_the_clock_is_in_no_place(app: Flask, columns: set[str], folder: Path) -> None:
    before = secrets_in(in_rows())
    pass_years(app.extensions["jobs"])

    staying = frozenset[str]().union(*STAYING.values())
    assert planted() - staying == set(), "these are kept for ever: delete them by the clock, or list why they stay"
    assert staying - planted() == set(), "these are gone: take them off the list"
    assert len(columns - staying) >= 24
    left = everywhere(app, folder / "after")
    stayed = secrets_in(left["the rows"])
    gone = before - stayed
    assert len(gone) >= 20
    assert {place: secrets_in(said) & gone for place, said in left.items() if secrets_in(said) & gone} == {}
    assert stayed <= secrets_in(left["a new backup"]), "the search sees what is there"
    assert verify() == []


def test_control_one_job_is_left_out_and_its_words_are_found(app: Flask, columns: set[str], folder: Path) -> None:
    before = secrets_in(in_rows())
    pass_years(job for job in app.extensions["jobs"] if job.name != "forget networking")

    kept = planted() - frozenset[str]().union(*STAYING.values())
    assert kept == {"networking_line.text", "bilateral.outcome", "bilateral.reason", "bilateral.words"}
    left = everywhere(app, folder / "after")
    file = "a dump" if ON_POSTGRESQL else "eventapp.db"
    assert len(secrets_in(left["the rows"]) & before) > 20
    for place in (file, "a new backup"):
        assert secrets_in(left["the rows"]) <= secrets_in(left[place])
