from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from sqlalchemy import Executable, bindparam, select, update

from eventapp.db import Base, db, lock, plain
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.people import mails
from eventapp.people.addresses import address_of
from eventapp.people.models import Administrator, Person, SignIn, SignInRequest
from eventapp.people.queries import person_at
from eventapp.prepared import insert_of
from eventapp.refusal import Refused
from eventapp.tokens import digits, hashed, hashes, same, secret
from eventapp.words import _

LINK_LASTS = timedelta(minutes=20)
CODE_LENGTH = 6
WRONG_CODES = 5
LONGEST_BROWSER = 200

# Statements of every registration, made once: building one costs more than running it.
PEOPLE = Base.metadata.tables[Person.__tablename__]
AT_ADDRESS = select(PEOPLE.c.id, PEOPLE.c.language).where(PEOPLE.c.email == bindparam("address"))


@cache
def meeting_them(dialect: str) -> Executable:
    """The statement that adds whoever we meet first, made once: building one costs more than running it."""
    row = {"name": "called", "email": "address", "language": "reads", "known_since": "since"}
    statement = insert_of(dialect)(PEOPLE).values({column: bindparam(word) for column, word in row.items()})
    added: Executable = statement.on_conflict_do_nothing(index_elements=["email"]).returning(PEOPLE.c.id)
    return added


class Met(NamedTuple):
    """Somebody at an address: their row's number, how to write to them, and whether this is the first we hear."""

    id: int
    email: str
    language: str
    is_new: bool


def meet(name: str, email: str, *, at: datetime, language: str = "en") -> Met:
    """The person at this address, added where we meet them first. Two who meet them at once make one row."""
    address = address_of(email)
    row = {"called": name.strip(), "address": address, "reads": language, "since": at}
    number = plain(meeting_them(db.engine.dialect.name), row).scalar()
    if number is not None:
        return Met(number, address, language, is_new=True)
    number, language = plain(AT_ADDRESS, {"address": address}).one()
    return Met(number, address, language, is_new=False)


def know(name: str, email: str, *, at: datetime, language: str = "en") -> Person:
    """The row of the person at this address, added where we meet them first."""
    return db.session.get_one(Person, meet(name, email, at=at, language=language).id)


@dataclass(frozen=True)
class Asked:
    """What the asking browser gets to know: nothing that tells whether we know the address."""

    email: str


def ask_to_sign_in(email: str, *, at: datetime, next_page: str = "/", language: str = "en") -> Asked:
    """Write to this address, whether we know it or not: the same work, the same answer, in the same time."""
    address = address_of(email)
    person = person_at(address)
    link, code = secret(), digits(CODE_LENGTH)
    request = SignInRequest(
        email=address,
        person=person,
        link_hash=hashed(link),
        code_hash=hashed(f"{address} {code}"),
        next_page=next_page,
        asked_at=at,
        expires_at=at + LINK_LASTS,
    )
    db.session.add(request)
    letter = mails.sign_in if person else mails.unknown
    post(letter(address, link=link, code=code, language=person.language if person else language), at=at)
    return Asked(address)


def sign_in_by_link(link: str, *, browser: str, at: datetime) -> tuple[SignIn, str, str]:
    """Spend a mailed link. Returns the sign-in, the browser's secret and the page to go on to. Refused when spent."""
    query = select(SignInRequest).where(SignInRequest.link_hash.in_(hashes(link)))
    return spend(db.session.scalar(query), browser=browser, at=at)


def sign_in_by_code(email: str, code: str, *, browser: str, at: datetime) -> tuple[SignIn, str, str] | None:
    """Spend a mailed code, typed where the mail was not read. None, and a try counted, when it is wrong."""
    address = address_of(email)
    query = select(SignInRequest).where(
        SignInRequest.email == address, SignInRequest.used_at.is_(None), SignInRequest.expires_at > at
    )
    for request in db.session.scalars(query.order_by(SignInRequest.id.desc()).with_for_update()):
        if request.wrong_codes >= WRONG_CODES:
            continue
        if any(same(request.code_hash, known) for known in hashes(f"{address} {code}")):
            return spend(request, browser=browser, at=at)
        request.wrong_codes += 1
    return None


def spend(request: SignInRequest | None, *, browser: str, at: datetime) -> tuple[SignIn, str, str]:
    if request is not None:
        lock(request)  # two openings of one link cannot both sign in
    if request is None or request.used_at or at >= request.expires_at or request.person is None:
        raise Refused(_("This link was used already or is older than 20 minutes. Ask for a new one."))
    request.used_at = at
    sign_in, word = open_sign_in(request.person, browser=browser, at=at)
    return sign_in, word, request.next_page


def open_sign_in(person: Person, *, browser: str, at: datetime) -> tuple[SignIn, str]:
    """Sign a browser in. Returns the row and the secret that only the browser keeps."""
    word = secret()
    sign_in = SignIn(
        person=person, secret_hash=hashed(word), signed_in_at=at, last_seen_at=at, browser=browser[:LONGEST_BROWSER]
    )
    db.session.add(sign_in)
    record("signed in", sign_in, by=person, at=at)
    return sign_in, word


def see(sign_in_id: int, *, at: datetime) -> None:
    """Note that this sign-in is used now. Not a line of history: it happens all day long."""
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(last_seen_at=at))


def end_sign_in(sign_in: SignIn, *, by: Person, at: datetime) -> None:
    """Sign one browser out; ending it twice is no fault."""
    if sign_in.ended_at is None:
        sign_in.ended_at = at
        record("signed out", sign_in, by=by, at=at)


def make_sign_in_link(person: Person, *, at: datetime, lasts: timedelta = LINK_LASTS, next_page: str = "/") -> str:
    """A link secret without a letter, for whoever runs the server. Returns the secret."""
    link = secret()
    db.session.add(
        SignInRequest(
            email=person.email,
            person=person,
            link_hash=hashed(link),
            code_hash=hashed(secret()),
            next_page=next_page,
            asked_at=at,
            expires_at=at + lasts,
        )
    )
    return link


def make_administrator(person: Person, *, by: Person | None, at: datetime) -> Administrator:
    """Let this person act everywhere. Refused when the person may already."""
    query = select(Administrator.id).where(Administrator.person_id == person.id, Administrator.ended_at.is_(None))
    if db.session.scalar(query):
        raise Refused(_("%(name)s is an administrator already.", name=person.name))
    grant = Administrator(person=person, granted_at=at, granted_by_id=by.id if by else None)
    db.session.add(grant)
    record("made administrator", grant, by=by, at=at, name=person.name)
    return grant


def change_language(person: Person, language: str, *, at: datetime) -> None:
    """Write to this person in that language from now on."""
    if person.language != language:
        record("changed language", person, by=person, at=at, before=person.language, after=language)
        person.language = language
