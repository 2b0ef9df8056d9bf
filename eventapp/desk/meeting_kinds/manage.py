"""Kinds of meeting, for administrators of the installation: their names, their order, and how long they keep what."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.desk.meeting_kinds.forms import MeetingKindForm, form_for, with_mark
from eventapp.desk.meeting_kinds.queries import meetings_of
from eventapp.desk.order import mark_of_list, place_asked, refuse_older_list
from eventapp.desk.retention.sooner import Sooner, all_in_words, going_sooner
from eventapp.ground.clock import now
from eventapp.ground.web.access import View
from eventapp.ground.web.attempt import answered, pressed
from eventapp.ground.web.editing.edited import edited
from eventapp.ground.web.forms import Form
from eventapp.history.queries import entries_of
from eventapp.meetings.meeting_kinds.actions import (
    add_meeting_kind,
    bring_meeting_kind_back,
    change_meeting_kind,
    end_meeting_kind,
    place_meeting_kind,
)
from eventapp.meetings.meeting_kinds.models import MeetingKind
from eventapp.meetings.meeting_kinds.queries import meeting_kind_with, meeting_kinds, meetings_by_kind
from eventapp.meetings.retention.sorts import SORTS
from eventapp.people.access import with_person
from eventapp.people.models import Person
from eventapp.people.rules import administer

bp = Blueprint("meeting_kinds", __name__, url_prefix="/manage/meeting-kinds")
P = ParamSpec("P")

MOST_SHOWN = 50  # lines of what would go sooner


def with_kind(view: Callable[Concatenate[Person, MeetingKind, P], ResponseReturnValue]) -> View:
    """Hand an administrator the kind with this number; 404 where there is none."""

    @with_person(may=administer)
    @wraps(view)
    def opened(person: Person, /, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        found = meeting_kind_with(int(str(kwargs.pop("meeting_kind"))))
        return abort(404) if found is None else view(person, found, *args, **kwargs)

    return opened


@bp.get("")
@with_person(may=administer)
def index(_person: Person) -> ResponseReturnValue:
    """Every kind in its order, with how many meetings are of it."""
    return listed()


@bp.get("/new")
@with_person(may=administer)
def new(_person: Person) -> ResponseReturnValue:
    return page(with_mark(form_for(None)))


@bp.post("/new")
@with_person(may=administer)
def create(person: Person) -> ResponseReturnValue:
    form = form_for(None, request.form)

    def save() -> None:
        add_meeting_kind(form.facts(), by=person, at=now())

    return answered(form, save, lambda status: (page(form), status), url_for(".index"))


@bp.get("/<int:meeting_kind>")
@with_kind
def show(_person: Person, kind: MeetingKind) -> ResponseReturnValue:
    """One of them as a form."""
    return page(with_mark(form_for(kind)), kind)


@bp.post("/<int:meeting_kind>")
@with_kind
def update(person: Person, kind: MeetingKind) -> ResponseReturnValue:
    """Say what was typed of it. What of which meetings would go sooner by that is shown and asked about first."""
    form = form_for(kind, request.form)
    lines = going_sooner(meetings_of(kind), form.days(), now()) if form.validate() else []
    if form.asks_about(lines):
        return page(form, kind, lines), 422

    def save() -> None:
        change_meeting_kind(kind, form.facts(), by=person, at=now())

    there = url_for(".index")
    return edited(form, lambda: form_for(kind), save, lambda: page(form, kind, lines), there, held=kind)


@bp.post("/<int:meeting_kind>/place")
@with_kind
def place(person: Person, kind: MeetingKind) -> ResponseReturnValue:
    """To another place: the one that is named, or one up or down."""
    codes = codes_open()
    if kind.code not in codes:
        abort(404)
    to = place_asked(codes.index(kind.code) + 1)

    def move() -> None:
        refuse_older_list(codes_open())
        place_meeting_kind(kind, to, by=person, at=now())

    return pressed(move, listed, url_for(".index"))


@bp.post("/<int:meeting_kind>/end")
@with_kind
def end(person: Person, kind: MeetingKind) -> ResponseReturnValue:
    """Give no more meetings this kind."""
    return pressed(lambda: end_meeting_kind(kind, by=person, at=now()), listed, url_for(".index"))


@bp.post("/<int:meeting_kind>/back")
@with_kind
def back(person: Person, kind: MeetingKind) -> ResponseReturnValue:
    """Let meetings be given it again."""
    return pressed(lambda: bring_meeting_kind_back(kind, by=person, at=now()), listed, url_for(".index"))


def codes_open() -> list[str]:
    return [one.code for one in meeting_kinds() if one.ended_at is None]


def listed(form: Form | None = None) -> str:
    kinds, mark = meeting_kinds(), mark_of_list(codes_open())
    return render_template(
        "desk/meeting_kinds/index.html",
        form=form,
        mark=mark,
        kinds=[one for one in kinds if one.ended_at is None],
        ended=[one for one in kinds if one.ended_at is not None],
        counts=meetings_by_kind(),
        sorts=SORTS,
    )


def page(form: MeetingKindForm, kind: MeetingKind | None = None, lines: list[Sooner] | None = None) -> str:
    history = list(reversed(entries_of(kind))) if kind else []
    more = {"lines": (lines or [])[:MOST_SHOWN], "all_lines": len(lines or []), "whole": all_in_words(lines or [])}
    return render_template("desk/meeting_kinds/edit.html", form=form, kind=kind, sorts=SORTS, history=history, **more)
