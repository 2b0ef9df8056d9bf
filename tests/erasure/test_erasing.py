"""A person is erased: by two people, everywhere but in what was issued, and history says so and stays in its chain."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.agenda.models import Release, Session
from eventapp.erasure import manage, sweeping, versions
from eventapp.erasure.actions import ask_to_erase, confirm_erasure, read_ahead, refuse_erasure
from eventapp.erasure.jobs import JOBS
from eventapp.erasure.models import Erasure
from eventapp.erasure.names import Names, sought
from eventapp.ground.db import OPEN, Open, db, transaction
from eventapp.ground.db.in_runs import Stored, digest_of, words_in
from eventapp.ground.jobs.scheduler import work_through
from eventapp.ground.refusal import Refused
from eventapp.history.chain import verify
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.models import PreparedFile, PreparedPart
from eventapp.registration.entry import own_token
from eventapp.registration.models import Registration
from eventapp.review.reports.models import Snapshot
from tests import make, make_agenda
from tests.browserless import PageClient
from tests.conftest import ON_POSTGRESQL
from tests.erasure.erasing import erased, organizer
from tests.erasure.everywhere import columns_of_words, give_each_table_a_row, planted, write_name_everywhere
from tests.erasure.planting import NAME, SECRET, plant
from tests.erasure.searching import everywhere, in_rows
from tests.erasure.unplanted import UNPLANTED
from tests.house.world import World

PAGE = "/meetings/spring/manage/erasures"


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(manage, "now", lambda: make.TODAY)
    return make.meeting(slug="spring")


@pytest.fixture
def leaver(meeting: Meeting) -> Registration:
    """Somebody who has withdrawn."""
    return make.registration(meeting, record_name=NAME, state="withdrawn")


def traces(said: str) -> list[str]:
    """What of the person is in a text."""
    marks = ("quartermain", "quartermain".encode("utf-16").decode("latin-1"), "7700 900417", SECRET.casefold())
    return [one for one in marks if one in said]


def places_with_traces(app: Flask, folder: Path) -> list[str]:
    """The rows and files that say anything of the person, and a backup that is made in this folder."""
    return [place for place, said in everywhere(app, folder).items() if traces(said)]


def test_nothing_is_left_of_a_person_in_any_place(
    app: Flask, meeting: Meeting, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("backups")
    registration, places = plant(meeting)
    number = registration.id
    assert places >= 40
    assert in_rows().count("quartermain") + in_rows().count(SECRET.casefold()) >= 40
    assert {"the rows", "a new backup"} < set(places_with_traces(app, folder / "before"))
    erased(db.session.get_one(Registration, number))

    assert db.session.scalars(select(Erasure.names)).all() == [[]]
    assert places_with_traces(app, folder / "after") == []
    assert verify() == []


def test_every_column_of_words_is_planted_or_says_why_not(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A new column fails here until somebody says that no name can be in it, or the erasure finds one there."""
    World()
    registration, _places = plant(make.meeting(slug="third"))
    left_out = frozenset[str]().union(*UNPLANTED.values())
    give_each_table_a_row(left_out)
    write_name_everywhere(left_out)
    known = {str(one) for one in columns_of_words()}
    has_words = planted()
    assert known - has_words - left_out == set(), "write the name into these, or list why none can be there"
    assert left_out - known == set(), "these columns are gone"
    assert left_out & has_words == set(), "these have the name in them: take them off the list"
    assert len(has_words) > 300

    erased(registration)
    assert planted() == set()
    assert places_with_traces(app, tmp_path_factory.mktemp("backups") / "after") == []


def test_control_a_table_that_is_not_looked_through_keeps_the_name(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    World()
    registration, _places = plant(make.meeting(slug="third"))
    give_each_table_a_row(left_out := frozenset[str]().union(*UNPLANTED.values()))
    write_name_everywhere(left_out)
    monkeypatch.setattr(sweeping, "ISSUED", (*sweeping.ISSUED, "report_task"))
    erased(registration)
    assert planted() == {"report_task.details", "report_task.sentence", "report_task.outcome"}
    found = places_with_traces(app, tmp_path_factory.mktemp("backups") / "after")
    assert set(found) == {"the rows", "a new backup", "a dump" if ON_POSTGRESQL else "eventapp.db"}


def test_a_compressed_version_is_read_before_anything_is_held_and_stays_compressed(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    registration, _places = plant(meeting)
    held: list[Open | None] = []
    without = versions.without

    def look(names: Names, words: str) -> Stored | None:
        held.append(OPEN.get())
        return without(names, words)

    monkeypatch.setattr(versions, "without", look)
    erased(registration)
    row = db.session.scalars(select(Snapshot).where(Snapshot.number == 90)).one()
    assert row.packed and row.lines == [] and set(held) == {None}
    assert row.digest == digest_of(words_in(row.packed))
    assert "a participant and a participant said." in words_in(row.packed)


def test_a_version_that_another_worker_looked_through_meanwhile_is_read_again(meeting: Meeting) -> None:
    registration, _places = plant(meeting)
    first, second, before = organizer(meeting), organizer(meeting), ""
    while (table := sweeping.table_after(before)) is not None and table.name != versions.VERSIONS:
        before = table.name
    with transaction():
        erasure = ask_to_erase(registration, "They asked.", by=first, at=make.TODAY)
        erasure.place = before
    with transaction():
        confirm_erasure(erasure, by=second, at=make.TODAY)
    mine, theirs = read_ahead(), read_ahead()
    for act in (theirs, mine):
        with transaction():
            assert act(make.TODAY) == 1
        done = db.session.scalars(select(Erasure)).one()
        assert (done.place, done.after) == (versions.VERSIONS, db.session.scalar(select(func.min(Snapshot.id))))
    work_through(JOBS, at=make.TODAY)
    assert "kept_version.packed" not in planted()


def test_control_a_version_that_is_not_written_keeps_the_name(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    registration, _places = plant(meeting)
    monkeypatch.setattr(sweeping, "write", lambda _version: None)
    erased(registration)
    assert "kept_version.packed" in planted()


def test_what_stays_is_counted_and_says_that_it_happened(meeting: Meeting) -> None:
    registration, _places = plant(meeting)
    number, category = registration.reference, registration.category_id
    erased(registration)
    one = db.session.scalars(select(Registration).where(Registration.badge_name == "a participant")).one()
    assert (one.reference, one.category_id, one.state) == (number, category, "withdrawn")
    verbs = db.session.scalars(select(Entry.verb).order_by(Entry.number)).all()
    assert {"registered", "wrote to", "asked to erase somebody", "erased somebody"} <= set(verbs)
    assert "took names out of the history" in verbs


def test_what_was_issued_stays_as_it_was_issued(meeting: Meeting, leaver: Registration) -> None:
    session = make.session(meeting)
    make.role(session, person_id=leaver.person_id, name=NAME)
    make_agenda.published(meeting)
    erased(leaver)
    assert NAME in str(db.session.scalars(select(Release.content)).one())


def test_nobody_else_is_touched(meeting: Meeting, leaver: Registration) -> None:
    other = make.registration(meeting, record_name="Ada Quartermain", job_title="Zenobia Quartermains")
    before = other.record_name, other.job_title, other.person.email
    number = other.id
    erased(leaver)
    again = db.session.get_one(Registration, number)
    assert (again.record_name, again.job_title, again.person.email) == before


def test_files_of_meetings_they_only_speak_at_go_too(meeting: Meeting, leaver: Registration) -> None:
    spoken, other = make.session(make.meeting(slug="autumn")), make.meeting(slug="winter")
    make.role(spoken, name=NAME, person_id=leaver.person_id)
    facts = {"act": "notes", "wanted": "csv", "language": "en", "details": {}, "at": make.TODAY, "state": "done"}
    theirs, others = (make.kept(PreparedFile(meeting_id=one, **facts)).id for one in (spoken.meeting_id, other.id))
    make.kept(PreparedPart(file_id=theirs, number=0, content=NAME.encode()))
    erased(leaver, by=make.administrator())
    assert db.session.scalars(select(PreparedFile.id)).all() == [others]
    assert db.session.scalars(select(PreparedPart)).all() == []


def test_a_namesake_keeps_the_name_and_what_names_them(meeting: Meeting, leaver: Registration) -> None:
    other = make.registration(meeting, record_name=f"Ms. {NAME}", given_name="Zenobia", family_name="Quartermain")
    session = make.session(meeting, description=f"Led by {NAME}.")
    number, told, email = other.id, session.id, leaver.person.email
    make.session(meeting, description=f"Write to {email}.")
    erased(leaver)
    assert db.session.get_one(Registration, number).record_name == f"Ms. {NAME}"
    assert db.session.get_one(Session, told).description == f"Led by {NAME}."
    assert email not in in_rows(), "an address is of one person"


def test_two_people_decide(meeting: Meeting, leaver: Registration) -> None:
    first, second = organizer(meeting), organizer(meeting)
    with transaction():
        erasure = ask_to_erase(leaver, "They asked.", by=first, at=make.TODAY)
    for nobody in (first, leaver.person):
        with pytest.raises(Refused, match="somebody else than you"), transaction():
            confirm_erasure(erasure, by=nobody, at=make.TODAY)
    with pytest.raises(Refused, match="asked for this already"), transaction():
        ask_to_erase(leaver, "Again.", by=second, at=make.TODAY)
    assert leaver.record_name == NAME
    with transaction():
        confirm_erasure(erasure, by=second, at=make.TODAY)
    with pytest.raises(Refused, match="decided already"), transaction():
        confirm_erasure(erasure, by=second, at=make.TODAY)
    assert leaver.record_name == "a participant"


def test_what_is_refused_changes_nothing_and_may_be_asked_again(meeting: Meeting, leaver: Registration) -> None:
    first, second = organizer(meeting), organizer(meeting)
    with transaction():
        erasure = ask_to_erase(leaver, "They asked.", by=first, at=make.TODAY)
    with transaction():
        refuse_erasure(erasure, by=second, at=make.TODAY)
    assert work_through(JOBS, at=make.TODAY) == {}
    assert leaver.record_name == NAME
    with transaction():
        ask_to_erase(leaver, "They asked again.", by=first, at=make.TODAY)


def test_who_is_to_come_or_has_an_office_is_not_erased(meeting: Meeting, leaver: Registration) -> None:
    by = organizer(meeting)
    coming = make.registration(meeting)
    with pytest.raises(Refused, match="is to come"), transaction():
        ask_to_erase(coming, "They asked.", by=by, at=make.TODAY)
    make.staff(meeting, "steward", leaver.person)
    with pytest.raises(Refused, match="role in running"), transaction():
        ask_to_erase(leaver, "They asked.", by=by, at=make.TODAY)
    with transaction():
        ask_to_erase(coming, "They asked.", by=by, at=make.TODAY + timedelta(days=30))


def test_an_administrator_decides_where_another_meeting_knows_them(meeting: Meeting, leaver: Registration) -> None:
    make.registration(make.meeting(), person=leaver.person, state="withdrawn")
    first, second, administrator = organizer(meeting), organizer(meeting), make.administrator()
    with transaction():
        erasure = ask_to_erase(leaver, "They asked.", by=first, at=make.TODAY)
    with pytest.raises(Refused, match="an administrator has to"), transaction():
        confirm_erasure(erasure, by=second, at=make.TODAY)
    with transaction():
        confirm_erasure(erasure, by=administrator, at=make.TODAY)
    assert {one.record_name for one in db.session.query(Registration)} == {"a participant"}


def test_an_organizer_asks_and_another_confirms_by_the_pages(
    client: PageClient, meeting: Meeting, leaver: Registration
) -> None:
    link, number = f"/registrations/{own_token(leaver)}", leaver.reference
    first, second = organizer(meeting), organizer(meeting)
    client.sign_in(first)
    ask = f"/meetings/spring/manage/registrations/{number}/erasure"
    panel = client.get(f"/meetings/spring/manage/registrations?state=everyone&open={number}").text
    assert f'href="{ask}"' in panel
    assert client.get(ask).status_code == 200
    answer = client.post(ask, data={"reason": ""})
    assert answer.status_code == 422 and "Write the reason" in answer.text
    assert client.post(ask, data={"reason": "They asked on 1 March."}).status_code == 303
    assert client.post(ask, data={"reason": "Again."}).status_code == 409
    page = client.get(PAGE).text
    one = db.session.query(Erasure).one().id
    assert "They asked on 1 March." in page and f'href="{PAGE}/{one}"' in page and "Nobody decided yet." in page
    page = client.get(f"{PAGE}/{one}").text
    assert "somebody else has to confirm it." in page and "Erase for good" not in page
    answer = client.post(f"{PAGE}/{one}", data={"do": "confirm"})
    assert answer.status_code == 409 and "Two people decide this" in answer.text and "Do not erase" in answer.text
    assert client.post(f"{PAGE}/{one}", data={"do": "x"}).status_code == 400

    client.sign_in(second)
    page = client.get(f"{PAGE}/{one}").text
    assert "Erase for good" in page and "Registrations: 1" in page and f"open={number}" in page
    assert client.post(f"{PAGE}/{one}", data={"do": "confirm"}).location == f"{PAGE}/{one}"
    assert "The name is being looked for." in client.get(f"{PAGE}/{one}").text
    assert client.post(f"{PAGE}/{one}", data={"do": "refuse"}).status_code == 409
    work_through(JOBS, at=make.TODAY)
    page = client.get(PAGE).text
    assert "Done:" in page and number in page and NAME not in page
    assert client.get(link).status_code in (404, 410)
    assert client.get(f"/meetings/spring/manage/registrations?state=everyone&open={number}").status_code == 200
    assert client.get("/meetings/spring/manage/history").status_code == 200


def test_a_steward_finds_no_page_of_it(client: PageClient, meeting: Meeting, leaver: Registration) -> None:
    client.sign_in(make.staff(meeting, "steward"))
    assert client.get(PAGE).status_code == 404
    assert client.post(f"/meetings/spring/manage/registrations/{leaver.reference}/erasure").status_code == 404


@pytest.mark.parametrize(
    ("names", "text", "left"),
    [
        (["Ada Byron"], "Ada Byron, ADA  BYRON and Ada Byrons", "a participant, a participant and Ada Byrons"),
        (["Li"], "Li said", "Li said"),  # too short: it is a part of other words
        (["李伟"], "由李伟主持", "由a participant主持"),
        (["José Núñez"], "jose nunez", "a participant"),
        (["ada@example.org"], "<ada@example.org>", "<a participant>"),
        ([], "Nobody is looked for", "Nobody is looked for"),
    ],
)
def test_a_name_is_found_as_it_is_written(names: list[str], text: str, left: str) -> None:
    assert Names(sought(names)).taken_out({"k": [text, 1, None]}) == {"k": [left, 1, None]}


def test_versions_are_looked_through_behind_what_they_are_made_of() -> None:
    """One that is kept meanwhile would have the name again."""
    walked = [""]
    while (table := sweeping.table_after(walked[-1])) is not None:
        walked.append(table.name)
    assert walked.index("paragraph") < walked.index("kept_version")
    assert walked[-5:] == ["kept_version", "registration_import_file", "registration_import_row", "entry", "erasure"]
