"""Versions of the official list of participants, and papers for one person, to test with."""

from typing import Any

from sqlalchemy import select

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.official_list.actions import choose, issue
from eventapp.official_list.models import PUBLIC
from eventapp.official_list.queries import Choice
from eventapp.personal_papers.actions import issue as issue_papers
from eventapp.personal_papers.actions import prepare
from eventapp.personal_papers.kinds import INVITATION
from eventapp.personal_papers.models import PersonalPaper
from eventapp.personal_papers.queries import Chosen
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


def letter_of(meeting: Meeting) -> PersonalPaper:
    """The letter of somebody who has a place."""
    contents = prepare(meeting, INVITATION, "en", Chosen(), at=now())
    with transaction():
        issue_papers(meeting, INVITATION, "en", contents, by=None, at=now())
    return db.session.scalars(select(PersonalPaper).order_by(PersonalPaper.id)).all()[0]


def letter_issued() -> dict[str, Any]:
    """The code of a letter at the first meeting."""
    meeting = db.session.scalars(select(Meeting).order_by(Meeting.id)).all()[0]
    about = {"kind": "certificate", "tongue": "en"}
    named = {f"personal_papers_manage.edit:{name}": value for name, value in about.items()}
    return {"personal_papers.show:code": letter_of(meeting).code, **named}
