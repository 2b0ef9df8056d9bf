import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventapp.ground.db import db, table_of, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.queries import entries_of
from eventapp.mail.actions import as_rows, give_up, post, post_all, retry
from eventapp.mail.mailbox import nowhere
from eventapp.mail.models import FAILED, WAITING, Letter
from eventapp.mail.queries import letter_at, letter_counts, letters_at
from tests import make
from tests.make_mail import letter

pytestmark = pytest.mark.usefixtures("app")

NOT_ONE = [
    "u@e.org, v@e.org",
    "u@e.org v@e.org",
    "u@e.org\r\nBcc: v@e.org",
    "<u@e.org>",
    "U <u@e.org>",
    "u@e",
    "@e.org",
    "ü@e.org",
    "u@é.org",
    "u..v@e.org",
    "u@e.org;v@e.org",
    "",
    "u@@e.org",
    "u@e.org\n",
]


@pytest.mark.parametrize("address", NOT_ONE)
def test_a_letter_goes_to_one_mailbox_exactly(address: str) -> None:
    with pytest.raises(Refused):
        post(Letter(to=address), at=make.TODAY)


@pytest.mark.parametrize("address", ["u@e.org", "first.last+tag@sub.example.org", "o'brien@xn--bcher-kva.example"])
def test_one_mailbox_is_taken(address: str) -> None:
    assert letter(address).state == WAITING


def test_a_letter_with_a_key_is_posted_once() -> None:
    letter(dedupe="registration:1:approved")
    with pytest.raises(IntegrityError):
        letter(dedupe="registration:1:approved")


def test_many_at_once_are_kept_as_one_by_one() -> None:
    """The least that a letter may say, and all that one without files can."""
    words = {"subject": "Moved", "text": "It moved.", "html": "<p>It moved.</p>", "kind": "test", "message_id": "<1@e>"}
    more = {"to_name": "Ada", "language": "fr", "about": "person:1", "meeting_id": 7, "priority": 1, "unsubscribe": "u"}
    for facts in (words, words | more):
        with transaction():
            post(Letter(to="ada@example.org", **facts), at=make.TODAY)
            post_all(as_rows([Letter(to="ada@example.org", **facts)], at=make.TODAY))
    columns = [one for one in table_of(Letter).c if not one.primary_key]
    plain, also_plain, full, also_full = db.session.execute(select(*columns).order_by(Letter.id)).all()
    assert (also_plain, also_full) == (plain, full)
    assert plain != full


def test_many_at_once_are_refused_and_left_away_as_one_is() -> None:
    with pytest.raises(Refused):
        as_rows([Letter(to="ada@example.org"), Letter(to="u@e")], at=make.TODAY)
    assert as_rows([Letter(to=nowhere("1"))], at=make.TODAY) == []
    with transaction():
        post_all([])


def test_a_failed_letter_is_sent_again_from_the_first_attempt() -> None:
    failed, organizer = letter(), make.person()
    with transaction():
        failed.state, failed.attempts, failed.last_error = FAILED, 13, "nobody there"
    with transaction():
        retry(failed, by=organizer, at=make.TODAY)
    assert (failed.state, failed.attempts, failed.due_at) == (WAITING, 0, make.TODAY)
    assert [entry.verb for entry in entries_of(failed)] == ["sent again"]


def test_a_letter_that_waits_is_not_sent_again() -> None:
    waiting = letter()
    with pytest.raises(Refused), transaction():
        retry(waiting, by=None, at=make.TODAY)


def test_giving_up_says_why() -> None:
    waiting = letter()
    with transaction():
        give_up(waiting, "the person withdrew", by=None, at=make.TODAY)
    assert (waiting.state, waiting.last_error) == (FAILED, "the person withdrew")
    with pytest.raises(Refused), transaction():
        give_up(waiting, "again", by=None, at=make.TODAY)


def test_the_letters_of_one_meeting_are_not_those_of_another() -> None:
    one, other = letter(meeting_id=1), letter(meeting_id=2)
    db.session.expire_all()
    assert [row.id for row in letters_at(1)] == [one.id]
    assert (letter_at(1, one.id), letter_at(1, other.id)) == (one, None)
    assert letter_counts(1) == {WAITING: 1}
    assert letters_at(1, state=FAILED) == []
