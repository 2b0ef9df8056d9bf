"""One link of every purpose, as it is mailed, with what its page takes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from eventapp.agenda.models import ROLE_LINK
from eventapp.clearance.actions import Asked, ask_reader
from eventapp.clearance.actions import token_of as token_of_reader
from eventapp.clearance.models import LINK as CLEARANCE
from eventapp.delegations.focal.actions import invite_focal_point
from eventapp.delegations.focal.queries import LINK as FOCAL
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.db.types import Base
from eventapp.inputs.actions import Invited, invite
from eventapp.inputs.models import LINK as INPUT
from eventapp.links.actions import link_for_letter
from eventapp.links.models import Purpose
from eventapp.practices.models import LINK as CARD
from eventapp.record.clearing.actions import submit_session
from eventapp.record.confirmations.actions import ask_to_confirm, token_of
from eventapp.record.confirmations.models import LINK as CONFIRMATION
from eventapp.registration.entry import OWN, own_token
from eventapp.registration.models import UNCONFIRMED
from tests import make, make_review
from tests.make import TODAY
from tests.make_agenda import role_link
from tests.make_inputs import call
from tests.make_practices import invited
from tests.make_record import note


@dataclass(frozen=True)
class Door:
    """A mailed link: its address, what it opens, and the form that its first page sends."""

    purpose: Purpose[Any]
    row: Any
    before: str
    token: str
    sends: str = ""  # added to the address
    form: dict[str, Any] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"{self.before}{self.token}"

    @property
    def meeting_id(self) -> int:
        above = getattr(self.row, "session", None) or getattr(self.row, "report", None) or self.row
        return int(above.meeting_id)


def card() -> Door:
    """To fill in a card: one button first."""
    row, token = invited(make.session(make.meeting()))
    return Door(CARD, row, "/practices/", token, "/opening")


def clearance() -> Door:
    """To read a draft: what acts is the button that says so."""
    report = make_review.report(make.meeting(mandate=[], objectives=[]))
    with transaction():
        row = ask_reader(report, Asked("Ada Byron", "ada@example.org", "Bhutan", (), 2), by=None, at=now())
    return Door(CLEARANCE, row, "/clearances/", token_of_reader(row), "/finish")


def confirmation() -> Door:
    """To confirm what was recorded."""
    session = make.session(make.meeting(), code="S3")
    part = make.role(session, "moderator", name="Grace Hopper", person_id=make.person("Grace Hopper").id)
    made = note(session, "Two per cent.", role_id=part.id)
    with transaction():
        submit_session(session, by=None, at=now(), despite="Time was short.")
        row = ask_to_confirm(session, part, by=None, at=now())
    return Door(CONFIRMATION, row, "/confirmations/", token_of(row), form={f"seen-{made.id}": "1"})


def focal_point() -> Door:
    """To nominate somebody for a delegation."""
    day = (now() + timedelta(days=9)).date()
    meeting = make.meeting(starts_on=day, ends_on=day, registration_closes_at=now() + timedelta(days=7))
    category, delegation, by = make.category(meeting), make.delegation(meeting), make.person()
    with transaction():
        row = invite_focal_point(delegation, "Ioane", "mission@example.org", language="en", by=by, at=now())
        token = link_for_letter(FOCAL, row, meeting_id=meeting.id, at=now())
    person = {"category": category.code, "family_name": "Tabai", "job_title": "Director", "email": "tabai@example.org"}
    return Door(FOCAL, row, "/focal-points/", token, "/people/new", {"key": "k", **person})


def role() -> Door:
    """To take a part in a session, or decline it."""
    session = make.session(
        make.meeting(), code="S1", starts_at=now() + timedelta(days=9), ends_at=now() + timedelta(days=10)
    )
    row = make.role(session, "speaker", state="invited", person_id=make.person().id)
    return Door(ROLE_LINK, row, "/roles/", role_link(row), form={"answer": "accept"})


def registration() -> Door:
    """To confirm the address of a request."""
    day = (now() + timedelta(days=9)).date()
    row = make.registration(
        make.meeting(starts_on=day, ends_on=day), state=UNCONFIRMED, confirmed_at=None, asked_at=now(), state_at=now()
    )
    return Door(OWN, row, "/registrations/", own_token(row), "/confirmation")


def written_input() -> Door:
    """To write an input, for a body that nobody registered for."""
    meeting = make.meeting()
    call(meeting)
    with transaction():
        row, token = invite(meeting, Invited("Mele Kalsakau", "mele@example.org", "TRBR", "VUT"), by=None, at=TODAY)
    return Door(INPUT, row, "/inputs/", token, "/consent")


DOORS: dict[str, Callable[[], Door]] = {
    "card": card,
    "registration": registration,
    "input": written_input,
    "clearance": clearance,
    "confirmation": confirmation,
    "focal point": focal_point,
    "role": role,
}


def state() -> dict[str, list[Any]]:
    """Everything that the database holds."""
    db.session.rollback()
    tables = Base.metadata.sorted_tables
    return {
        one.name: [tuple(row) for row in db.session.execute(select(one).order_by(*one.primary_key))] for one in tables
    }
