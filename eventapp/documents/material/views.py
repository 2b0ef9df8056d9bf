"""Handing in material by the link of a part, without an account; and what participants may open by theirs."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import CONFIRMED, ROLE_LINK, SpeakingRole
from eventapp.agenda.sessions.sub_items import from_rows
from eventapp.documents.kinds import PUBLIC
from eventapp.documents.material.actions import change_material, hand_in, withdraw
from eventapp.documents.material.forms import MaterialForm, form_for, form_of
from eventapp.documents.material.queries import handed_in_by, one_of
from eventapp.documents.models import DocumentFile
from eventapp.documents.queries import document_of, documents_of, file_at, files_of, places_of, versions_of
from eventapp.documents.receiving import most_megabytes
from eventapp.documents.shown import grouped, shown_where
from eventapp.drafts.held.fields import hold_files
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.tables.formats import ENDINGS
from eventapp.ground.text.i18n import _
from eventapp.ground.text.worded import worded
from eventapp.ground.web.attempt import answered, refusal_from
from eventapp.ground.web.downloads import download
from eventapp.ground.web.editing.both_versions import mark_of, refuse_older, show_both
from eventapp.links.access import with_link
from eventapp.meetings.models import Document
from eventapp.registration.entry import OWN
from eventapp.registration.models import Registration

bp = Blueprint("material", __name__)


@bp.get("/roles/<token>/material")
@with_link(ROLE_LINK)
def index(asked: SpeakingRole, token: str) -> ResponseReturnValue:
    """What I handed in for my part, and a form for more."""
    return listed(asked, token)


@bp.post("/roles/<token>/material")
@with_link(ROLE_LINK)
def create(asked: SpeakingRole, token: str) -> ResponseReturnValue:
    """Hand in one more piece."""
    form = form_for(asked.session, request.form)

    def save() -> None:
        hand_in(asked, form.material(), at=now())

    def again(status: int) -> ResponseReturnValue:
        hold(form)
        return listed(asked, token, form), status

    return answered(form, save, again, url_for(".index", token=token, _anchor="pieces"))


@bp.get("/roles/<token>/material/<int:number>")
@with_link(ROLE_LINK)
def edit(asked: SpeakingRole, token: str, number: int) -> ResponseReturnValue:
    """One piece, to be changed or replaced by a newer version."""
    document = one_of(asked, number) or abort(404)
    return page(asked, token, document)


@bp.post("/roles/<token>/material/<int:number>")
@with_link(ROLE_LINK)
def update(asked: SpeakingRole, token: str, number: int) -> ResponseReturnValue:
    document = one_of(asked, number) or abort(404)
    form = as_it_stands(asked, document, typed=True)

    def save() -> None:
        refuse_older(form, as_it_stands(asked, document))
        change_material(document, form.material(), at=now())

    def again(status: int) -> ResponseReturnValue:
        hold(form)
        if form.refused:
            show_both(form, as_it_stands(asked, document))
        return page(asked, token, document, form), status

    return answered(form, save, again, url_for(".index", token=token, _anchor="pieces"))


@bp.post("/roles/<token>/material/<int:number>/withdrawal")
@with_link(ROLE_LINK)
def remove(asked: SpeakingRole, token: str, number: int) -> ResponseReturnValue:
    """Take a piece back; one that is gone already is."""
    document = one_of(asked, number)
    refusal = refusal_from(lambda: withdraw(document, at=now())) if document else ""
    if refusal:
        flash(refusal, "stop")
    return redirect(url_for(".index", token=token, _anchor="pieces"), 303)


@bp.get("/roles/<token>/material/<int:number>/<language>/<int:version>")
@with_link(ROLE_LINK)
def file(asked: SpeakingRole, token: str, number: int, language: str, version: int) -> ResponseReturnValue:
    """One of my files, whoever else may open it, also when a newer one is there."""
    document = one_of(asked, number) or abort(404)
    return served(document, file_at(document, language, version) or abort(404))


@bp.get("/registrations/<token>/documents")
@with_link(OWN)
def own(registration: Registration, token: str) -> ResponseReturnValue:
    """The documents of the meeting as somebody opens them who has a place there: no account is needed."""
    meeting = registration.meeting
    opens = registration.holds_a_place
    documents = shown_where(meeting, documents_of(meeting), plans=False, opens=opens)
    context = {"meeting": meeting, "token": token, "registration": registration, "has_place": opens}
    return render_template("documents/material/own.html", groups=grouped(documents), **context)


@bp.get("/registrations/<token>/documents/<int:number>/<language>")
@with_link(OWN)
def own_file(registration: Registration, token: str, number: int, language: str) -> ResponseReturnValue:
    """The newest file in this language, where everybody may open it or the registration has a place."""
    document = document_of(registration.meeting, number) or abort(404)
    if document.audience != PUBLIC and not registration.holds_a_place:
        abort(404)
    return served(document, file_at(document, language) or abort(404))


def served(document: Document, one: DocumentFile) -> ResponseReturnValue:
    name = f"{document.symbol}-{one.language}.{ENDINGS[one.content_type]}"
    return download(name, one.content_type, one.content, foreign=True)


def hold(form: MaterialForm) -> None:
    """Hold its file until the form, which comes back, is sent again: browsers do not keep it."""
    with transaction():
        hold_files(form, form.files(), at=now())


def as_it_stands(asked: SpeakingRole, document: Document, *, typed: bool = False) -> MaterialForm:
    key = places_of([document])[document.id].sub_item
    form = form_of(document, asked.session, key, request.form if typed else None)
    form.has_file = bool(files_of([document])[document.id])
    return form


def listed(asked: SpeakingRole, token: str, form: MaterialForm | None = None) -> str:
    """The page of what was handed in, with what was typed where something was wrong."""
    documents = handed_in_by(asked)
    where, items = places_of(documents), from_rows(asked.session.sub_items)
    titles = {one.key: one.title for one in items if one.key is not None}
    mine = next((str(one.key) for one in items if one.person == asked.name and one.key is not None), "")
    return render_template(
        "documents/material/index.html",
        **about(asked, token),
        documents=documents,
        files=files_of(documents),
        items={one.id: titles.get(where[one.id].sub_item or 0, "") for one in documents},
        form=form or form_for(asked.session, own_item=mine),
    )


def page(asked: SpeakingRole, token: str, document: Document, form: MaterialForm | None = None) -> str:
    if form is None:
        form = as_it_stands(asked, document)
        form.seen.data = mark_of(form)
    versions = versions_of(document)
    return render_template(
        "documents/material/edit.html", **about(asked, token), document=document, form=form, versions=versions
    )


def about(asked: SpeakingRole, token: str) -> dict[str, object]:
    """What both pages say of the part."""
    session = asked.session
    over = asked.ended_at is not None or session.is_off or session.meeting.closed_at is not None
    return {
        "role": asked,
        "session": session,
        "meeting": session.meeting,
        "token": token,
        "most": most_megabytes(),
        "takes": asked.state == CONFIRMED and not over,
        "over": over,
        "part_title": _("%(part)s: %(session)s", part=asked.label, session=worded(session, "title")),
    }
