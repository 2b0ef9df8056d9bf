"""The warnings of the draft, one kind of one day at a time; an organizer acknowledges them with a reason."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.planning.conflicts import Notice
from eventapp.agenda.planning.kinds import KINDS
from eventapp.agenda.warnings.actions import acknowledge, open_again, set_changeover
from eventapp.agenda.warnings.forms import AcknowledgeForm, WarningSettingsForm
from eventapp.agenda.warnings.models import AcknowledgedWarning
from eventapp.agenda.warnings.queries import Warnings, acknowledgement, changeover_of, warnings_now
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.web.attempt import answered
from eventapp.ground.web.editing.both_versions import mark_of
from eventapp.ground.web.editing.edited import edited
from eventapp.ground.web.paging import Page, page_of
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person

bp = Blueprint("agenda_warnings", __name__, url_prefix="/meetings/<slug>/manage/agenda/warnings")

A_PAGE = 50


@dataclass(frozen=True)
class Looked:
    """The warnings that an address asks for: how many on each day, of each kind that day, and a page of one kind."""

    chosen: date
    by_day: Mapping[date, int]
    kind: str
    by_kind: Mapping[str, int]
    page: Page[Notice]
    acknowledged: Sequence[tuple[Notice, AcknowledgedWarning]]


def looked(meeting: Meeting, found: Warnings) -> Looked:
    """The day and the kind that the address names, else the first that have a warning."""
    everything = [*found.open, *(one for one, _row in found.acknowledged)]
    by_day = dict(sorted(Counter(one.day for one in found.open).items()))
    every_day = sorted({one.day for one in everything}) or [meeting.starts_on]
    day = next(
        (one for one in every_day if one.isoformat() == request.values.get("on", "")), next(iter(by_day), every_day[0])
    )
    of_day = [one for one in found.open if one.day == day]
    by_kind = Counter(one.kind for one in of_day)
    wanted = request.values.get("kind", "")
    kind = wanted if wanted in by_kind else next((one for one in KINDS if one in by_kind), "")
    page = page_of([one for one in of_day if one.kind == kind], request.values.get("page"), most=A_PAGE)
    quiet = [(one, row) for one, row in found.acknowledged if one.day == day]
    counts = {one: by_day.get(one, 0) for one in every_day}
    return Looked(day, counts, kind, {one: by_kind[one] for one in KINDS if one in by_kind}, page, quiet)


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """The warnings of a day and kind; those that were acknowledged behind them."""
    return shown(meeting, AcknowledgeForm(key=[request.args.get("key", "")]))


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    """Acknowledge those that are chosen."""
    form = AcknowledgeForm(request.form)
    found = warnings_now(meeting).open if form.validate() else ()
    chosen = [one for one in found if one.key in set(form.key.data or ())] if form.key.data else []

    def save() -> None:
        acknowledge(meeting, chosen, form.reason.data or "", by=current_person(), at=now())

    def again(status: int) -> ResponseReturnValue:
        return shown(meeting, form), status

    return answered(form, save, again, list_again(meeting))


@bp.get("/settings")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting) -> ResponseReturnValue:
    """What is warned of beside the rest."""
    form = settings_now(meeting)
    form.seen.data = mark_of(form)
    return render_template("agenda/warnings/settings.html", meeting=meeting, form=form)


@bp.post("/settings")
@with_meeting(may=run_meeting)
def update(meeting: Meeting) -> ResponseReturnValue:
    form = WarningSettingsForm(request.form)

    def save() -> None:
        set_changeover(meeting, form.changeover.data or 0, by=current_person(), at=now())

    return edited(
        form,
        lambda: settings_now(meeting),
        save,
        lambda: render_template("agenda/warnings/settings.html", meeting=meeting, form=form),
        url_for(".index", slug=meeting.slug),
        held=meeting,
    )


def settings_now(meeting: Meeting) -> WarningSettingsForm:
    return WarningSettingsForm(changeover=changeover_of(meeting))


@bp.post("/<int:number>/return")
@with_meeting(may=run_meeting)
def restore(meeting: Meeting, number: int) -> ResponseReturnValue:
    """Let one that was acknowledged be told again."""
    row = acknowledgement(meeting, number) or abort(404)
    words = next((one.words for one, of in warnings_now(meeting).acknowledged if of.id == number), row.kind)
    with transaction():
        open_again(row, words, by=current_person(), at=now())
    return redirect(list_again(meeting), 303)


def list_again(meeting: Meeting) -> str:
    """The list of the day and kind that the form was on."""
    on, kind = (request.form.get(name, "") for name in ("on", "kind"))
    return url_for(".index", slug=meeting.slug, on=on, kind=kind)


def shown(meeting: Meeting, form: AcknowledgeForm) -> str:
    found = warnings_now(meeting)
    return render_template(
        "agenda/warnings/index.html",
        meeting=meeting,
        form=form,
        looked=looked(meeting, found),
        count=len(found.open),
        kinds_of_warning=KINDS,
    )
