"""Making links, writing one again, ending them."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.links.actions import end, issue, link_for_letter
from eventapp.links.models import Link
from eventapp.links.queries import behind, open_links, working_secret
from eventapp.practices.models import LINK, Card
from tests import make
from tests.make import TODAY
from tests.make_practices import invited
from tests.people.test_new_key import change_key

LATER = TODAY + timedelta(hours=2)


def a_card() -> tuple[Card, str]:
    return invited(make.session(make.meeting()))


def again(card: Card) -> str:
    with transaction():
        return link_for_letter(LINK, card, meeting_id=card.meeting_id, at=LATER)


def test_what_is_stored_of_a_link_does_not_open_it(app: Flask) -> None:
    card, token = a_card()
    row = db.session.scalars(select(Link)).one()
    assert (row.purpose, row.target, len(token)) == ("card", card.id, 32)
    for stored in (row.seed, row.hash):
        assert behind(LINK, stored) is None


def test_a_letter_that_is_written_again_has_the_same_link(app: Flask) -> None:
    card, token = a_card()
    assert again(card) == token == working_secret(LINK, card, at=LATER)
    assert len(open_links(LINK, card, at=LATER)) == 1


def test_two_links_of_one_row_are_two_secrets(app: Flask) -> None:
    card, token = a_card()
    with transaction():
        other = issue(LINK, card, meeting_id=card.meeting_id, at=LATER)
    assert token != other
    for secret in (token, other):
        found = behind(LINK, secret)
        assert found and found[1] is card


@pytest.mark.parametrize("keep", [True, False])
def test_after_a_new_key_a_letter_has_a_link_of_the_new_key(app: Flask, keep: bool) -> None:
    card, token = a_card()
    change_key(app, keep=keep)
    assert (working_secret(LINK, card, at=LATER), behind(LINK, token) is not None) == (token if keep else None, keep)
    newer = again(card)
    assert newer != token
    app.config["SECRET_KEY_FALLBACKS"] = []
    assert behind(LINK, newer) and not behind(LINK, token)


def test_a_link_that_has_run_out_or_was_ended_is_not_written_again(app: Flask) -> None:
    card, token = a_card()
    row = db.session.scalars(select(Link)).one()
    with transaction():
        end(LINK, card, at=TODAY)
    newer = again(card)
    with transaction():
        end(LINK, card, at=LATER, is_replaced=True)
    assert (token != newer, row.ended_at, row.is_replaced) == (True, TODAY, False)  # what had ended stays as it was
    assert working_secret(LINK, card, at=LATER) is None


def test_a_link_under_another_ends_with_it(app: Flask) -> None:
    card, _token = a_card()
    other, _other = invited(card.session, email="dorji@example.org")
    above = db.session.scalars(select(Link).where(Link.target == card.id)).one()
    with transaction():
        issue(LINK, other, meeting_id=card.meeting_id, at=TODAY, under=above)
        end(LINK, card, at=LATER)
    assert [one.under_id for one in open_links(LINK, other, at=LATER)] == [None]
