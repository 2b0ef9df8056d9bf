"""Every card of a meeting with its state, and whom to invite."""

from collections import Counter

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.text.languages import chosen_language
from eventapp.ground.web.attempt import attempt
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import record_meeting
from eventapp.people.current import current_person
from eventapp.practices.content import KINDS
from eventapp.practices.invitations.actions import Invitation, invite
from eventapp.practices.invitations.forms import InvitationForm
from eventapp.practices.manage import bp, mark_of
from eventapp.practices.queries import cards_of, presenters, sessions_with_cards
from eventapp.record.progress import is_cleared
from eventapp.record.sessions.queries import session_at
from eventapp.vocabulary.notes import NOTE_KINDS, OUTLETS


@bp.get("/meetings/<slug>/manage/practices")
@with_meeting(may=record_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every card with its state, whoever could be invited, and a form for anybody else."""
    return listed(meeting, form_for(meeting))


@bp.post("/meetings/<slug>/manage/practices")
@with_meeting(may=record_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    """Invite somebody with a part in a session by one button, anybody else by the form."""
    form = InvitationForm(sessions_with_cards(meeting), request.form)
    wanted = asked_for(meeting, form)
    if wanted is None:
        return listed(meeting, form), 422
    attempt(form, lambda: invite(meeting, wanted, by=current_person(), at=now(), language=chosen_language()))
    if form.refused:
        return listed(meeting, form), 409
    return redirect(url_for(".index", slug=meeting.slug), 303)


def form_for(meeting: Meeting) -> InvitationForm:
    return InvitationForm(sessions_with_cards(meeting))


def asked_for(meeting: Meeting, form: InvitationForm) -> Invitation | None:
    """Who is to be invited: the holder of a part, or whom the form names; None where the form has faults."""
    if not request.form.get("role"):
        session = session_at(meeting, form.session.data) if form.validate() else None
        return form.invitation(session) if session is not None else None
    waiting = presenters(meeting, cards_of(meeting))
    role = next((role for role in waiting if str(role.id) == request.form["role"]), None)
    if role is None or role.person is None:
        form.validate()
        return None
    kind = request.form.get("kind", "")
    return Invitation(
        session=role.session,
        kind=kind if kind in KINDS else KINDS[0],
        name=role.name,
        email=role.person.email,
        organization=role.organization,
        country=role.country,
        role=role,
    )


def listed(meeting: Meeting, form: InvitationForm) -> str:
    cards = cards_of(meeting)
    waiting = presenters(meeting, cards)
    sessions = {*(card.session for card in cards), *(role.session for role in waiting)}
    cleared = {session for session in sessions if is_cleared(session)}
    rows = [(card, mark_of(card, is_late=card.session in cleared)) for card in cards]
    return render_template(
        "practices/index.html",
        meeting=meeting,
        rows=rows,
        counts=Counter(mark.code for _card, mark in rows),
        waiting=[role for role in waiting if role.session not in cleared],
        form=form,
        at=now(),
        kinds=NOTE_KINDS,
        outlets=OUTLETS,
    )
