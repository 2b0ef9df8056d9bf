"""Badges for organizers: choose, look, print; and one person's badges, to issue another."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.badges.actions import print_badges, reissue
from eventapp.badges.answers import codes_printed, texts_typed
from eventapp.badges.forms import ChoiceForm, ReissueForm
from eventapp.badges.layouts.queries import design_of, in_size, printings, runs_of, size_words
from eventapp.badges.making import BADGES, is_many, wanted_of
from eventapp.badges.printing import sheet
from eventapp.badges.printing.batches import Run
from eventapp.badges.printing.faces import BadgeFace, Missing
from eventapp.badges.printing.layouts import with_parts
from eventapp.badges.queries import (
    Bearer,
    Choice,
    badge_of,
    badges_of,
    bearers,
    chosen_by_category,
    counts,
    dead_badges_of,
    faces,
    names_on_badges,
    pictured,
    portraits,
)
from eventapp.ground.clock import now
from eventapp.ground.db import lock
from eventapp.ground.qr import svg_path
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.downloads import download
from eventapp.history.actions import record
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.manage import Shown, file_pages, ordered
from eventapp.meetings.prepared.models import PreparedFile
from eventapp.meetings.prepared.queries import files_of, is_making, mark_of
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.registration.lists.by_answers import answer_filters
from eventapp.registration.models import APPROVED, Registration
from eventapp.registration.queries import registration_by_number

bp = Blueprint("badges_manage", __name__)

ON_SCREEN = 8  # badges drawn on the page; the PDF has them all
MOST_DOUBTS = 200  # badges looked at for characters that no font has


@bp.get("/meetings/<slug>/manage/badges")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    return choose(meeting, ChoiceForm(request.args, meeting))


@bp.post("/meetings/<slug>/manage/badges.pdf")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    """Print: the answer is the file, and the badges count as printed. Many are drawn by the worker, and count then; so
    are few while it draws others of this meeting, which may be the same.
    """
    form = ChoiceForm(request.form, meeting)
    if not form.validate():
        return choose(meeting, form), 422
    wanted = wanted_of(form.choice(), form.paper())
    if is_many(sum(chosen_by_category(meeting, form.choice()).values())):
        return ordered(meeting, BADGES, mark_of(wanted), wanted)

    def save() -> list[Run]:
        lock(meeting)
        if is_making(meeting, BADGES):
            return []
        shown = print_badges(meeting, form.choice(), by=current_person(), at=now())
        return runs_of(meeting, shown, faces(meeting, shown), form.paper())

    runs = attempt(form, save)
    if runs is None:
        return choose(meeting, form), 409
    if not runs:
        return ordered(meeting, BADGES, mark_of(wanted), wanted)
    title = _("Badges, %(meeting)s", meeting=meeting.short_title)
    printed = sheet.pdf_of(runs, title=title, photographs=partial(portraits, meeting))
    return download(f"badges-{meeting.slug}.pdf", "application/pdf", printed.pdf)


def shown(row: PreparedFile) -> Shown:
    """What the pages of a file that the worker makes say of it."""
    slug = row.meeting.slug
    return Shown(
        _("Badges to print"),
        f"badges-{slug}.pdf",
        "application/pdf",
        (url_for(".index", slug=slug), _("Back to the badges")),
        "badges",
    )


def taken_along(row: PreparedFile) -> None:
    """Write down that somebody takes the badges along."""
    by, details = current_person(), {"bytes": row.size, **row.details.get("taken", {})}
    record("took badges along", row.meeting, by=by, at=now(), meeting_id=row.meeting_id, **details)


FILES = "/meetings/<slug>/manage/badges/files"
file_pages(bp, BADGES, shown, may=run_meeting, at=FILES, last="badges.pdf", fetched=taken_along)


@bp.get("/meetings/<slug>/manage/badges/<reference>")
@with_meeting(may=run_meeting)
def show(meeting: Meeting, reference: str) -> ResponseReturnValue:
    registration = approved_or_404(meeting, reference)
    form = ReissueForm(None, replaced=str(dead_badges_of(registration)))
    return ask(meeting, registration, form)


@bp.post("/meetings/<slug>/manage/badges/<reference>")
@with_meeting(may=run_meeting)
def update(meeting: Meeting, reference: str) -> ResponseReturnValue:
    """Issue another badge; the code of the one before is dead."""
    registration, form = approved_or_404(meeting, reference), ReissueForm(request.form)
    if not form.validate():
        return ask(meeting, registration, form), 422
    replaced = figure(form.replaced.data) if form.replaced.data else None
    attempt(form, lambda: reissue(registration, form.because.data, by=current_person(), at=now(), replaced=replaced))
    if form.refused:
        return ask(meeting, registration, form), 409
    return redirect(url_for(".show", slug=meeting.slug, reference=registration.reference), 303)


def choose(meeting: Meeting, form: ChoiceForm) -> str:
    choice = form.choice()
    to_print = printings(meeting, chosen_by_category(meeting, choice), form.paper())
    total = sum(one.badges for one in to_print)
    shown = shown_parts(meeting, bearers(meeting, choice, most=ON_SCREEN), form)
    approved, unprinted = counts(meeting)
    return render_template(
        "badges/index.html",
        meeting=meeting,
        form=form,
        answer_filters=answer_filters(meeting, choice.answer),
        total=total,
        is_many=is_many(total),
        is_drawing=is_making(meeting, BADGES),
        files=files_of(meeting, BADGES),
        shown=[(face, svg_path(face.code) if face.code else None) for face in shown],
        missing=missing_among(meeting, choice, shown),
        approved=approved,
        unprinted=unprinted,
        printings=to_print,
        pages=sum(one.pages for one in to_print),
        sheets=all(one.design.layout.to_a_page > 1 for one in to_print),
        paper_sizes=len({one.design.layout.page for one in to_print}),
        size_words=size_words,
    )


def shown_parts(meeting: Meeting, shown: Sequence[Bearer], form: ChoiceForm) -> list[BadgeFace]:
    """These badges, the front of each as its category has it."""
    designs = [in_size(design_of(meeting, one.registration.category), form.paper()) for one in shown]
    whole = pictured(meeting, faces(meeting, shown))
    return [with_parts(face, design.parts) for face, design in zip(whole, designs, strict=True)]


def missing_among(meeting: Meeting, choice: Choice, shown: Sequence[BadgeFace]) -> list[Missing]:
    """What no font has on the badges shown, and in the names on all that are chosen; of many the first."""
    named = [*names_on_badges(meeting, choice), *texts_typed(meeting, codes_printed(meeting), choice.category)]
    odd = sheet.without_glyph("".join({word for _reference, *words in named for word in words}))
    seen = {face.reference for face in shown}
    theirs = [one[0] for one in named if one[0] not in seen and not odd.isdisjoint("".join(one[1:]))][:MOST_DOUBTS]
    others = bearers(meeting, replace(choice, references=tuple(theirs))) if theirs else []
    return sheet.missing_in([*shown, *faces(meeting, others)])


def ask(meeting: Meeting, registration: Registration, form: ReissueForm) -> str:
    [face] = pictured(meeting, faces(meeting, [Bearer(registration, badge_of(registration))]))
    return render_template(
        "badges/show.html",
        meeting=meeting,
        registration=registration,
        badges=badges_of(registration),
        face_of=face,
        drawing=svg_path(face.code),
        form=form,
    )


def approved_or_404(meeting: Meeting, reference: str) -> Registration:
    registration = registration_by_number(meeting, reference)
    if registration is None or registration.state != APPROVED:
        abort(404)
    return registration
