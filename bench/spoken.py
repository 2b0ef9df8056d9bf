"""Who spoke at a large meeting, and what people wrote to it: rows that its pages read some at a time."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import insert, select

from eventapp.agenda.models import Session
from eventapp.balance.models import Nominee
from eventapp.balance.nominated import Nomination
from eventapp.floor.models import Statement
from eventapp.ground.db import db
from eventapp.inputs.content import Contribution
from eventapp.inputs.models import Input, InputRevision
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Delegation, Registration

STATEMENTS, SPEAKERS = 8, 8  # of a session; one in so many people speaks
WRITERS = 20  # one in so many sends an input
LENGTH = timedelta(minutes=3)
KINDS = ("government", "igo", "civil-society", "private-sector")
COUNTRIES = ("THA", "IND", "FJI", "KAZ", "NPL", "")


def add_spoken(meeting: Meeting, sessions: Sequence[Session], at: datetime) -> None:
    """Eight statements in each session, and an input of every twentieth participant, all sent now."""
    columns = (Registration.id, Registration.record_name, Registration.category_id, Registration.person_id)
    found = select(*columns).where(Registration.meeting_id == meeting.id).order_by(Registration.id)
    people = db.session.execute(found).all()
    speakers = people[::SPEAKERS]
    statements = []
    for number in range(len(sessions) * STATEMENTS):
        one, begins = speakers[number % len(speakers)], at + number * LENGTH
        facts = {"registration_id": one[0], "name": one[1], "category_id": one[2], "pauses": [], "asked_at": begins}
        times = {"started_at": begins, "ended_at": begins + LENGTH}
        statements.append({"session_id": sessions[number // STATEMENTS].id, **facts, **times})
    db.session.execute(insert(Statement), statements)
    inputs = [
        {"meeting_id": meeting.id, "number": number, "person_id": one[3], "registration_id": one[0], "name": one[1]}
        | {"head": 1, "begun_at": at, "sent_at": at}
        for number, one in enumerate(people[::WRITERS], start=1)
    ]
    db.session.execute(insert(Input), inputs)
    content = Contribution(organization="Radio Network", passages={"C9": "Many words of it. " * 100}).content()
    numbers = db.session.scalars(select(Input.id).where(Input.meeting_id == meeting.id)).all()
    revisions = [{"input_id": one, "number": 1, "at": at, "was_sent": True, "content": content} for one in numbers]
    db.session.execute(insert(InputRevision), revisions)


def add_nominees(meeting: Meeting, at: datetime) -> None:
    """As many nominees as there are participants: every second has asked to come, with the words of the name turned."""
    columns = (Registration.given_name, Registration.family_name, Registration.number, Delegation.name)
    found = select(*columns).join(Registration.delegation).where(Registration.meeting_id == meeting.id)
    nominees = []
    for given, family, number, delegation in db.session.execute(found.order_by(Registration.id)):
        name = f"{family.upper()}, {given}" if number % 2 else f"Nominee {number}"
        kind, country = KINDS[number % len(KINDS)], COUNTRIES[number % len(COUNTRIES)]
        one = Nomination(name, delegation, kind, country, ("woman", "man", "")[number % 3])
        nominees.append({"meeting_id": meeting.id, "key": one.key, "added_at": at, **asdict(one)})
    db.session.execute(insert(Nominee), nominees)
