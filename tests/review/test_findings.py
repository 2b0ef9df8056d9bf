from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from eventapp.ground.db import db, transaction
from eventapp.meetings.models import RAPPORTEUR
from eventapp.record.notes.models import DRAFT, Note
from eventapp.review.actions import leave_out
from eventapp.review.compilation.actions import compile_report
from eventapp.review.paragraphs import actions as editing
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.reports.queries import chapters_of
from eventapp.review.versions.checks import Findings, findings
from tests import make, make_floor, make_review
from tests.browserless import PageClient
from tests.make_review import paragraphs

pytestmark = pytest.mark.usefixtures("_apart")

LATER = make.TODAY + timedelta(hours=9)


def found(report: Report) -> Findings:
    return findings(report, chapters_of(report))


def edited(report: Report, text: str) -> None:
    [*_others, last] = paragraphs(report)
    with transaction():
        editing.rewrite(last, text, version=last.version, by=None, at=LATER)


def one_note(**facts: Any) -> tuple[Note, Report]:
    meeting = make.meeting()
    note = make_review.note(make.session(meeting), **{"ceiling": "nobody", **facts})
    return note, make_review.report(meeting)


def test_a_fresh_report_has_nothing_to_answer_for(app: Flask) -> None:
    _note, report = one_note()
    now = found(report)

    assert (now.changed, now.withdrawn, now.unsupported, now.unused, now.names, now.unsourced) == (
        [],
        [],
        [],
        (),
        [],
        [],
    )
    assert not now.blocks


def test_a_source_revised_after_it_was_cited_is_shown_with_the_difference(app: Flask) -> None:
    note, report = one_note(text="It grew in 2006.")
    make_review.revise(note, text="It grew in 2005.", ceiling="category")

    [about] = found(report).changed
    [change] = about.changed
    assert [(run.kind, run.text) for run in change.runs] == [
        ("same", "It grew in "),
        ("old", "2006"),
        ("new", "2005"),
        ("same", "."),
    ]

    assert [one.what for one in change.others] == ["May be attributed to"]  # what else is said of it is shown too

    with transaction():
        editing.hold(about.paragraph, db.session.get_one(Note, note.id), by=None, at=LATER)
    assert found(report).changed == []


def test_of_a_source_off_the_record_by_now_no_other_words_are_shown(client: PageClient, app: Flask) -> None:
    note, report = one_note(text="It grew in 2006.")
    make_review.revise(note, text="I may not say this.", off_record=True)
    assert (found(report).changed, len(found(report).withdrawn)) == ([], 1)
    client.sign_in(make.staff(report.meeting, RAPPORTEUR))
    page = client.get(f"/meetings/{report.meeting.slug}/review/reports/{report.name}").text
    assert f"{note.reference} withdrawn" in page
    assert "I may not say this." not in page and "Paragraph still holds" not in page


def test_a_source_that_was_taken_back_blocks_publishing_until_it_is_taken_out(app: Flask) -> None:
    note, report = one_note()
    edited(report, "By hand.")
    with transaction():
        db.session.get_one(Note, note.id).state = DRAFT
    [about] = found(report).withdrawn
    assert (about.withdrawn[0].id, found(report).blocks) == (note.id, True)

    with transaction():
        editing.uncite(about.paragraph, db.session.get_one(Note, note.id), by=None, at=LATER)
    assert found(report).withdrawn == []
    assert [one.paragraph.text for one in found(report).unsupported] == ["By hand."]


def test_a_paragraph_without_a_note_wants_one_or_is_the_secretariats_own(app: Flask) -> None:
    note, report = one_note()
    [*_others, last] = paragraphs(report)
    with transaction():
        new = editing.add(last.chapter, "New.", after=last, by=None, at=LATER)
    assert [about.paragraph.text for about in found(report).unsupported] == ["New."]

    with transaction():
        editing.own(new, by=None, at=LATER)
    assert found(report).unsupported == []

    with transaction():
        editing.cite(new, db.session.get_one(Note, note.id), by=None, at=LATER)
    assert [one.note_id for one in paragraphs(report)[-1].evidence] == [note.id]


def test_a_name_in_an_edited_paragraph_or_a_title_is_found(app: Flask) -> None:
    meeting = make.meeting()
    make_review.note(make.session(meeting), speaker="Samira Haddad", organization="ITU", ceiling="organization")
    report = make_review.report(meeting, title="What Samira Haddad said", policy="person")
    edited(report, "Samira Haddad of ITU spoke.")

    assert found(report).names == ["Samira Haddad"]
    assert found(report).names_in_titles == ("Samira Haddad",)
    assert found(report).blocks


def test_a_speaker_who_may_be_named_nowhere_is_found_in_a_paragraph_that_cites_nothing_of_hers(app: Flask) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    make_review.note(session, speaker="Samira Haddad", ceiling="nobody")
    make_review.note(session, speaker="Li Wenjing", ceiling="person")
    report = make_review.report(meeting, policy="person")
    [*_others, last] = paragraphs(report)
    with transaction():
        editing.add(last.chapter, "Li Wenjing answered Samira Haddad.", after=last, by=None, at=LATER)

    assert found(report).names == ["Samira Haddad"]


def test_somebody_who_spoke_off_the_record_or_in_a_closed_session_is_not_named(app: Flask) -> None:
    meeting = make.meeting()
    open_one = make.session(meeting)
    make_review.note(open_one, speaker="Samira Haddad", ceiling="person", off_record=True)
    make_review.note(make.session(meeting, rule="closed"), speaker="Omar Aziz", ceiling="person")
    make_review.note(open_one, speaker="Li Wenjing", ceiling="person")
    report = make_review.report(meeting, policy="person")
    edited(report, "Li Wenjing, Samira Haddad and Mr. Aziz spoke.")
    assert found(report).names == ["Samira Haddad", "Omar Aziz"]


def test_recommendations_and_commitments_must_go_somewhere(app: Flask) -> None:
    note, report = one_note(kind="commitment")
    [*_others, last] = paragraphs(report)
    assert found(report).unused == ()

    with transaction():
        editing.remove(last, by=None, at=LATER)
    assert [one.id for one in found(report).unused] == [note.id]
    with transaction():
        editing.put_back(last, by=None, at=LATER)
    assert found(report).unused == ()


def test_a_figure_that_its_note_gives_no_source_for_is_flagged_whatever_it_looks_like(app: Flask) -> None:
    figures = [{"figure": "sixty women", "source": ""}, {"figure": "74 per cent", "source": "Yearbook"}]
    _note, report = one_note(text="It reached sixty women.", figures=figures)
    for text, is_open in (
        ("It reached sixty women.", True),
        ("It reached many.", False),
        ("It reached sixty women.^[Project report.]", False),
    ):
        edited(report, text)
        assert bool(found(report).unsourced) == is_open, text


def test_a_figure_needs_a_source(app: Flask) -> None:
    _note, report = one_note(text="It grew.")
    for text, is_open in (
        ("It grew by 74.89 per cent.", True),
        ("It grew in 20 countries.", True),
        ("It grew to 30,000.", True),
        ("It grew in 2015.", False),
        ("It follows resolution 70/125 and (3) others.", False),
        ("It grew by 74.89 per cent.^[Yearbook.]", False),
    ):
        edited(report, text)
        assert [about.paragraph.text for about in found(report).unsourced] == ([text] if is_open else [])


@pytest.mark.parametrize("how", ["off the record", "deleted", "in a closed session"])
def test_a_source_that_may_not_be_read_any_more_is_flagged_however_it_came(app: Flask, how: str) -> None:
    note, report = one_note()
    edited(report, "By hand.")
    assert found(report).withdrawn == []
    if how == "off the record":
        make_review.revise(note, off_record=True, ceiling="nobody")
    with transaction():
        row = db.session.get_one(Note, note.id)
        if how == "deleted":
            row.deleted_at = LATER
        if how == "in a closed session":
            row.session.rule = "closed"
    [about] = found(report).withdrawn
    assert [one.id for one in about.withdrawn] == [note.id]
    assert found(report).blocks


def test_a_recommendation_that_was_left_out_with_a_reason_is_not_flagged(app: Flask) -> None:
    note, report = one_note(kind="recommendation")
    [*_others, last] = paragraphs(report)
    with transaction():
        editing.remove(last, by=None, at=LATER)
    assert [one.id for one in found(report).unused] == [note.id]
    with transaction():
        leave_out(report, db.session.get_one(Note, note.id), "Said twice.", by=None, at=LATER)
    assert found(report).unused == ()


@pytest.mark.parametrize("policy", ["nobody", "organization", "person"])
def test_whoever_only_moderated_or_took_the_floor_is_shown_and_blocks_nothing(app: Flask, policy: str) -> None:
    session = make.session(make.meeting())
    make_review.note(session, speaker="Mele Kalsakau", organization="OGCIO")
    make.role(session, name="Samira Haddad", role="moderator")
    make_floor.begun(make_floor.asked(session, "Tomas Reyes"))
    make_floor.asked(session, "Ingrid Solberg")
    report = make_review.report(session.meeting, policy=policy)
    edited(report, "Ms. Haddad opened. Tomas Reyes thanked her. Ingrid Solberg waited.")
    now = found(report)
    shown = [name for about in now.suspected for name in about.suspected]
    assert sorted(shown) == ([] if policy == "person" else ["Samira Haddad", "Tomas Reyes"])
    assert not now.names


def counted_report() -> Report:
    """A report whose first chapter says that five came."""
    meeting = make.meeting(mandate=[], objectives=[], capacity=40)
    make_review.note(make.session(meeting), ceiling="nobody")
    for _one in range(5):
        make_review.scan(meeting, make.registration(meeting))
    return make_review.report(meeting)


def counted_paragraph(report: Report) -> Paragraph:
    [row] = [one for one in paragraphs(report) if one.source_key == "attendance"]
    return row


def test_whoever_came_since_it_was_compiled_is_told_until_it_is_compiled_again(app: Flask) -> None:
    report = counted_report()
    assert found(report).recounted == []
    make_review.scan(report.meeting, make.registration(report.meeting))

    [about] = found(report).recounted
    assert about.paragraph.source_key == "attendance"
    assert [run.text for run in about.recount if run.kind != "same"] == ["Five", "Six"]
    compile_report(report, by=None, at=LATER)
    assert found(report).recounted == []
    assert counted_paragraph(report).text.startswith("Six participants attended")


def test_a_count_edited_by_hand_stays_and_the_editor_is_told_what_it_would_say(app: Flask) -> None:
    report = counted_report()
    row = counted_paragraph(report)
    with transaction():
        editing.rewrite(row, "A few came.", version=row.version, by=None, at=LATER)
    assert found(report).recounted == []
    make_review.scan(report.meeting, make.registration(report.meeting))
    assert [about.paragraph for about in found(report).recounted] == [row]
    compile_report(report, by=None, at=LATER)
    assert (row.text, row.generated[:4]) == ("A few came.", "Six ")


def test_the_editor_reads_that_the_count_has_changed(client: PageClient, app: Flask) -> None:
    report = counted_report()
    client.sign_in(make.staff(report.meeting, RAPPORTEUR))
    page = f"/meetings/{report.meeting.slug}/review/reports/{report.name}"
    told = "The count has changed since it was compiled"
    assert told not in client.get(page).text
    make_review.scan(report.meeting, make.registration(report.meeting))
    assert told in client.get(page).text
    client.post(f"{page}/compilation")
    assert told not in client.get(page).text


def test_a_figure_that_an_editor_adds_beside_footnotes_is_doubted(app: Flask) -> None:
    _note, report = one_note(text="Prices went down by 3 per cent.", sources=["A/70/1"])
    [*_others, row] = paragraphs(report)
    assert "^[" in row.text
    edited(report, f"{row.text} Some 77 per cent agreed.")
    [doubt] = [one for one in found(report).doubts if one.kind == "figure"]
    assert "77" in doubt.what
