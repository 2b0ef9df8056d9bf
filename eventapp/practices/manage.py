"""One card for those who work: how far it is, and one click from a card to a note."""

from typing import NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.ground.web.pages import Address
from eventapp.meetings.access import with_row
from eventapp.meetings.rules import record_meeting
from eventapp.meetings.themes.queries import themes_of
from eventapp.people.current import current_person
from eventapp.practices.actions import turn_into_note
from eventapp.practices.completion.forms import labelled, labelled_details
from eventapp.practices.content import PARTS, practice_from
from eventapp.practices.files import served
from eventapp.practices.invitations.actions import end, remind
from eventapp.practices.models import Card
from eventapp.practices.queries import card_at, file_of, newest_sent
from eventapp.record.notes.models import Note
from eventapp.record.progress import is_cleared
from eventapp.vocabulary.countries import country
from eventapp.vocabulary.notes import NOTE_KINDS, OUTLETS

bp = Blueprint("practices_manage", __name__)
with_card = with_row(card_at, may=record_meeting)


class Mark(NamedTuple):
    """How far a card is: a code to count by, a word and its tone."""

    code: str
    word: str
    tone: str


@bp.get("/meetings/<slug>/manage/practices/<int(max=99999):number>")
@with_card
def show(card: Card) -> ResponseReturnValue:
    """One card as it was sent, with what it said before."""
    return one(card)


@bp.post("/meetings/<slug>/manage/practices/<int(max=99999):number>")
@with_card
def update(card: Card) -> ResponseReturnValue:
    """Remind the presenter, stop the links, or record the card as a note."""
    person, at, act = current_person(), now(), request.form.get("act")
    if act not in ("remind", "end", "note"):
        return one(card), 422

    def done() -> Note | None:
        if act == "note":
            return turn_into_note(card, by=person, at=at)
        (remind if act == "remind" else end)(card, by=person, at=at)
        return None

    form = Form()
    note = attempt(form, done)
    if form.refused:
        return one(card, refusal=form.refusal), 409
    if note is not None:
        where: Address = {"slug": card.meeting.slug, "code": note.session.code, "number": note.number}
        return redirect(url_for("capture.edit", **where), 303)
    return redirect(url_for(".index", slug=card.meeting.slug, _anchor=card.reference), 303)


@bp.get("/meetings/<slug>/manage/practices/<int(max=99999):number>/file")
@with_card
def file(card: Card) -> ResponseReturnValue:
    return served(file_of(card) or abort(404), card)


def mark_of(card: Card, *, is_late: bool) -> Mark:
    """How far this card is, in a word; late where its session was cleared before it was sent."""
    if card.is_noted and card.note is not None:
        return Mark("noted", _("Note %(ref)s", ref=card.note.reference), "ok")
    if card.sent_at:
        return Mark("sent", _("Sent"), "ok")
    if card.ended_at:
        return Mark("ended", _("Ended"), "off")
    if is_late:
        return Mark("late", _("Not sent in time"), "off")
    if card.version:
        filled = practice_from(card.content).filled
        return Mark("filling", _("Filling, %(part)s of %(all)s", part=filled, all=len(PARTS)), "wait")
    return Mark("opened", _("Opened"), "wait") if card.opened_at else Mark("invited", _("Invited"), "off")


def one(card: Card, refusal: str = "") -> str:
    """The page of one card: what was sent, never a draft, for that is still its presenter's own."""
    newest = newest_sent(card)
    practice, themes = practice_from(newest.content) if newest else None, themes_of(card.meeting)
    return render_template(
        "practices/card.html",
        card=card,
        meeting=card.meeting,
        mark=mark_of(card, is_late=is_cleared(card.session)),
        newest=newest,
        practice=practice,
        details_said=labelled_details(practice) if practice else [],
        added=labelled(card.completion.content if card.completion else {}),
        lines=[(code, themes.lines[code].title) for code in practice.action_lines] if practice else [],
        goals=[(number, goal.title) for number, goal in themes.goals.items() if practice and number in practice.goals],
        country=country(practice.country) if practice else None,
        outlets=[OUTLETS[code].label for code in card.may_be_forwarded_to],
        kind=NOTE_KINDS[card.kind].label,
        revisions=[one for one in reversed(card.revisions) if one.was_sent],
        file=file_of(card) if newest else None,
        refusal=refusal,
    )
