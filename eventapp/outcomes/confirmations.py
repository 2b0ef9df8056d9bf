"""Behind a confirmation link: the notes that concern one person, and nothing else. Opening it changes nothing."""

import re

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.db import db, transaction
from eventapp.gate import for_link_holder
from eventapp.outcomes import queries
from eventapp.outcomes.clearing import LINK_PURPOSE, confirm, object_to
from eventapp.outcomes.models import Confirmation
from eventapp.refusal import Refused
from eventapp.text import clean, fault_in
from eventapp.tokens import read_link

bp = Blueprint("confirmations", __name__)
LONGEST_REASON, LONGEST_TEXT = 1000, 3000


@bp.get("/confirmations/<token>")
@for_link_holder
def show(token: str) -> ResponseReturnValue:
    """The notes of this link, or one sentence where it is over."""
    asked = asked_by(token)
    if asked is None or not asked.is_open(now()):
        return over(asked)
    return page(asked, token)


@bp.post("/confirmations/<token>")
@for_link_holder
def create(token: str) -> ResponseReturnValue:
    """Confirm, correct or object."""
    asked, at = asked_by(token), now()
    if asked is None:
        return over(asked)
    reason = clean(request.form.get("reason", ""))
    faults = [fault_in(reason, most=LONGEST_REASON, lines=True), *map(fault_of, texts().values())]
    fault = next(filter(None, faults), None)
    if fault:
        return page(asked, token, refusal=fault), 422
    try:
        with transaction():
            if request.form.get("answer") == "object":
                object_to(asked, reason, at=at)
            else:
                confirm(asked, seen(), texts(), at=at)
    except Refused as refused:
        if not asked.is_open(at):
            return over(asked)
        return page(asked, token, refusal=str(refused)), 409
    return render_template("outcomes/answered.html", asked=asked, meeting=asked.session.meeting)


def fault_of(text: str) -> str | None:
    return fault_in(text, most=LONGEST_TEXT, lines=True)


def asked_by(token: str) -> Confirmation | None:
    parts = read_link(LINK_PURPOSE, token, at=now())
    return db.session.get(Confirmation, parts[0]) if parts else None


def page(asked: Confirmation, token: str, refusal: str = "") -> str:
    notes = queries.notes_to_confirm(asked.session, asked.role)
    return render_template(
        "outcomes/confirmation.html",
        asked=asked,
        token=token,
        notes=notes,
        session=asked.session,
        meeting=asked.session.meeting,
        texts=texts(),
        reason=request.form.get("reason", ""),
        refusal=refusal,
    )


def over(asked: Confirmation | None) -> ResponseReturnValue:
    """One sentence: the link is spent, over or was never one. It does not say which note it was about."""
    answered = asked is not None and asked.answered_at is not None
    return render_template("outcomes/link_over.html", answered=answered), 200 if answered else 404


def seen() -> dict[int, int]:
    """Note -> revision, as the page that was answered had them."""
    return {note: int(value) for note, value in numbered("seen-").items() if re.fullmatch(r"[0-9]{1,9}", value)}


def texts() -> dict[int, str]:
    """Note -> the words they would rather read."""
    return {note: clean(value) for note, value in numbered("text-").items()}


def numbered(start: str) -> dict[int, str]:
    found = re.compile(rf"{start}([0-9]{{1,9}})")
    return {int(match[1]): value for key, value in request.form.items() if (match := found.fullmatch(key))}
