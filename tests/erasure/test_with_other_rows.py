"""What an erasure finds by the rows of a person: their parts, links and lines of history, and no namesake by mistake."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.agenda.models import ROLE_LINK, Session
from eventapp.agenda.roles.actions import answer_role, change_role
from eventapp.agenda.sessions.facts import RoleFacts
from eventapp.clearance.models import LINK as CLEARANCE
from eventapp.clearance.models import Reader
from eventapp.delegations.focal.actions import end_focal_point, invite_focal_point
from eventapp.documents.material.actions import Material, hand_in
from eventapp.erasure.actions import ask_to_erase
from eventapp.erasure.queries import holds_office, meetings_of
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.chain import verify
from eventapp.history.models import Entry
from eventapp.inputs.actions import begin
from eventapp.inputs.answers.actions import answer_input
from eventapp.inputs.models import LINK as INPUT
from eventapp.links.actions import issue
from eventapp.links.models import Link
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.practices.actions import put_file
from eventapp.practices.models import CardFile
from eventapp.record.confirmations.models import LINK as CONFIRMATION
from eventapp.record.confirmations.models import Confirmation
from eventapp.registration.changes.address import readdress
from eventapp.registration.invitations.models import LINK as INVITED
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.models import UNCONFIRMED, Registration
from eventapp.review.reports.models import Report
from tests import make, make_inputs, make_practices, make_review
from tests.erasure.erasing import erased
from tests.erasure.planting import NAME
from tests.erasure.searching import in_rows
from tests.make_questions import question

WRONG, RIGHT = "zenobia@exmaple.org", "zenobia.quartermain@example.org"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def leaver(meeting: Meeting) -> Registration:
    """Somebody who has withdrawn."""
    return make.registration(meeting, record_name=NAME, state="withdrawn", person=make.person(NAME, RIGHT))


def test_who_was_at_a_mistyped_address_first_is_no_namesake(meeting: Meeting) -> None:
    one = make.registration(
        meeting,
        record_name=NAME,
        state=UNCONFIRMED,
        person=make.person(NAME, WRONG),
        approved_at=None,
        confirmed_at=None,
    )
    told, by = make.session(meeting, description=f"Led by {NAME}.").id, make.person()
    with transaction():
        readdress(one, RIGHT, before=WRONG, by=by, at=make.TODAY)
    erased(one, make.TODAY + timedelta(days=90))
    assert db.session.get_one(Session, told).description == "Led by a participant."
    assert "quartermain" not in in_rows() and WRONG not in in_rows()


def test_a_person_on_whom_nothing_hangs_is_no_namesake(meeting: Meeting, leaver: Registration) -> None:
    told = make.session(meeting, description=f"Led by {NAME}.").id
    make.person(NAME, WRONG)
    erased(leaver)
    assert db.session.get_one(Session, told).description == "Led by a participant."


def test_a_person_with_a_part_is_a_namesake(meeting: Meeting, leaver: Registration) -> None:
    told = make.session(meeting, description=f"Led by {NAME}.")
    number = told.id
    make.role(told, name="Dr. Quartermain", person_id=make.person(NAME, WRONG).id)
    erased(leaver)
    assert db.session.get_one(Session, number).description == f"Led by {NAME}."


def test_the_words_of_the_lines_about_what_is_theirs_go(meeting: Meeting, leaver: Registration) -> None:
    session = make.session(meeting, code="S1")
    role = make.role(session, name=NAME, person_id=leaver.person_id, state="confirmed")
    make_inputs.call(meeting)
    asked = question(meeting, stage="input")
    with transaction():
        leaver.state = "approved"
        written = begin(leaver, at=make.TODAY)
        answer_input(written, {asked.code: ["The secret of an answer"]}, at=make.TODAY)
        leaver.state = "withdrawn"
    card, _token = make_practices.invited(session, name=NAME, email=RIGHT)
    file = CardFile(content_type="image/png", content=b"1", sha256="0" * 64, given_name="The secret of a file.png")
    told_now = RoleFacts(role.role, NAME, position_held="The secret of a position")
    material = Material("The secret of a title", "presentation", "public", "https://example.org")
    with transaction():
        put_file(card, file, at=make.TODAY)
        change_role(role, told_now, by=None, at=make.TODAY)
        hand_in(role, material, at=make.TODAY)
        answer_role(role, accepts=False, at=make.TODAY, by=None, reason="The secret of a reason")
    verbs = {"answered questions", "sent a file of a card", "changed part", "handed in material", "declined part"}
    assert verbs <= told("secret")
    erased(leaver)
    assert told("secret") == set()
    assert verbs <= told("")
    assert verify() == []


def test_a_focal_point_has_an_office_until_it_is_ended(meeting: Meeting, leaver: Registration) -> None:
    delegation, person, by = make.delegation(make.meeting()), leaver.person, make.staff(meeting, ORGANIZER)
    with transaction():
        focal = invite_focal_point(delegation, NAME, RIGHT, language="en", by=by, at=make.TODAY)
    assert (meetings_of(person), holds_office(person)) == ({meeting.id, delegation.meeting_id}, True)
    with pytest.raises(Refused, match="role in running meetings"), transaction():
        ask_to_erase(leaver, "They asked.", by=by, at=make.TODAY)
    with transaction():
        end_focal_point(focal, by=by, at=make.TODAY)
    assert (meetings_of(person), holds_office(person)) == ({meeting.id}, False)
    erased(leaver)
    assert "quartermain" not in in_rows()


def test_every_link_of_theirs_ends_and_no_other(meeting: Meeting, leaver: Registration) -> None:
    other = make.registration(meeting)
    report = make_review.report(meeting)
    make_inputs.call(meeting)
    session = make.session(meeting)
    for one in (leaver, other):
        links_of(one, session, report)
    assert open_links() == dict.fromkeys((*OPENED, "confirmation"), 2) | {"confirmation": 4}
    erased(leaver)
    assert open_links() == dict.fromkeys(OPENED, 1) | {"confirmation": 2}
    assert [one.ended_at for one in db.session.scalars(select(Reader).order_by(Reader.id))] == [make.TODAY, None]


OPENED = ("registration", "calendar", "invitation", "role", "input", "card", "clearance")


def links_of(one: Registration, session: Session, report: Report) -> None:
    """A link of each kind that somebody may have."""
    email, meeting = one.person.email, session.meeting
    role = make.role(session, name=one.record_name, person_id=one.person_id)
    state, at = one.state, make.TODAY
    wanted = Invitation(
        meeting_id=meeting.id, category_id=one.category_id, family_name="A", email=email, skips_approval=False,
        invited_at=at,
    )  # fmt: skip
    make.kept(wanted)
    reader = {"name": "A", "email": email, "asked_at": at, "expires_at": at + timedelta(days=9)}
    make_practices.invited(session, name=one.record_name, email=email)
    asked_to_read = make.kept(Reader(report_id=report.id, **reader))
    with transaction():
        issue(INVITED, wanted, meeting_id=meeting.id, at=at)
        issue(CLEARANCE, asked_to_read, meeting_id=meeting.id, at=at)
    with transaction():
        one.state = "approved"
        issue(INPUT, begin(one, at=at), meeting_id=meeting.id, at=at)
        issue(ROLE_LINK, role, meeting_id=meeting.id, at=at)
        one.state = state
    for asked in ({"role_id": role.id}, {"registration_id": one.id}):
        row = make.kept(Confirmation(session_id=session.id, asked_at=at, expires_at=at + timedelta(days=1), **asked))
        with transaction():
            issue(CONFIRMATION, row, meeting_id=meeting.id, at=at)


def open_links() -> dict[str, int]:
    """How many links are open, by what they are for."""
    query = select(Link.purpose, func.count()).where(Link.ended_at.is_(None)).group_by(Link.purpose)
    return {purpose: number for purpose, number in db.session.execute(query)}  # noqa: C416 -- a row is no pair to the types


def told(words: str) -> set[str]:
    """What was done in the lines of history that have these words."""
    return {one.verb for one in db.session.scalars(select(Entry)) if words in str(one.detail)}
