"""Coverage while the meeting runs: counted by session, kind, state and country; fresh; and the gaps on their way."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import db, transaction
from eventapp.mail.models import Letter
from eventapp.meetings.models import RAPPORTEUR, Meeting
from eventapp.record.notes.models import APPROVED
from eventapp.record.revisions.actions import revise
from eventapp.review import manage
from eventapp.review.coverage.counting import Counting
from eventapp.review.coverage.figures import Counts
from eventapp.review.coverage.gaps import leader_of, next_session
from eventapp.review.coverage.queries import counted_notes, known_in, stand_of, tags_counted
from eventapp.review.reports.noted import notes_with
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_record import draft, note

SCRIPT = {"X-Fetched-By": "live-coverage"}
PAGE = "/meetings/spring/review/coverage"


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(manage, "now", lambda: TODAY)
    return make.meeting(slug="spring")


@pytest.fixture
def editor(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, RAPPORTEUR))


@pytest.fixture
def session(meeting: Meeting) -> Session:
    return make.session(meeting, code="S2", title="Trends")


def later(meeting: Meeting, role: str = "moderator", *, hours: int = 1, known: bool = True) -> Session:
    """A session that is still to come, with somebody who leads it."""
    session = make.session(meeting, code=f"N{hours}", title="Next", starts_at=TODAY + timedelta(hours=hours))
    person = make.person("Li Wenjing") if known else None
    make.role(session, role, name="Li Wenjing", person_id=person.id if person else None)
    return session


def counted(meeting: Meeting, **asked: str) -> list[str]:
    """The words of the notes that are counted; the database counts the same."""
    look = known_in(meeting, Counting.of(asked))
    one_by_one = Counts()
    for one in counted_notes(meeting, look):
        one_by_one.add(one.tags.lines, dict.fromkeys(one.tags.goals, 1), 1)
    assert tags_counted(meeting, look) == one_by_one
    return [one.current.text for one in notes_with([row.id for row in counted_notes(meeting, look)])]


def test_only_the_notes_asked_for_are_counted(meeting: Meeting, session: Session) -> None:
    note(session, "Bhutan's.", country="BTN", kind="challenge", goals=(9, 4))
    note(session, "About Tuvalu.", countries=("TUV",), state=APPROVED)
    note(make.session(meeting, code="S5"), "Elsewhere.")
    assert counted(meeting, session="S2") == ["Bhutan's.", "About Tuvalu."]
    assert counted(meeting, kind="challenge") == ["Bhutan's."]
    assert counted(meeting, count="cleared") == counted(meeting, count="approved") == ["About Tuvalu."]
    assert counted(meeting, group="LLDC") == ["Bhutan's."]
    assert counted(meeting, group="SIDS") == counted(meeting, group="The Pacific") == ["About Tuvalu."]
    assert counted(meeting, session="S2", group="SIDS", kind="challenge") == []
    assert len(counted(meeting, session="S99", kind="x", count="x", group="x")) == 3


def test_the_page_counts_what_was_chosen_and_its_links_keep_it(editor: PageClient, session: Session) -> None:
    note(session, kind="challenge", goals=(9,))
    note(session, "Another.", goals=(9,))
    page = editor.get(f"{PAGE}?kind=challenge").text
    assert "1 note against the WSIS-SDG Matrix" in page
    assert "kind=challenge&amp;line=C2" in page or "line=C2&amp;goal=9&amp;kind=challenge" in page
    assert b"C2,9,yes,1" in editor.get(f"{PAGE}.csv?kind=challenge").data


def test_the_script_gets_nothing_where_nothing_changed(editor: PageClient, session: Session) -> None:
    first = note(session)
    mark = editor.get(PAGE, headers=SCRIPT).headers["ETag"]
    assert mark.removeprefix("W/").strip('"') in editor.get(PAGE).text
    again = editor.get(PAGE, headers={**SCRIPT, "If-None-Match": mark})
    assert (again.status_code, again.headers["X-As-Of"]) == (304, "09:00:00")
    packed = editor.get(PAGE, headers={**SCRIPT, "If-None-Match": mark, "Accept-Encoding": "gzip"})
    assert packed.status_code == 304
    note(session, "One more.")
    assert editor.get(PAGE, headers={**SCRIPT, "If-None-Match": mark}).status_code == 200
    assert first.state == "draft"
    assert editor.get(PAGE, headers={"If-None-Match": mark}).status_code == 200


def test_the_gaps_go_to_the_moderator_of_the_next_session_once(editor: PageClient, meeting: Meeting) -> None:
    upcoming = later(meeting)
    assert "Li Wenjing" in editor.get(PAGE).text
    assert editor.post(PAGE).status_code == 303
    letter = db.session.scalars(select(Letter)).one()
    assert (letter.to_name, letter.subject) == ("Li Wenjing", f"For session {upcoming.code}: what has not come up yet")
    assert "C3 Access to information: Goals 1, 2, 3" in letter.text
    assert "– C7 E-agriculture: Goals 1, 2" in letter.text
    assert f"/meetings/spring/sessions/{upcoming.code}" in letter.text
    assert "Last sent" in editor.get(PAGE).text
    again = editor.post(PAGE)
    assert (again.status_code, "has got this list already" in again.text) == (409, True)
    note(make.session(meeting), action_lines=("C3",), goals=(1,))
    assert editor.post(PAGE).status_code == 303


def test_only_a_session_to_come_that_somebody_leads_is_asked(editor: PageClient, meeting: Meeting) -> None:
    later(meeting, hours=-1)
    later(meeting, hours=1, known=False)
    later(meeting, "panellist", hours=2)
    assert next_session(meeting, at=TODAY) is None
    assert "still to come" in editor.get(PAGE).text
    assert editor.post(PAGE).status_code == 409
    led = later(meeting, "chair", hours=3)
    assert next_session(meeting, at=TODAY) == led


def test_a_list_of_some_notes_says_to_the_moderator_which_were_counted(
    editor: PageClient, meeting: Meeting, session: Session
) -> None:
    leader = leader_of(later(meeting))
    assert leader
    assert leader.person
    leader.person.language = "fr"
    db.session.commit()
    note(session)
    assert editor.post(f"{PAGE}?session=S2&kind=commitment&group=LDC").status_code == 303
    assert editor.post(f"{PAGE}?session=S99").status_code == 303  # no such session: everything was counted
    some, everything = db.session.scalars(select(Letter).order_by(Letter.id))
    assert "S2, Engagement, Pays les moins avancés" in some.text
    assert "comptées" not in everything.text


def test_whatever_becomes_of_a_note_changes_the_mark_of_the_page(meeting: Meeting, session: Session) -> None:
    seen = [stand_of(meeting)]
    first, second = note(session), note(session, "Another.", state=APPROVED)
    seen.append(stand_of(meeting))
    with transaction():
        revise(first, draft("Other words."), base=1, by=None, at=TODAY)
    seen.append(stand_of(meeting))
    with transaction():
        first.state, second.state = second.state, first.state
    seen.append(stand_of(meeting))
    with transaction():
        second.deleted_at = TODAY
    seen.append(stand_of(meeting))
    with transaction():
        session.rule = "closed"
    seen.append(stand_of(meeting))
    assert [one for number, one in enumerate(seen) if one in seen[:number]] == [[]]  # nothing counts: as at first


def test_the_notes_of_a_cell_come_by_the_page(editor: PageClient, session: Session) -> None:
    for number in range(51):
        note(session, f"The idea with number {number}.", goals=(9,))
    first = editor.get(f"{PAGE}?line=C2&goal=9&kind=trend").text
    assert "51 notes on" in first and "with number 49<" in first and "with number 50<" not in first
    assert "page=2&amp;kind=trend#drill" in first
    assert "with number 50<" in editor.get(f"{PAGE}?line=C2&goal=9&page=2").text
