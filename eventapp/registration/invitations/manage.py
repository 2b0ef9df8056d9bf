"""Invitations as organizers have them: sent, reminded, ended, with what came of each."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.security.tokens import code
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.links.queries import working_secrets
from eventapp.meetings.access import with_meeting, with_row
from eventapp.meetings.mails import address
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.registration.imports.guests.inviting import send_later
from eventapp.registration.invitations.actions import (
    end_invitation,
    invite,
    open_group,
    remind,
    send_drafts,
    stop_letters,
)
from eventapp.registration.invitations.forms import MOST_GUESTS, GroupForm, GuestsForm
from eventapp.registration.invitations.models import LINK, Invitation
from eventapp.registration.invitations.queries import (
    ALL,
    TABS,
    invitation_of,
    listed,
    sending,
    tab_counts,
    uses_by_number,
)
from eventapp.registration.manage import me

LETTERS = 8  # of a code of a group

bp = Blueprint("invitations", __name__, url_prefix="/meetings/<slug>/manage/invitations")


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Who is invited, and what they answered."""
    return page_of(meeting)


@bp.post("")
@with_meeting(may=run_meeting)
def send(meeting: Meeting) -> ResponseReturnValue:
    """Invite people by letter."""
    form = GuestsForm(request.form, meeting)
    if not form.validate():
        return page_of(meeting, inviting=form), 422
    terms = form.terms(form.language.data)
    made = attempt(form, lambda: len(invite(meeting, form.people(), terms, by=me(), at=now())))
    if made is None:
        return page_of(meeting, inviting=form), 409
    flash(ngettext("%(num)s person is invited by letter.", "%(num)s people are invited by letter.", made), "ok")
    return to(meeting)


@bp.post("/groups")
@with_meeting(may=run_meeting)
def add_group(meeting: Meeting) -> ResponseReturnValue:
    """Make a link for a group."""
    form = GroupForm(request.form, meeting)
    if not form.validate():
        return page_of(meeting, grouping=form), 422
    terms, made = form.terms(), code(LETTERS)
    attempt(
        form,
        lambda: open_group(
            meeting, form.group.data, int(form.most_uses.data or 0), terms, by=me(), at=now(), code=made
        ),
    )
    return (page_of(meeting, grouping=form), 409) if form.refused else to(meeting, "groups")


@bp.post("/reminder")
@with_meeting(may=run_meeting)
def remind_all(meeting: Meeting) -> ResponseReturnValue:
    """Write again to those who have not answered."""
    form = Form()
    count = attempt(form, lambda: remind(meeting, by=me(), at=now()))
    if form.refused:
        raise form.refused
    sentence = ngettext("%(num)s person gets the letter again.", "%(num)s people get the letter again.", count or 0)
    flash(sentence, "ok")
    return to(meeting)


@bp.post("/drafts")
@with_meeting(may=run_meeting)
def send_all(meeting: Meeting) -> ResponseReturnValue:
    """Let the worker write to everybody whose invitation is a draft."""
    form = Form()
    count = attempt(form, lambda: send_drafts(meeting, by=me(), at=now()))
    if form.refused:
        raise form.refused
    sentence = ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", count or 0)
    flash(sentence, "ok")
    return to(meeting)


@bp.post("/drafts/stop")
@with_meeting(may=run_meeting)
def stop(meeting: Meeting) -> ResponseReturnValue:
    """Make drafts again of all whose letter the worker has not written yet, and of those still to be imported."""

    def all_of_them() -> int:
        send_later(meeting)  # first: who imports them holds the file before the meeting
        return stop_letters(meeting, by=me(), at=now())

    count = attempt(Form(), all_of_them) or 0
    sentence = ngettext("%(num)s letter is a draft again.", "%(num)s letters are drafts again.", count)
    flash(sentence + " " + _("What is written already is on its way."), "ok")
    return to(meeting)


@bp.post("/<int:number>/end")
@with_row(invitation_of, may=run_meeting)
def end(invitation: Invitation) -> ResponseReturnValue:
    meeting = invitation.meeting
    with transaction():
        end_invitation(invitation, by=me(), at=now())
    return to(meeting)


def page_of(meeting: Meeting, **sent: Form) -> str:
    """The list; a form that was sent stands on it as it was typed."""
    tab = request.args.get("tab", ALL)
    tab = tab if tab in TABS else ALL
    listing = listed(meeting, tab, request.args.get("page"))
    groups = [one.id for one in listing.rows if not one.is_personal]
    secrets = working_secrets(LINK, groups, at=now())
    forms: dict[str, Form] = {
        "inviting": GuestsForm(None, meeting, language=meeting.written_in or "en"),
        "grouping": GroupForm(None, meeting),
    }
    return render_template(
        "registration/invitations.html",
        meeting=meeting,
        tab_now=tab,
        tabs=TABS,
        counts=tab_counts(meeting),
        sending=sending(meeting),
        looks_on=request.args.get("on") == "letters",
        listing=listing,
        uses=uses_by_number(listing.rows),
        links={number: address(f"invitations/{secret}") for number, secret in secrets.items()},
        most=MOST_GUESTS,
        sent=set(sent),
        **{**forms, **sent},
    )


def to(meeting: Meeting, tab: str = ALL) -> ResponseReturnValue:
    return redirect(url_for(".index", slug=meeting.slug, tab=tab if tab != ALL else None), 303)
