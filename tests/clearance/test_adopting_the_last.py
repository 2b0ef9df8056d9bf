"""The last paragraph that is adopted keeps a version: it is read with nothing held, and is the report as it stands."""

from collections.abc import Callable

import pytest

from eventapp.clearance import actions as clearing
from eventapp.clearance.actions import adopt
from eventapp.clearance.adoption import actions as adopting
from eventapp.clearance.adoption.actions import RESERVATION, adopt_as_amended, adopt_as_shown, enter_position
from eventapp.clearance.queries import adoption_of, is_adopted_whole
from eventapp.ground.clock import now
from eventapp.ground.db import db, lock, transaction
from eventapp.review.reports.models import Paragraph, Report, Snapshot
from eventapp.review.versions.snapshots import ADOPTED, draft_lines, read, take_snapshot
from tests.make_review import paragraphs
from tests.slowly import slowly

pytestmark = pytest.mark.usefixtures("_apart")

Act = Callable[[Paragraph], None]


def as_shown(last: Paragraph) -> None:
    adopt_as_shown(last, last.version, by=None, at=now())


def as_amended(last: Paragraph) -> None:
    adopt_as_amended(last, "Prices\n\n(a) fell;\n\n(b) rose.", last.version, by=None, at=now())


def with_position(last: Paragraph) -> None:
    """It is adopted, and so is all else: what is entered is the next version."""
    as_shown(last)
    enter_position(last, RESERVATION, "Atlantis", "No.", last.version, by=None, at=now())


def all_but_one(report: Report) -> Paragraph:
    *others, last = paragraphs(report)
    with transaction():
        for one in others:
            adopt(one, one.version, by=None, at=now())
    return last


def kept(report: Report) -> list[Snapshot]:
    db.session.rollback()
    return db.session.query(Snapshot).filter_by(report_id=report.id, why=ADOPTED).order_by(Snapshot.number).all()


@pytest.mark.parametrize("act", [as_shown, as_amended, with_position], ids=lambda act: act.__name__)
def test_it_keeps_the_report_as_it_stands(report: Report, monkeypatch: pytest.MonkeyPatch, act: Act) -> None:
    """It is not read again under the lock, and reads as if it were; so does the line of the minutes."""
    last = all_but_one(report)
    monkeypatch.setattr(clearing, "take_snapshot", None)
    monkeypatch.setattr(clearing, "places_in", None)
    act(last)
    lines = read(kept(report)[-1])
    assert lines == draft_lines(report)
    assert is_adopted_whole(report)
    adopted = adoption_of(last)
    assert adopted
    assert (adopted.place, adopted.text) == next((one.place, one.text) for one in lines if one.key == last.id)
    with transaction():
        assert take_snapshot(report, ADOPTED, by=None, at=now()) is None


def test_what_is_changed_meanwhile_is_in_it(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    last = all_but_one(report)
    times = slowly(monkeypatch, adopting, "read_draft", lambda: rename(report.id))
    as_shown(last)
    assert len(times) == 2
    assert [read(one) for one in kept(report)] == [draft_lines(report)]


def test_without_the_proof_it_is_not(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    last = all_but_one(report)
    slowly(monkeypatch, adopting, "read_draft", lambda: rename(report.id))
    monkeypatch.setattr(adopting, "prove", lambda report, _draft: lock(report))
    as_shown(last)
    assert [read(one) == draft_lines(report) for one in kept(report)] == [False]


def test_where_others_are_left_nothing_is_read(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *_others = paragraphs(report)
    times = slowly(monkeypatch, adopting, "read_draft", lambda: None)
    as_shown(first)
    assert (times, kept(report)) == ([], [])


def test_where_the_others_were_adopted_meanwhile_it_is_kept_too(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    last, number = paragraphs(report)[-1], report.id

    def meanwhile() -> None:
        *others, _last = paragraphs(db.session.get_one(Report, number))
        for one in others:
            adopt(one, one.version, by=None, at=now())

    slowly(monkeypatch, adopting, "left_to_adopt", meanwhile)
    as_shown(last)
    assert [read(one) for one in kept(report)] == [draft_lines(report)]


def rename(number: int) -> None:
    paragraphs(db.session.get_one(Report, number))[0].chapter.title += ", again"
