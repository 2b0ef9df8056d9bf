from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.record.notes.models import DRAFT, Note
from eventapp.registration.models import Delegation
from eventapp.review.actions import leave_out
from eventapp.review.compilation.actions import Draft, choose_policy, compile_report, put_in, start_report
from eventapp.review.compiling.actions import Compilation
from eventapp.review.formats.evidence_json import digest, from_dict, to_json
from eventapp.review.paragraphs.actions import remove, rewrite
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.editions import edition_of
from eventapp.review.reports.models import Edition, Paragraph, Report
from eventapp.review.reports.queries import chapters_of, left_out
from eventapp.review.versions.publication_snapshot import frozen
from tests import make, make_review
from tests.make_review import paragraphs, texts

pytestmark = pytest.mark.usefixtures("_apart")

LATER = make.TODAY + timedelta(days=14)
HELD = (
    "The meeting was held at the United Nations Conference Centre, Bangkok, on 16 March 2026, and was convened by "
    "Regional Commission. The programme is contained in {annex:programme}."
)
DRAFT_OF = Draft(name="summary", title="Summary report", symbol="RP.1", policy="organization")


def compiled(report: Report) -> Compilation:
    return compile_report(report, by=None, at=LATER)


def published(report: Report) -> Edition:
    return publish(report, by=None, at=LATER)


def test_a_report_opens_with_the_meeting_and_has_a_paragraph_for_each_cleared_note(app: Flask) -> None:
    meeting = make.meeting(objectives=["Review the action lines", "ICT for all."])
    trends = make.session(meeting, kind="trends")
    make_review.note(trends, organization="ITU")
    make_review.note(trends, state=DRAFT)
    report = make_review.report(meeting)

    assert texts(report, "background") == [
        "The resolution asks for a review.",
        "The objectives of the meeting were: (a) review the action lines; (b) ICT for all.",
        HELD,
    ]
    assert texts(report) == ["ITU noted that fixed broadband subscriptions grew in the region."]
    [cited] = paragraphs(report)[-1].evidence
    assert (cited.note.reference, cited.revision.number) == (f"{trends.code}-{cited.note.number:02d}", 1)


def test_attendance_is_counted_at_the_door_once_for_each_person(app: Flask) -> None:
    meeting = make.meeting(mandate=[], objectives=[])
    bhutan = make.delegation(meeting, "Bhutan", is_state=True)
    came = make.registration(meeting, delegation=bhutan)
    make_review.scan(meeting, came)
    make_review.scan(meeting, came)
    for _one in range(4):
        make_review.scan(meeting, make.registration(meeting))
    make_review.scan(meeting, make.registration(meeting), verdict="refused")
    make_review.scan(meeting, make.registration(meeting), undone_at=make.TODAY)
    report = make_review.report(meeting)

    assert texts(report, "background")[1:] == [
        "Five participants attended, counted at the door (see {annex:participants}).",
        "The following State was represented: Bhutan.",
    ]


def test_an_associate_member_is_not_called_a_state(app: Flask) -> None:
    meeting = make.meeting(mandate=[], objectives=[])
    states: dict[str, Delegation] = {}
    for represents, names in {
        "member": ["Fiji", "Bhutan"],
        "associate": ["Macao, China", "Hong Kong, China", "Guam"],
        "state": ["Switzerland", "Fiji"],
    }.items():
        category = make.category(meeting, represents=represents)
        for name in names:
            states[name] = states.get(name) or make.delegation(meeting, name, is_state=True)
            make_review.scan(meeting, make.registration(meeting, delegation=states[name], category=category))

    assert texts(make_review.report(meeting), "background")[-1] == (
        "The following member States were represented: Bhutan and Fiji. "
        "The following associate members were represented: Guam; Hong Kong, China; and Macao, China. "
        "The following other State was represented: Switzerland."
    )


def test_notes_follow_the_order_of_the_sessions_in_the_chapter_of_their_block(app: Flask) -> None:
    meeting = make.meeting()
    closing = make.session(meeting, kind="closing", starts_at=make.TODAY)
    late = make.session(meeting, kind="trends", starts_at=make.TODAY + timedelta(hours=2))
    early = make.session(meeting, kind="trends", starts_at=make.TODAY + timedelta(hours=1))
    for session, text in ((late, "Late."), (closing, "Closing."), (early, "Early.")):
        make_review.note(session, text=text, ceiling="nobody")
    report = make_review.report(meeting)

    assert texts(report) == ["It was noted that early.", "It was noted that late."]
    assert texts(report, "closing") == ["It was noted that closing."]


def test_a_note_of_a_session_that_fits_no_chapter_is_not_lost(app: Flask) -> None:
    meeting = make.meeting()
    make_review.note(make.session(meeting, kind="break"), text="Prices fall over tea.", ceiling="nobody")

    assert texts(make_review.report(meeting), "discussion") == ["It was noted that prices fell over tea."]


def test_what_is_off_the_record_or_from_a_closed_session_never_comes_in(app: Flask) -> None:
    meeting = make.meeting()
    make_review.note(make.session(meeting), off_record=True)
    make_review.note(make.session(meeting, rule="closed"))
    make_review.note(make.session(meeting), deleted=True)
    revised = make_review.note(make.session(meeting))
    make_review.revise(revised, off_record=True)
    report = make_review.report(meeting)

    assert texts(report) == []


def test_a_report_for_one_body_takes_the_sessions_of_that_body_and_of_none(app: Flask) -> None:
    meeting = make.meeting()
    review = make.kept(make_review.body(meeting, "REVIEW"))
    group = make.kept(make_review.body(meeting, "IWG"))
    for body_id, text in ((review.id, "Review."), (group.id, "Group."), (None, "Both.")):
        make_review.note(make.session(meeting, body_id=body_id), text=text, ceiling="nobody")
    report = make_review.report(meeting, body="REVIEW")

    assert texts(report) == ["It was noted that review.", "It was noted that both."]


def test_a_name_is_taken_once_and_a_foreign_body_or_policy_is_refused(app: Flask) -> None:
    meeting = make.meeting()
    make_review.report(meeting)

    for draft, words in (
        (DRAFT_OF, "There is a report with this name already. Choose another name."),
        (Draft("other", "Other", "", "organization", "NONE"), "Choose a body of this meeting."),
        (Draft("other", "Other", "", "everybody"), "Choose one of the four ways to attribute."),
    ):
        with pytest.raises(Refused, match=words):
            start_report(meeting, draft, by=None, at=LATER)


def test_compiling_again_brings_in_new_notes_where_they_belong(app: Flask) -> None:
    meeting = make.meeting()
    first = make.session(meeting, starts_at=make.TODAY)
    second = make.session(meeting, starts_at=make.TODAY + timedelta(hours=3))
    make_review.note(first, text="First.", ceiling="nobody")
    make_review.note(second, text="Third.", ceiling="nobody")
    report = make_review.report(meeting)
    new = make_review.note(first, text="Second.", ceiling="nobody")

    done = compiled(report)

    assert (done.added, done.gone, done.kept) == ([f"note:{new.id}"], [], [])
    assert [text.split()[-1] for text in texts(report)] == ["first.", "second.", "third."]
    assert compiled(report) == Compilation()


def test_compiling_again_writes_a_revised_note_anew_and_cites_the_new_revision(app: Flask) -> None:
    meeting = make.meeting()
    note = make_review.note(make.session(meeting), text="Old.", ceiling="nobody")
    report = make_review.report(meeting)
    make_review.revise(note, text="New.", ceiling="nobody")

    assert compiled(report).rewritten == [f"note:{note.id}"]
    assert texts(report) == ["It was noted that new."]
    assert [one.revision.number for one in paragraphs(report)[-1].evidence] == [2]


def test_compiling_again_leaves_what_an_editor_did(app: Flask) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    edited, removed, gone = (make_review.note(session, text=text, ceiling="nobody") for text in ("A.", "B.", "C."))
    report = make_review.report(meeting)
    ours = {one.source_key: one for one in paragraphs(report)}
    with transaction():
        rewrite(ours[f"note:{edited.id}"], "By hand.", version=1, by=None, at=LATER)
        remove(ours[f"note:{removed.id}"], by=None, at=LATER)
    make_review.revise(edited, text="Changed.")
    with transaction():
        for note in (edited, gone):
            db.session.get_one(Note, note.id).state = DRAFT

    done = compiled(report)

    assert texts(report) == ["By hand."]
    assert (done.added, done.gone) == ([], [f"note:{gone.id}"])
    assert [one.revision.number for one in paragraphs(report)[-1].evidence] == [1]


def test_choosing_a_policy_writes_generated_text_anew_and_only_checks_the_edited(app: Flask) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    make_review.note(session, text="One.", organization="ITU", stakeholder_type="un")
    make_review.note(session, text="Two.", organization="ITU", stakeholder_type="un")
    report = make_review.report(meeting)
    with transaction():
        rewrite(paragraphs(report)[-1], "ITU spoke.", version=1, by=None, at=LATER)

    choose_policy(report, "category", by=None, at=LATER)

    assert texts(report) == ["One United Nations body noted that one.", "ITU spoke."]
    with pytest.raises(Refused, match=r"above its ceiling \(ITU\)"):
        published(report)


def test_a_note_is_left_out_with_a_reason_and_put_in_again(app: Flask) -> None:
    meeting = make.meeting()
    note = make_review.note(make.session(meeting), kind="recommendation", ceiling="nobody")
    report = make_review.report(meeting)
    with pytest.raises(Refused, match="is cited in the report"), transaction():
        leave_out(report, note, "Said elsewhere", by=None, at=LATER)

    with transaction():
        remove(paragraphs(report)[-1], by=None, at=LATER)
        leave_out(report, note, "Said elsewhere", by=None, at=LATER)
    assert {number: row.reason for number, row in left_out(report).items()} == {note.id: "Said elsewhere"}
    compiled(report)
    assert texts(report) == []

    put_in(report, note, by=None, at=LATER)
    assert left_out(report) == {}
    assert len(texts(report)) == 1


def test_publishing_keeps_an_edition_that_never_changes(app: Flask) -> None:
    meeting = make.meeting()
    make_review.note(make.session(meeting), text="One.", ceiling="nobody")
    report = make_review.report(meeting)
    first = published(report)
    with transaction():
        rewrite(paragraphs(report)[-1], "Corrected.", version=1, by=None, at=LATER)
    second = published(report)

    assert (first.version, second.version, report.version) == (1, 2, 2)
    kept = edition_of(report, 1)
    assert kept is not None
    text = from_dict(kept.content)
    assert digest(to_json(text)) == kept.sha256
    assert [one.text for one in text.paragraphs][-1] == "It was noted that one."
    newest = edition_of(report)
    assert newest is not None
    assert [one.text for one in from_dict(newest.content).paragraphs][-1] == "Corrected."
    assert str(text.issued_on) == "2026-03-16"


def test_the_same_notes_give_the_same_bytes_and_are_not_published_twice(app: Flask) -> None:
    meeting = make.meeting()
    make_review.note(make.session(meeting), text="One.", ceiling="nobody")
    report = make_review.report(meeting)
    first = to_json(frozen(report, chapters_of(report), version=1, at=LATER))
    published(report)
    compiled(report)

    assert to_json(frozen(report, chapters_of(report), version=1, at=LATER)) == first
    with pytest.raises(Refused, match="Nothing has changed since version 1"):
        published(report)
    assert report.version == 1


def test_a_report_without_evidence_or_with_a_source_taken_back_is_not_published(app: Flask) -> None:
    meeting = make.meeting()
    note = make_review.note(make.session(meeting), ceiling="nobody")
    with_note = make_review.report(meeting)
    with transaction():
        rewrite(paragraphs(with_note)[-1], "By hand.", version=1, by=None, at=LATER)
        db.session.get_one(Note, note.id).state = DRAFT
    empty = make_review.report(meeting, name="empty")

    with pytest.raises(Refused, match="withdrawn or is off the record"):
        published(with_note)
    with pytest.raises(Refused, match="no paragraph rests on a note yet"):
        published(empty)
    assert db.session.scalars(select(Edition)).all() == []


def test_each_step_is_a_line_of_history(app: Flask) -> None:
    meeting = make.meeting()
    make_review.note(make.session(meeting), ceiling="nobody")
    editor = make.person("Kim")
    report = make_review.report(meeting)
    with transaction():
        rewrite(paragraphs(report)[-1], "By hand.", version=1, by=editor, at=LATER)
    publish(report, by=editor, at=LATER)

    lines = db.session.scalars(select(Entry).where(Entry.meeting_id == meeting.id).order_by(Entry.number))
    assert [(line.verb, line.by_name) for line in lines] == [
        ("start report", ""),
        ("compile report", ""),
        ("edit paragraph", "Kim"),
        ("published", "Kim"),
        ("publish report", "Kim"),
    ]
    assert db.session.scalars(select(Paragraph.edited_by_id).where(Paragraph.text == "By hand.")).all() == [editor.id]
