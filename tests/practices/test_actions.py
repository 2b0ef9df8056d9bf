from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.drafts.actions import Sent
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.links.queries import behind
from eventapp.mail.models import Letter
from eventapp.practices.actions import change_consents, keep, open_card, send, turn_into_note
from eventapp.practices.content import Measure, practice_from
from eventapp.practices.invitations.actions import end, remind
from eventapp.practices.models import LINK, Card
from eventapp.practices.queries import cards_of, newest_sent, presenters
from eventapp.record.revisions.history import delete
from tests import make
from tests.make import TODAY
from tests.make_practices import RESULTS, cleared, invited, practice, sent

LATER = TODAY + timedelta(hours=2)


def opened_by(token: str) -> Card | None:
    """The card that this link opens now."""
    found = behind(LINK, token)
    return found[1] if found and found[0].is_open(LATER) else None


def test_an_invitation_is_a_letter_with_a_link_whose_hash_alone_is_kept(app: Flask) -> None:
    session = make.session(make.meeting(), kind="practices")
    card, token = invited(session, organization="Ministry of Agriculture")
    letter = db.session.scalars(select(Letter)).one()
    assert f"/practices/{token}" in letter.text
    assert (letter.to, card.reference, card.content["owner"]) == (
        "pema@example.org",
        "GP-01",
        "Ministry of Agriculture",
    )
    assert opened_by(token) is card
    assert opened_by(token[:-1]) is None


def test_nobody_is_asked_twice_for_one_session(app: Flask) -> None:
    session = make.session(make.meeting())
    card, _token = invited(session)
    with pytest.raises(Refused, match="GP-01"):
        invited(session, email="PEMA@example.org")
    with transaction():
        end(card, by=None, at=TODAY)
    assert invited(session)[0].number == 2


def test_who_presents_a_practice_may_be_asked(app: Flask) -> None:
    meeting = make.meeting()
    good, other = make.session(meeting, code="S1", kind="practices"), make.session(meeting, code="S2")
    winner = make.role(other, "prize-winner", name="A winner")
    speaker = make.role(good, "speaker", name="A speaker")
    for part, place in (("moderator", good), ("speaker", other)):
        make.role(place, part, name="Somebody else")
    assert [role.name for role in presenters(meeting, [])] == [speaker.name, winner.name]


def test_a_draft_is_kept_half_filled_and_never_over_a_newer_one(app: Flask) -> None:
    card, _token = invited(make.session(make.meeting()))
    with transaction():
        assert keep(card, practice(results=""), Sent(0), at=TODAY).version == 1  # type: ignore[union-attr]
    with transaction():
        assert keep(card, practice(results=""), Sent(0), at=TODAY).version == 1  # type: ignore[union-attr] # the same once more is nothing new
    with pytest.raises(Refused, match="another window"), transaction():
        keep(card, practice(results="From the other window."), Sent(0), at=TODAY)
    assert card.content["results"] == ""


def test_a_later_text_of_the_same_window_is_taken_whatever_it_was_answered(app: Flask) -> None:
    card, _token = invited(make.session(make.meeting()))
    window, other = 30 * "a", 30 * "b"
    with transaction():
        keep(card, practice(results="Half a"), Sent(0, f"{window}.1"), at=TODAY)
    with transaction():
        assert keep(card, practice(results="Half a sentence"), Sent(0, f"{window}.2"), at=TODAY).version == 2  # type: ignore[union-attr]
    with transaction():
        keep(card, practice(results="Half a"), Sent(0, f"{window}.1"), at=TODAY)  # it came late
    for mark in (f"{other}.3", ""):
        with pytest.raises(Refused, match="another window"), transaction():
            keep(card, practice(results="Not later"), Sent(0, mark), at=TODAY)
    assert (card.content["results"], card.head) == ("Half a sentence", 0)


def test_who_writes_over_the_other_text_leaves_it_on_record(app: Flask) -> None:
    card, _token = invited(make.session(make.meeting()))
    with transaction():
        keep(card, practice(results="First."), Sent(0), at=TODAY)
    with transaction():
        keep(card, practice(results="Second."), Sent(1, over=True), at=TODAY)
    assert card.content["results"] == "Second."
    assert [(one.was_sent, one.content["results"]) for one in card.revisions] == [(False, "First.")]


@pytest.mark.parametrize("fault", [{"project": ""}, {"results": "word " * 151}, {"action_lines": ()}, {"goals": (99,)}])
def test_a_card_that_lacks_something_is_not_sent(app: Flask, fault: dict[str, object]) -> None:
    card, _token = invited(make.session(make.meeting()))
    with pytest.raises(Refused), transaction():
        send(card, practice(**fault), Sent(0), at=TODAY)
    assert (card.sent_at, card.head) == (None, 0)


def test_a_card_is_corrected_until_the_session_is_cleared_and_no_longer(app: Flask) -> None:
    session = make.session(make.meeting())
    card, _token = sent(session)
    with transaction():
        send(card, practice(results="Better words."), Sent(card.version), at=LATER)
    assert [one.content["results"] for one in card.revisions] == [RESULTS, "Better words."]
    cleared(session)
    with pytest.raises(Refused, match="cleared"), transaction():
        send(card, practice(results="Too late."), Sent(card.version), at=LATER)
    assert card.head == 2


def test_nobody_is_asked_for_a_card_that_could_not_be_sent_any_more(app: Flask) -> None:
    session = make.session(make.meeting())
    card, _token = invited(session)
    cleared(session)
    with pytest.raises(Refused, match="is cleared"), transaction():
        remind(card, by=None, at=LATER)
    with pytest.raises(Refused, match="is cleared"):
        invited(session, name="Dorji Wangmo", email="dorji@example.org")
    assert len(cards_of(session.meeting)) == 1
    assert card.reminded_at is None


def test_each_consent_is_given_and_withdrawn_by_itself(app: Flask) -> None:
    card, _token = sent(make.session(make.meeting()), outlets=("stocktaking", "prizes"))
    assert card.may_be_forwarded_to == ["stocktaking", "prizes"]
    with transaction():
        change_consents(card, ("prizes",), at=LATER)
    assert card.may_be_forwarded_to == ["prizes"]
    assert [(one.outlet, one.withdrawn_at) for one in card.consents] == [("stocktaking", LATER), ("prizes", None)]
    with transaction():
        change_consents(card, ("stocktaking", "prizes"), at=LATER)
    assert len(card.consents) == 3


@pytest.mark.parametrize("happens", [keep, send])
def test_what_an_open_window_says_of_consents_is_old_once_they_have_a_form_of_their_own(
    app: Flask, happens: Callable[..., object]
) -> None:
    card, _token = sent(make.session(make.meeting()), outlets=("stocktaking", "prizes"))
    window, opened = 30 * "a", practice(results="Typed on.", outlets=("stocktaking", "prizes"))
    with transaction():
        keep(card, replace(opened, results="Typed"), Sent(1, f"{window}.1"), at=LATER)
    with transaction():
        change_consents(card, ("prizes",), at=LATER)
    with transaction():
        happens(card, opened, Sent(1, f"{window}.2"), at=LATER)
    assert (card.content["results"], card.content["outlets"]) == ("Typed on.", ["prizes"])
    assert card.may_be_forwarded_to == ["prizes"]


def test_a_reminder_has_the_link_once_more(app: Flask) -> None:
    card, token = invited(make.session(make.meeting()))
    with pytest.raises(Refused, match="last hour"), transaction():
        remind(card, by=None, at=TODAY + timedelta(minutes=59))
    with transaction():
        again = remind(card, by=None, at=TODAY + timedelta(minutes=60))
    assert token == again and opened_by(token) is card
    with transaction():
        end(card, by=None, at=LATER)
    assert opened_by(token) is None
    with pytest.raises(Refused), transaction():
        remind(card, by=None, at=LATER)


def test_a_card_becomes_a_note_whose_source_it_is(app: Flask) -> None:
    session = make.session(make.meeting(), code="S6")
    card, _token = sent(session)
    kind = make.category(session.meeting, stakeholder_type="government")
    make.registration(session.meeting, person=card.person, category=kind)
    with transaction():
        made = turn_into_note(card, by=None, at=LATER)
    now = made.current
    assert now.stakeholder_type == "government"  # what its presenter is registered as
    assert (made.reference, made.origin, made.state) == ("S6-01", "card:1", "draft")
    assert (now.kind, now.title, now.text, now.speaker, now.organization) == (
        "good-practice", "Prices by radio", RESULTS, "Pema Choden", "Ministry of Agriculture",
    )  # fmt: skip
    assert now.figures == [{"figure": "12,000 farmers", "source": "Ministry, 2016"}]
    assert f"Good practice card {card.reference}" in now.sources  # without who sent it: a report prints its sources
    assert not any(card.name in source for source in now.sources)
    assert (now.action_lines, now.goals, now.countries) == (["C7-EAGR"], [2], ["BTN"])
    with pytest.raises(Refused, match="S6-01"), transaction():
        turn_into_note(card, by=None, at=LATER)


def test_a_card_whose_note_was_deleted_may_become_one_again(app: Flask) -> None:
    card, _token = sent(make.session(make.meeting(), code="S6"))
    with transaction():
        made = turn_into_note(card, by=None, at=LATER)
        delete(made, base=1, by=None, at=LATER)
    with transaction():
        assert turn_into_note(card, by=None, at=LATER).reference == "S6-02"


def test_what_was_not_sent_becomes_no_note(app: Flask) -> None:
    card, _token = invited(make.session(make.meeting()))
    with transaction():
        open_card(card, at=TODAY)
        keep(card, practice(), Sent(0), at=TODAY)
    with pytest.raises(Refused, match="not sent"), transaction():
        turn_into_note(card, by=None, at=LATER)
    assert newest_sent(card) is None


def test_a_cancelled_session_takes_no_card(app: Flask) -> None:
    session = make.session(make.meeting(), cancelled_at=TODAY)
    with pytest.raises(Refused, match="cancelled"):
        invited(session)


def test_a_card_survives_its_keeping(app: Flask) -> None:
    whole = practice(measures=(Measure("1", "school", "Ministry"),), outlets=("prizes",))
    assert practice_from(whole.content()) == whole
    assert practice_from({**whole.content(), "unknown": 1}) == whole
