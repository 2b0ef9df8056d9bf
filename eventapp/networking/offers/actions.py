from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.meetings.themes.content import Themes
from eventapp.meetings.themes.queries import themes_of
from eventapp.networking.actions import refuse_closed
from eventapp.networking.offers.models import (
    GOAL,
    KINDS,
    MOST_LINES,
    MOST_TAGS,
    NetworkingLine,
    NetworkingTag,
)
from eventapp.networking.offers.queries import lines_of
from eventapp.registration.models import Registration

SPEAKS_FOR_IT = ("HOD", "DHOD", "REP")  # roles in the delegation of a State


@dataclass(frozen=True)
class Wanted:
    """What somebody offers or needs, as they typed it; goals by number."""

    kind: str
    text: str
    themes: Sequence[str] = ()
    goals: Sequence[int] = ()
    for_delegation: bool = False

    def codes(self, themes: Themes) -> list[str]:
        """The codes of what is tagged, in the order of the meeting, without what it does not have."""
        return [
            *(code for code in themes.lines if code in self.themes),
            *(f"{GOAL}{number}" for number in themes.goals if number in self.goals),
        ]


def add_line(registration: Registration, wanted: Wanted, *, at: datetime) -> NetworkingLine:
    """Write down what a participant offers or needs. The same line twice is one.

    Refused as in `refuse_closed`, beyond eight lines of a kind, without a theme or goal to find it by where the meeting
    has any, with more than six, and for a delegation that the participant does not speak for.
    """
    lock(registration)
    refuse_closed(registration, at)
    codes = codes_of(registration, wanted)
    mine = [one for one in lines_of(registration) if one.kind == wanted.kind]
    twin = next((one for one in mine if one.text == wanted.text), None)
    if twin is not None:
        return changed(twin, wanted, codes)
    if len(mine) >= MOST_LINES:
        raise Refused(_("You have %(most)s lines of this kind. Change one of them, or take one out.", most=MOST_LINES))
    line = NetworkingLine(meeting_id=registration.meeting_id, registration_id=registration.id, at=at)
    line.kind = wanted.kind
    changed(line, wanted, codes)
    db.session.add(line)
    db.session.flush()
    return line


def change_line(line: NetworkingLine, wanted: Wanted, *, at: datetime) -> None:
    """Let a line say this; whether it is an offer or a need stays. Refused as in `add_line`."""
    registration = line.registration
    lock(registration)
    refuse_closed(registration, at)
    changed(line, wanted, codes_of(registration, wanted))
    db.session.flush()


def take_out(line: NetworkingLine) -> None:
    """Delete a line with its tags, at any time."""
    lock(line.registration)
    db.session.delete(line)
    db.session.flush()


def changed(line: NetworkingLine, wanted: Wanted, codes: Sequence[str]) -> NetworkingLine:
    line.text, line.for_delegation = wanted.text, wanted.for_delegation
    stay = {one.tag: one for one in line.tags if one.tag in codes}
    facts = {"meeting_id": line.meeting_id, "kind": line.kind}
    line.tags = [stay.get(code) or NetworkingTag(tag=code, **facts) for code in codes]
    return line


def codes_of(registration: Registration, wanted: Wanted) -> list[str]:
    """The tags of what was typed, where it may be written down."""
    if wanted.kind not in KINDS:
        raise Refused(_("Say whether you offer this or need it."))
    if not wanted.text:
        raise Refused(_("Write in one line what you offer or need."), beside="text")
    if wanted.for_delegation and not speaks_for_delegation(registration):
        raise Refused(_("Only its head or a representative writes for a delegation."), beside="for_delegation")
    themes = themes_of(registration.meeting)
    codes = wanted.codes(themes)
    if not codes and (themes.lines or themes.goals):
        raise Refused(_("Choose what it is about: people find it by that."), beside="themes")
    if len(codes) > MOST_TAGS:
        raise Refused(_("Choose %(most)s themes and goals at most.", most=MOST_TAGS), beside="themes")
    return codes


def speaks_for_delegation(registration: Registration) -> bool:
    """Whether this participant may write lines for who sent them: any of an organization, the heads of a State's."""
    return not registration.delegation.is_state or registration.delegation_role in SPEAKS_FOR_IT
