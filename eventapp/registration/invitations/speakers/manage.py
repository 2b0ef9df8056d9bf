"""Speakers who are not registered, as organizers invite them, and parts that are somebody's who is."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import SpeakingRole
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.web.attempt import attempt, refusal_from
from eventapp.meetings.access import with_meeting, with_row
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import categories_of
from eventapp.meetings.rules import run_meeting
from eventapp.registration.invitations.forms import TermsForm
from eventapp.registration.invitations.speakers.actions import invite_speakers, link_part
from eventapp.registration.invitations.speakers.queries import (
    counted,
    part_of,
    parts_without_address,
    speakers,
)
from eventapp.registration.manage import me
from eventapp.registration.queries import registration_by_number

bp = Blueprint("speakers", __name__, url_prefix="/meetings/<slug>/manage/speakers")


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Who has a role in a session to come and is not registered."""
    return page_of(meeting, TermsForm(None, meeting, kind=usual_category(meeting), skips_approval=True))


@bp.post("")
@with_meeting(may=run_meeting)
def invite_all(meeting: Meeting) -> ResponseReturnValue:
    """Invite those of them whom nobody has invited."""
    form = TermsForm(request.form, meeting)
    if not form.validate():
        return page_of(meeting, form), 422
    made = attempt(form, lambda: invite_speakers(meeting, form.terms(), by=me(), at=now()))
    if made is None:
        return page_of(meeting, form), 409
    flash(ngettext("%(num)s person is invited by letter.", "%(num)s people are invited by letter.", made), "ok")
    return to(meeting)


@bp.post("/<int:number>/link")
@with_row(part_of, may=run_meeting)
def link(role: SpeakingRole) -> ResponseReturnValue:
    """Say whose a role without an address is."""
    meeting = role.session.meeting
    registration = registration_by_number(meeting, request.form.get("reference", ""))
    if registration is None:
        flash(_("Nobody of this meeting has this number any more."), "stop")
        return to(meeting)
    name, refusal = role.name, refusal_from(lambda: link_part(role, registration, by=me(), at=now()))
    flash(refusal or _("The role is that of %(name)s now.", name=name), "stop" if refusal else "ok")
    return to(meeting)


def page_of(meeting: Meeting, form: TermsForm) -> str:
    at = now()
    return render_template(
        "registration/speakers.html",
        meeting=meeting,
        form=form,
        count=counted(meeting, at),
        listing=speakers(meeting, at, request.args.get("page")),
        loose=parts_without_address(meeting, at),
        is_over=at >= meeting.registration_ends_at,
    )


def usual_category(meeting: Meeting) -> str:
    """The first category of people of organizations that asks for no letter: one of States needs a State."""
    known = categories_of(meeting)
    fitting = [one.code for one in known if one.represents == "organization" and not one.needs_letter]
    return (fitting or [one.code for one in known] or [""])[0]


def to(meeting: Meeting) -> ResponseReturnValue:
    return redirect(url_for(".index", slug=meeting.slug), 303)
