"""Signing in by a mailed link or code, and out again."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.security.tokens import digits, hashed, hashes, same, secret
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.mail.actions import post_first
from eventapp.mail.failing.actions import trust_again
from eventapp.people.addresses import address_of
from eventapp.people.models import NO_LETTER, Person, SignIn, SignInRequest
from eventapp.people.queries import person_at
from eventapp.people.sign_in import mails
from eventapp.people.sign_in.allowances import Asker, count_wrong_code, host_may_write, may_write, strangers_may_try

ANEW = {"populate_existing": True}
LINK_LASTS = timedelta(minutes=20)
CODE_LENGTH = 6
WRONG_CODES = 5
LONGEST_BROWSER = 200


def ask_to_sign_in(email: str, *, asker: Asker, at: datetime, next_page: str = "/", language: str = "en") -> bool:
    """Write to this address, whether we know it or not: the same work, the same answer, in the same time.

    Nothing is written where an unused link of the last quarter of an hour lies there and the asker has no allowance.
    False where too many letters came of this host.
    """
    address = address_of(email)
    if not may_write(address, asker, at=at):
        return True
    if not host_may_write(asker, at=at):
        return False
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
    letter = mails.letter_to(person)
    post_first(letter(address, link=link, code=code, language=person.language if person else language), at=at)
    return True


def sign_in_by_link(link: str, *, browser: str, at: datetime) -> tuple[SignIn, str, str]:
    """Spend a mailed link. Returns the sign-in, the browser's secret and the page to go on to. Refused when spent."""
    query = select(SignInRequest).where(SignInRequest.link_hash.in_(hashes(link)))
    return spend(db.session.scalar(query), browser=browser, at=at)


def sign_in_by_code(
    email: str, code: str, *, asker: Asker, browser: str, at: datetime
) -> tuple[SignIn, str, str] | None:
    """Spend a mailed code, typed where the mail was not read. None, and a try counted, when it is wrong.

    Wrong codes of strangers spend the code for strangers, not for a browser that signed in at this address before.
    """
    address, known, tried = address_of(email), bool(asker.browser), False
    hold(address)
    requests = open_requests(address, at=at)
    if not known and not strangers_may_try(address, at=at):  # asked under the lock, so that none is tried beyond
        raise Refused(_("Too many wrong codes were tried for this address today. Open the link in the email instead."))
    for request in requests:
        if request.wrong_codes >= WRONG_CODES and not known:
            continue
        if any(same(request.code_hash, right) for right in hashes(f"{address} {code}")):
            return spend(request, browser=browser, at=at)
        request.wrong_codes += 0 if known else 1
        tried = True
    if tried and not known:
        count_wrong_code(address, at=at)
    return None


def open_requests(address: str, *, at: datetime) -> list[SignInRequest]:
    """The links to this address that can still be used, the newest first, locked: two tries do not count as one."""
    query = select(SignInRequest).where(
        SignInRequest.email == address, SignInRequest.used_at.is_(None), SignInRequest.expires_at > at
    )
    return list(db.session.scalars(query.order_by(SignInRequest.id.desc()).with_for_update()))


def spend(request: SignInRequest | None, *, browser: str, at: datetime) -> tuple[SignIn, str, str]:
    if request is not None:
        hold(request.email)
        lock(request)  # two openings of one link cannot both sign in
    if request is None or not may_be_spent(request, at=at) or request.person is None:
        raise Refused(_("This link was used already or is older than 20 minutes. Ask for a new one."))
    request.used_at = at
    trust_again(request.email)  # a letter arrived
    sign_in, word = open_sign_in(request.person, browser=browser, at=at)
    return sign_in, word, request.next_page


def hold(address: str) -> None:
    """Hold the person at this address, if there is one: nobody signs in who is being disabled. The links come after."""
    db.session.execute(select(Person).where(Person.email == address).with_for_update(), execution_options=ANEW)


def may_be_spent(request: SignInRequest, *, at: datetime) -> bool:
    """Whether this link is unused, young enough, and of somebody who may sign in."""
    return (
        request.used_at is None and at < request.expires_at and request.person is not None and request.person.is_active
    )


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


def end_sign_in(sign_in: SignIn, *, by: Person | None, at: datetime) -> None:
    """Sign one browser out; ending it twice is no fault."""
    if sign_in.ended_at is None:
        sign_in.ended_at = at
        record("signed out", sign_in, by=by, at=at)


def make_sign_in_link(person: Person, *, at: datetime, lasts: timedelta = LINK_LASTS, next_page: str = "/") -> str:
    """A link secret without a letter, for whoever runs the server. Returns it. Refused where it would not work."""
    if not person.is_active:
        raise Refused(_("%(name)s may not sign in.", name=person.name))
    link = secret()
    db.session.add(
        SignInRequest(
            email=person.email,
            person=person,
            link_hash=hashed(link),
            code_hash=NO_LETTER,
            next_page=next_page,
            asked_at=at,
            expires_at=at + lasts,
        )
    )
    return link
