"""To whom a message goes: by the filters of the list of registrations, by sessions, rooms and presence, or by hand."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from sqlalchemy import ColumnElement, Select, select

from eventapp.agenda.models import INVITED, Session, SpeakingRole
from eventapp.checkin.models import WELCOME, Scan
from eventapp.ground.db.types import Record
from eventapp.ground.text.policy import figure
from eventapp.meetings.models import Meeting, Room
from eventapp.registration.lists.listing import VIEWS, Look, everything
from eventapp.registration.lists.listing import conditions as conditions_of_list
from eventapp.registration.models import APPROVED, LAPSED, UNCONFIRMED, Registration

ANY_PART, UNANSWERED = "any", "unanswered"
PRESENT, ABSENT = "present", "absent"
NUMBER = re.compile(r"(?:R-)?0*([0-9]{1,9})", re.IGNORECASE)
MOST_BY_HAND = 500


@dataclass(frozen=True)
class Audience:
    """Who gets a message. Numbers of registrations written by hand stand for themselves; filters do not touch them."""

    state: str = APPROVED
    type: str = ""
    subregion: str = ""
    letter: str = ""
    q: str = ""
    tag: str = ""  # the number of one
    answer: str = ""  # registration/lists/by_answers.py
    part: str = ""  # the code of a session, any part in any, or one that is not answered
    room: str = ""
    presence: str = ""
    by_hand: str = ""

    @property
    def numbers(self) -> list[int]:
        """The numbers of registrations written by hand: R-0012, 34."""
        found = (NUMBER.fullmatch(word) for word in re.split(r"[\s,;]+", self.by_hand))
        return [figure(one.group(1)) for one in found if one][:MOST_BY_HAND]

    def record(self) -> Record:
        """The same as the row keeps it."""
        return asdict(self)


def audience_from(words: Mapping[str, object]) -> Audience:
    """What a row or an address says; what makes no sense counts for nothing."""
    found = {field.name: str(words.get(field.name) or "").replace("\0", "") for field in fields(Audience)}
    found["state"] = found["state"] if found["state"] in VIEWS else APPROVED
    return Audience(**found)


def recipients(meeting: Meeting, audience: Audience) -> Select[Registration, bool, bool]:
    """The registrations that a message goes to, with what the list reads beside each.

    Never an address that nobody confirmed: it may be somebody else's.
    """
    confirmed = Registration.state.not_in((UNCONFIRMED, LAPSED))
    return everything(meeting).where(confirmed, *conditions(audience))


def conditions(audience: Audience) -> list[ColumnElement[bool]]:
    if audience.by_hand:
        return [Registration.number.in_(audience.numbers)]
    look = Look(
        state=audience.state,
        q=audience.q,
        type=audience.type,
        subregion=audience.subregion,
        letter=audience.letter,
        tag=audience.tag,
        answer=audience.answer,
    )
    wanted = conditions_of_list(look)
    if audience.part or audience.room:
        wanted.append(has_part(audience))
    if audience.presence:
        let_in = (Scan.registration_id == Registration.id, Scan.verdict == WELCOME, Scan.undone_at.is_(None))
        came = select(Scan.id).where(*let_in).exists()
        wanted.append(came if audience.presence == PRESENT else ~came)
    return wanted


def has_part(audience: Audience) -> ColumnElement[bool]:
    """The condition that somebody holds a part in this session, in a session of this room, or in any."""
    parts = select(SpeakingRole.id).join(Session, SpeakingRole.session_id == Session.id)
    parts = parts.where(
        SpeakingRole.person_id == Registration.person_id,
        SpeakingRole.ended_at.is_(None),
        Session.meeting_id == Registration.meeting_id,
        Session.cancelled_at.is_(None),
    )
    if audience.part == UNANSWERED:
        parts = parts.where(SpeakingRole.state == INVITED)
    elif audience.part and audience.part != ANY_PART:
        parts = parts.where(Session.code == audience.part)
    if audience.room:
        parts = parts.join(Room, Session.room_id == Room.id).where(Room.code == audience.room)
    return parts.exists()
