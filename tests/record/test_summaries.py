"""The summary of a session: its revisions, conflicts, approval, and who came without telling of anybody."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.drafts.models import Draft
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, Meeting
from eventapp.record.clearing.actions import submit_session
from eventapp.record.drafts.queries import being_typed
from eventapp.record.rapporteurs.actions import replace
from eventapp.record.summaries import actions as summaries
from eventapp.record.summaries.actions import (
    approve_summary,
    published_summary,
    restore_summary,
    settle_summary,
    summary_of,
    write_summary,
)
from eventapp.record.summaries.attendance import attendance
from eventapp.record.summaries.content import Summary, summary_from
from eventapp.record.summaries.models import SummaryRevision
from eventapp.record.summaries.queries import second_summaries, summary_revisions_of
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_agenda import published
from tests.make_checkin import gate, scanned
from tests.make_record import note

FIRST = Summary(key_issues=("Media came first.",), discussion="People asked who pays.")
SECOND = Summary(key_issues=("Money came first.",))
THIRD = Summary(key_issues=("Skills came first.",))


def written(session: Session, summary: Summary, base: int, key: str = "") -> SummaryRevision | Draft | None:
    with transaction():
        return write_summary(session, summary, base=base, by=None, at=TODAY, key=key)


def begun(**facts: str) -> Session:
    return make.session(make.meeting(), code="S3", **facts)


def test_each_saving_is_a_revision_and_the_same_words_are_none(app: Flask) -> None:
    session = begun()
    written(session, FIRST, 0)
    written(session, SECOND, 1)
    written(session, SECOND, 2)
    assert [summary_from(one.content) for one in summary_revisions_of(session)] == [FIRST, SECOND]
    assert summary_of(session) == SECOND
    with transaction():
        restore_summary(session, 1, base=2, by=None, at=TODAY)
    assert (summary_of(session), [one.act for one in summary_revisions_of(session)][-1]) == (FIRST, "restored")
    with pytest.raises(Refused), transaction():
        restore_summary(session, 9, base=3, by=None, at=TODAY)


def test_what_comes_second_is_set_aside_and_decided_on(app: Flask) -> None:
    session, somebody = begun(), make.person()
    written(session, FIRST, 0)
    kept = written(session, SECOND, 0)
    assert isinstance(kept, Draft)
    assert summary_of(session) == FIRST
    assert being_typed(session, somebody) is None
    with transaction():
        settle_summary(kept, THIRD, base=1, by=None, at=TODAY)
    assert (summary_of(session), kept.settled_at) == (THIRD, TODAY)
    assert summary_from(second_summaries(session)[0].content) == SECOND


def test_the_same_sending_twice_is_one_revision(app: Flask) -> None:
    session = begun()
    first, again = written(session, FIRST, 0, "k"), written(session, FIRST, 0, "k")
    assert first is again
    written(session, SECOND, 1)
    assert written(session, FIRST, 0, "k") is first
    assert summary_of(session) == SECOND


@pytest.mark.parametrize("guarded", [True, False])
def test_of_five_who_save_at_once_no_word_is_lost(app: Flask, monkeypatch: pytest.MonkeyPatch, guarded: bool) -> None:
    """Without the check of the base, the control, four of five are overwritten unseen."""
    session, start = begun(), Barrier(5)
    written(session, FIRST, 0)
    number = session.id
    if not guarded:
        monkeypatch.setattr(summaries, "keep_second", lambda session, summary, **more: None)
    db.session.rollback()

    def save(which: int) -> None:
        with app.app_context():
            start.wait()
            written(db.session.get_one(Session, number), Summary(discussion=f"Text {which}"), 1)
            db.session.remove()

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(save, range(5)))
    db.session.rollback()
    found = {summary_from(one.content).discussion for one in summary_revisions_of(session)[1:]}
    found |= {summary_from(one.content).discussion for one in second_summaries(session)}
    assert (found == {f"Text {n}" for n in range(5)}) == guarded


def test_the_world_reads_what_was_approved_and_not_what_came_after(app: Flask) -> None:
    session = begun()
    note(session)
    written(session, FIRST, 0)
    with pytest.raises(Refused, match="not handed in"), transaction():
        approve_summary(session, 1, by=None, at=TODAY)
    with transaction():
        submit_session(session, by=None, at=TODAY)
    assert published_summary(session) is None
    with pytest.raises(Refused, match="Somebody changed"), transaction():
        approve_summary(session, 7, by=None, at=TODAY)
    with transaction():
        approve_summary(session, 1, by=None, at=TODAY)
    written(session, SECOND, 1)
    assert published_summary(session) == FIRST


def crowd(meeting: Meeting, session: Session, *people: tuple[str, str, int]) -> None:
    """So many people of each stakeholder type and gender, whom the door of the session let in."""
    door = gate(meeting, session=session)
    kinds = {kind: make.category(meeting, stakeholder_type=kind) for kind, _gender, _many in people}
    for kind, gender, many in people:
        for _ in range(many):
            row = make.registration(meeting, category=kinds[kind], gender=gender)
            scanned(door, row.reference)


def test_the_door_of_the_session_counts_people_once(app: Flask) -> None:
    meeting = make.meeting(capacity=100)
    session = make.session(meeting)
    assert attendance(session) is None
    crowd(meeting, session, ("government", "woman", 6), ("government", "man", 2), ("civil-society", "", 1))
    scanned(gate(meeting, session=session), "R-9999")
    came = attendance(session)
    assert came is not None
    assert (came.people, dict(came.kinds), dict(came.genders)) == (
        9,
        {"government": 8, "civil-society": 1},
        {"woman": 6, "man": 2, "": 1},
    )


def test_from_the_form_to_the_world(client: PageClient) -> None:
    meeting = make.meeting(capacity=100)
    session = make.session(meeting, code="S3")
    speaker = make.role(session, name="Samira Haddad", organization="ITU")
    note(session)
    crowd(meeting, session, ("government", "woman", 6), ("civil-society", "man", 5))
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    address, world = f"/meetings/{meeting.slug}/record/S3", f"/meetings/{meeting.slug}/sessions/S3/notes"
    page = client.get(f"{address}/summary").text
    assert "Samira Haddad" in page
    assert "11 people" in page
    told = {"key_issues": "One.\nTwo.", f"role-{speaker.id}": "She showed radios.", "way_forward": "Ask.", "base": "0"}
    wrong = client.post(f"{address}/summary", data={**told, "discussion": "a\nb\nc\nd", f"role-{speaker.id}": "a\nb"})
    assert wrong.status_code == 422
    assert "Write 3 paragraphs at most" in wrong.text
    assert "Write one paragraph" in wrong.text
    assert client.post(f"{address}/summary", data=told).status_code == 303
    assert client.post(f"{address}/submission", data={"despite": "She was ill."}).status_code == 303
    assert "She showed radios." not in client.get(world).text

    client.sign_in(make.staff(meeting, ORGANIZER))
    desk = f"/meetings/{meeting.slug}/manage/outcomes"
    assert "She showed radios." in client.get(desk).text
    stale = client.post(desk.replace("outcomes", "summaries"), data={"code": "S3", "number": "4"})
    assert (stale.status_code, "Read it again" in stale.text) == (409, True)
    assert client.post(desk.replace("outcomes", "summaries"), data={"code": "S3", "number": "1"}).status_code == 303
    published(meeting)
    page = PageClient(client.application).get(world).text
    for words in ("Two.", "Samira Haddad, ITU", "She showed radios."):
        assert words in page


def test_a_closed_room_names_nobody(client: PageClient) -> None:
    session = begun(rule="chatham")
    speaker = make.role(session, name="Samira Haddad")
    note(session)
    written(session, Summary(presentations=((speaker.id, "She showed radios."),)), 0)
    with transaction():
        submit_session(session, by=None, at=TODAY, despite="No time.")
        approve_summary(session, 1, by=None, at=TODAY)
    published(session.meeting)
    page = client.get(f"/meetings/{session.meeting.slug}/sessions/S3/notes").text
    assert ("She showed radios." in page, "Samira" in page) == (True, False)


def test_two_rapporteurs_at_once_choose(client: PageClient) -> None:
    session = begun()
    client.sign_in(make.staff(session.meeting, RAPPORTEUR))
    address = f"/meetings/{session.meeting.slug}/record/S3/summary"
    client.post(address, data={"key_issues": "Media came first.", "base": "0", "key": "a"})
    answer = client.post(address, data={"key_issues": "Money came first.", "base": "0", "key": "b"})
    kept = second_summaries(session)[0]
    conflict = f"{address}/conflicts/{kept.id}"
    assert answer.location == conflict
    assert (
        '<del><bdi class="vh">(taken out:) </bdi>Media</del><ins><bdi class="vh">(put in:) </bdi>Money</ins>'
        in client.get(conflict).text
    )
    assert "Two summaries wait" in client.get(address).text
    both = client.get(f"{address}?beside={kept.id}").text
    assert "Money came first." in both
    data = {"key_issues": "Media and money.", "base": "1", "kept": str(kept.id), "key": "c"}
    assert client.post(address, data=data).status_code == 303
    assert (summary_of(session).key_issues, len(summary_revisions_of(session))) == (("Media and money.",), 2)
    assert "Decided" in client.get(f"{address}/revisions").text
    assert client.post(conflict, data={"choice": "mine", "base": "2"}).status_code == 303
    assert summary_of(session).key_issues == ("Money came first.",)
    assert client.post(f"{address}/revisions", data={"revision": "1", "base": "3"}).status_code == 303
    assert summary_of(session).key_issues == ("Media came first.",)
    assert client.post(f"{address}/revisions", data={"revision": "99", "base": "4"}).status_code == 409
    assert client.get(f"{address}/conflicts/999").status_code == 404


def typed(client: PageClient, key: str, mark: str, words: str, version: int = 0) -> str:
    """What is being typed in the summary, half of it: the key it is kept under."""
    data = {"key": key, "base": "0", "mark": mark, "draft": version, "discussion": words}
    answer = client.post("/meetings/spring/record/S3/summary/typing", data=data)
    assert (answer.status_code, bool(answer.headers["X-Saved-At"])) == (204, True)
    return answer.headers["X-Key"]


def test_what_is_typed_is_on_the_server_and_gone_on_with_on_another_device(client: PageClient) -> None:
    session = make.session(make.meeting(slug="spring"), code="S3")
    client.sign_in(make.staff(session.meeting, RAPPORTEUR))
    address = "/meetings/spring/record/S3/summary"
    assert typed(client, "k", "w.1", "Half a") == "k"
    assert typed(client, "k", "w.2", "Half a thought", version=1) == "k"
    page = client.get(address)
    assert "You were changing this and did not save it" in page.text
    assert "Half a thought" not in page.text
    [kept] = db.session.scalars(select(Draft))
    page = client.get(f"{address}?kept={kept.id}")
    assert 'value="k"' in page.text and "Half a thought</textarea>" in page.text
    assert "You were changing this" not in page.text
    assert f"/summary?kept={kept.id}" in client.get("/account/texts").text
    client.post(address, data={"key": "k", "base": "0", "discussion": "A whole thought."})
    assert summary_of(session).discussion == "A whole thought."
    assert "You were changing this" not in client.get(address).text
    assert typed(client, "k", "w.3", "A whole thought.") == ""  # it is saved already


def test_a_device_that_comes_late_writes_over_nothing(client: PageClient) -> None:
    session = make.session(make.meeting(slug="spring"), code="S3")
    client.sign_in(make.staff(session.meeting, RAPPORTEUR))
    typed(client, "k", "laptop.1", "From the laptop.")
    typed(client, "k", "phone.1", "From the telephone.", version=1)
    assert typed(client, "k", "laptop.2", "From the laptop, too late.", version=1) == "laptop.2"
    found = db.session.scalars(select(Draft).order_by(Draft.id))
    assert [one.content["discussion"] for one in found] == ["From the telephone.", "From the laptop, too late."]


def test_somebody_elses_half_summary_is_not_read(client: PageClient) -> None:
    session = make.session(make.meeting(slug="spring"), code="S3")
    client.sign_in(make.staff(session.meeting, RAPPORTEUR))
    typed(client, "k", "w.1", "Half a thought")
    [kept] = db.session.scalars(select(Draft))
    client.sign_in(make.staff(session.meeting, RAPPORTEUR))
    for address in ("/meetings/spring/record/S3/summary", f"/meetings/spring/record/S3/summary?kept={kept.id}"):
        page = client.get(address)
        assert "Half a thought" not in page.text and "did not save it" not in page.text


def test_what_a_former_rapporteur_left_half_written_is_taken_over(client: PageClient) -> None:
    session = make.session(make.meeting(slug="spring"), code="S3")
    before, after = make.person("Ann"), make.person("Ben")
    role = make.role(session, "rapporteur", name="Ann", person_id=before.id)
    client.sign_in(before)
    typed(client, "k", "w.1", "Half a thought")
    with transaction():
        replace(role, after, by=None, at=TODAY)
    client.sign_in(after)
    [kept] = db.session.scalars(select(Draft))
    page = client.get("/meetings/spring/record/S3/summary")
    assert "Ann was writing this and did not save it" in page.text and "Half a thought" in page.text
    answer = client.post("/meetings/spring/record/S3/takeover", data={"kept": kept.id})
    assert answer.status_code == 303
    assert "Half a thought</textarea>" in client.get(answer.location).text
