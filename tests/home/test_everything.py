"""What a participant takes along: everything they told us or wrote, and nothing of anybody else."""

from flask import Flask

from eventapp.clearance.actions import Asked, ask_reader
from eventapp.commitments.actions import name_focal_point
from eventapp.commitments.queries import recorded_here
from eventapp.drafts.models import Draft
from eventapp.floor.actions import ask
from eventapp.floor.asking import for_registration
from eventapp.ground.db import transaction
from eventapp.home.registration.everything import all_about
from eventapp.record.clearing.actions import submit_session
from eventapp.record.confirmations.actions import Said, ask_to_confirm, reply
from eventapp.record.confirmations.models import Confirmation
from eventapp.record.notes.models import DRAFT
from eventapp.registration.models import Registration
from tests import make, make_inputs, make_practices, make_record, make_review
from tests.commitments.test_register import promised
from tests.make import TODAY
from tests.make_registration import confirmed


def recorded(registration: Registration) -> list[str]:
    return [one["text"] for one in all_about(registration)["words_recorded"]]


def test_words_that_are_cleared_and_on_the_record_go_along(app: Flask) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    mine, other = confirmed(meeting), confirmed(meeting)
    role = make.role(session, person_id=mine.person_id)
    strange = make.role(session, person_id=other.person_id)

    make_review.note(session, role_id=role.id, text="Mine.")
    make_review.note(session, role_id=strange.id, text="Somebody else's.")
    make_review.note(session, role_id=role.id, text="Not cleared yet.", state=DRAFT)
    make_review.note(session, role_id=role.id, text="Off the record.", off_record=True)
    make_review.note(session, role_id=role.id, text="Deleted.", deleted=True)

    assert (recorded(mine), recorded(other)) == (["Mine."], ["Somebody else's."])


def test_words_of_ones_turn_go_along_unless_they_turned_out_to_be_anothers(app: Flask) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    bhutan = make.delegation(meeting, name="Bhutan")
    mine = make.registration(meeting, record_name="Tashi Dorji", delegation=bhutan)
    with transaction():
        turn = ask(session, for_registration(mine), by=None, at=TODAY).id
    for text, who in (("Mine.", "Tashi Dorji"), ("Somebody else's.", "Anong Suksawat"), ("Nobody's.", "")):
        said = make_review.note(session, text=text, speaker=who, organization="Bhutan" if who else "")
        with transaction():
            said.statement_id = turn

    assert recorded(mine) == ["Mine."]


def test_inputs_and_cards_go_along(app: Flask) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    make_inputs.call(meeting)
    written = make_inputs.sent(meeting)
    card, _token = make_practices.sent(session)
    registration, stranger = written.registration, confirmed(meeting)
    assert registration is not None
    with transaction():
        card.person_id = registration.person_id

    told = all_about(registration)

    assert told["inputs"][0]["content"]["passages"] == {"C9": make_inputs.RADIO}
    assert told["cards"][0]["content"]["project"] == "Prices by radio"
    assert (all_about(stranger)["inputs"], all_about(stranger)["cards"]) == ([], [])


def test_that_somebody_is_named_for_a_commitment_goes_along(app: Flask) -> None:
    meeting = make.meeting()
    mine, stranger = confirmed(meeting), confirmed(meeting)
    made = promised(make.session(meeting))
    one = recorded_here(meeting, made.id)
    assert one is not None
    with transaction():
        name_focal_point(one, "Somebody", mine.person.email, by=None, at=TODAY)

    assert [told["note"] for told in all_about(mine)["commitments"]] == [made.reference]
    assert all_about(stranger)["commitments"] == []


def test_answers_to_what_was_sent_to_confirm_and_to_clear_go_along(app: Flask) -> None:
    meeting = make.meeting(mandate=[], objectives=[])
    session = make.session(meeting)
    mine, stranger = confirmed(meeting), confirmed(meeting)
    part = make.role(session, "moderator", person_id=mine.person_id)
    words = make_record.note(session)
    report = make_review.report(meeting)
    with transaction():
        submit_session(session, by=None, at=TODAY, despite="Time was short.")
        asked = ask_to_confirm(session, part, by=None, at=TODAY)
        reply(asked, {words.id: Said(words.head, reason="Not my words.")}, at=TODAY)
        ask_reader(report, Asked("Ada Byron", mine.person.email, "Bhutan", (), 2), by=None, at=TODAY)

    told = all_about(mine)

    assert told["confirmations"][0]["replies"] == [
        {"note": words.reference, "answer": "objected", "reason": "Not my words."}
    ]
    assert (told["clearance"][0]["report"], told["clearance"][0]["on_behalf"]) == ("summary", "Bhutan")
    assert (all_about(stranger)["confirmations"], all_about(stranger)["clearance"]) == ([], [])


def test_what_somebody_answered_who_spoke_from_the_floor_goes_along(app: Flask) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    mine, stranger = confirmed(meeting), confirmed(meeting)
    asked = {"session_id": session.id, "registration_id": mine.id, "asked_at": TODAY, "expires_at": TODAY}
    typed = {"1": {"seen": 1, "choice": "corrected", "text": "Three", "reason": "", "before": []}}
    number = make.kept(Confirmation(**asked)).id
    make.kept(
        Draft(kind="answer", scope_id=session.id, target_id=number, content=typed, created_at=TODAY, updated_at=TODAY)
    )
    assert [(one["session"], one["begun"]) for one in all_about(mine)["confirmations"]] == [(session.code, typed)]
    assert all_about(stranger)["confirmations"] == []
