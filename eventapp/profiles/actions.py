"""Publishing one's own page, changing it, taking it down. Only the person does this."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from eventapp.agenda.queries import roles_of
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.text.latin import code_for
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.profiles.models import Profile
from eventapp.profiles.queries import codes_taken, profile_of

LONGEST_CODE = 60


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to have on their page: a biography by language, and whether the photograph."""

    biography: Mapping[str, str]
    shows_photo: bool


def publish(person: Person, meeting: Meeting, wanted: Wanted, *, at: datetime) -> Profile:
    """Publish the page of this person, or change it. Refused of who has no part, and at a meeting that is closed."""
    lock(meeting)
    if meeting.closed_at is not None:
        raise Refused(_("This meeting is closed, so nothing of it changes. Its organizers can open it again."))
    parts, profile = roles_of(person, meeting), profile_of(person, meeting)
    if not parts:
        raise Refused(_("You have no role in a session of this meeting, so there is no page to publish."))
    biography = dict(wanted.biography)
    if profile is None:
        code = code_for(parts[0].name, codes_taken(meeting), most=LONGEST_CODE, otherwise="speaker")
        profile = Profile(meeting_id=meeting.id, person_id=person.id, code=code, published_at=at)
        verb = "published their page"
    elif (profile.biography, profile.shows_photo) == (biography, wanted.shows_photo):
        return profile
    else:
        verb = "changed their page"
    profile.biography, profile.shows_photo = biography, wanted.shows_photo
    meeting.version += 1  # pages of the agenda lead to it, and are kept by it
    db.session.add(profile)
    record(verb, profile, by=person, at=at)
    return profile


def take_down(person: Person, meeting: Meeting, *, at: datetime) -> None:
    """Delete the page of this person with all it says, whatever the meeting does. One that is not there is no fault."""
    lock(meeting)
    profile = profile_of(person, meeting)
    if profile is None:
        return
    record("took their page down", profile, by=person, at=at)
    meeting.version += 1
    db.session.delete(profile)
