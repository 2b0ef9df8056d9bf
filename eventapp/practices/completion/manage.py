"""The page where the secretariat completes a card for the forms of others."""

from datetime import datetime

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.drafts.actions import find
from eventapp.drafts.models import Draft
from eventapp.drafts.protocol import answer, sent
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.pages import Address
from eventapp.people.current import current_person
from eventapp.practices.completion.actions import COMPLETED, as_it_stands, complete, completed, parts_of, slot_of
from eventapp.practices.completion.forms import CompletionForm
from eventapp.practices.content import FORWARDED_TO, WORD_LIMITS
from eventapp.practices.manage import bp, with_card
from eventapp.practices.models import Card
from eventapp.practices.queries import newest_sent
from eventapp.vocabulary.notes import OUTLETS


@bp.get("/meetings/<slug>/manage/practices/<int(max=99999):number>/completion")
@with_card
def completion(card: Card) -> ResponseReturnValue:
    """What the forms of others ask for, as it stands. ?for= says whose sheet to go back to."""
    if newest_sent(card) is None:
        abort(404)
    form = CompletionForm(data=parts_of(completed(as_it_stands(card), card.completion)))
    form.draft.data = str(version_of(card))
    return completion_page(card, form)


@bp.post("/meetings/<slug>/manage/practices/<int(max=99999):number>/completion")
@with_card
def complete_card(card: Card) -> ResponseReturnValue:
    """Save it, and go back to the sheet it is for."""
    form = CompletionForm(request.form)
    if newest_sent(card) is None:
        abort(404)
    if not form.validate():
        return completion_page(card, form), 422
    attempt(form, lambda: keep_typed(card, form, now()))
    if form.refused:
        form.go_over(version_of(card))
        return completion_page(card, form), 409
    slug, sheet = card.meeting.slug, sheet_asked_for()
    if sheet:
        place: Address = {"form": sheet, "card": card.reference, "_anchor": card.reference}
        return redirect(url_for("outlet_sheets.show", slug=slug, **place), 303)
    return redirect(url_for("practices_manage.show", slug=slug, number=card.number), 303)


@bp.post("/meetings/<slug>/manage/practices/<int(max=99999):number>/completion/draft")
@with_card
def completion_draft(card: Card) -> ResponseReturnValue:
    """Keep what is being typed, where a form would take it. Answers as the presenter's card does."""
    form = CompletionForm(request.form)
    fault = "" if form.validate() else next((words for _where, words in form.faults), "")
    return answer(lambda at: keep_typed(card, form, at), card.meeting.tz, fault=fault)


def keep_typed(card: Card, form: CompletionForm, at: datetime) -> Draft | None:
    return complete(card, form.completed(), sent(), by=current_person(), at=at)


def version_of(card: Card) -> int:
    draft = find(slot_of(card))
    return draft.version if draft else 0


def sheet_asked_for() -> str:
    """The form whose sheet somebody came from."""
    sheet = request.args.get("for", "")
    return sheet if sheet in FORWARDED_TO else ""


def completion_page(card: Card, form: CompletionForm) -> str:
    before, ours = as_it_stands(card), card.completion.content if card.completion else {}
    return render_template(
        "practices/completion.html",
        card=card,
        draft=find(slot_of(card)),
        meeting=card.meeting,
        form=form,
        practice=before,
        theirs={name: getattr(before, name) for name in COMPLETED if name in ours},
        sheet=sheet_asked_for(),
        sheets=[(code, OUTLETS[code].label) for code in FORWARDED_TO if code in card.may_be_forwarded_to],
        limits=WORD_LIMITS,
    )
