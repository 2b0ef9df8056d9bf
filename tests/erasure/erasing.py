"""Erasing somebody as two organizers and the worker do it."""

from datetime import datetime

from eventapp.erasure.actions import ask_about, ask_to_erase, confirm_erasure
from eventapp.erasure.jobs import JOBS
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.people.models import Person
from eventapp.registration.models import Registration
from tests import make


def organizer(meeting: Meeting) -> Person:
    return make.staff(meeting, ORGANIZER)


def erased(registration: Registration, at: datetime = make.TODAY, *, by: Person | None = None) -> None:
    first, second = organizer(registration.meeting), by or organizer(registration.meeting)
    with transaction():
        erasure = ask_to_erase(registration, "They asked.", by=first, at=at)
    with transaction():
        confirm_erasure(erasure, by=second, at=at)
    work_through(JOBS, at=at)
    db.session.remove()


def erased_at(email: str, name: str = "", *, meeting: Meeting | None, at: datetime) -> None:
    """Whoever is at this address or has this name, by two administrators where it is of no meeting."""
    first, second = (organizer(meeting) if meeting else make.administrator() for _one in range(2))
    with transaction():
        erasure = ask_about(email, name, "They asked.", meeting=meeting, by=first, at=at)
    with transaction():
        confirm_erasure(erasure, by=second, at=at)
    work_through(JOBS, at=at)
    db.session.remove()
