"""Who may enter at a gate: one table of cases that the server and the phone without a connection are both held to."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from eventapp.badges.actions import issue, reissue
from eventapp.badges.queries import code_of
from eventapp.checkin.actions import REPLACED, UNKNOWN
from eventapp.checkin.admission import NOT_HERE, OUT_OF_HOURS, Admission
from eventapp.checkin.models import Gate
from eventapp.delegations.actions import merge
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.registration.models import DECLINED, LAPSED, PENDING, UNCONFIRMED, WAITING, WITHDRAWN
from eventapp.registration.tags.actions import make_tag, put_tags
from eventapp.registration.zones.models import Zone
from tests import make, make_checkin


@dataclass(frozen=True)
class Case:
    """A rule and a person, and why the gate refuses them; "" where it does not. `rule` names who, not by numbers."""

    name: str
    reason: str = ""
    rule: dict[str, Any] = field(default_factory=dict)
    state: str = "approved"
    asked: timedelta = timedelta()  # before the reading
    replaced: bool = False
    issued: bool = True
    strange: bool = False  # the code is nobody's
    role_in: str = ""  # here, elsewhere
    role_state: str = "confirmed"
    at_session: bool = False


CASES = [
    Case("everybody with a place"),
    Case("a badge that was never issued: the code of the letter", issued=False),
    Case("a code of nobody", UNKNOWN, strange=True),
    Case("a badge that was replaced", REPLACED, replaced=True),
    Case("a badge that was replaced, at a gate for others", REPLACED, {"categories": "other"}, replaced=True),
    Case("pending", PENDING, state=PENDING),
    Case("waiting", WAITING, state=WAITING),
    Case("declined", DECLINED, state=DECLINED),
    Case("withdrawn", WITHDRAWN, state=WITHDRAWN),
    Case("unconfirmed", UNCONFIRMED, state=UNCONFIRMED, asked=timedelta(hours=47)),
    Case("lapsed, swept up or not", LAPSED, state=UNCONFIRMED, asked=timedelta(hours=48)),
    Case("the state before the hours", PENDING, {"opens": "later"}, state=PENDING),
    Case("one of the categories", "", {"categories": "own"}),
    Case("none of the categories", NOT_HERE, {"categories": "other"}),
    Case("one of the tags", "", {"tags": "own"}),
    Case("none of the tags", NOT_HERE, {"tags": "other"}),
    Case("one of the delegations", "", {"delegations": "own"}),
    Case("none of the delegations", NOT_HERE, {"delegations": "other"}),
    Case("one that was merged into theirs", "", {"delegations": "merged"}),
    Case("one of the zones, by the category", "", {"zones": "own"}),
    Case("one of the zones, by the tag", "", {"zones": "tagged"}),
    Case("none of the zones", NOT_HERE, {"zones": "other"}),
    Case("a zone that lets in nobody", NOT_HERE, {"zones": "empty"}),
    Case("a zone that is gone", NOT_HERE, {"zones": "gone"}),
    Case("a zone of nobody beside one's category", "", {"zones": "empty", "categories": "own"}),
    Case("one of several groups", "", {"categories": "other", "tags": "own"}),
    Case("none of several groups", NOT_HERE, {"categories": "other", "tags": "other", "delegations": "other"}),
    Case("a role in any session, at the building", "", {"parts": True}, role_in="elsewhere"),
    Case("no role", NOT_HERE, {"parts": True}),
    Case("a role in this session", "", {"parts": True}, role_in="here", at_session=True),
    Case("a role in another session", NOT_HERE, {"parts": True}, role_in="elsewhere", at_session=True),
    Case("a role that was declined", NOT_HERE, {"parts": True}, role_in="here", role_state="declined"),
    Case("open by now", "", {"opens": "now"}),
    Case("not open yet", OUT_OF_HOURS, {"opens": "later"}),
    Case("open until later", "", {"shuts": "later"}),
    Case("shut by now", OUT_OF_HOURS, {"shuts": "now"}),
    Case("between its hours", "", {"opens": "earlier", "shuts": "later"}),
    Case("outside its hours", OUT_OF_HOURS, {"opens": "later", "shuts": "latest"}),
    Case("over midnight, open", "", {"opens": "now", "shuts": "earlier"}),
    Case("over midnight, shut", OUT_OF_HOURS, {"opens": "later", "shuts": "earlier"}),
    Case("the hours before the groups", OUT_OF_HOURS, {"opens": "later", "categories": "other"}),
]
HOURS = {"earlier": -60, "now": 0, "later": 60, "latest": 120}  # minutes from the reading


def built(case: Case, meeting: Meeting, at: datetime) -> tuple[Gate, str]:
    """A gate of its own with this rule, and the code that this person shows there."""
    delegation = make.delegation(meeting, f"Delegation for {case.name}")
    asked = {"state": case.state, "asked_at": at - case.asked}
    one = make.registration(meeting, delegation=delegation, **asked)
    here, elsewhere = make.session(meeting), make.session(meeting)
    if case.role_in:
        session = here if case.role_in == "here" else elsewhere
        make.role(session, "speaker", person_id=one.person_id, state=case.role_state)
    organizer = make.staff(meeting, "organizer")
    merged = make.delegation(meeting, f"Merged for {case.name}")
    with transaction():
        own_tag = make_tag(meeting, f"Tag of {case.name}"[:40], "blue", by=organizer, at=at)
        put_tags([one], [own_tag], by=organizer, at=at)
        merge(merged, delegation.id, by=organizer, at=at)
    numbers = {
        "categories": {"own": one.category_id, "other": make.category(meeting).id},
        "tags": {"own": own_tag.id, "other": own_tag.id + 1_000_000},
        "delegations": {"own": delegation.id, "other": make.delegation(meeting, f"Other for {case.name}").id}
        | {"merged": merged.id},
    }
    if "zones" in case.rule:
        numbers["zones"] = zones(meeting, CASES.index(case), numbers)
    rule: dict[str, Any] = {}
    for name, value in case.rule.items():
        if name in numbers:
            rule[name] = (numbers[name][value],)
        elif name == "parts":
            rule[name] = value
        else:
            rule[name] = f"{(at + timedelta(minutes=HOURS[value])).astimezone(meeting.tz):%H:%M}"
    gate = make_checkin.gate(meeting, case.name, here if case.at_session else None)
    with transaction():
        gate.admission = Admission(**rule).as_record()
        if case.issued and case.state == "approved":
            issue(one, by=None, at=at)
    code = "0" * 20 if case.strange else code_of(one)
    if case.replaced:
        with transaction():
            reissue(one, "lost", by=organizer, at=at)
    db.session.rollback()
    return gate, code


def zones(meeting: Meeting, place: int, numbers: dict[str, dict[str, int]]) -> dict[str, int]:
    """Zones that let in the person of the case, others, and nobody; by their numbers."""
    groups = {
        "own": {"categories": [numbers["categories"]["own"]]},
        "tagged": {"tags": [numbers["tags"]["own"]]},
        "other": {"categories": [numbers["categories"]["other"]], "tags": [numbers["tags"]["other"]]},
        "empty": {},
    }
    found = {
        name: make.kept(Zone(meeting_id=meeting.id, code=f"{letter}{place}", name=name, **group)).id
        for letter, (name, group) in zip("ABCD", groups.items(), strict=True)
    }
    return {**found, "gone": 1_000_000}
