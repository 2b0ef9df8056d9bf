"""The categories of a meeting: who may register, how, and for how many places."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.desk.actions import save_category, take_category_away
from eventapp.desk.manage import me
from eventapp.desk.part_forms import CategoryForm
from eventapp.desk.queries import places_by_category
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import answered, pressed
from eventapp.ground.web.editing.both_versions import mark_of, refuse_older, show_both
from eventapp.ground.web.forms import Form
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Category, Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.registration.queries import places_taken

bp = Blueprint("categories", __name__, url_prefix="/meetings/<slug>/manage/settings/categories")


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every category with its places, in order of protocol."""
    return page(meeting)


@bp.get("/new")
@with_meeting(may=run_meeting)
def new(meeting: Meeting) -> ResponseReturnValue:
    order = max((one.protocol_order for one in meeting.categories), default=0) + 1
    form = CategoryForm(
        protocol_order=order, colour="#3d3d3d", ink="#ffffff", needs_approval=True, takes_registrations=True
    )
    return render_template("desk/settings/category.html", meeting=meeting, form=form, category=None)


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    return saved(meeting, None)


@bp.get("/<code>")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting, code: str) -> ResponseReturnValue:
    category = category_of(meeting, code)
    form = CategoryForm(obj=category)
    form.seen.data = mark_of(form)
    return render_template(
        "desk/settings/category.html",
        meeting=meeting,
        form=form,
        category=category,
        taken=places_taken(meeting, category),
    )


@bp.post("/<code>")
@with_meeting(may=run_meeting)
def update(meeting: Meeting, code: str) -> ResponseReturnValue:
    return saved(meeting, category_of(meeting, code))


@bp.post("/<code>/removal")
@with_meeting(may=run_meeting)
def remove(meeting: Meeting, code: str) -> ResponseReturnValue:
    category = category_of(meeting, code)
    return pressed(
        lambda: take_category_away(category, by=me(), at=now()),
        lambda form: page(meeting, form),
        url_for(".index", slug=meeting.slug),
    )


def page(meeting: Meeting, form: Form | None = None) -> str:
    taken = places_by_category(meeting)
    return render_template("desk/settings/categories.html", meeting=meeting, form=form, taken=taken)


def saved(meeting: Meeting, category: Category | None) -> ResponseReturnValue:
    form = CategoryForm(request.form)

    def save() -> None:
        if category is not None:
            refuse_older(form, CategoryForm(obj=category))
        save_category(meeting, category, form.facts(), by=me(), at=now())

    def again(status: int) -> ResponseReturnValue:
        if form.refused and category is not None:
            show_both(form, CategoryForm(obj=category))
        return render_template("desk/settings/category.html", meeting=meeting, form=form, category=category), status

    return answered(form, save, again, url_for(".index", slug=meeting.slug))


def category_of(meeting: Meeting, code: str) -> Category:
    return next((one for one in meeting.categories if one.code == code), None) or abort(404)
