"""Versions of the official list of participants, to test with."""

from typing import Any

from sqlalchemy import select

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.official_list.actions import choose, issue
from eventapp.official_list.models import PUBLIC
from eventapp.official_list.queries import Choice
from eventapp.registration.models import APPROVED, Registration
from tests import make


def public_version(meeting: Meeting) -> None:
    """A version of the list that everybody reads."""
    with transaction():
        choose(meeting, Choice(audience=PUBLIC), by=None, at=now())
        issue(meeting, is_final=False, remark="First version", seen=0, by=None, at=now())


def two_versions() -> dict[str, Any]:
    """Two versions at the first meeting, which everybody reads; somebody more would be in the next one."""
    meeting = db.session.scalars(select(Meeting).order_by(Meeting.id)).first()
    assert meeting is not None
    public_version(meeting)
    query = select(Registration).where(Registration.meeting_id == meeting.id, Registration.state == APPROVED)
    with transaction():
        db.session.scalars(query.where(Registration.lists_name).limit(1)).one().job_title = "Minister of Communications"
    with transaction():
        issue(meeting, is_final=True, remark="", seen=1, by=None, at=now())
    make.registration(meeting, record_name="Ms. Newly Registered", number=9999)
    return {"official_list.show:number": 1, "official_list_manage.show:number": 2}
