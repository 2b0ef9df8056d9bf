"""Notes to test with, made the way the application makes them."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.drafts.models import Draft
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.record.confirmations.actions import ask_to_confirm, token_of
from eventapp.record.extras.delivery import report_delivery
from eventapp.record.extras.translation import Rendering, translate
from eventapp.record.notes.content import Figure, NoteContent
from eventapp.record.notes.models import Note
from eventapp.record.revisions.actions import record_note, revise
from eventapp.record.sessions.queries import record_of
from eventapp.record.summaries.actions import write_summary
from eventapp.record.summaries.content import Summary
from tests import make
from tests.make import TODAY
from tests.make_agenda import published

PAGES = (
    "floor.display",
    "floor.show",
    "capture.new",
    "capture.edit",
    "published.notes",
    "notes.index",
    "notes.conflict",
    "clearing.show",
    "extras.delivery",
    "extras.translations",
    "summaries.edit",
    "summaries.history",
    "summaries.conflict",
)


def draft(text: str = "Community radio reaches farmers before any portal does.", **facts: Any) -> NoteContent:
    """One idea under one action line."""
    defaults: dict[str, Any] = {"kind": "trend", "action_lines": ("C2",)}
    return NoteContent(text=text, **{**defaults, **facts})


def note(
    session: Session,
    text: str = "Community radio reaches farmers before any portal does.",
    *,
    by: Person | None = None,
    at: datetime = TODAY,
    state: str = "draft",
    **facts: Any,
) -> Note:
    """A recorded note; `state` puts it further along without the steps between."""
    with transaction():
        made = record_note(session, draft(text, **facts), by=by, at=at)
        made.state = state
    return made


def recorded(meeting: Meeting, somebody: Person) -> dict[str, Any]:
    """A session with notes in every state and two texts for one of them; what stands in the addresses of its pages."""
    at = now()
    session = make.session(meeting, code="REC", title="Emerging trends", starts_at=at - timedelta(minutes=30))
    make.role(session, "rapporteur", name="Arjun Prasad", person_id=somebody.id)
    moderator = make.role(session, "moderator", name="Li Wenjing", person_id=make.person("Li Wenjing").id)
    speaker = make.role(session, name="Samira Haddad", organization="ITU")
    first = note(
        session, "Partners put disaster management in their programmes.", by=somebody, at=at, state="submitted"
    )
    for state in ("draft", "confirmed", "approved", "published"):
        note(
            session,
            f"This note is {state}.",
            by=somebody,
            state=state,
            goals=(2, 9),
            role_id=speaker.id,
            support="broad",
        )
    note(session, "This stays here.", off_record=True, figures=(Figure("2%"),), action_lines=())
    with transaction():
        revise(first, draft("Partners put cybersecurity in their programmes."), base=1, by=None, at=at)
        kept = revise(first, draft("Partners put capacity building in their programmes."), base=1, by=somebody, at=at)
        translate(
            first,
            Rendering("ar", "أدرج الشركاء الأمن في برامجهم.", translator="Samira Haddad"),
            base=0,
            by=somebody,
            at=at,
        )
        for state in ("open", "extended"):
            report_delivery(first, state=state, due_on=at.date(), due_text="", remark="As said.", by=somebody, at=at)
        asked = ask_to_confirm(session, moderator, by=somebody, at=at)
    summed = summarized(session, speaker, somebody, at)
    published(meeting, at=at)
    values: dict[str, Any] = {f"{page}:code": "REC" for page in PAGES}
    values |= {f"{page}:number": first.number for page in PAGES}
    values |= {"revisions.conflict:kept_id": kept.id, "summaries.conflict:kept_id": summed.id}
    return {**values, "confirmations.show:token": token_of(asked)}


def summarized(session: Session, speaker: SpeakingRole, somebody: Person, at: datetime) -> Draft:
    """A summary the world reads, with who came, and a second text for it; returns that."""
    told = Summary(
        key_issues=("Community radio reaches farmers before any portal does.", "Small networks have no money to last."),
        presentations=((speaker.id, "Ms. Haddad showed how local radio and messages work together after a flood."),),
        discussion="People asked who pays for the towers. Most wanted a regional fund.",
        way_forward="The secretariat collects what local networks cost.",
    )
    with transaction():
        write_summary(session, told, base=0, by=somebody, at=at)
        record = record_of(session)
        assert record is not None
        record.approved_head, record.submitted_at = 1, at
        record.attendance = {
            "people": 31,
            "categories": [[["SP"], 22], [["OB", "X"], 9]],
            "genders": [[["woman"], 16], [["man"], 15]],
        }
    with transaction():
        write_summary(session, replace(told, way_forward="The members pay for towers."), base=1, by=somebody, at=at)
        kept = write_summary(session, replace(told, discussion="Nobody asked."), base=1, by=None, at=at)
    assert isinstance(kept, Draft)
    return kept
