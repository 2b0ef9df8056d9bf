from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.commitments.queries import PUBLIC, carried_over, commitments, found, read_at, recorded_here
from eventapp.commitments.register import Commitment, CommitmentFilter
from eventapp.commitments.sheet import csv
from eventapp.ground.db import transaction
from eventapp.meetings.models import Body, Meeting
from eventapp.record.extras.delivery import report_delivery
from eventapp.record.notes.models import Note
from tests import make
from tests.make import TODAY
from tests.make_record import note

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


def looked_for(at: datetime = TODAY, **asked: Any) -> list[Commitment]:
    """What the public register finds for this wish."""
    return list(found(CommitmentFilter(**asked), None, PUBLIC, at=at).rows)


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
    assert only(commitments(PUBLIC)).note is shown


def test_who_works_at_a_meeting_reads_its_approved_ones_too(app: Flask) -> None:
    here, there = make.meeting(), make.meeting()
    promised(make.session(here), "Ours, approved.", state="approved")
    promised(make.session(there), "Theirs, approved.", state="approved")
    promised(make.session(there), "Theirs, published.")
    assert {one.note.current.text for one in commitments(read_at(here))} == {"Ours, approved.", "Theirs, published."}


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
        one = only(commitments(PUBLIC))
        assert (one.who, one.countries) == (who, countries)
        if not countries:
            assert looked_for(words="Bhutan") == looked_for(country="BTN") == []
            assert b"Bhutan" not in csv([one], at=TODAY)


def test_the_newest_of_what_was_told_counts_and_the_old_day_is_no_delay(app: Flask) -> None:
    made = promised(make.session(make.meeting()))
    late = datetime(2026, 3, 21, 2, tzinfo=TODAY.tzinfo)
    assert only(commitments(PUBLIC)).is_overdue(late)
    assert not only(commitments(PUBLIC)).is_overdue(late - timedelta(days=1))
    told(made, "extended", date(2026, 6, 1))
    one = only(commitments(PUBLIC))
    assert (one.status, one.due_on, one.is_overdue(late)) == ("extended", date(2026, 6, 1), False)
    told(made, "done", date(2026, 3, 1))
    assert only(commitments(PUBLIC)).is_overdue(late) is False


def test_what_is_looked_for(app: Flask) -> None:
    meeting = make.meeting(slug="spring")
    make.kept(Body(meeting_id=meeting.id, code="REVIEW", name="Review"))
    promised(make.session(meeting), countries=["NPL"])
    late = datetime(2026, 4, 1, tzinfo=TODAY.tzinfo)
    fits = {"body": "REVIEW", "meeting": "spring", "status": "open", "line": "C4", "country": "BTN", "words": "women"}
    assert len(looked_for(late, **fits, overdue=True)) == len(looked_for(country="NPL")) == 1
    others = {"body": "IWG", "meeting": "autumn", "status": "done", "line": "C2", "country": "THA", "words": "no"}
    assert {name for name, value in others.items() if looked_for(late, **{name: value})} == set()
    assert looked_for(overdue=True) == looked_for(line="c4") == []
    assert CommitmentFilter.of({"status": "unheard of", "line": "C99", "country": "XXX"}) == CommitmentFilter()


def test_what_was_told_last_is_what_is_looked_for(app: Flask) -> None:
    first = bodies(make.meeting(), "REVIEW", "IWG")
    made = promised(make.session(first, body_id=first.bodies[1].id), delivery="progress")
    late = datetime(2026, 4, 1, tzinfo=TODAY.tzinfo)
    assert len(looked_for(late, status="progress", overdue=True)) == len(looked_for(body="IWG")) == 1
    assert looked_for(body="REVIEW") == []
    told(made, "extended", date(2026, 6, 1))
    assert looked_for(late, status="progress") == looked_for(late, overdue=True) == []
    told(made, "done", date(2026, 3, 1))
    assert looked_for(late, overdue=True) == [] != looked_for(status="done")


def test_its_day_is_over_where_the_meeting_was(app: Flask) -> None:
    for zone in ("Pacific/Auckland", "Pacific/Honolulu"):
        promised(make.session(make.meeting(zone=zone, slug=zone.rpartition("/")[2].lower())))
    noon = datetime(2026, 3, 20, 12, tzinfo=UTC)  # the 21st in Auckland, the 20th in Honolulu
    assert only(looked_for(noon, overdue=True)).meeting.slug == "auckland"
    assert [one.meeting.slug for one in commitments(PUBLIC) if one.is_overdue(noon)] == ["auckland"]


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
    assert recorded_here(following, made.id) is not None
    assert recorded_here(bodies(make.meeting(), "ANOTHER"), made.id) is None


def test_the_file_holds_no_formula(app: Flask) -> None:
    promised(make.session(make.meeting()), "=HYPERLINK(1)", who="@ICT")
    with app.test_request_context():
        text = csv(commitments(PUBLIC), at=TODAY).decode()
    assert "'=HYPERLINK(1)" in text and "'@ICT" in text


def test_a_day_in_the_words_is_the_day_of_the_register(app: Flask) -> None:
    """It read "no day named", and nobody was reminded."""
    session = make.session(make.meeting())
    in_words = promised(session, "We will connect 40 islands by 31 December 2027.", due_on=None)
    in_french = promised(session, "Nous connecterons les îles d’ici à la fin de 2026.", due_on=None)
    typed = promised(session, "We will connect 40 islands by 31 December 2027.")
    other = promised(session, "We will connect 40 islands by 31 December 2027.", due_on=None, kind="trend")
    found = {one.note.id: (one.due_on, one.due_text) for one in looked_for()}
    assert found == {
        in_words.id: (date(2027, 12, 31), "by 31 December 2027"),
        in_french.id: (date(2026, 12, 31), "d’ici à la fin de 2026"),
        typed.id: (DUE, ""),
    }
    assert other.current.due_on is None
