from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.commitments.queries import carried_over, commitments_for, public_commitments, told_here
from eventapp.commitments.register import Commitment, Wish
from eventapp.commitments.sheet import csv
from eventapp.db import transaction
from eventapp.meetings.models import Body, Meeting
from eventapp.outcomes.delivering import report_delivery
from eventapp.outcomes.models import Note
from tests import make
from tests.make import TODAY
from tests.make_outcomes import note

DUE = date(2026, 3, 20)
WORDS = "Thirty thousand women are trained."


def promised(session: Session, text: str = WORDS, *, state: str = "published", **facts: Any) -> Note:
    """A commitment of the ICT Division, for 20 March."""
    defaults: dict[str, Any] = {
        "kind": "commitment", "who": "ICT Division", "speaker": "Pema Choden", "organization": "Government of Bhutan",
        "country": "BTN", "due_on": DUE, "action_lines": ("C4",),
    }  # fmt: skip
    return note(session, text, state=state, **{**defaults, **facts})


def told(made: Note, state: str, due_on: date | None = DUE, at: datetime = TODAY) -> None:
    with transaction():
        report_delivery(made, state=state, due_on=due_on, due_text="", remark="", by=None, at=at)


def only(found: list[Commitment]) -> Commitment:
    (one,) = found
    return one


def test_the_register_has_what_is_published_and_nothing_else(app: Flask) -> None:
    session = make.session(make.meeting())
    shown = promised(session)
    promised(session, "Approved only.", state="approved")
    promised(session, "A draft.", state="draft")
    promised(session, "Off the record.", off_record=True)
    note(session, "A trend.", state="published")
    promised(make.session(make.meeting(published_at=None)), "Of a meeting that is not public.")
    assert only(public_commitments()).note is shown


def test_who_works_at_a_meeting_reads_its_approved_ones_too(app: Flask) -> None:
    here, there = make.meeting(), make.meeting()
    promised(make.session(here), "Ours, approved.", state="approved")
    promised(make.session(there), "Theirs, approved.", state="approved")
    promised(make.session(there), "Theirs, published.")
    assert {one.note.current.text for one in commitments_for(here)} == {"Ours, approved.", "Theirs, published."}


@pytest.mark.parametrize(
    ("facts", "rule", "who", "countries"),
    [
        ({"ceiling": "person"}, "open", "ICT Division", ["BTN"]),
        ({"ceiling": "organization"}, "open", "ICT Division", ["BTN"]),
        ({"ceiling": "organization", "who": "Ms. PEMA CHODEN and her office"}, "open", "Government of Bhutan", ["BTN"]),
        ({"ceiling": "category", "stakeholder_type": "government"}, "open", "Government", []),
        ({"ceiling": "nobody"}, "open", "", []),
        ({"ceiling": "person"}, "closed", "", []),
        ({"ceiling": "person", "stakeholder_type": "government"}, "chatham", "Government", []),
    ],
)
def test_no_line_says_more_than_its_ceiling(
    app: Flask, facts: dict[str, str], rule: str, who: str, countries: list[str]
) -> None:
    promised(make.session(make.meeting(), rule=rule), **facts)
    with app.test_request_context():
        one = only(public_commitments())
        assert (one.who, one.countries) == (who, countries)
        if not countries:
            assert not Wish(words="Bhutan").fits(one, TODAY)
            assert not Wish(country="BTN").fits(one, TODAY)
            assert b"Bhutan" not in csv([one], at=TODAY)


def test_the_newest_of_what_was_told_counts_and_the_old_day_is_no_delay(app: Flask) -> None:
    made = promised(make.session(make.meeting()))
    late = datetime(2026, 3, 21, 2, tzinfo=TODAY.tzinfo)
    assert only(public_commitments()).is_overdue(late)
    assert not only(public_commitments()).is_overdue(late - timedelta(days=1))
    told(made, "extended", date(2026, 6, 1))
    one = only(public_commitments())
    assert (one.status, one.due_on, one.is_overdue(late)) == ("extended", date(2026, 6, 1), False)
    told(made, "done", date(2026, 3, 1))
    assert only(public_commitments()).is_overdue(late) is False


def test_what_is_looked_for(app: Flask) -> None:
    meeting = make.meeting(slug="spring")
    make.kept(Body(meeting_id=meeting.id, code="REVIEW", name="Review"))
    promised(make.session(meeting))
    one, late = only(public_commitments()), datetime(2026, 4, 1, tzinfo=TODAY.tzinfo)
    asked = {"body": "REVIEW", "meeting": "spring", "status": "open", "line": "C4", "country": "BTN", "q": "women",
             "overdue": "1"}  # fmt: skip
    assert Wish.of(asked).fits(one, late)
    for name, value in {
        "body": "IWG",
        "meeting": "autumn",
        "status": "done",
        "line": "C2",
        "country": "THA",
        "q": "no",
    }.items():
        assert not Wish.of({name: value}).fits(one, late), name
    assert not Wish.of({"overdue": "1"}).fits(one, TODAY)
    assert Wish.of({"status": "unheard of", "line": "C99", "country": "XXX"}) == Wish()


def bodies(meeting: Meeting, *codes: str) -> Meeting:
    for place, code in enumerate(codes):
        make.kept(Body(meeting_id=meeting.id, code=code, name=code, position=place))
    return meeting


def test_the_next_meeting_of_the_same_body_starts_with_the_open_ones(app: Flask) -> None:
    first = bodies(make.meeting(starts_on=date(2025, 3, 1), ends_on=date(2025, 3, 1)), "REVIEW", "IWG")
    review, working_group = first.bodies
    session, other = make.session(first, body_id=review.id), make.session(first, body_id=working_group.id)
    made, done = promised(session), promised(session, "Done by now.")
    promised(other, "For the other body.")
    promised(session, "Not public.", state="approved")
    told(done, "done")
    following = bodies(make.meeting(), "REVIEW")
    assert only(carried_over(following)).note is made
    assert carried_over(first) == []
    assert carried_over(bodies(make.meeting(), "ANOTHER")) == []
    assert carried_over(make.meeting()) == []
    assert told_here(following, made.id) is not None
    assert told_here(bodies(make.meeting(), "ANOTHER"), made.id) is None


def test_the_file_holds_no_formula(app: Flask) -> None:
    promised(make.session(make.meeting()), "=HYPERLINK(1)", who="@ICT")
    with app.test_request_context():
        text = csv(public_commitments(), at=TODAY).decode()
    assert "'=HYPERLINK(1)" in text and "'@ICT" in text
