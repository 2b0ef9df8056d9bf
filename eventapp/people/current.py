"""Who is asking: the person behind this browser's sign-in, looked up in its row at every request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, current_app, g
from flask_login import LoginManager, current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.security.tokens import hashes
from eventapp.people.models import Person, SignIn
from eventapp.people.queries import LIVING

SEEN_EVERY = timedelta(minutes=5)
# Asked by every request of whoever is signed in, and so made once: building it costs more than running it.
SIGN_IN = select(SignIn).options(joinedload(SignIn.person, innerjoin=True)).where(*LIVING)

login_manager = LoginManager()
login_manager.session_protection = None  # the row of the sign-in is the protection


class People:
    """The extension: Flask-Login, told where sign-ins are kept, and who has to have a second factor if it is asked."""

    def __init__(self, *rights: Callable[[Person], bool]) -> None:
        self.rights = rights

    def init_app(self, app: Flask) -> None:
        login_manager.init_app(app)
        app.extensions["rights that need a second factor"] = self.rights


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load_person(secret: str) -> Person | None:
    """The person whose sign-in this is, None where it has ended, grown too old or waits for a second factor."""
    sign_in = find_sign_in(secret, at=now())
    if sign_in is None or not sign_in.person.is_active:
        return None
    person = signed_in(sign_in, secret)
    if not waits(sign_in):
        return person
    g.half_in = person
    return None


def waits(sign_in: SignIn) -> bool:
    """Whether this browser still has to give the second factor that its person has or has to have."""
    if sign_in.second_at is not None:
        return False
    return sign_in.person.second_factor_since is not None or has_to_have_one(sign_in.person)


def has_to_have_one(person: Person) -> bool:
    """Whether this installation asks this person for a second factor."""
    if not current_app.config["REQUIRE_SECOND_FACTOR"]:
        return False
    return any(holds(person) for holds in current_app.extensions["rights that need a second factor"])


def half_in() -> Person | None:
    """Who came by a mailed link or code and has still to give the second factor: a visitor on every other page."""
    current_person()
    person: Person | None = g.get("half_in")
    return person


def signed_in(sign_in: SignIn, secret: str) -> Person:
    """The person of this sign-in, as Flask-Login knows them: by the secret of the browser, not by their number."""
    sign_in.person.sign_in, sign_in.person.secret = sign_in, secret
    return sign_in.person


def find_sign_in(secret: str, *, at: datetime) -> SignIn | None:
    for known in hashes(secret):
        sign_in: SignIn | None = db.session.scalar(SIGN_IN, proof_of(known, current_app.config, at=at))
        if sign_in:
            note_use(sign_in.id, sign_in.last_seen_at, at=at)
            return sign_in
    return None


def proof_of(secret_hash: str, lasts: Record, *, at: datetime) -> dict[str, object]:
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
    """Who is asking, None for a visitor: the row itself, where `current_user` stands in for it."""
    person: Person | None = current_user.itself if current_user.is_authenticated else None
    return person


@dataclass(frozen=True)
class Somebody:
    """A person as history writes them down: values, which no transaction has to read again."""

    id: int
    name: str

    @classmethod
    def of(cls, person: Person) -> "Somebody":
        """The values of a person's row."""
        return cls(person.id, person.name)
