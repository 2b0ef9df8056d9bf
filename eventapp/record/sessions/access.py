"""The way a view gets a session to record, and a text that came too late gets back to whoever typed it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.ground.text.policy import writable
from eventapp.ground.web.access import View, open_to
from eventapp.ground.web.pages import Address
from eventapp.meetings.queries import meeting_at
from eventapp.meetings.rules import see_meeting
from eventapp.people.access import ask_to_sign_in
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.record.sessions.queries import session_at

P = ParamSpec("P")
Rule = Callable[[Person | None, Session], bool]


def with_session(*, may: Rule) -> Callable[[Callable[Concatenate[Session, P], ResponseReturnValue]], View]:
    """Hand the view the session at `slug` and `code`. Not there and not yours look the same: 404.

    A visitor who reads is asked to sign in and comes back; a text that was sent is given back on the page.
    """

    def decorate(view: Callable[Concatenate[Session, P], ResponseReturnValue]) -> View:
        @wraps(view)
        def opened(slug: str, code: str, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            meeting, person = meeting_at(slug), current_person()
            session = session_at(meeting, code) if meeting else None
            if session is not None and may(person, session):
                return view(session, *args, **kwargs)
            if has_text():
                return given_back(person)
            if meeting is None or person is not None or not see_meeting(None, meeting):
                abort(404)
            return ask_to_sign_in()

        return open_to(may, opened)

    return decorate


def has_text() -> bool:
    """Whether somebody sent words that must not be lost."""
    return request.method == "POST" and bool(request.form.get("text", "").strip())


def given_back(person: Person | None, *, stale: bool = False) -> ResponseReturnValue:
    """The text that could not be taken, on a page of its own: it says nothing about what is at this address."""
    typed = [
        (writable(name), writable(value)) for name, value in request.form.items(multi=True) if name != "csrf_token"
    ]
    page = render_template(
        "record/given_back.html",
        typed=typed,
        text=writable(request.form["text"]),
        signed_out=person is None,
        stale=stale,
    )
    return page, 400 if stale else 404


def where(session: Session) -> Address:
    """What an address says to lead to the record of this session."""
    return {"slug": session.meeting.slug, "code": session.code}


def session_page(template: str, session: Session, **values: object) -> str:
    """A page of this session's record."""
    return render_template(template, meeting=session.meeting, session=session, **values)
