"""The official list for organizers: what is chosen for it, what the next version would change, and what was issued."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.editing.edited import edited
from eventapp.ground.web.forms import Form
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.official_list.actions import choose, issue
from eventapp.official_list.changes import lines_of_change
from eventapp.official_list.forms import AUDIENCES, FINAL, PROVISIONAL, RULES, ChoiceForm, IssueForm, choice_form
from eventapp.official_list.layout import PARTS
from eventapp.official_list.queries import (
    choice_of,
    difference,
    issued,
    live,
    newest_version,
    not_agreed,
    senders_in,
    version_at,
    versions_of,
)
from eventapp.people.current import current_person

bp = Blueprint("official_list_manage", __name__, url_prefix="/meetings/<slug>/manage/list-of-participants")

A_FEW, MANY = 30, 500


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """What the next version would have, and those there are."""
    return page_of(meeting)


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    """Issue the next version."""
    form = IssueForm(request.form)
    if not form.validate():
        return page_of(meeting, issuing=form), 422
    facts = {"is_final": form.kind.data == FINAL, "remark": form.remark.data or "", "seen": form.number_seen}
    made = attempt(form, lambda: issue(meeting, by=current_person(), at=now(), **facts))
    if made is None:
        return page_of(meeting, issuing=form), 409
    flash(_("Version %(number)s is issued.", number=made.number), "ok")
    return redirect(url_for(".index", slug=meeting.slug), 303)


@bp.post("/choice")
@with_meeting(may=run_meeting)
def update(meeting: Meeting) -> ResponseReturnValue:
    """Say who is in the list and who reads it."""
    form = ChoiceForm(request.form, meeting)

    def save() -> None:
        choose(meeting, form.choice(), by=current_person(), at=now())

    return edited(
        form,
        lambda: choice_form(meeting),
        save,
        lambda: page_of(meeting, choosing=form),
        url_for(".index", slug=meeting.slug),
        held=meeting,
    )


@bp.get("/<int:number>")
@with_meeting(may=run_meeting)
def show(meeting: Meeting, number: int) -> ResponseReturnValue:
    """What a version changed in the one before it."""
    version = version_at(meeting, number) or abort(404)
    before = version_at(meeting, number - 1)
    found = difference(issued(before), issued(version), most=MANY if before else 0)
    return render_template(
        "official_list/version.html",
        meeting=meeting,
        version=version,
        before=before,
        found=found,
        changes=lines_of_change(found),
    )


def page_of(meeting: Meeting, **sent: Form) -> str:
    """The page; a form that was sent stands on it as it was typed."""
    choice, last = choice_of(meeting), newest_version(meeting)
    coming = live(meeting, choice)
    senders = senders_in(coming)
    counts = [
        (str(heading), len(theirs), sum(one.people for one in theirs))
        for code, heading in PARTS.items()
        if (theirs := [one for one in senders if one.part == code])
    ]
    found = difference(issued(last), coming, most=A_FEW if last else 0)
    kind = FINAL if last and last.is_final else PROVISIONAL
    forms: dict[str, Form] = {
        "choosing": choice_form(meeting),
        "issuing": IssueForm(None, kind=kind, seen=str(last.number if last else 0)),
    }
    return render_template(
        "official_list/manage.html",
        meeting=meeting,
        choice=choice,
        rules=dict(RULES),
        audiences=dict(AUDIENCES),
        last=last,
        versions=versions_of(meeting),
        counts=counts,
        people=sum(one.people for one in senders),
        unnamed=not_agreed(meeting, choice),
        found=found,
        changes=lines_of_change(found),
        **{**forms, **sent},
    )
