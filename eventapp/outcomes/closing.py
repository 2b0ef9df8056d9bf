"""Closing a session: what is missing, the summary, handing in, and asking moderator and speakers to confirm."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.clock import now
from eventapp.db import transaction
from eventapp.forms import Form, Text
from eventapp.outcomes import queries
from eventapp.outcomes.checklist import Checklist, checklist
from eventapp.outcomes.clearing import ask_to_confirm, end_link, submit_session
from eventapp.outcomes.gate import with_session
from eventapp.outcomes.models import SessionRecord
from eventapp.outcomes.rules import record_session
from eventapp.people.current import current_person
from eventapp.refusal import Refused
from eventapp.words import _, _l

bp = Blueprint("closing", __name__)


class SummaryForm(Form):
    """What the session came to, in the rapporteur's words."""

    text = Text(_l("Summary of the session"), most=6000)
    despite = Text(_l("Why the session is handed in all the same"), most=500)

    def excuse(self, listed: Checklist) -> bool:
        """Whether nothing is missing, or somebody said why; else the field says what to write."""
        if listed.warnings and not self.despite.data:
            self.despite.errors = (_("Say in a sentence why, or put right what is missing."),)
            return False
        return True


@bp.get("/meetings/<slug>/record/<code>/submission")
@with_session(may=record_session)
def show(session: Session) -> ResponseReturnValue:
    """What is missing, and the form that hands the session in."""
    record = queries.record_of(session)
    return closing(session, form_of(record))


@bp.post("/meetings/<slug>/record/<code>/submission")
@with_session(may=record_session)
def create(session: Session) -> ResponseReturnValue:
    """Hand the session in."""
    form, person, at = SummaryForm(request.form), current_person(), now()
    listed = checklist(session, summary=bool(form.text.data))
    if not form.validate() or not (listed.stops or form.excuse(listed)):
        return closing(session, form), 422
    try:
        with transaction():
            submit_session(session, form.text.data or "", by=person, at=at, despite=form.despite.data or "")
    except Refused as refused:
        form.refuse(refused)
        return closing(session, form), 409
    return redirect(url_for("closing.show", **where(session)), 303)


@bp.post("/meetings/<slug>/record/<code>/confirmations")
@with_session(may=record_session)
def ask(session: Session) -> ResponseReturnValue:
    """Send one person of the session a link to confirm by, or end one that was sent."""
    role = next((role for role in session.roles if str(role.id) == request.form.get("role") and role.holds), None)
    ended = next((c for c in queries.confirmations_of(session) if str(c.id) == request.form.get("ended")), None)
    if role is None and ended is None:
        abort(404)
    person, at, record = current_person(), now(), queries.record_of(session)
    form = form_of(record)
    try:
        with transaction():
            if role is not None:
                ask_to_confirm(session, role, by=person, at=at)
            elif ended is not None:
                end_link(ended, by=person, at=at)
    except Refused as refused:
        form.refuse(refused)
        return closing(session, form), 409
    return redirect(url_for("closing.show", **where(session), _anchor="confirmation"), 303)


def closing(session: Session, form: SummaryForm) -> str:
    at = now()
    confirmations = queries.confirmations_of(session)
    asked = {one.role_id: one for one in reversed(confirmations)}
    people = [role for role in session.roles if role.holds and role.role not in queries.SILENT_ROLES]
    notes = queries.notes_of(session)
    return render_template(
        "outcomes/submission.html",
        meeting=session.meeting,
        session=session,
        form=form,
        notes=notes,
        drafts=[note for note in notes if note.state == "draft" and not note.current.off_record],
        record=queries.record_of(session),
        listed=checklist(session, summary=bool(form.text.data)),
        people=[(role, asked.get(role.id), len(queries.notes_to_confirm(session, role))) for role in people],
        objections=[one for one in confirmations if one.answer == "objected"],
        at=at,
    )


def form_of(record: SessionRecord | None) -> SummaryForm:
    return SummaryForm(text=record.summary if record else "", despite=record.despite if record else "")


def where(session: Session) -> dict[str, Any]:
    return {"slug": session.meeting.slug, "code": session.code}
