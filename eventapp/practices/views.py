"""A presenter's card behind its mailed link: one button first, then the form, kept as it is typed, sent when ready."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.drafts.protocol import sent
from eventapp.drafts.text_page import TextPage
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.links.access import with_link
from eventapp.meetings.themes.queries import themes_of
from eventapp.practices.actions import change_consents, keep, open_card, put_file, send
from eventapp.practices.completion.forms import labelled, labelled_details
from eventapp.practices.content import FORWARDED_TO, WORD_LIMITS, practice_from
from eventapp.practices.files import read, served
from eventapp.practices.forms import CardForm, typed
from eventapp.practices.models import LINK, Card
from eventapp.practices.queries import file_of
from eventapp.record.progress import is_cleared

bp = Blueprint("practices", __name__)


@bp.get("/practices/<token>")
@with_link(LINK)
def show(card: Card, token: str) -> ResponseReturnValue:
    """One button, for mail scanners open links; then the card, to fill or, once the session is cleared, to read."""
    if card.opened_at is None:
        is_closed = is_cleared(card.session)
        return render_template(
            "practices/begin.html", card=card, meeting=card.meeting, token=token, is_closed=is_closed
        )
    form = CardForm(data=typed(practice_from(card.content)), themes=themes_of(card.meeting))
    form.draft.data = str(card.version)
    return page_of(card, token, form)


@bp.post("/practices/<token>/opening")
@with_link(LINK)
def begin(card: Card, token: str) -> ResponseReturnValue:
    with transaction():
        open_card(card, at=now())
    return redirect(url_for(".show", token=token), 303)


@bp.post("/practices/<token>")
@with_link(LINK)
def update(card: Card, token: str) -> ResponseReturnValue:
    return PAGE.update(card, token)


@bp.post("/practices/<token>/draft")
@with_link(LINK)
def draft(card: Card, token: str) -> ResponseReturnValue:
    return PAGE.keep_typed(card, card.meeting.tz)


@bp.post("/practices/<token>/file")
@with_link(LINK)
def attach(card: Card, token: str) -> ResponseReturnValue:
    return PAGE.attach(card)


@bp.post("/practices/<token>/consents")
@with_link(LINK)
def consent(card: Card, token: str) -> ResponseReturnValue:
    """Let a sent card be forwarded, or take that back: at any time, each outlet by itself."""
    chosen = tuple(code for code in FORWARDED_TO if code in request.form.getlist("outlets"))
    with transaction():
        change_consents(card, chosen, at=now())
    return redirect(url_for(".show", token=token, _anchor="consent"), 303)


@bp.get("/practices/<token>/file")
@with_link(LINK)
def file(card: Card, token: str) -> ResponseReturnValue:
    return served(file_of(card) or abort(404), card)


def page_of(card: Card, token: str, form: CardForm) -> str:
    practice = practice_from(card.content)
    return render_template(
        "practices/show.html",
        card=card,
        meeting=card.meeting,
        token=token,
        form=form,
        practice=practice,
        details_said=labelled_details(practice),
        added=labelled(card.completion.content if card.completion else {}),
        is_closed=is_cleared(card.session),
        file=file_of(card),
        limits=WORD_LIMITS,
    )


PAGE = TextPage(
    form=lambda card, typed: CardForm(typed, themes=themes_of(card.meeting)),
    read=read,
    show=page_of,
    keep=lambda card, form, at: keep(card, form.practice(), sent(), at=at),
    send=lambda card, form, token, at: send(card, form.practice(), sent(), at=at),
    put_file=lambda card, file, at: put_file(card, file, at=at),
)
