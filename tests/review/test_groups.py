"""What an editor does to a group of notes: leave one out with a reason, have it written again, lock it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.leased import DONE, LEASE, REFUSED, STOPPED, WORKING
from eventapp.ground.jobs.scheduler import work_long
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER
from eventapp.review import jobs
from eventapp.review.compilation.actions import compile_report
from eventapp.review.evidence.uses import places_in
from eventapp.review.groups.actions import leave_out_of, part, regroup, write_again
from eventapp.review.jobs import LONG_JOBS
from eventapp.review.paragraphs import actions as editing
from eventapp.review.paragraphs.models import Step
from eventapp.review.paragraphs.steps import undo
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.reports.queries import left_out
from eventapp.review.tasks import queries
from eventapp.review.tasks.queries import task_of
from tests import make, make_review
from tests.browserless import PageClient
from tests.make_review import paragraphs, texts

pytestmark = pytest.mark.usefixtures("_first_verb")

LATER = make.TODAY + timedelta(hours=1)
ONE = "Fixed broadband in the region remains concentrated in a few large economies of the north."
NEARLY = "Fixed broadband in the region remains concentrated in a few large economies of the north and east."
THIRD = "Fixed broadband in the region remains concentrated in a few large economies of the south."


@pytest.fixture
def report(app: Flask) -> Report:
    """A report with one paragraph that tells what three bodies said."""
    session = make.session(make.meeting(mandate=[], objectives=[]), kind="trends")
    for organization, text in (("ITU", ONE), ("ESCAP", NEARLY), ("APT", THIRD)):
        make_review.note(session, organization=organization, text=text, stakeholder_type="un")
    return make_review.report(session.meeting)


def group(report: Report) -> Paragraph:
    return paragraphs(report)[-1]


def edited(paragraph: Paragraph, text: str) -> None:
    with transaction():
        editing.rewrite(paragraph, text, version=paragraph.version, by=None, at=make.TODAY)


def compiled(report: Report) -> None:
    compile_report(report, by=None, at=make.TODAY)


def test_a_note_of_a_group_is_left_out_with_a_reason_and_put_in_again(report: Report, client: PageClient) -> None:
    editor = client.sign_in(make.staff(report.meeting, ORGANIZER))
    address = f"/meetings/{report.meeting.slug}/review/reports/{report.name}"
    note, own = group(report).evidence[1].note, f"{address}/paragraphs/{group(report).id}/left-out"
    answer = editor.post(own, data={"note": note.reference, "reason": ""})
    assert answer.status_code == 422
    assert answer.text.count("Say why it stays out") == 2  # above the page and beside the field
    assert len(group(report).evidence) == 3

    assert editor.post(own, data={"note": note.reference, "reason": "Said off the topic."}).status_code == 303
    assert [one.note_id == note.id for one in group(report).evidence] == [False, False]
    assert "ESCAP" not in texts(report)[0]
    assert "Said off the topic." in editor.get(address).text
    editor.post(f"{address}/put-in", data={"note": note.reference})
    assert "ESCAP" in " ".join(texts(report))


def test_all_notes_of_a_group_are_left_out_at_once(report: Report, client: PageClient) -> None:
    editor = client.sign_in(make.staff(report.meeting, ORGANIZER))
    own = f"/meetings/{report.meeting.slug}/review/reports/{report.name}/paragraphs/{group(report).id}/left-out"
    assert editor.post(own, data={"note": "", "reason": "Another report has it."}).status_code == 303
    assert texts(report) == []
    assert {one.reason for one in left_out(report).values()} == {"Another report has it."}
    assert len(left_out(report)) == 3


def test_a_note_that_another_paragraph_cites_is_not_left_out_of_its_group(report: Report) -> None:
    note = group(report).evidence[0].note
    with transaction():
        other = editing.add(report.chapters[-1], "By hand.", after=None, by=None, at=make.TODAY)
        editing.cite(other, note, by=None, at=make.TODAY)
    with pytest.raises(Refused, match="is cited in the report"):
        leave_out_of(report, [note], "No.", by=None, at=make.TODAY)
    db.session.expire_all()
    told = next(one for one in paragraphs(report) if one.source_key.startswith("note:"))
    assert len(told.evidence) == 3


def test_a_group_is_written_again_of_its_notes_as_they_are_now_and_no_other_paragraph(report: Report) -> None:
    other = make_review.note(make.session(report.meeting, kind="plans"), text="Radio is heard in each village.")
    compiled(report)
    before = {one.id: one.text for one in paragraphs(report)}
    first, alone = [one for one in paragraphs(report) if one.source_key.startswith("note:")]
    edited(first, "Words of an editor.")
    make_review.revise(first.evidence[0].note, text=f"{ONE} Prices fall.", organization="ITU", stakeholder_type="un")
    make_review.revise(other, text="Radio is heard in each town.")

    write_again(first, by=None, at=make.TODAY)
    db.session.rollback()
    assert "prices fell" in first.text
    assert "Words of an editor." not in first.text
    assert first.is_generated
    assert [one.revision.number for one in first.evidence] == [2, 1, 1]
    assert alone.text == before[alone.id]

    with transaction():
        undo(report, by=None, at=make.TODAY)
    assert first.text == "Words of an editor."
    assert not first.is_generated


def test_a_group_none_of_whose_notes_may_be_told_is_not_written_again(report: Report) -> None:
    row = group(report)
    edited(row, "Words of an editor.")
    for one in list(row.evidence):
        make_review.revise(one.note, text="In confidence.", off_record=True)
    with pytest.raises(Refused, match="None of the notes"):
        write_again(row, by=None, at=make.TODAY)


def test_an_edited_paragraph_is_locked_whole_and_its_own_words_stay_when_it_is_unlocked(report: Report) -> None:
    row = group(report)
    edited(row, f"An editor's sentence. {row.text}")
    with transaction():
        editing.fix(row, by=None, at=make.TODAY)
    locked = row.text
    note = row.evidence[0].note
    make_review.revise(note, text="Prices fall in the south.", organization="ITU", stakeholder_type="un")
    compiled(report)
    assert group(report).text == locked
    with pytest.raises(Refused, match="locked"):
        part(report, note, by=None, at=make.TODAY)

    with transaction():
        editing.release(group(report), by=None, at=make.TODAY)
    compiled(report)
    assert group(report).text.startswith("An editor's sentence.")
    assert group(report).text != locked


def test_unlocking_is_undone(report: Report) -> None:
    row = group(report)
    with transaction():
        editing.fix(row, by=None, at=make.TODAY)
    with transaction():
        editing.release(row, by=None, at=make.TODAY)
    assert row.is_generated
    with transaction():
        undo(report, by=None, at=make.TODAY)
    assert row.is_locked


def test_the_page_locks_an_edited_paragraph_and_offers_to_write_its_group_again(
    report: Report, client: PageClient
) -> None:
    editor = client.sign_in(make.staff(report.meeting, ORGANIZER))
    address = f"/meetings/{report.meeting.slug}/review/reports/{report.name}"
    row = group(report)
    edited(row, "Words of an editor.")
    page = editor.get(f"{address}?edit={row.id}").text
    assert "Lock it as it is" in page
    assert "Write this group again" in page
    assert editor.post(f"{address}/paragraphs/{row.id}/lock").status_code == 303
    page = editor.get(f"{address}?edit={row.id}").text
    assert "Unlock it" in page
    assert "Locked by" in page
    assert editor.post(f"{address}/paragraphs/{row.id}/unlock").status_code == 303
    assert not group(report).is_locked
    assert editor.post(f"{address}/paragraphs/{row.id}/restoration").status_code == 303
    assert group(report).is_generated


def test_a_group_with_words_of_an_editor_is_parted_and_keeps_them(report: Report, client: PageClient) -> None:
    editor = client.sign_in(make.staff(report.meeting, ORGANIZER))
    address = f"/meetings/{report.meeting.slug}/review/reports/{report.name}"
    row = group(report)
    edited(row, row.text.replace("Several delegations referred to", "Several delegations spoke at length of"))
    last = row.evidence[2].note.reference
    assert "Notes told together" in editor.get(address).text
    assert editor.post(f"{address}/parts", data={"note": last, "act": "own"}).status_code == 303
    first, own = (one for one in paragraphs(report) if one.source_key.startswith("note:"))
    assert "spoke at length of" in first.text
    assert [len(first.evidence), len(own.evidence)] == [2, 1]

    with transaction():
        editing.fix(first, by=None, at=make.TODAY)
    assert "Notes told together" not in editor.get(address).text


def stand(report: Report) -> list[tuple[object, ...]]:
    """The paragraphs of the report with their words and the notes that they tell, and what is left out of it."""
    db.session.rollback()
    rows = [(one.text, one.sentences, [row.note_id for row in one.evidence]) for one in paragraphs(report)]
    return [*rows, tuple(left_out(report))]


def undone(report: Report) -> str:
    with transaction():
        return undo(report, by=None, at=make.TODAY).verb


def test_what_is_parted_is_told_together_again(report: Report) -> None:
    before, note = stand(report), group(report).evidence[1].note
    part(report, note, by=None, at=make.TODAY)
    assert len(stand(report)) == len(before) + 1

    assert undone(report) == "part notes"
    assert stand(report) == before
    compiled(report)
    assert stand(report) == before


def test_a_note_goes_back_to_the_paragraph_it_was_moved_from(report: Report) -> None:
    note = group(report).evidence[1].note
    part(report, note, by=None, at=make.TODAY)
    before = stand(report)
    first = next(one for one in paragraphs(report) if len(one.evidence) == 2)
    regroup(report, note, first, by=None, at=make.TODAY)  # its own paragraph goes with it
    assert len(stand(report)) == len(before) - 1

    assert undone(report) == "move note"
    assert stand(report) == before
    compiled(report)
    assert stand(report) == before


@pytest.mark.parametrize("many", [1, 3])
def test_what_was_left_out_is_in_again(report: Report, many: int) -> None:
    before, notes = stand(report), [one.note for one in group(report).evidence][:many]
    leave_out_of(report, notes, "Said off the topic.", by=None, at=make.TODAY)
    assert len(left_out(report)) == many

    assert undone(report) == "leave out"
    assert stand(report) == before
    compiled(report)
    assert stand(report) == before


def test_who_changed_a_group_since_is_not_overruled(report: Report) -> None:
    note = group(report).evidence[1].note
    part(report, note, by=None, at=make.TODAY)
    edited(paragraphs(report)[-1], "Other words of somebody else.")
    with transaction():
        row = db.session.scalars(select(Step).order_by(Step.id.desc())).first()
        assert row is not None
        db.session.delete(row)  # as another editor's, who undoes their own
    with pytest.raises(Refused, match="changed again since"):
        undone(report)


def test_undo_is_offered_for_what_was_done_to_a_group(report: Report, client: PageClient) -> None:
    editor = client.sign_in(make.staff(report.meeting, ORGANIZER))
    address = f"/meetings/{report.meeting.slug}/review/reports/{report.name}"
    assert editor.post(f"{address}/undo").status_code == 409
    note = group(report).evidence[1].note
    assert editor.post(f"{address}/parts", data={"note": note.reference, "act": "own"}).status_code == 303
    assert editor.post(f"{address}/undo").status_code == 303
    assert "told together again" in editor.get(address).text


@pytest.fixture
def editor_of_large(report: Report, client: PageClient, monkeypatch: pytest.MonkeyPatch) -> PageClient:
    """Who edits the report, of a meeting that counts as large."""
    monkeypatch.setattr(queries, "LARGE", 1)
    return client.sign_in(make.staff(report.meeting, ORGANIZER))


def here(report: Report, tail: str = "") -> str:
    return f"/meetings/{report.meeting.slug}/review/reports/{report.name}{tail}"


def state(report: Report) -> str:
    db.session.rollback()
    found = task_of(report)
    return found.state if found else ""


def test_in_a_large_report_the_worker_writes_a_group_again(editor_of_large: PageClient, report: Report) -> None:
    before, number = texts(report), group(report).id
    edited(group(report), "Words of an editor.")
    for _press in range(2):
        answer = editor_of_large.post(here(report, f"/paragraphs/{number}/restoration"))
        assert answer.location == here(report, "/task")
    assert "The report is being compiled." in editor_of_large.get(here(report, "/task")).text
    assert texts(report) == ["Words of an editor."]

    assert work_long(LONG_JOBS, at=LATER) == {"write paragraphs again": 1} and work_long(LONG_JOBS, at=LATER) == {}
    assert (state(report), texts(report)) == (DONE, before)
    editor_of_large.get(here(report, "/task"))
    assert "The paragraph is written again of its notes." in editor_of_large.get(here(report)).text


def test_in_a_large_report_the_worker_parts_a_note_and_takes_one_in(
    editor_of_large: PageClient, report: Report
) -> None:
    note = group(report).evidence[1].note.reference
    editor_of_large.post(here(report, "/parts"), data={"note": note, "act": "own"})
    assert len(texts(report)) == 1 and work_long(LONG_JOBS, at=LATER) == {"part notes of reports": 1}
    db.session.rollback()
    assert len(texts(report)) == 2 and len(group(report).evidence) == 1

    leave_out_of(report, [group(report).evidence[0].note], "Said off the topic.", by=None, at=make.TODAY)
    db.session.rollback()
    assert len(texts(report)) == 1
    editor_of_large.post(here(report, "/put-in"), data={"note": note})
    assert len(texts(report)) == 1 and work_long(LONG_JOBS, at=LATER) == {"take notes into reports": 1}
    db.session.rollback()
    assert "ESCAP" in " ".join(texts(report)) and state(report) == DONE


def test_what_a_killed_worker_wrote_of_a_group_is_written_once(
    editor_of_large: PageClient, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, before = group(report).id, texts(report)
    edited(group(report), "Words of an editor.")
    editor_of_large.post(here(report, f"/paragraphs/{number}/restoration"))
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "finish", dies)
        with pytest.raises(KeyboardInterrupt):
            work_long(LONG_JOBS, at=LATER)
    assert (state(report), texts(report)) == (WORKING, ["Words of an editor."])
    assert work_long(LONG_JOBS, at=LATER) == {}
    work_long(LONG_JOBS, at=LATER + LEASE)
    assert (state(report), texts(report)) == (DONE, before)
    assert len(db.session.scalars(select(Entry).where(Entry.verb == "write group again")).all()) == 1


def moved(editor: PageClient, report: Report, note: str) -> str:
    """Ask for the move of the note to the paragraph that tells the others, and return where the answer leads."""
    data = {"note": note, "act": "move", "number": places_in(report)[others_of(report).id]}
    return editor.post(here(report, "/parts"), data=data).location or ""


def others_of(report: Report) -> Paragraph:
    return next(one for one in paragraphs(report) if len(one.evidence) == 2)


@pytest.fixture
def parted(report: Report) -> str:
    """The reference of a note that has a paragraph of its own."""
    note = group(report).evidence[1].note
    part(report, note, by=None, at=make.TODAY)
    return note.reference


def test_in_a_large_report_the_worker_moves_a_note(editor_of_large: PageClient, report: Report, parted: str) -> None:
    target = others_of(report).id
    for _press in range(2):
        assert moved(editor_of_large, report, parted) == here(report, "/task")
    page = editor_of_large.get(here(report, "/task")).text
    assert "The report is being compiled." in page and "<progress" in page and "Something else" not in page
    assert len(texts(report)) == 2

    assert work_long(LONG_JOBS, at=LATER) == {"move notes of reports": 1} and work_long(LONG_JOBS, at=LATER) == {}
    assert (state(report), len(texts(report))) == (DONE, 1)
    leads = editor_of_large.get(here(report, "/task")).location or ""
    assert leads == here(report, f"?paragraph={target}#para-{target}")
    assert editor_of_large.get(leads).status_code == 200


def test_a_number_that_no_paragraph_has_is_refused_at_once(
    editor_of_large: PageClient, report: Report, parted: str
) -> None:
    data = {"note": parted, "act": "move", "number": "99"}
    answer = editor_of_large.post(here(report, "/parts"), data=data)
    assert answer.status_code == 409 and "No paragraph has the number" in answer.text
    assert state(report) == ""


@pytest.mark.parametrize("is_one", [True, False])
def test_in_a_large_report_the_worker_leaves_notes_out(
    editor_of_large: PageClient, report: Report, is_one: bool
) -> None:
    note, number = group(report).evidence[1].note.reference, group(report).id
    data = {"note": note if is_one else "", "reason": "Said off the topic."}
    address = here(report, f"/paragraphs/{number}/left-out")
    assert editor_of_large.post(address, data=data).location == here(report, "/task")
    assert left_out(report) == {}
    assert work_long(LONG_JOBS, at=LATER) == {"leave notes of groups out of reports": 1}
    assert state(report) == DONE
    assert [one.reason for one in left_out(report).values()] == ["Said off the topic."] * (1 if is_one else 3)
    assert len(texts(report)) == (1 if is_one else 0)


def test_who_asks_for_another_note_meanwhile_is_told_to_press_again(
    editor_of_large: PageClient, report: Report
) -> None:
    number, notes = group(report).id, [one.note.reference for one in group(report).evidence]
    for note in notes[:2]:
        data = {"note": note, "reason": "Said off the topic."}
        editor_of_large.post(here(report, f"/paragraphs/{number}/left-out"), data=data)
    assert "Press again when it is over." in editor_of_large.get(here(report, "/task")).text
    work_long(LONG_JOBS, at=LATER)
    db.session.rollback()
    assert [one.note.reference for one in group(report).evidence] == notes[1:]


def test_a_killed_worker_moves_a_note_once(
    editor_of_large: PageClient, report: Report, parted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved(editor_of_large, report, parted)
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "finish", dies)
        with pytest.raises(KeyboardInterrupt):
            work_long(LONG_JOBS, at=LATER)
    assert (state(report), len(texts(report))) == (WORKING, 2)
    task = task_of(report)
    assert task is not None and task.until is not None
    until = task.until
    assert work_long(LONG_JOBS, at=until - timedelta(seconds=1)) == {}
    work_long(LONG_JOBS, at=until)
    assert (state(report), len(texts(report))) == (DONE, 1)
    assert len(db.session.scalars(select(Entry).where(Entry.verb == "move note")).all()) == 1


def test_what_was_stopped_is_not_left_out_and_its_reason_is_there_still(
    editor_of_large: PageClient, report: Report
) -> None:
    before, number = texts(report), group(report).id
    data = {"note": "", "reason": "Said off the topic."}
    editor_of_large.post(here(report, f"/paragraphs/{number}/left-out"), data=data)
    editor_of_large.post(here(report, "/task/stop"))
    assert work_long(LONG_JOBS, at=LATER) == {}
    assert (state(report), texts(report), left_out(report)) == (STOPPED, before, {})
    assert "Said off the topic." in editor_of_large.get(here(report, "/task")).text


def test_a_group_that_somebody_changed_meanwhile_stays_as_they_left_it(
    editor_of_large: PageClient, report: Report
) -> None:
    number, one = group(report).id, group(report).evidence[1].note
    data = {"note": "", "reason": "Said off the topic."}
    editor_of_large.post(here(report, f"/paragraphs/{number}/left-out"), data=data)
    part(report, one, by=None, at=make.TODAY)
    before = texts(report)
    work_long(LONG_JOBS, at=LATER)
    assert (state(report), texts(report), left_out(report)) == (REFUSED, before, {})
    page = editor_of_large.get(here(report, "/task")).text
    assert "Somebody changed which notes this paragraph is made of." in page and "Said off the topic." in page


def test_a_note_that_somebody_moved_meanwhile_stays_where_they_moved_it(
    editor_of_large: PageClient, report: Report, parted: str
) -> None:
    own = next(one for one in paragraphs(report) if len(one.evidence) == 1)
    moved(editor_of_large, report, parted)
    other = others_of(report).evidence[0].note
    regroup(report, other, own, by=None, at=make.TODAY)
    before = texts(report)
    work_long(LONG_JOBS, at=LATER)
    assert (state(report), texts(report)) == (REFUSED, before)
    assert "Look at it, and do it again." in editor_of_large.get(here(report, "/task")).text


def dies(*_what: object) -> None:
    raise KeyboardInterrupt


def test_while_the_worker_is_at_something_else_the_page_says_to_press_again(
    editor_of_large: PageClient, report: Report
) -> None:
    number = group(report).id
    editor_of_large.post(here(report, "/compilation"))
    editor_of_large.post(here(report, f"/paragraphs/{number}/restoration"))
    says = "Something else is being done to this report. Press again when it is over."
    assert says in editor_of_large.get(here(report, "/task")).text
    editor_of_large.post(here(report, "/compilation"))
    assert says not in editor_of_large.get(here(report, "/task")).text
