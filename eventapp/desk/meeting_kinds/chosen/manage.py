"""Organizers say of which kind a meeting is; what would go sooner by that is shown and asked about first."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from eventapp.desk.manage import me
from eventapp.desk.meeting_kinds.forms import choices_of
from eventapp.desk.retention.sooner import AsksFirst, Sooner, going_sooner
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _l
from eventapp.ground.web.editing.both_versions import mark_of
from eventapp.ground.web.editing.edited import edited
from eventapp.ground.web.forms import Typed
from eventapp.meetings.access import with_meeting
from eventapp.meetings.meeting_kinds.actions import choose_meeting_kind
from eventapp.meetings.meeting_kinds.models import MeetingKind
from eventapp.meetings.meeting_kinds.queries import kind_of_meeting, kinds_to_choose
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.queries import days_said
from eventapp.meetings.retention.sorts import SORTS
from eventapp.meetings.rules import run_meeting

bp = Blueprint("kind_of_meeting", __name__, url_prefix="/meetings/<slug>/manage/settings/kind-of-meeting")
bp.add_app_template_global(kind_of_meeting)


class ChosenKindForm(AsksFirst):
    """The kind that the meeting is of."""

    kind = SelectField(_l("Kind of meeting"))

    def __init__(self, *args: object, kinds: list[MeetingKind], **more: object) -> None:
        super().__init__(*args, **more)
        self.kinds = {one.code: one for one in kinds}
        self.kind.choices = choices_of(kinds)

    @property
    def chosen(self) -> MeetingKind | None:
        """The kind that was chosen; None for none."""
        return self.kinds.get(self.kind.data or "")


def form_for(meeting: Meeting, typed: Typed = None) -> ChosenKindForm:
    kind = kind_of_meeting(meeting)
    return ChosenKindForm(typed, kinds=kinds_to_choose(kind), kind=kind.code if kind else "")


@bp.get("")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting) -> ResponseReturnValue:
    """The kinds to choose from, with what each says."""
    form = form_for(meeting)
    form.seen.data = mark_of(form)
    return page(meeting, form)


@bp.post("")
@with_meeting(may=run_meeting)
def update(meeting: Meeting) -> ResponseReturnValue:
    """Let the meeting be of the kind that was chosen."""
    form = form_for(meeting, request.form)
    lines = sooner_by(meeting, form) if form.validate() else []
    if form.asks_about(lines):
        return page(meeting, form, lines), 422

    def save() -> None:
        choose_meeting_kind(meeting, form.chosen, by=me(), at=now())

    there = url_for("retention.index", slug=meeting.slug)
    return edited(form, lambda: form_for(meeting), save, lambda: page(meeting, form, lines), there, held=meeting)


def sooner_by(meeting: Meeting, form: ChosenKindForm) -> list[Sooner]:
    """What of the meeting would go sooner if it were of the kind that was chosen."""
    return going_sooner([meeting], {sort: days_said({}, form.chosen, sort) for sort in SORTS}, now())


def page(meeting: Meeting, form: ChosenKindForm, lines: list[Sooner] | None = None) -> str:
    days = {one.code: {sort: days_said({}, one, sort) for sort in one.retention} for one in form.kinds.values()}
    return render_template(
        "desk/meeting_kinds/chosen.html", meeting=meeting, form=form, lines=lines or [], said=days, sorts=SORTS
    )
