"""Who is asking: the person behind this browser's sign-in, looked up in its row at every request."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app, g, session
from flask_login import LoginManager, current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.clock import now
from eventapp.db import db
from eventapp.people.models import Person, SignIn
from eventapp.people.queries import LIVING
from eventapp.tokens import hashes

SEEN_EVERY = timedelta(minutes=5)
# Asked by every request of whoever is signed in, and so made once: building it costs more than running it.
SIGN_IN = select(SignIn).options(joinedload(SignIn.person, innerjoin=True)).where(*LIVING)

login_manager = LoginManager()
login_manager.session_protection = None  # the row of the sign-in is the protection


class People:
    """The extension: Flask-Login, told where sign-ins are kept."""

    def init_app(self, app: Flask) -> None:
        login_manager.init_app(app)


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load_person(secret: str) -> Person | None:
    """The person whose sign-in this is, None where it has ended, idled out or grown too old."""
    sign_in = sign_in_of(secret, at=now())
    return sign_in.person if sign_in else None


def sign_in_of(secret: str, *, at: datetime) -> SignIn | None:
    """The living sign-in behind a browser's secret, asked for once a request."""
    known: dict[str, SignIn | None] = g.setdefault("sign_ins", {})
    if secret not in known:
        known[secret] = find_sign_in(secret, at=at)
    return known[secret]


def find_sign_in(secret: str, *, at: datetime) -> SignIn | None:
    for known in hashes(secret):
        sign_in: SignIn | None = db.session.scalar(SIGN_IN, proof_of(known, current_app.config, at=at))
        if sign_in:
            note_use(sign_in.id, sign_in.last_seen_at, at=at)
            return sign_in
    return None


def proof_of(secret_hash: str, lasts: Mapping[str, Any], *, at: datetime) -> dict[str, object]:
    """What `LIVING` asks about a browser's secret at this moment; the settings say how long a sign-in lasts."""
    return {
        "secret_hash": secret_hash,
        "used_after": at - lasts["SIGN_IN_IDLE"],
        "begun_after": at - lasts["SIGN_IN_LASTS"],
    }


def note_use(sign_in_id: int, last_seen_at: datetime, *, at: datetime) -> None:
    """Have the idle clock of this sign-in moved after the answer is made, at most every five minutes."""
    if last_seen_at < at - SEEN_EVERY:
        g.seen = sign_in_id


def current_person() -> Person | None:
    """Who is asking, None for a visitor."""
    if "_user_id" not in session:
        return None  # a visitor costs no query
    return current_user._get_current_object() if current_user.is_authenticated else None  # noqa: SLF001


def current_secret() -> str:
    """The secret of this browser's sign-in, '' for a visitor."""
    return str(session.get("_user_id", ""))
