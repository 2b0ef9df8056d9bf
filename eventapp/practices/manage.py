"""Cards for those who work: whom to invite, how far each one is, and one click from a card to a note."""

import re
from collections import Counter
from typing import Any, NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.db import transaction
from eventapp.kept import PLAIN, kept_at
from eventapp.languages import chosen_language
from eventapp.meetings.gate import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import record_meeting
from eventapp.outcomes.standing import is_cleared
from eventapp.people.current import current_person
from eventapp.practices.actions import Invitation, end, invite, remind, turn_into_note
from eventapp.practices.completing import COMPLETED, as_it_stands, complete, completed, parts_of
from eventapp.practices.content import FORWARDED_TO, KINDS, PARTS, WORD_LIMITS, practice_from
from eventapp.practices.detail_forms import CompletionForm, told, told_details
from eventapp.practices.files import served
from eventapp.practices.forms import InvitationForm
from eventapp.practices.gate import with_card
from eventapp.practices.models import Card
from eventapp.practices.queries import cards_of, file_of, newest_sent, presenters, sessions_with_cards
from eventapp.refusal import Refused
from eventapp.vocabulary.countries import country
from eventapp.vocabulary.goals import GOALS
from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.vocabulary.notes import NOTE_KINDS, OUTLETS
from eventapp.words import _

bp = Blueprint("practices_manage", __name__)


class Mark(NamedTuple):
    """How far a card is: a code to count by, a word and its tone."""

    code: str
    word: str
    tone: str


@bp.get("/meetings/<slug>/manage/practices")
@with_meeting(may=record_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every card with its state, whoever could be invited, and a form for anybody else."""
    return listed(meeting, form_for(meeting))


@bp.post("/meetings/<slug>/manage/practices")
@with_meeting(may=record_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    """Invite somebody with a part in a session by one button, anybody else by the form."""
    form = InvitationForm(sessions_with_cards(meeting), request.form)
    wanted = asked_for(meeting, form)
    if wanted is None:
        return listed(meeting, form), 422
    try:
        with transaction():
            invite(meeting, wanted, by=current_person(), at=now(), language=chosen_language())
    except Refused as refused:
        form.refuse(refused)
        return listed(meeting, form), 409
    return redirect(url_for(".index", slug=meeting.slug), 303)


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
    note = None
    try:
        with transaction():
            if act == "remind":
                remind(card, by=person, at=at)
            elif act == "end":
                end(card, by=person, at=at)
            else:
                note = turn_into_note(card, by=person, at=at)
    except Refused as refused:
        return one(card, refusal=str(refused)), 409
    if note is not None:
        where: dict[str, Any] = {"slug": card.meeting.slug, "code": note.session.code, "number": note.number}
        return redirect(url_for("outcomes.edit", **where), 303)
    return redirect(url_for(".index", slug=card.meeting.slug, _anchor=card.reference), 303)


@bp.get("/meetings/<slug>/manage/practices/<int(max=99999):number>/file")
@with_card
def file(card: Card) -> ResponseReturnValue:
    return served(file_of(card) or abort(404), card)


@bp.get("/meetings/<slug>/manage/practices/<int(max=99999):number>/completion")
@with_card
def completion(card: Card) -> ResponseReturnValue:
    """What the forms of others ask for, as it stands. ?for= says whose sheet to go back to."""
    if newest_sent(card) is None:
        abort(404)
    form = CompletionForm(data=parts_of(completed(as_it_stands(card), card.completion)))
    form.base.data = str(version_of(card))
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
    try:
        with transaction():
            kept(card, form)
    except Refused as refused:
        form.refuse(refused)
        form.base.data, form.over.data = str(version_of(card)), "1"
        return completion_page(card, form, is_split=True), 409
    slug, sheet = card.meeting.slug, sheet_asked_for()
    if sheet:
        return redirect(url_for("outlets.sheet", slug=slug, form=sheet, _anchor=card.reference), 303)
    return redirect(url_for("practices_manage.show", slug=slug, number=card.number), 303)


@bp.post("/meetings/<slug>/manage/practices/<int(max=99999):number>/completion/draft")
@with_card
def completion_draft(card: Card) -> ResponseReturnValue:
    """Keep what is being typed, where a form would take it. Answers as the presenter's card does."""
    form, at = CompletionForm(request.form), now()
    if not form.validate():
        return form.faults[0][1], 422, PLAIN
    try:
        with transaction():
            version = kept(card, form)
    except Refused as refused:
        return str(refused), 409, PLAIN
    return kept_at(version, at, card.meeting.tz)


def form_for(meeting: Meeting) -> InvitationForm:
    return InvitationForm(sessions_with_cards(meeting))


def asked_for(meeting: Meeting, form: InvitationForm) -> Invitation | None:
    """Who is to be invited: the holder of a part, or whom the form names; None where the form has faults."""
    if not request.form.get("role"):
        return form.invitation() if form.validate() else None
    waiting = presenters(meeting, cards_of(meeting))
    role = next((role for role in waiting if str(role.id) == request.form["role"]), None)
    if role is None or role.person is None:
        form.validate()
        return None
    kind = request.form.get("kind", "")
    return Invitation(
        session=role.session,
        kind=kind if kind in KINDS else KINDS[0],
        name=role.name,
        email=role.person.email,
        organization=role.organization,
        country=role.country,
        role=role,
    )


def standing(card: Card, *, is_late: bool) -> Mark:
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


def listed(meeting: Meeting, form: InvitationForm) -> str:
    cards = cards_of(meeting)
    waiting = presenters(meeting, cards)
    sessions = {*(card.session for card in cards), *(role.session for role in waiting)}
    cleared = {session for session in sessions if is_cleared(session)}
    rows = [(card, standing(card, is_late=card.session in cleared)) for card in cards]
    return render_template(
        "practices/index.html",
        meeting=meeting,
        rows=rows,
        counts=Counter(mark.code for _card, mark in rows),
        waiting=[role for role in waiting if role.session not in cleared],
        form=form,
        at=now(),
        kinds=NOTE_KINDS,
        outlets=OUTLETS,
    )


def one(card: Card, refusal: str = "") -> str:
    """The page of one card: what was sent, never a draft, for that is still its presenter's own."""
    newest = newest_sent(card)
    practice = practice_from(newest.content) if newest else None
    return render_template(
        "practices/card.html",
        card=card,
        meeting=card.meeting,
        mark=standing(card, is_late=is_cleared(card.session)),
        newest=newest,
        practice=practice,
        details_said=told_details(practice) if practice else [],
        added=told(card.completion.content if card.completion else {}),
        lines=[(code, ACTION_LINES[code].title) for code in practice.action_lines] if practice else [],
        goals=[(number, GOALS[number].title) for number in practice.goals] if practice else [],
        country=country(practice.country) if practice else None,
        outlets=[OUTLETS[code].label for code in card.may_be_forwarded_to],
        kind=NOTE_KINDS[card.kind].label,
        revisions=[one for one in reversed(card.revisions) if one.was_sent],
        file=file_of(card) if newest else None,
        refusal=refusal,
    )


def kept(card: Card, form: CompletionForm) -> int:
    base = str(form.base.data or "")
    return complete(
        card,
        form.completed(),
        base=int(base) if re.fullmatch(r"[0-9]{1,9}", base) else -1,
        by=current_person(),
        at=now(),
        over=bool(form.over.data),
        mark=form.mark.data,
    )


def version_of(card: Card) -> int:
    return card.completion.version if card.completion else 0


def sheet_asked_for() -> str:
    """The form whose sheet somebody came from."""
    sheet = request.args.get("for", "")
    return sheet if sheet in FORWARDED_TO else ""


def completion_page(card: Card, form: CompletionForm, *, is_split: bool = False) -> str:
    before, ours = as_it_stands(card), card.completion.content if card.completion else {}
    return render_template(
        "practices/completion.html",
        card=card,
        meeting=card.meeting,
        form=form,
        practice=before,
        theirs={name: getattr(before, name) for name in COMPLETED if name in ours},
        is_split=is_split,
        sheet=sheet_asked_for(),
        sheets=[(code, OUTLETS[code].label) for code in FORWARDED_TO if code in card.may_be_forwarded_to],
        limits=WORD_LIMITS,
    )
