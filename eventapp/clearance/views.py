"""Behind a clearance link: the draft as it reads now, and what its reader says of it. Opening it changes nothing."""

from collections.abc import Callable, Sequence
from itertools import groupby

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.clearance.forms import RemarkForm
from eventapp.clearance.models import LINK, Reader
from eventapp.clearance.own import Extract, draft_for, is_same, sentence_shown_to
from eventapp.clearance.queries import off_sources, rows_shown_to
from eventapp.clearance.remarks import finish, remark, take_back
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.ground.web.pages import Address
from eventapp.ground.web.paging import Page, page_of, page_with
from eventapp.links.access import with_link
from eventapp.review.reports.models import Chapter, Paragraph, Report
from eventapp.review.reports.queries import Row, chapter_rows, paragraphs_at, rows_of
from eventapp.review.versions.printed import printed, with_words

A_PAGE = 25  # paragraphs
Section = tuple[Chapter, list[Paragraph]]

bp = Blueprint("clearance", __name__, url_prefix="/clearances")


@bp.get("/<token>")
@with_link(LINK)
def show(reader: Reader, token: str) -> ResponseReturnValue:
    """A page of the part of the draft that this link is for; ?paragraph= is one that it has."""
    return page(reader, token)


@bp.post("/<token>/remarks")
@with_link(LINK)
def create(reader: Reader, token: str) -> ResponseReturnValue:
    """Comment on a paragraph, propose another wording, or enter a reservation."""
    form = RemarkForm(request.form)
    if not form.validate():
        return page(reader, token, form, form.paragraph.data or 0), 422
    number, kind, text = form.paragraph.data or 0, form.kind.data, form.text.data or ""
    about = sentence_shown_to(reader, number, form.sentence.data or "") if reader.only_own else ""

    def act() -> None:
        remark(reader, number, kind, text, at=now(), sentence=about)

    return done(reader, token, form, act, number)


@bp.post("/<token>/remarks/<int(max=2147483647):remark>/return")
@with_link(LINK)
def returning(reader: Reader, token: str, remark: int) -> ResponseReturnValue:
    """Take a remark back."""
    found = next((one for one in reader.remarks if one.id == remark), None) or abort(404)
    return done(reader, token, Form(), lambda: take_back(found, at=now()), found.paragraph_id)


@bp.post("/<token>/finish")
@with_link(LINK)
def finishing(reader: Reader, token: str) -> ResponseReturnValue:
    """Say that no more comments will come."""
    return done(reader, token, Form(), lambda: finish(reader, at=now()))


def done(reader: Reader, token: str, form: Form, act: Callable[[], object], paragraph: int = 0) -> ResponseReturnValue:
    attempt(form, act)
    if form.refused:
        return page(reader, token, form, paragraph), 409
    where: Address = {"paragraph": paragraph} if paragraph else {}
    anchor = f"para-{paragraph}" if paragraph else "main"
    return redirect(url_for("clearance.show", token=token, _anchor=anchor, **where), 303)


def page(reader: Reader, token: str, form: Form | None = None, paragraph: int = 0) -> str:
    report, rows = reader.report, rows_of(reader.report, marked=True)
    spoken_of = [one.paragraph_id for one in reader.remarks]
    extracts, sections, contents = list[Extract](), list[Section](), dict[int, Row]()
    if reader.only_own:
        draft = draft_for(reader)
        listing = listing_of(list(draft.paragraphs), paragraph)
        shown = draft.extracts([*listing.rows, *spoken_of])
        extracts = [one for one in shown if one.paragraph.id in listing.rows]
        here = {one.paragraph.id for one in shown}
    else:
        theirs = rows_shown_to(reader, rows)
        listing = listing_of([row.id for row in theirs], paragraph)
        sections = sections_of(report, listing.rows)
        rows = with_words(rows, (one for _chapter, some in sections for one in some))
        here = {row.id for row in theirs}
        contents = {row.chapter_id: row for row in reversed(theirs)}  # where each chapter begins
    mine = [one for one in reader.remarks if not one.taken_back_at]
    elsewhere = here.difference(listing.rows)
    remarked = elsewhere.intersection(one.paragraph_id for one in mine)
    return render_template(
        "clearance/read.html",
        reader=reader,
        report=report,
        meeting=report.meeting,
        sections=sections,
        contents=list(reversed(contents.values())),
        extracts=extracts,
        listing=listing,
        is_same=is_same,
        is_gone=is_gone(form, here, [part.written for one in extracts for part in one.own]),
        gone=[one for one in mine if one.paragraph_id not in here],
        elsewhere=[row.id for row in rows if row.id in remarked],
        printed=printed(report, rows),
        token=token,
        off_sources=off_sources(one for one in reader.remarks if one.paragraph_id not in elsewhere),
        form=form,
        kinds=RemarkForm().kind.choices,
    )


def listing_of(paragraphs: list[int], one: int) -> Page[int]:
    """The page of their paragraphs that has this one, or the one that ?paragraph= names, or ?page=."""
    asked = one or request.args.get("paragraph", type=int)
    number = page_with(paragraphs, asked, most=A_PAGE) if asked else request.args.get("page")
    return page_of(paragraphs, number, most=A_PAGE)


def sections_of(report: Report, paragraphs: Sequence[int]) -> list[Section]:
    """These paragraphs below their chapters, in the order of the report, without what they cite."""
    chapters = {one.id: one for one in chapter_rows(report)}
    found = groupby(paragraphs_at(report, paragraphs), key=lambda one: one.chapter_id)
    return [(chapters[number], list(some)) for number, some in found]


def is_gone(form: Form | None, here: set[int], sentences: list[str]) -> bool:
    """Whether what was typed is about a paragraph, or a sentence of it, that the page does not show any more."""
    if not isinstance(form, RemarkForm) or not form.text.data:
        return False
    is_here = not sentences or any(is_same(one, form.sentence.data or "") for one in sentences)
    return form.paragraph.data not in here or not is_here
