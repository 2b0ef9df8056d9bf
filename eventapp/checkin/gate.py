"""The way the view of a reading learns where it was read and who read it: in one statement, for people wait."""

from collections.abc import Callable
from functools import wraps

from flask import abort
from flask.typing import ResponseReturnValue

from eventapp.checkin.told import Spot, spot_for
from eventapp.clock import now
from eventapp.db import db
from eventapp.gate import View, open_to
from eventapp.meetings.rules import KEEPERS_OF_THE_DOOR, keep_door
from eventapp.meetings.standing import Standing
from eventapp.people.current import current_secret, note_use, proof_of

Reading = Callable[[Standing, Spot, str], ResponseReturnValue]


def with_spot(view: Reading) -> View:
    """Hand the view who asks, the gate and the meeting's address. Not there and not yours look the same: 404."""

    @wraps(view)
    def opened(slug: str, gate: str) -> ResponseReturnValue:
        secret, at = current_secret(), now()
        if not secret:
            abort(404)
        with db.engine.connect() as ask:
            found = spot_for(ask, proof_of(secret, at=at), slug, gate)
        if found is None:
            abort(404)
        standing, spot = found
        if not standing.holds(*KEEPERS_OF_THE_DOOR):
            abort(404)
        note_use(standing.sign_in_id, standing.last_seen_at, at=at)
        return view(standing, spot, slug)

    return open_to(keep_door, opened)
