"""How badges come out, for organizers: the layout of the meeting and those of its categories."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.badges.answers import is_delicate, labels_of, printable
from eventapp.badges.layouts.actions import drop_layout, keep_layout
from eventapp.badges.layouts.forms import LayoutForm, layout_form
from eventapp.badges.layouts.looks import looks
from eventapp.badges.layouts.queries import design_of, part_words, size_words
from eventapp.badges.printing.layouts import Design
from eventapp.ground.clock import now
from eventapp.ground.db import lock, transaction
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.editing.both_versions import refuse_older, show_both
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Category, Meeting
from eventapp.meetings.queries import category_of
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person

bp = Blueprint("badge_layouts", __name__, url_prefix="/meetings/<slug>/manage/badges")


@bp.get("/layouts")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """The layout of the meeting, and of each category its own or none."""
    usual = design_of(meeting, None)
    designs = [(one, Design.of(one.badge_layout) if one.badge_layout else None) for one in meeting.categories]
    return render_template(
        "badges/layouts/index.html",
        meeting=meeting,
        usual=usual,
        designs=designs,
        labels=labels_of(meeting, [usual, *(design for _category, design in designs if design)]),
        size_words=size_words,
        part_words=part_words,
    )


@bp.get("/layout")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting) -> ResponseReturnValue:
    """The layout of the meeting."""
    return page_of(meeting, None, layout_form(meeting, design_of(meeting, None)))


@bp.post("/layout")
@with_meeting(may=run_meeting)
def update(meeting: Meeting) -> ResponseReturnValue:
    """Keep the layout of the meeting, or look at what was typed before it is kept."""
    return answer_to(meeting, None)


@bp.get("/layouts/<code>")
@with_meeting(may=run_meeting)
def edit_category(meeting: Meeting, code: str) -> ResponseReturnValue:
    """The layout of a category; of one that has none yet that of the meeting, to begin with."""
    category = category_or_404(meeting, code)
    return page_of(meeting, category, layout_form(meeting, design_of(meeting, category)))


@bp.post("/layouts/<code>")
@with_meeting(may=run_meeting)
def update_category(meeting: Meeting, code: str) -> ResponseReturnValue:
    """Keep the layout of a category, or look at what was typed before it is kept."""
    return answer_to(meeting, category_or_404(meeting, code))


@bp.post("/layouts/<code>/removal")
@with_meeting(may=run_meeting)
def remove(meeting: Meeting, code: str) -> ResponseReturnValue:
    """Print the badges of a category as those of the meeting again."""
    category = category_or_404(meeting, code)
    with transaction():
        drop_layout(category, by=current_person(), at=now())
    return to_list(meeting)


def answer_to(meeting: Meeting, category: Category | None) -> ResponseReturnValue:
    form = LayoutForm(printable(meeting, design_of(meeting, category).questions), request.form)
    if not form.validate():
        return page_of(meeting, category, form, is_sound=False), 422
    if "look" in request.form:
        return page_of(meeting, category, form)

    def save() -> None:
        lock(meeting)
        refuse_older(form, layout_form(meeting, design_of(meeting, category)))
        keep_layout(meeting, category, form.design, by=current_person(), at=now())

    attempt(form, save)
    if form.refused:
        show_both(form, layout_form(meeting, design_of(meeting, category)))
        return page_of(meeting, category, form), 409
    flash(_("Saved."), "ok")
    return to_list(meeting)


def page_of(meeting: Meeting, category: Category | None, form: LayoutForm, *, is_sound: bool = True) -> str:
    """The form, and below it badges as they come out by it; as they come out now where it is not sound."""
    design = form.design if is_sound else design_of(meeting, category)
    return render_template(
        "badges/layouts/edit.html",
        meeting=meeting,
        category=category,
        form=form,
        delicate={one.code: _("Personal, or seen by organizers alone.") for one in form.questions if is_delicate(one)},
        size_words=size_words(design),
        looks=looks(meeting, category, design),
    )


def to_list(meeting: Meeting) -> ResponseReturnValue:
    return redirect(url_for(".index", slug=meeting.slug), 303)


def category_or_404(meeting: Meeting, code: str) -> Category:
    return category_of(meeting, code) or abort(404)
