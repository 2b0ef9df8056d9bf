"""What happens to a second factor. Each act holds the person first, so that two of them come one after the other."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.security.tokens import code, hashed, secret
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.people.accounts.actions import sign_out_everywhere
from eventapp.people.models import Person, SignIn
from eventapp.people.second_factor import mails
from eventapp.people.second_factor.ceremony import Place, counted, credential_of, made
from eventapp.people.second_factor.models import Passkey, RecoveryCode
from eventapp.people.second_factor.queries import (
    codes_of,
    is_taken,
    passkey_named,
    passkey_of,
    passkeys_of,
    seed_of,
    unused_code,
)

ADD, USE = "add", "use"
CHALLENGE_LASTS = timedelta(minutes=5)
CODES, HALF = 10, 5  # a code is twice five characters: 50 bits
MOST_PASSKEYS = 20


def ask(sign_in: SignIn, purpose: str, *, at: datetime) -> str:
    """A challenge for this browser, good once and for five minutes; one asked for before ends."""
    hold(sign_in)
    word = secret()
    sign_in.challenge, sign_in.challenge_for, sign_in.challenge_until = word, purpose, at + CHALLENGE_LASTS
    return word


def spend_challenge(sign_in: SignIn, purpose: str, *, at: datetime) -> str:
    """The challenge that this browser was asked for this purpose, which then ends; "" where there is none."""
    word, until = sign_in.challenge, sign_in.challenge_until
    is_good = sign_in.challenge_for == purpose and until is not None and at < until
    sign_in.challenge = sign_in.challenge_for = sign_in.challenge_until = None
    return word if word and is_good else ""


def add_passkey(sign_in: SignIn, answer: str, name: str, place: Place, *, at: datetime) -> Passkey | None:
    """Keep the passkey in this answer; this browser then has given the second factor.

    None, and the challenge is spent, where the answer is not right. Refused for too many, and in a browser that has
    still to give a second factor that is there.
    """
    person = hold(sign_in)
    if person.second_factor_since is not None and sign_in.second_at is None:
        raise Refused(_("Give your second factor first."))
    if len(passkeys_of(person)) >= MOST_PASSKEYS:
        raise Refused(_("You have %(most)s passkeys. Remove one first.", most=MOST_PASSKEYS))
    word = spend_challenge(sign_in, ADD, at=at)
    new = made(answer, place, challenge=word) if word else None
    if new is None or is_taken(new.credential):
        return None
    passkey = Passkey(person_id=person.id, name=name, added_at=at, **vars(new))
    db.session.add(passkey)
    sign_in.second_at = at
    person.second_factor_since = person.second_factor_since or at
    record("added passkey", person, by=person, at=at)
    post(mails.changed(person, mails.ADDED, name=name), at=at)
    return passkey


def name_passkey(person: Person, number: int, name: str, *, at: datetime) -> None:
    """Call one of this person's passkeys something else. Refused for one that is gone."""
    lock(person)
    passkey = passkey_of(person, number)
    if passkey is None:
        raise Refused(_("This passkey was removed already."))
    if passkey.name != name:
        passkey.name = name
        record("named passkey", person, by=person, at=at)


def remove_passkey(person: Person, number: int, *, is_required: bool, at: datetime) -> None:
    """Take a passkey away; with the last one go the recovery codes, and a mailed link alone signs in again.

    Refused for the last one of somebody who has to have one, and for one that is gone.
    """
    lock(person)
    there = {one.id: one for one in passkeys_of(person)}
    if number not in there:
        raise Refused(_("This passkey was removed already."))
    if len(there) == 1 and is_required:
        raise Refused(
            _("This installation asks you for a second factor. Add another passkey before you remove this one.")
        )
    db.session.delete(there[number])
    if len(there) == 1:
        db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
        person.second_factor_since = None
    record("removed passkey", person, by=person, at=at)
    post(mails.changed(person, mails.REMOVED, name=there[number].name), at=at)


def make_codes(person: Person, *, at: datetime) -> list[str]:
    """Ten new recovery codes, which nobody can read again. Those of before end. Refused without a passkey."""
    lock(person)
    if person.second_factor_since is None:
        raise Refused(_("Add a passkey first: recovery codes stand in for it."))
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = [code(2 * HALF) for _number in range(CODES)]
    hashes = [hashed(seed_of(person, one)) for one in codes]
    db.session.add_all([RecoveryCode(person_id=person.id, code_hash=one, made_at=at) for one in hashes])
    record("made recovery codes", person, by=person, at=at)
    post(mails.changed(person, mails.NEW_CODES), at=at)
    return [f"{one[:HALF]}-{one[HALF:]}" for one in codes]


def use_passkey(sign_in: SignIn, answer: str, place: Place, *, at: datetime) -> str | None:
    """Give the second factor by a passkey. Returns the browser's new secret.

    None, and the challenge is spent and the try in the history, where the answer is not right.
    """
    person = hold(sign_in)
    word = spend_challenge(sign_in, USE, at=at)
    passkey = passkey_named(person, credential_of(answer))
    if passkey and word:
        public_key, sign_count = passkey.public_key, passkey.sign_count
        count = counted(answer, place, challenge=word, public_key=public_key, sign_count=sign_count)
        if count is not None:
            passkey.sign_count, passkey.used_at = count, at
            return go_on(sign_in, at=at)
    record("refused second factor", person, by=person, at=at)
    return None


def use_code(sign_in: SignIn, typed: str, *, at: datetime) -> str | None:
    """Give the second factor by a recovery code, which is good once. Returns the browser's new secret.

    None, and the try in the history, where no code that was not used reads like this.
    """
    person = hold(sign_in)
    found = unused_code(person, as_written(typed))
    if found is None:
        record("refused second factor", person, by=person, at=at)
        return None
    found.used_at = at
    db.session.flush()
    record("used recovery code", person, by=person, at=at)
    post(mails.changed(person, mails.CODE_USED, left=codes_of(person).left), at=at)
    return go_on(sign_in, at=at)


def go_on(sign_in: SignIn, *, at: datetime) -> str:
    """Let this browser in, under a secret that nobody knew before."""
    word = secret()
    sign_in.secret_hash, sign_in.second_at = hashed(word), at
    record("gave second factor", sign_in, by=sign_in.person, at=at)
    return word


def reset(person: Person, reason: str, *, by: Person | None, at: datetime) -> None:
    """Take every passkey and recovery code of somebody who lost them, and sign them out everywhere.

    Refused where there is none, and for whoever asks: their own are on their own page.
    """
    if by is not None and by.id == person.id:
        raise Refused(_("Your own passkeys are on your own page, Sign-in and devices."))
    lock(person)
    if person.second_factor_since is None:
        raise Refused(_("%(name)s has no second factor.", name=person.name))
    for model in (Passkey, RecoveryCode):
        db.session.execute(delete(model).where(model.person_id == person.id))
    person.second_factor_since = None
    record("reset second factor", person, by=by, at=at, name=person.name, reason=reason)
    sign_out_everywhere(person, by=by, at=at)
    if person.has_address:
        post(mails.changed(person, mails.RESET, reason=reason), at=at)


def hold(sign_in: SignIn) -> Person:
    """Hold the person, then the sign-in: nobody goes on who is being ended or reset. Refused where one is over."""
    person = sign_in.person
    lock(person)
    lock(sign_in)
    if sign_in.ended_at is not None or not person.is_active:
        raise Refused(_("You are signed out here. Ask for a new link."))
    return person


def as_written(typed: str) -> str:
    """A recovery code as it was shown: no blanks and dashes, and figures for the letters that look like them."""
    letters = (one for one in typed.upper() if one.isascii() and one.isalnum())
    return "".join(letters).translate(str.maketrans("OIL", "011"))
