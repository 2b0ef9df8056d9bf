"""Notes to test with, made the way the application makes them."""

from datetime import datetime, timedelta
from typing import Any

from eventapp.agenda.models import Session
from eventapp.clock import now
from eventapp.db import transaction
from eventapp.meetings.models import Meeting
from eventapp.outcomes.actions import record_note, revise
from eventapp.outcomes.clearing import ask_to_confirm, token_of
from eventapp.outcomes.delivering import report_delivery
from eventapp.outcomes.draft import Draft, Figure
from eventapp.outcomes.models import Note
from eventapp.outcomes.translating import Rendering, translate
from eventapp.people.models import Person
from tests import make
from tests.make import TODAY

PAGES = (
    "floor.display",
    "floor.show",
    "outcomes.new",
    "outcomes.edit",
    "outcomes.notes",
    "revisions.index",
    "revisions.conflict",
    "closing.show",
    "beside.delivery",
    "beside.translations",
)


def draft(text: str = "Community radio reaches farmers before any portal does.", **facts: Any) -> Draft:
    """One idea under one action line."""
    defaults: dict[str, Any] = {"kind": "trend", "action_lines": ("C2",)}
    return Draft(text=text, **{**defaults, **facts})


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
    values: dict[str, Any] = {f"{page}:code": "REC" for page in PAGES}
    values |= {f"{page}:number": first.number for page in PAGES}
    return {**values, "revisions.conflict:kept_id": kept.id, "confirmations.show:token": token_of(asked)}
