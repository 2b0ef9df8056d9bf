"""The documents of a meeting: added, changed and put in order, each with its files and their versions."""

from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.desk.documents.forms import (
    DocumentForm,
    NewDocumentForm,
    form_in_languages,
)
from eventapp.desk.manage import me
from eventapp.desk.order import place_asked
from eventapp.desk.tongue_tabs import tabs_of
from eventapp.documents.actions import (
    add_document,
    add_version,
    change_document,
    move_document,
    remove_document,
    remove_version,
)
from eventapp.documents.queries import document_of, documents_of, file_of, sessions_of, versions_of
from eventapp.documents.receiving import DocumentFileForm, VersionForm, most_megabytes
from eventapp.documents.shown import ShownDocument, shown
from eventapp.drafts.held.fields import hold_files
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.web.attempt import answered, pressed
from eventapp.ground.web.editing.both_versions import mark_of, refuse_older, show_both
from eventapp.ground.web.forms import Form, Typed
from eventapp.meetings.access import with_meeting, with_row
from eventapp.meetings.models import Document, Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.meetings.texts import change_texts

bp = Blueprint("document_settings", __name__, url_prefix="/meetings/<slug>/manage/settings/documents")


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every document in its order; with `?session=` those of one session."""
    form = NewDocumentForm(session=request.args.get("session", ""))
    form.offer(meeting)
    return listed(meeting, form)


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    """One more, at the end."""
    form = NewDocumentForm(request.form)
    form.offer(meeting)

    def save() -> None:
        add_document(meeting, form.content(), by=me(), at=now())

    def again(status: int) -> ResponseReturnValue:
        hold(form)
        return listed(meeting, form), status

    there = url_for(".index", slug=meeting.slug, session=request.args.get("session") or None)
    return answered(form, save, again, there)


@bp.get("/<int:number>")
@with_row(document_of, may=run_meeting)
def show(document: Document) -> ResponseReturnValue:
    """One document with every version of its files."""
    return page(document)


@bp.post("/<int:number>")
@with_row(document_of, may=run_meeting)
def update(document: Document) -> ResponseReturnValue:
    form = form_of(document, request.form)

    def save() -> None:
        refuse_older(form, form_of(document))
        change_document(document, form.content(), by=me(), at=now())
        for code, title in form.titles().items():
            change_texts(document, code, {"title": title}, meeting=document.meeting, by=me(), at=now())

    def again(status: int) -> ResponseReturnValue:
        if status == 409:  # noqa: PLR2004 -- refused
            show_both(form, form_of(document))
        return page(document, form), status

    return answered(form, save, again, to_list(document))


@bp.post("/<int:number>/files")
@with_row(document_of, may=run_meeting)
def create_version(document: Document) -> ResponseReturnValue:
    """One more file: of another language, or a newer version."""
    form = VersionForm(request.form)
    form.offer(document.meeting)

    def save() -> None:
        assert form.received is not None  # noqa: S101 -- a sound form has it
        add_version(document, form.received, by=me(), at=now())

    def again(status: int) -> ResponseReturnValue:
        hold(form)
        return page(document, adding=form), status

    return answered(form, save, again, to_page(document))


@bp.post("/<int:number>/files/<int:file>/removal")
@with_row(document_of, may=run_meeting)
def remove_file(document: Document, file: int) -> ResponseReturnValue:
    row = file_of(document, file) or abort(404)
    return done(document, lambda: remove_version(row, by=me(), at=now()), to_page(document))


@bp.post("/<int:number>/place")
@with_row(document_of, may=run_meeting)
def move(document: Document) -> ResponseReturnValue:
    """To another place: the one that is named, or one up or down."""
    to = place_asked(documents_of(document.meeting).index(document) + 1)
    with transaction():
        move_document(document, to - 1, by=me(), at=now())
    return redirect(f"{to_list(document)}#document-{document.id}", 303)


@bp.post("/<int:number>/removal")
@with_row(document_of, may=run_meeting)
def remove(document: Document) -> ResponseReturnValue:
    there = to_list(document)
    return done(document, lambda: remove_document(document, by=me(), at=now()), there)


def hold(form: DocumentFileForm) -> None:
    """Hold its file until the form, which comes back, is sent again: browsers do not keep it."""
    with transaction():
        hold_files(form, form.files(), at=now())


def done(document: Document, act: Callable[[], None], there: str) -> ResponseReturnValue:
    """Do what a button says and go there, or show why it could not be done."""
    return pressed(act, lambda form: page(document, refused=form), there)


def listed(meeting: Meeting, form: NewDocumentForm) -> str:
    every = shown(meeting, documents_of(meeting), me())
    session = request.args.get("session", "")
    return render_template(
        "desk/settings/documents.html",
        meeting=meeting,
        form=form,
        documents=[one for one in every if not session or in_session(one, session)],
        session=session,
        most=most_megabytes(),
    )


def in_session(one: ShownDocument, code: str) -> bool:
    return one.session is not None and one.session.code == code


def page(
    document: Document,
    form: DocumentForm | None = None,
    adding: VersionForm | None = None,
    refused: Form | None = None,
) -> str:
    form = form or form_of(document)
    if adding is None:
        adding = VersionForm()
        adding.offer(document.meeting)
    return render_template(
        "desk/settings/document.html",
        meeting=document.meeting,
        row=document,
        form=form,
        tabs=tabs_of(form),
        adding=adding,
        refused=refused,
        versions=versions_of(document),
        most=most_megabytes(),
    )


def form_of(document: Document, typed: Typed = None) -> DocumentForm:
    """The document as it stands, or as it was typed."""
    session = sessions_of([document]).get(document.id)
    form = form_in_languages(document, typed, session=session.code if session else "")
    form.offer(document.meeting)
    if typed is None:
        form.seen.data = mark_of(form)
    return form


def to_list(document: Document) -> str:
    return url_for(".index", slug=document.meeting.slug)


def to_page(document: Document) -> str:
    return f"{url_for('.show', slug=document.meeting.slug, number=document.id)}#files"
