"""Behind a clearance link: the draft as it reads now, and what its reader says of it. Opening it changes nothing."""

from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.clearance.forms import RemarkForm
from eventapp.clearance.models import LINK, Reader
from eventapp.clearance.own import Extract, draft_for, is_same, sentence_shown_to
from eventapp.clearance.queries import off_sources, shown_to
from eventapp.clearance.remarks import finish, remark, take_back
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.ground.web.pages import Address
from eventapp.ground.web.paging import Page, page_of, page_with
from eventapp.links.access import with_link
from eventapp.review.versions.printed import printed
from eventapp.review.versions.publication_snapshot import present_paragraphs

A_PAGE = 25  # paragraphs with sentences of theirs

bp = Blueprint("clearance", __name__, url_prefix="/clearances")


@bp.get("/<token>")
@with_link(LINK)
def show(reader: Reader, token: str) -> ResponseReturnValue:
    """The part of the draft this link is for; of single sentences a page, ?paragraph= is one that it has."""
    return page(reader, token)


@bp.post("/<token>/remarks")
@with_link(LINK)
def create(reader: Reader, token: str) -> ResponseReturnValue:
    """Comment on a paragraph, propose another wording, or enter a reservation."""
    form = RemarkForm(request.form)
    if not form.validate():
        return page(reader, token, form), 422
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
        return page(reader, token, form), 409
    where: Address = {"paragraph": paragraph} if paragraph and reader.only_own else {}
    anchor = f"para-{paragraph}" if paragraph else "main"
    return redirect(url_for("clearance.show", token=token, _anchor=anchor, **where), 303)


def page(reader: Reader, token: str, form: Form | None = None) -> str:
    report, chapters, extracts, listing = reader.report, [], list[Extract](), None
    if reader.only_own:
        draft = draft_for(reader)
        spoken_of = [one.paragraph_id for one in reader.remarks]
        listing = listing_of(list(draft.paragraphs), form)
        shown = draft.extracts([*listing.rows, *spoken_of])
        extracts = [one for one in shown if one.paragraph.id in listing.rows]
        here = {one.paragraph.id for one in shown}
    else:
        chapters = shown_to(reader)
        here = {one.id for chapter in chapters for one in present_paragraphs(chapter)}
    return render_template(
        "clearance/read.html",
        reader=reader,
        report=report,
        meeting=report.meeting,
        chapters=chapters,
        extracts=extracts,
        listing=listing,
        is_same=is_same,
        is_gone=is_gone(form, here, [part.written for one in extracts for part in one.own]),
        gone=[one for one in reader.remarks if one.paragraph_id not in here and not one.taken_back_at],
        printed=printed(report),
        token=token,
        off_sources=off_sources(reader.remarks),
        form=form,
        kinds=RemarkForm().kind.choices,
    )


def listing_of(paragraphs: list[int], form: Form | None) -> Page[int]:
    """The page of their paragraphs that has what was typed, or the one that ?paragraph= names, or ?page=."""
    typed = form.paragraph.data if isinstance(form, RemarkForm) else None
    one = typed or request.args.get("paragraph", type=int)
    number = page_with(paragraphs, one, most=A_PAGE) if one else request.args.get("page")
    return page_of(paragraphs, number, most=A_PAGE)


def is_gone(form: Form | None, here: set[int], sentences: list[str]) -> bool:
    """Whether what was typed is about a paragraph, or a sentence of it, that the page does not show any more."""
    if not isinstance(form, RemarkForm) or not form.text.data:
        return False
    is_here = not sentences or any(is_same(one, form.sentence.data or "") for one in sentences)
    return form.paragraph.data not in here or not is_here
