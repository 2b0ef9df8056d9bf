"""Several paragraphs at once: those that are ticked are moved to a number, joined, indented or removed together."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.people.current import current_person
from eventapp.review.editor.forms import HeadingForm, SeveralForm
from eventapp.review.editor.page.views import page
from eventapp.review.editor.views import done
from eventapp.review.paragraphs import several
from eventapp.review.reports.access import with_paragraph, with_report
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.reports.queries import paragraphs_at
from eventapp.review.reports.rules import edit_review

Act = Callable[..., object]

bp = Blueprint("review_several", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")


@bp.post("/several")
@with_report(may=edit_review)
def changing(report: Report) -> ResponseReturnValue:
    """Move, join, indent, number or remove the ticked paragraphs together."""
    form = SeveralForm(request.form)
    if not form.validate():
        return page(report, form=form), 422
    ticked = paragraphs_at(report, form.paragraph.data or [])
    act = _acts(ticked, form.number.data or "")[form.act.data] if ticked else _nothing
    return done(report, lambda: act(by=current_person(), at=now()), form, ticked[0] if ticked else None)


def _acts(ticked: Sequence[Paragraph], number: str) -> Mapping[str, Act]:
    return {
        "move": partial(several.move_to, ticked, number),
        "join": partial(several.join_all, ticked),
        "indent": partial(several.indent_all, ticked, 1),
        "number": partial(several.indent_all, ticked, 0),
        "remove": partial(several.remove_all, ticked),
    }


def _nothing(**_who: object) -> None:
    """Nothing is ticked that is still there."""


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/heading")
@with_paragraph(may=edit_review)
def heading(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Put a heading above the paragraph, change it or take it away."""
    form = HeadingForm(request.form)
    if not form.validate():
        return page(report, form=form, editing_id=paragraph.id), 422
    words = form.heading.data or ""
    return done(report, lambda: several.head(paragraph, words, by=current_person(), at=now()), form, paragraph)
