"""Behind a clearance link: the draft as it reads now, and what its reader says of it. Opening it changes nothing."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.clearance.actions import LINK_PURPOSE, finish, remark, take_back
from eventapp.clearance.forms import RemarkForm
from eventapp.clearance.models import Reader
from eventapp.clearance.queries import shown_to
from eventapp.clock import now
from eventapp.db import db, transaction
from eventapp.forms import Form
from eventapp.gate import for_link_holder
from eventapp.refusal import Refused
from eventapp.review.freezing import printed, standing
from eventapp.review.queries import chapters_of
from eventapp.tokens import read_link

bp = Blueprint("clearance", __name__, url_prefix="/clearances")


@bp.get("/<token>")
@for_link_holder
def show(token: str) -> ResponseReturnValue:
    """The part of the draft this link is for, or one sentence where it is over."""
    reader = reader_by(token)
    return page(reader, token) if reader else over()


@bp.post("/<token>/remarks")
@for_link_holder
def create(token: str) -> ResponseReturnValue:
    """Comment on a paragraph, propose another wording, or enter a reservation."""
    reader, form = reader_by(token), RemarkForm(request.form)
    if reader is None:
        return over()
    if not form.validate():
        return page(reader, token, form), 422
    number, kind, text = form.paragraph.data or 0, form.kind.data, form.text.data or ""
    return done(reader, token, form, lambda: remark(reader, number, kind, text, at=now()), f"para-{number}")


@bp.post("/<token>/remarks/<int(max=2147483647):remark>/return")
@for_link_holder
def returning(token: str, remark: int) -> ResponseReturnValue:
    """Take a remark back."""
    reader = reader_by(token)
    found = next((one for one in reader.remarks if one.id == remark), None) if reader else None
    if reader is None or found is None:
        return over()
    return done(reader, token, Form(), lambda: take_back(found, at=now()), f"para-{found.paragraph_id}")


@bp.post("/<token>/finish")
@for_link_holder
def finishing(token: str) -> ResponseReturnValue:
    """Say that no more comments will come."""
    reader = reader_by(token)
    return done(reader, token, Form(), lambda: finish(reader, at=now()), "main") if reader else over()


def reader_by(token: str) -> Reader | None:
    """The reader this link is for; None where it is over or was never one."""
    parts = read_link(LINK_PURPOSE, token, at=now())
    found = db.session.get(Reader, parts[0]) if parts else None
    return found if found and found.is_open(now()) else None


def done(reader: Reader, token: str, form: Form, act: Callable[[], object], anchor: str) -> ResponseReturnValue:
    try:
        with transaction():
            act()
    except Refused as refusal:
        form.refuse(refusal)
        return page(reader, token, form), 409
    return redirect(url_for("clearance.show", token=token, _anchor=anchor), 303)


def page(reader: Reader, token: str, form: Form | None = None) -> str:
    report, chapters = reader.report, shown_to(reader)
    here = {one.id for chapter in chapters for one in standing(chapter)}
    return render_template(
        "clearance/read.html",
        reader=reader,
        report=report,
        meeting=report.meeting,
        chapters=chapters,
        here=here,
        gone=[one for one in reader.remarks if one.paragraph_id not in here and not one.taken_back_at],
        printed=printed(report, chapters_of(report)),
        token=token,
        form=form,
        kinds=RemarkForm().kind.choices,
    )


def over() -> ResponseReturnValue:
    """One sentence: the link is over or was never one."""
    return render_template("clearance/over.html"), 404
