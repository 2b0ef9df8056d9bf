"""Good practice cards to test with, made the way the application makes them."""

from datetime import timedelta
from typing import Any

from eventapp.agenda.models import Session
from eventapp.drafts.actions import Sent
from eventapp.ground.db import transaction
from eventapp.practices.actions import open_card, send
from eventapp.practices.content import Measure, Practice
from eventapp.practices.invitations.actions import Invitation, invite
from eventapp.practices.models import Card
from eventapp.record.clearing.actions import approve, submit_session
from tests.make import TODAY
from tests.make_record import note

RESULTS = "Farmers get prices by radio and by message; most of them sell at a better one."


def practice(**facts: Any) -> Practice:
    """A card with all its parts."""
    defaults: dict[str, Any] = {
        "project": "Prices by radio",
        "owner": "Ministry of Agriculture",
        "country": "BTN",
        "action_lines": ("C7-EAGR",),
        "goals": (2,),
        "results": RESULTS,
        "measures": (Measure("12,000", "farmers", "Ministry, 2016"),),
        "contact_name": "Pema Choden",
        "contact_email": "pema@example.org",
    }
    return Practice(**{**defaults, **facts})


def invited(session: Session, **facts: Any) -> tuple[Card, str]:
    """A card somebody was invited to fill, and the secret of the link in the letter."""
    defaults: dict[str, Any] = {"kind": "good-practice", "name": "Pema Choden", "email": "pema@example.org"}
    with transaction():
        card, token = invite(session.meeting, Invitation(session, **{**defaults, **facts}), by=None, at=TODAY)
    return card, token


def sent(session: Session, **facts: Any) -> tuple[Card, str]:
    """A card that was sent an hour after the invitation."""
    card, token = invited(session)
    with transaction():
        open_card(card, at=TODAY)
        send(card, practice(**facts), Sent(0), at=TODAY + timedelta(hours=1))
    return card, token


def cleared(session: Session) -> None:
    """Nothing is added to this session any more: it was handed in, and its note approved."""
    made = note(session)
    with transaction():
        submit_session(session, despite="It was a short session.", by=None, at=TODAY)
        approve(made, by=None, at=TODAY)
