"""What was acknowledged and what the mail server took, held against the database afterwards."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable
from email import message_from_bytes, policy
from threading import Event, Lock
from typing import TypeVar

from sqlalchemy import select

from bench.load import Answer
from bench.whole.acts import text_of
from bench.whole.site import MailServer
from eventapp.checkin.models import Scan
from eventapp.ground.db import db
from eventapp.history.chain import verify
from eventapp.mail.models import SENT, Letter
from eventapp.people.models import Person
from eventapp.record.notes.models import Note, Revision
from eventapp.registration.models import APPROVED, Registration
from tests.faults.ledger import complaints

T = TypeVar("T")
PAUSE = 0.05  # seconds until somebody tries again
BUSY = (429, 503)
AMBIGUOUS = 2.0  # seconds: a worker that died so soon after the mail server took a letter may not have noted it
ON_THE_WAY = 0.2  # seconds until the mail server has read what a dead worker had sent; the next one starts in two


class Ledger:
    """What everybody was told, what was killed when, and the mail server that took the letters."""

    def __init__(self, office: MailServer) -> None:
        self.office, self.given_up, self.lock = office, Event(), Lock()
        self.told: dict[str, list[str]] = defaultdict(list)
        self.kills: list[tuple[float, str]] = []
        self.unexpected: Counter[str] = Counter()

    def killed(self, what: str) -> None:
        with self.lock:
            self.kills.append((time.time(), what))

    def ask(self, kind: str, key: str, act: Callable[[], Answer], expect: int) -> None:
        """Send the same thing until it is acknowledged, and remember that it was."""
        if self.until(act, lambda answer: self.is_done(kind, answer, expect)):
            with self.lock:
                self.told[kind].append(key)

    def is_done(self, kind: str, answer: Answer, expect: int) -> bool:
        if answer.status not in (expect, *BUSY):
            self.unexpected[f"{kind}: {answer.status}"] += 1
        return answer.status == expect

    def until(self, act: Callable[[], T], holds: Callable[[T], bool]) -> T | None:
        """What came of it once it holds; None where everybody has given up."""
        while not self.given_up.is_set():
            try:
                if holds(came := act()):
                    return came
            except (OSError, AssertionError):
                pass  # no answer, or half a page: the server died meanwhile
            time.sleep(PAUSE)
        return None

    def counts(self) -> str:
        return ", ".join(f"{len(keys):,} {kind}" for kind, keys in sorted(self.told.items()))

    def of_each(self) -> str:
        return ", ".join(f"{many:,} × {what}" for what, many in Counter(what for _at, what in self.kills).items())


def everything_missing(ledger: Ledger) -> tuple[list[str], list[str]]:
    """A sentence for each thing that is not as it was promised; and what was compared."""
    faults = [f"an answer that nobody expects: {words} ({many} times)" for words, many in ledger.unexpected.items()]
    faults += lost_registrations(ledger.told["registrations"])
    faults += lost_readings(ledger.told["readings"]) + lost_notes(ledger.told["notes"])
    about_letters, letters = faults_of_letters(ledger)
    faults += about_letters + verify() + complaints()
    return faults, [f"acknowledged: {ledger.counts()}", *letters]


def once(what: str, promised: list[str], there: Counter[str]) -> list[str]:
    return [f"{what} {key}: {there[key]} times" for key in sorted(set(promised) | set(there)) if there[key] != 1]


def lost_registrations(told: list[str]) -> list[str]:
    """Everybody who registered during the run has one registration, and one letter about it."""
    people = select(Person.email).join(Registration, Registration.person_id == Person.id)
    there = Counter(db.session.scalars(people.where(Person.email.like("ada%@example.org"))))
    letters = Counter(db.session.scalars(select(Letter.to).where(Letter.to.like("ada%@example.org"))))
    return once("registration of", told, there) + once("letter in the outbox to", list(there), letters)


def lost_readings(told: list[str]) -> list[str]:
    keys = select(Scan.client_key).where(Scan.client_key.like("%reading-%"))
    return once("reading", told, Counter(db.session.scalars(keys)))


def lost_notes(told: list[str]) -> list[str]:
    texts = select(Revision.text).join(Note, Note.id == Revision.note_id).where(Revision.number == 1)
    there = Counter(text for text in db.session.scalars(texts) if text.startswith("Community radio note-"))
    return once("note", [text_of(key) for key in told], there)


def missed_by(subject: str) -> list[str]:
    """Everybody with a badge got one letter of the message that went to all of them."""
    people = select(Person.email).join(Registration, Registration.person_id == Person.id)
    promised = list(db.session.scalars(people.where(Registration.state == APPROVED)))
    there = Counter(db.session.scalars(select(Letter.to).where(Letter.subject == subject)))
    return once("letter of the message to", [one for one in promised if not one.startswith("ada")], there)


def faults_of_letters(ledger: Ledger) -> tuple[list[str], list[str]]:
    """Each letter of the outbox came to the mail server, under one Message-ID; and again only where nobody can know.

    A worker that dies after the server took a letter and before it has written that down leaves a letter that may have
    gone: it goes again under the same Message-ID, by which mailboxes know it.
    """
    rows = db.session.execute(select(Letter.to, Letter.subject, Letter.state, Letter.message_id)).all()
    came: list[tuple[str, float]] = []
    for _to, content, moment in ledger.office.taken:
        message = message_from_bytes(content, policy=policy.default)
        came.append((str(message["Message-ID"]).strip(), moment))
    times = Counter(one for one, _moment in came)
    faults = [f"letter to {row.to} is {row.state}, not sent" for row in rows if row.state != SENT]
    faults += [f"letter to {row.to} never came to the mail server" for row in rows if row.message_id not in times]
    doubled = Counter((row.to, row.subject) for row in rows)
    faults += [f"{many} letters to {to}: {subject}" for (to, subject), many in doubled.items() if many > 1]
    faults += sent_again(came, [at for at, what in ledger.kills if what == "mail worker"])
    again = [one for one, many in times.items() if many > 1]
    lines = [
        f"letters: {len(rows):,} in the outbox, {len(ledger.office.taken):,} taken by the mail server",
        f"    {len(again)} came again under their own Message-ID: the worker was killed before it noted the first time",
    ]
    return faults, lines


def sent_again(came: list[tuple[str, float]], deaths: list[float]) -> list[str]:
    """A sentence for each time that a letter came, and came again, without a death that explains it.

    A worker holds one letter and notes it before it takes the next. So a death explains one letter: the last that came
    before it, where that was a moment before.
    """
    in_turn = sorted(came, key=lambda one: one[1])
    excused = set[tuple[str, float]]()
    for at in deaths:
        before = [one for one in in_turn if one[1] <= at + ON_THE_WAY][-1:]
        excused |= {(one, moment) for one, moment in before if at - moment <= AMBIGUOUS}
    last = dict(in_turn)
    return [
        f"letter {one} came again, and no worker died before it was noted"
        for one, moment in in_turn
        if moment != last[one] and (one, moment) not in excused
    ]
