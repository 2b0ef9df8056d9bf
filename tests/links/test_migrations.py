"""Links that were mailed before go on working: what each table held of them is there in the one table."""

from datetime import UTC, datetime
from typing import Any

import flask_migrate
import sqlalchemy as sa
from flask import Flask

from config import ROOT
from eventapp.clearance.models import Reader
from eventapp.ground.db import db, transaction
from eventapp.ground.security.tokens import hashed
from eventapp.inputs.models import Input
from eventapp.links.models import Link
from eventapp.links.queries import open_links
from eventapp.practices.invitations.actions import end
from eventapp.practices.models import Card
from eventapp.record.confirmations.actions import token_of
from eventapp.record.confirmations.models import LINK as CONFIRMATION
from eventapp.record.confirmations.models import Confirmation
from eventapp.registration.entry import OWN, calendar_token, own_token, replace_link
from eventapp.registration.models import Registration
from tests import make, make_review
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_agenda import published
from tests.make_inputs import call
from tests.make_practices import invited
from tests.people.test_new_key import NEW

MIGRATIONS = str(ROOT / "migrations")


def back_before(words: str) -> None:
    """Go back to the database as it was before this migration."""
    [migration] = (ROOT / "migrations/versions").glob(f"*_{words}.py")
    db.session.remove()
    flask_migrate.downgrade(directory=MIGRATIONS, revision=f"{int(migration.name.split('_')[0]) - 1:04d}")


def put(sql: str, **values: Any) -> None:
    with db.engine.execution_options(writes=True).begin() as connection:
        connection.execute(sa.text(sql), values)


def test_a_card_opens_by_the_links_of_before_and_not_by_those_that_were_ended(app: Flask, client: PageClient) -> None:
    meeting = make.meeting()
    card, first = invited(make.session(meeting))
    of, number, word = meeting.id, card.id, "reminder" * 4
    back_before("know_every_secret_link_in_one_table")
    for secret, ended in ((word, None), ("ended" * 6, TODAY)):
        put(
            "INSERT INTO practice_link (card_id, token_hash, sent_at, ended_at) VALUES (:card, :hash, :at, :ended)",
            card=number, hash=hashed(secret), at=TODAY, ended=ended,
        )  # fmt: skip
    flask_migrate.upgrade(directory=MIGRATIONS)
    found = {one: client.get(f"/practices/{one}").status_code for one in (first, word, "ended" * 6)}
    assert found == {first: 200, word: 200, "ended" * 6: 410}
    assert {one.meeting_id for one in db.session.scalars(sa.select(Link))} == {of}
    with transaction():
        end(db.session.get_one(Card, number), by=None, at=TODAY)
    assert {one: client.get(f"/practices/{one}").status_code for one in (first, word)} == {first: 410, word: 410}


# As the software before the table made them, with the key of the tests and with another one: of the row with number 1.
SIGNED = {
    "/clearances/": (
        "WzIyMDkwMzIwMDAsMV0.jSFRGtB7mvjXfd8RsTyTlQppR3k",
        "WzIyMDkwMzIwMDAsMV0.6fH49aPoR1934yWzi3JbpEYFfy8",
    ),
    "/confirmations/": (
        "WzIyMDkwMzIwMDAsMV0.IhNzRhLXtz9gir3B4aOzUN08bwc",
        "WzIyMDkwMzIwMDAsMV0.Dmub9Su3C3KTUPUJoZDq0Qvdlxo",
    ),
    "/roles/": ("W251bGwsMV0._Et0K5Cqg_fpG3w1F60Ltj7VpYI", "W251bGwsMV0.vlL_Po_gGwNIO8BW__yqlNs0gKM"),
}


def test_what_was_signed_opens_as_before_whichever_key_it_was_signed_with(app: Flask, client: PageClient) -> None:
    until = datetime(2040, 1, 1, 12, 0, 0, 500000, tzinfo=UTC)
    report = make_review.report(make.meeting(mandate=[], objectives=[]))
    session = make.session(report.meeting)
    asked = {"asked_at": TODAY, "expires_at": until}
    reads = {"name": "Ada Byron", "email": "ada@example.org"}
    part = make.role(session, id=1, person_id=make.person().id)
    make.kept(Reader(id=1, report_id=report.id, **asked, **reads))
    make.kept(Reader(id=2, report_id=report.id, ended_at=TODAY, **asked, **reads))
    make.kept(Confirmation(id=1, session_id=session.id, role_id=part.id, **asked))
    back_before("know_the_links_that_were_signed")
    before = {path: token for path, (token, _other) in SIGNED.items() if path == "/confirmations/"}  # others read more
    assert [client.get(f"{path}{token}").status_code for path, token in before.items()] == [404]
    app.config["SECRET_KEY_FALLBACKS"] = [NEW]
    flask_migrate.upgrade(directory=MIGRATIONS)
    for path, tokens in SIGNED.items():
        assert [client.get(f"{path}{token}").status_code for token in tokens] == [200, 200]
    states = {(one.purpose, one.target): one.over(TODAY) for one in db.session.scalars(sa.select(Link))}
    assert states == {("clearance", 1): "", ("clearance", 2): "ended", ("confirmation", 1): "", ("role", 1): ""}
    ends = db.session.scalars(sa.select(Link.expires_at).where(Link.purpose != "role")).all()
    assert set(ends) == {until}
    with transaction():
        token_of(db.session.get_one(Confirmation, 1))  # a reminder
    assert {one.seed == "" for one in open_links(CONFIRMATION, db.session.get_one(Confirmation, 1), at=TODAY)} == {
        True,
        False,
    }


# Likewise, with the versions that the registration and its calendar had.
OF_REGISTRATION = {
    "/registrations/": ("W251bGwsMSwyXQ.T2YiTSV6Rah8mbUB0PrZPU2qRLg", "W251bGwsMSwyXQ.YlAnP7EbxscycKDnyKzySGjke6k"),
    "/inputs/": ("W251bGwsMSwyXQ.QhUiiV4H95J82oK7fr1eIsqAnyg", "W251bGwsMSwyXQ.C8u6BGQPbwAVXuUS0MESWFKXFxw"),
    "/calendars/": ("W251bGwsMSwxXQ.ctLjNw4nyeZYIfQQSmoVe7qsDJA", "W251bGwsMSwxXQ.xH8WxkLFWOvFHXnOEKsZRerHJbE"),
}
REPLACED = "W251bGwsMSwxXQ.qHWm4LJXHgZNMIcfvjkxgRGQImk"  # a link to the registration of version 1


def test_the_links_to_a_registration_its_calendar_and_its_input_open_as_before(app: Flask, client: PageClient) -> None:
    meeting = make.meeting()
    make.session(meeting)
    published(meeting)
    call(meeting)
    registration = make.registration(meeting, id=1)
    make.kept(Input(id=1, meeting_id=meeting.id, number=1, person_id=registration.person_id, registration_id=1,
                              name="Ada Byron", begun_at=TODAY))  # fmt: skip
    back_before("know_the_links_of_registrations_and_inputs")
    put("UPDATE registration SET link_version = 2, calendar_version = 1")
    put(
        "INSERT INTO input_link (input_id, token_hash, sent_at) VALUES (1, :hash, :at)",
        hash=hashed("mailed" * 5), at=TODAY,
    )  # fmt: skip
    app.config["SECRET_KEY_FALLBACKS"] = [NEW]
    flask_migrate.upgrade(directory=MIGRATIONS)
    addresses = [f"{path}{token}" for path, tokens in OF_REGISTRATION.items() for token in tokens]
    addresses = [f"{one}.ics" if one.startswith("/calendars/") else one for one in addresses]
    mailed = f"/inputs/{'mailed' * 5}"
    assert [client.get(one).status_code for one in [*addresses, mailed]] == [200] * 7
    assert client.get(f"/registrations/{REPLACED}").status_code == 404
    with transaction():
        registration = db.session.get_one(Registration, 1)
        newer, calendar = own_token(registration), str(calendar_token(registration))
    assert (
        client.get(f"/registrations/{newer}").status_code == client.get(f"/calendars/{calendar}.ics").status_code == 200
    )

    back_before("know_the_links_of_registrations_and_inputs")
    with db.engine.connect() as connection:
        versions = connection.execute(sa.text("SELECT link_version, calendar_version FROM registration")).one()
    assert tuple(versions) == (2, 1)  # so that the software before opens what was mailed, and no link that was replaced
    flask_migrate.upgrade(directory=MIGRATIONS)

    with transaction():
        replace_link(OWN, db.session.get_one(Registration, 1), at=TODAY)
    ended = {one: client.get(one).status_code for one in [*addresses, mailed]}
    assert (
        list(ended.values()) == [410] * 4 + [200] * 3
    )  # the calendar and what was mailed to a body have links of their own
