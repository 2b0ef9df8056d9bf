"""Publishing the agenda: what was published when, and what the next version would change."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.forms import ReleaseForm
from eventapp.agenda.planning.day import groups_of, in_words, release_lines
from eventapp.agenda.queries import newest_release
from eventapp.agenda.releases.actions import draft_difference, last_of_the_draft, publish
from eventapp.agenda.releases.comparing import versions_of
from eventapp.agenda.rights.queries import edited_since
from eventapp.agenda.roles.queries import MOST, recipients_of, unanswered
from eventapp.agenda.warnings.queries import Warnings, warnings_now
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt_apart
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person

bp = Blueprint("agenda_releases", __name__, url_prefix="/meetings/<slug>/manage/agenda/releases")

ACKNOWLEDGED = 50  # shown with their reasons; the rest is counted
VERSIONS, SESSIONS = 10, 100  # on a page; of each version as many sessions are told, the rest is counted
NO_WARNINGS = Warnings((), ())  # where nothing is to be published, nobody asks for them


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """What was published when, and what the next version would change."""
    last = newest_release(meeting)
    return page(meeting, ReleaseForm(seen=str(last.number if last else 0)))


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    form = ReleaseForm(request.form)
    if not form.validate():
        return page(meeting, form), 422
    by, remark, seen = current_person(), form.remark.data or "", form.seen.data or ""
    attempt_apart(form, lambda: publish(meeting, by=by, clock=now, remark=remark, seen=seen))
    return (page(meeting, form), 409) if form.refused else redirect(url_for(".index", slug=meeting.slug), 303)


def page(meeting: Meeting, form: ReleaseForm) -> str:
    last, found = newest_release(meeting), draft_difference(meeting)
    looked = warnings_now(meeting) if found else NO_WARNINGS
    listed = versions_of(meeting, request.args.get("page"), whole=True, most=VERSIONS)
    return render_template(
        "agenda/releases.html",
        meeting=meeting,
        form=form,
        last=last,
        listed=listed,
        versions=[(one, release_lines(meeting, one, SESSIONS) if one.number > 1 else []) for one in listed.rows],
        changes=in_words(meeting, found[:SESSIONS]),
        changed=len(found),
        shown=SESSIONS,
        recipients=recipients_of(meeting, found, at=now()) if last and found else {},
        unanswered=unanswered(meeting),
        most=MOST,
        editors=edited_since(meeting, last_of_the_draft(last) if last else None),
        warnings=len(looked.open),
        groups=groups_of(looked.open, meeting.starts_on),
        acknowledged=looked.acknowledged[:ACKNOWLEDGED],
        quiet=len(looked.acknowledged),
    )
