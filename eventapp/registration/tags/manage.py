"""Tags on registrations and in the settings, and the notes of organizers."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import lock, transaction
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.web.attempt import answered, attempt
from eventapp.ground.web.editing.both_versions import refuse_older, show_both
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.registration.decisions.many import picked
from eventapp.registration.lists.listing import Look, count_of, numbers_of, read_look
from eventapp.registration.manage import MOST_AT_ONCE, me, of_number, page_of
from eventapp.registration.models import Registration
from eventapp.registration.queries import registrations
from eventapp.registration.tags.actions import (
    add_note,
    change_tag,
    make_tag,
    put_tags,
    put_tags_on_all,
    remove_note,
    remove_tag,
    take_tags_off,
    take_tags_off_all,
)
from eventapp.registration.tags.colours import COLOURS
from eventapp.registration.tags.forms import NoteForm, TagForm, TaggingForm, form_of
from eventapp.registration.tags.models import Tag
from eventapp.registration.tags.queries import note_on, tag_named, tag_of, tags_of, tags_on, uses_of

AT_ONCE = 500  # registrations whose tags are changed in one transaction, where they are many
bp = Blueprint("registration_tags", __name__, url_prefix="/meetings/<slug>/manage")


@bp.post("/registrations/tags")
@with_meeting(may=run_meeting)
def tag(meeting: Meeting) -> ResponseReturnValue:
    """Put tags on everybody ticked, or take them off; first it asks which."""
    look, act = read_look(request.form), request.form.get("do", "")
    form = TaggingForm(request.form, tags_of(meeting))
    if request.form.get("all"):
        return tag_all(meeting, look, act, form)
    found = registrations(picked(meeting, request.form.getlist("pick")[:MOST_AT_ONCE]))
    if not found:
        flash(_("Nobody was ticked. Tick the people first."), "wait")
        return back(meeting, look)
    if act not in ("put", "off"):
        return ask_which(meeting, look, found, TaggingForm(None, form.offered))
    if not form.validate():
        return ask_which(meeting, look, found, form), 422

    def act_on_them() -> int:
        return (put_tags if act == "put" else take_tags_off)(found, tags_in(meeting, form, act), by=me(), at=now())

    done = attempt(form, act_on_them)
    if done is None:
        return ask_which(meeting, look, found, form), 409
    return tell(meeting, look, act, done)


def tag_all(meeting: Meeting, look: Look, act: str, form: TaggingForm) -> ResponseReturnValue:
    """The same for everybody whom the look asks for, on all pages of the list."""
    if act not in ("put", "off"):
        return ask_which(meeting, look, None, TaggingForm(None, form.offered))
    if not form.validate():
        return ask_which(meeting, look, None, form), 422

    tags = attempt(form, lambda: [one.id for one in tags_in(meeting, form, act)])
    if tags is None:
        return ask_which(meeting, look, None, form), 409
    numbers, done = numbers_of(meeting, look), 0
    for start in range(0, len(numbers), AT_ONCE):  # so that nobody waits long for the meeting
        with transaction():
            some = numbers[start : start + AT_ONCE]
            do = put_tags_on_all if act == "put" else take_tags_off_all
            done += do(meeting, some, tags, by=me(), at=now())
    return tell(meeting, look, act, done)


def tags_in(meeting: Meeting, form: TaggingForm, act: str) -> list[Tag]:
    """The tags that were ticked, and the one that is made on the way."""
    tags = form.chosen
    if act == "put" and form.name.data:
        known = tag_named(meeting, form.name.data)
        tags = [*tags, known or make_tag(meeting, form.name.data, form.colour.data, by=me(), at=now())]
    return tags


def tell(meeting: Meeting, look: Look, act: str, done: int) -> ResponseReturnValue:
    """Back to the list, which says on how many tags are now."""
    if act == "put":
        flash(ngettext("Tags put on %(num)s registration.", "Tags put on %(num)s registrations.", done), "ok")
    else:
        flash(ngettext("Tags taken off %(num)s registration.", "Tags taken off %(num)s registrations.", done), "ok")
    return back(meeting, look, request.form.get("open", ""))


@bp.post("/registrations/<reference>/notes")
@with_meeting(may=run_meeting)
def note(meeting: Meeting, reference: str) -> ResponseReturnValue:
    """A note from the panel."""
    registration, form, look = of_number(meeting, reference), NoteForm(request.form), read_look(request.form)
    if not form.validate():
        return page_of(meeting, look, reference, noting=form), 422
    with transaction():
        add_note(registration, form.text.data, by=me(), at=now(), at_door=form.at_door.data)
    return back(meeting, look, reference)


@bp.post("/registrations/<reference>/notes/<int:remark>/removal")
@with_meeting(may=run_meeting)
def drop_note(meeting: Meeting, reference: str, remark: int) -> ResponseReturnValue:
    registration = of_number(meeting, reference)
    found = note_on(registration, remark) or abort(404)
    with transaction():
        remove_note(registration, found, by=me(), at=now())
    return back(meeting, read_look(request.form), reference)


@bp.get("/settings/tags")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    return listed(meeting, TagForm())


@bp.post("/settings/tags")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    form = TagForm(request.form)
    if not form.validate():
        return listed(meeting, form), 422
    attempt(form, lambda: make_tag(meeting, form.name.data, form.colour.data, by=me(), at=now()))
    return (listed(meeting, form), 409) if form.refused else to_list(meeting)


@bp.post("/settings/tags/<int:tag>")
@with_meeting(may=run_meeting)
def update(meeting: Meeting, tag: int) -> ResponseReturnValue:
    of_tag(meeting, tag)
    form = TagForm(request.form).of(tag)

    def save() -> None:
        lock(meeting)
        row = of_tag(meeting, tag)
        refuse_older(form, form_of(row))
        change_tag(meeting, row, form.name.data, form.colour.data, by=me(), at=now())

    def again(status: int) -> ResponseReturnValue:
        if form.refused:
            show_both(form, form_of(of_tag(meeting, tag)))
        return listed(meeting, TagForm(), tag, form), status

    return answered(form, save, again, url_for(".index", slug=meeting.slug))


@bp.post("/settings/tags/<int:tag>/removal")
@with_meeting(may=run_meeting)
def remove(meeting: Meeting, tag: int) -> ResponseReturnValue:
    row = of_tag(meeting, tag)
    name = row.name
    with transaction():
        remove_tag(meeting, row, by=me(), at=now())
    flash(_("The tag “%(name)s” is taken away.", name=name), "ok")
    return to_list(meeting)


def ask_which(meeting: Meeting, look: Look, people: list[Registration] | None, form: TaggingForm) -> str:
    """Which tags, and on how many; None for everybody whom the look asks for."""
    return render_template(
        "registration/tags/which.html",
        meeting=meeting,
        form=form,
        picked=people or [],
        is_all=people is None,
        count=count_of(meeting, look) if people is None else len(people),
        look=look,
        there=tags_on([one.id for one in people or []]),
        opened=request.form.get("open", ""),
    )


def listed(meeting: Meeting, adding: TagForm, changed: int = 0, changing: TagForm | None = None) -> str:
    """The tags in the settings, each with its own form; the one that is wrong as it was typed."""
    forms = [
        (one, (changing if changing and one.id == changed else form_of(one)).of(one.id)) for one in tags_of(meeting)
    ]
    page = {"adding": adding, "forms": forms, "uses": uses_of(meeting), "colours": COLOURS}
    return render_template("registration/tags/index.html", meeting=meeting, **page)


def of_tag(meeting: Meeting, number: int) -> Tag:
    return tag_of(meeting, number) or abort(404)


def to_list(meeting: Meeting) -> ResponseReturnValue:
    return redirect(url_for(".index", slug=meeting.slug), 303)


def back(meeting: Meeting, look: Look, reference: str = "") -> ResponseReturnValue:
    """To the list of registrations as it was, with this panel open."""
    address = {**look.address(), **({"open": reference, "_anchor": "panel"} if reference else {})}
    return redirect(url_for("registration_manage.index", slug=meeting.slug, **address), 303)
