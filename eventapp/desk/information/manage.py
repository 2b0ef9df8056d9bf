"""The practical information of a meeting: pages written with their look beside them, their pictures and their order."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.desk.information.forms import MOST_MEGABYTES, PageForm, PictureForm, form_for, form_of
from eventapp.desk.manage import me
from eventapp.desk.order import place_asked
from eventapp.desk.tongue_tabs import tabs_of
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import answered, attempt
from eventapp.ground.web.editing.both_versions import show_both
from eventapp.ground.web.forms import Form
from eventapp.information.actions import add_page, change_page, move_page, put_picture, remove_page, remove_picture
from eventapp.information.models import InformationPage
from eventapp.information.queries import page_of, pages_of
from eventapp.information.views import drawn
from eventapp.meetings.access import with_meeting, with_row
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting

bp = Blueprint("information_settings", __name__, url_prefix="/meetings/<slug>/manage/settings/information")


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every page in its order."""
    return listed(meeting, form_for(meeting))


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    """One more page, at the end; the answer leads to it."""
    form = form_for(meeting, request.form)
    if not form.validate():
        return listed(meeting, form), 422
    page = attempt(form, lambda: add_page(meeting, form.content(), by=me(), at=now()))
    return (listed(meeting, form), 409) if page is None else redirect(to_page(page), 303)


@bp.get("/<int:number>")
@with_row(page_of, may=run_meeting)
def show(page: InformationPage) -> ResponseReturnValue:
    """One page to write, with its pictures."""
    return editor(page, form_of(page))


@bp.post("/<int:number>")
@with_row(page_of, may=run_meeting)
def update(page: InformationPage) -> ResponseReturnValue:
    """Save the page, or only show how it would look."""
    form = form_of(page, request.form)
    if request.form.get("act") == "preview":
        return editor(page, form)

    def save() -> None:
        change_page(page, form.content(), figure(form.version.data), by=me(), at=now())

    def again(status: int) -> ResponseReturnValue:
        if status == 409:  # noqa: PLR2004 -- refused: what stands now is what the next try is compared with
            form.version.data = str(page.version)
            show_both(form, form_of(page))
        return editor(page, form), status

    return answered(form, save, again, url_for(".index", slug=page.meeting.slug))


@bp.post("/<int:number>/pictures")
@with_row(page_of, may=run_meeting)
def add_picture(page: InformationPage) -> ResponseReturnValue:
    form = PictureForm(request.form)

    def save() -> None:
        assert form.drawn is not None  # noqa: S101 -- a sound form has it
        put_picture(page, form.drawn, by=me(), at=now())

    return answered(form, save, lambda status: (editor(page, form_of(page), form), status), to_page(page, "pictures"))


@bp.post("/<int:number>/pictures/<name>/removal")
@with_row(page_of, may=run_meeting)
def drop_picture(page: InformationPage, name: str) -> ResponseReturnValue:
    form = PictureForm()
    attempt(form, lambda: remove_picture(page, name, by=me(), at=now()))
    return (editor(page, form_of(page), form), 409) if form.refused else redirect(to_page(page, "pictures"), 303)


@bp.post("/<int:number>/place")
@with_row(page_of, may=run_meeting)
def move(page: InformationPage) -> ResponseReturnValue:
    """To another place: the one that is named, or one up or down."""
    to = place_asked(pages_of(page.meeting, drafts=True).index(page) + 1)
    with transaction():
        move_page(page, to - 1, by=me(), at=now())
    return redirect(url_for(".index", slug=page.meeting.slug), 303)


@bp.post("/<int:number>/removal")
@with_row(page_of, may=run_meeting)
def remove(page: InformationPage) -> ResponseReturnValue:
    meeting = page.meeting
    with transaction():
        remove_page(page, by=me(), at=now())
    return redirect(url_for(".index", slug=meeting.slug), 303)


def listed(meeting: Meeting, form: PageForm) -> str:
    pages = pages_of(meeting, drafts=True)
    return render_template("desk/settings/information.html", meeting=meeting, form=form, pages=pages)


def editor(page: InformationPage, form: PageForm, adding: Form | None = None) -> str:
    """The page as it is typed, its look beside it."""
    return render_template(
        "desk/settings/information_page.html",
        meeting=page.meeting,
        row=page,
        form=form,
        tabs=tabs_of(form),
        adding=adding or PictureForm(),
        drawn=drawn,
        most=MOST_MEGABYTES,
    )


def to_page(page: InformationPage, part: str | None = None) -> str:
    return url_for(".show", slug=page.meeting.slug, number=page.id, _anchor=part)
