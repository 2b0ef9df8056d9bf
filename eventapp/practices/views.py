"""A presenter's card behind its mailed link: one button first, then the form, kept as it is typed, sent when ready."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.db import transaction
from eventapp.kept import PLAIN, base_of, is_sound, kept_at, tell_lost
from eventapp.outcomes.standing import is_cleared
from eventapp.practices.actions import change_consents, keep, open_card, put_file, send
from eventapp.practices.content import FORWARDED_TO, WORD_LIMITS, practice_from
from eventapp.practices.detail_forms import told, told_details
from eventapp.practices.files import Unfit, received, served
from eventapp.practices.forms import CardForm, typed
from eventapp.practices.gate import with_link
from eventapp.practices.models import Card, CardFile
from eventapp.practices.queries import file_of
from eventapp.refusal import Refused
from eventapp.words import _

bp = Blueprint("practices", __name__)


@bp.get("/practices/<token>")
@with_link
def show(card: Card, token: str) -> ResponseReturnValue:
    """One button, for mail scanners open links; then the card, to fill or, once the session is cleared, to read."""
    if card.opened_at is None:
        is_closed = is_cleared(card.session)
        return render_template(
            "practices/begin.html", card=card, meeting=card.meeting, token=token, is_closed=is_closed
        )
    form = CardForm(data=typed(practice_from(card.content)))
    form.base.data = str(card.version)
    return page_of(card, token, form)


@bp.post("/practices/<token>/opening")
@with_link
def begin(card: Card, token: str) -> ResponseReturnValue:
    with transaction():
        open_card(card, at=now())
    return redirect(url_for(".show", token=token), 303)


@bp.post("/practices/<token>")
@with_link
def update(card: Card, token: str) -> ResponseReturnValue:
    """Send the card, or keep it and go on later; what stands in the way is said, and what was typed stays."""
    form, for_later = CardForm(request.form), "keep" in request.form
    sound, file = is_sound(form, for_later=for_later), None
    try:
        file = received()
    except Unfit as unfit:
        form.file.errors = [str(unfit)]
    tell_lost(form, file.given_name if file else None)
    if form.file.errors or not sound:
        return page_of(card, token, form), 422
    try:
        with transaction():
            save(card, form, file, sends=not for_later)
    except Refused as refused:
        form.refuse(refused)
        if not is_cleared(card.session):
            form.base.data, form.over.data = str(card.version), "1"
        return page_of(card, token, form, is_split=True), 409
    return redirect(url_for(".show", token=token, _anchor="kept" if for_later else None), 303)


@bp.post("/practices/<token>/draft")
@with_link
def draft(card: Card, token: str) -> ResponseReturnValue:
    """Keep what is being typed. Answers with the time, for the line that says so, and the version to go on from."""
    form, at = CardForm(request.form), now()
    faults = form.faults_in_draft()
    if faults:
        return faults[0], 422, PLAIN
    try:
        with transaction():
            over, mark = bool(form.over.data), form.mark.data
            version = keep(card, form.practice(), base=base_of(form), at=at, over=over, mark=mark)
    except Refused as refused:
        return str(refused), 409, PLAIN
    return kept_at(version, at, card.meeting.tz)


@bp.post("/practices/<token>/file")
@with_link
def attach(card: Card, token: str) -> ResponseReturnValue:
    """Keep the file as soon as it is chosen, for a browser gives none back. Answers with what is on file now."""
    try:
        file = received() or abort(400)
        with transaction():
            put_file(card, file, at=now())
    except Unfit as unfit:
        return str(unfit), 422, PLAIN
    except Refused as refused:
        return str(refused), 409, PLAIN
    return _("On file: %(name)s. Choose another only to replace it.", name=file.given_name), PLAIN


@bp.post("/practices/<token>/consents")
@with_link
def consent(card: Card, token: str) -> ResponseReturnValue:
    """Let a sent card be forwarded, or take that back: at any time, each outlet by itself."""
    chosen = tuple(code for code in FORWARDED_TO if code in request.form.getlist("outlets"))
    with transaction():
        change_consents(card, chosen, at=now())
    return redirect(url_for(".show", token=token, _anchor="consent"), 303)


@bp.get("/practices/<token>/file")
@with_link
def file(card: Card, token: str) -> ResponseReturnValue:
    return served(file_of(card) or abort(404), card)


def save(card: Card, form: CardForm, file: CardFile | None, *, sends: bool) -> None:
    happens = send if sends else keep
    happens(card, form.practice(), base=base_of(form), at=now(), over=bool(form.over.data), mark=form.mark.data)
    if file is not None:
        put_file(card, file, at=now())


def page_of(card: Card, token: str, form: CardForm, *, is_split: bool = False) -> str:
    practice = practice_from(card.content)
    return render_template(
        "practices/show.html",
        card=card,
        meeting=card.meeting,
        token=token,
        form=form,
        practice=practice,
        details_said=told_details(practice),
        added=told(card.completion.content if card.completion else {}),
        is_closed=is_cleared(card.session),
        is_split=is_split,
        file=file_of(card),
        limits=WORD_LIMITS,
    )
