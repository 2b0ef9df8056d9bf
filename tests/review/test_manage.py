import csv
from functools import partial
from io import StringIO

import pytest
from flask import Flask

from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD, Meeting
from eventapp.review.reports.editions import edition_of
from eventapp.review.reports.models import Report
from eventapp.review.reports.queries import chapters_of, left_out, report_at
from tests import make, make_review
from tests.browserless import PageClient
from tests.make_review import paragraphs, texts

pytestmark = pytest.mark.usefixtures("_apart")

REFERENCE = "{session}-{number:02d}"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting()


@pytest.fixture
def report(meeting: Meeting) -> Report:
    make_review.note(make.session(meeting, code="S2"), text="Prices fall.", ceiling="nobody")
    return make_review.report(meeting)


@pytest.fixture
def editor(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, ORGANIZER))


def address(report: Report, tail: str = "") -> str:
    return f"/meetings/{report.meeting.slug}/review/reports/{report.name}{tail}"


def test_an_editor_begins_a_report(meeting: Meeting, editor: PageClient) -> None:
    typed = {"title": "Summary report", "name": "summary", "symbol": "RP.1", "body": "", "policy": "category"}
    answer = editor.post(f"/meetings/{meeting.slug}/review", data=typed)
    begun = report_at(meeting, "summary")

    assert (answer.status_code, answer.location) == (303, f"/meetings/{meeting.slug}/review/reports/summary")
    assert begun is not None
    assert (begun.title, begun.symbol, begun.policy) == ("Summary report", "RP.1", "category")
    assert editor.get(answer.location).status_code == 200
    assert "Summary report" in editor.get(f"/meetings/{meeting.slug}/review").text


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(meeting: Meeting, editor: PageClient) -> None:
    typed = {"title": "Kept words", "name": "Not Good", "symbol": "", "body": "", "policy": "category"}
    answer = editor.post(f"/meetings/{meeting.slug}/review", data=typed)

    assert answer.status_code == 422
    assert "Use small letters a to z" in answer.text
    assert "Kept words" in answer.text
    assert report_at(meeting, "Not Good") is None


def test_a_name_that_is_taken_is_refused_on_the_page(meeting: Meeting, report: Report, editor: PageClient) -> None:
    typed = {"title": "Second", "name": "summary", "symbol": "", "body": "", "policy": "category"}
    answer = editor.post(f"/meetings/{meeting.slug}/review", data=typed)

    assert answer.status_code == 409
    assert "There is a report with this name already." in answer.text


def test_a_paragraph_is_edited_in_place(report: Report, editor: PageClient) -> None:
    number = paragraphs(report)[-1].id
    opened = editor.get(address(report, f"?edit={number}")).text
    answer = editor.post(address(report, f"/paragraphs/{number}"), data={"text": "By hand.", "version": "1"})

    assert 'name="version" value="1"' in opened
    assert answer.status_code == 303
    assert answer.location.endswith(f":{number}#para-{number}")  # ?saved= says whose copy, of which paragraph, may go
    assert texts(report) == ["By hand."]
    page = editor.get(address(report)).text
    assert "Edited by Organizer" in page
    sources = editor.get(address(report, f"/paragraphs/{number}/evidence")).text
    assert "What the editor changed in the text made from the notes" in sources


def test_an_empty_page_says_what_fills_it(app: Flask, meeting: Meeting, editor: PageClient) -> None:
    blank = make_review.report(meeting, name="blank", outline="blank")
    assert "Approve notes under Record, then compile again." in editor.get(address(blank)).text
    make_review.note(make.session(meeting), text="Prices fall.")
    page = editor.get(address(blank)).text
    assert "This outline takes no note by itself." in page
    assert "then compile again" not in page
    assert f'?head={chapters_of(blank)[0].id}#text">Write the first paragraph' in page


def test_what_an_outline_has_no_chapter_for_is_put_in_at_the_end(
    app: Flask, meeting: Meeting, editor: PageClient
) -> None:
    session = make.session(meeting)
    notes = [make_review.note(session, text=text, kind="commitment") for text in ("Build it.", "Pay for it.")]
    blank = make_review.report(meeting, name="blank", outline="blank")
    for place, note in enumerate(notes, start=1):
        assert editor.post(address(blank, "/put-in"), data={"note": note.reference}).status_code == 303
        page = editor.get(address(blank)).text
        assert f"{note.reference} is in paragraph {place}." in page
    assert "Every recommendation and commitment is in, or has a reason." in page
    editor.post(address(blank, "/compilation"))
    editor.post(address(blank, "/put-in"), data={"note": notes[0].reference})  # sent twice
    assert [(one.text[-10:], len(one.evidence)) for one in paragraphs(blank)] == [(" Build it.", 1), ("ay for it.", 1)]


def test_a_paragraph_is_locked_and_unlocked(report: Report, editor: PageClient) -> None:
    number = paragraphs(report)[-1].id
    assert "Lock it as it is" in editor.get(address(report, f"?edit={number}")).text
    assert editor.post(address(report, f"/paragraphs/{number}/lock")).status_code == 303
    assert "Locked by Organizer" in editor.get(address(report)).text
    assert "Unlock it" in editor.get(address(report, f"?edit={number}")).text
    editor.post(address(report, f"/paragraphs/{number}/restoration"))
    assert "Locked by" not in editor.get(address(report)).text


def test_a_conflict_shows_both_texts(report: Report, editor: PageClient) -> None:
    number = paragraphs(report)[-1].id
    editor.post(address(report, f"/paragraphs/{number}"), data={"text": "Theirs <b>.", "version": "1"})
    answer = editor.post(address(report, f"/paragraphs/{number}"), data={"text": "Mine <i>.", "version": "1"})

    assert answer.status_code == 409
    assert "Theirs &lt;b&gt;." in answer.text
    assert "Mine &lt;i&gt;." in answer.text
    assert 'name="version" value="2"' in answer.text
    assert '<a href="#theirs">Compare both texts</a>' in answer.text  # from the top of a long report
    assert answer.text.count('id="theirs"') == 1
    assert texts(report) == ["Theirs <b>."]


def test_what_was_typed_over_a_removed_paragraph_stands_on_the_page(report: Report, editor: PageClient) -> None:
    number = paragraphs(report)[-1].id
    editor.post(address(report, f"/paragraphs/{number}/removal"))
    answer = editor.post(address(report, f"/paragraphs/{number}"), data={"text": "Mine <i>.", "version": "1"})

    assert answer.status_code == 409
    assert "This paragraph was removed while you were editing it." in answer.text
    assert ">Mine &lt;i&gt;.</textarea>" in answer.text
    assert '<details class="removed" open>' in answer.text
    assert '<a href="#text">To your text</a>' in answer.text
    assert "Split at empty lines" not in answer.text
    again = {"text": "Mine <i>.", "version": "2"}
    assert editor.post(address(report, f"/paragraphs/{number}"), data=again).status_code == 303
    assert texts(report) == ["Mine <i>."]


def test_a_changed_source_offers_to_compile_only_while_nobody_edited_the_paragraph(
    report: Report, editor: PageClient
) -> None:
    [paragraph] = paragraphs(report)[-1:]
    make_review.revise(paragraph.evidence[0].note, text="Prices rise.", ceiling="nobody")
    buttons = address(report, "/compilation")
    assert "Paragraph still holds" in editor.get(address(report)).text
    assert editor.get(address(report)).text.count(f'action="{buttons}"') == 2  # above, and in the paragraph
    editor.post(address(report, f"/paragraphs/{paragraph.id}"), data={"text": "By hand.", "version": "1"})
    assert "Paragraph still holds" in editor.get(address(report)).text
    assert editor.get(address(report)).text.count(f'action="{buttons}"') == 1


def test_an_empty_paragraph_is_not_saved(report: Report, editor: PageClient) -> None:
    number = paragraphs(report)[-1].id
    answer = editor.post(address(report, f"/paragraphs/{number}"), data={"text": " ", "version": "1"})

    assert answer.status_code == 422
    assert "Enter the paragraph, or remove it" in answer.text
    assert texts(report) == ["It was noted that prices fell."]


def test_paragraphs_go_come_back_and_are_added(report: Report, editor: PageClient) -> None:
    number = paragraphs(report)[-1].id
    steps = address(report, f"/paragraphs/{number}")

    editor.post(f"{steps}/removal")
    assert texts(report) == []
    assert "Put it back" in editor.get(address(report)).text
    editor.post(f"{steps}/return")
    editor.post(f"{steps}/next", data={"text": "New."})
    assert texts(report) == ["It was noted that prices fell.", "New."]
    assert editor.post(f"{steps}/next", data={"text": ""}).status_code == 422
    editor.post(steps, data={"text": "By hand.", "version": "3"})
    editor.post(f"{steps}/restoration")
    assert texts(report) == ["It was noted that prices fell.", "New."]
    new = paragraphs(report)[-1].id
    assert editor.post(address(report, f"/paragraphs/{new}/restoration")).status_code == 409
    editor.post(address(report, f"/paragraphs/{new}/own"))
    assert paragraphs(report)[-1].origin == "own"


def test_notes_are_cited_by_reference_and_taken_out(meeting: Meeting, report: Report, editor: PageClient) -> None:
    note = make_review.note(make.session(meeting, code="S9"), ceiling="nobody")
    reference = REFERENCE.format(session="S9", number=note.number)
    evidence = address(report, f"/paragraphs/{paragraphs(report)[-1].id}/evidence")

    wrong = editor.post(evidence, data={"note": "S9-99x"})
    assert wrong.status_code == 422
    assert "There is no note with this reference." in wrong.text
    assert editor.post(evidence, data={"note": ""}).status_code == 422
    assert editor.post(evidence, data={"note": reference.lower()}).status_code == 303
    assert len(paragraphs(report)[-1].evidence) == 2
    assert editor.post(f"{evidence}/{reference}/removal").status_code == 303
    assert len(paragraphs(report)[-1].evidence) == 1
    for strange in ("S9-99", "S9-" + "9" * 30, "-", "S9"):
        assert editor.post(f"{evidence}/{strange}/removal").status_code == 404
    assert editor.post(address(report, f"/paragraphs/{'9' * 30}/removal")).status_code == 404


def test_a_changed_source_is_shown_and_may_still_hold(report: Report, editor: PageClient) -> None:
    [cited] = paragraphs(report)[-1].evidence
    make_review.revise(cited.note, text="Prices rise.", ceiling="nobody")
    page = editor.get(address(report)).text
    assert "1 paragraph whose source changed" in page
    assert "fall</del><ins>" in page and "rise</ins>" in page

    editor.post(address(report, f"/paragraphs/{cited.paragraph_id}/evidence/{cited.note.reference}/holding"))
    assert "No source changed since it was cited" in editor.get(address(report)).text


def test_the_policy_is_chosen_on_the_page(report: Report, editor: PageClient) -> None:
    make_review.note(make.session(report.meeting), text="It grows.", organization="ITU", stakeholder_type="un")

    assert editor.post(address(report, "/policy"), data={"policy": "category"}).status_code == 303
    assert "One United Nations body noted that it grew." in texts(report)
    assert editor.post(address(report, "/policy"), data={"policy": "all"}).status_code == 422


def test_new_notes_come_in_when_the_report_is_compiled_again(report: Report, editor: PageClient) -> None:
    make_review.note(make.session(report.meeting), text="It grows.", ceiling="nobody")

    assert editor.post(address(report, "/compilation")).status_code == 303
    assert len(texts(report)) == 2
    page = editor.get(address(report)).text
    assert "Paragraphs compiled: 1 new, 0 written anew, 0 gone." in page
    editor.post(address(report, "/compilation"))
    assert "Compiled: nothing has changed." in editor.get(address(report)).text


def test_a_recommendation_is_left_out_with_a_reason(meeting: Meeting, report: Report, editor: PageClient) -> None:
    note = make_review.note(make.session(meeting, code="S9"), kind="recommendation", ceiling="nobody")
    reference = REFERENCE.format(session="S9", number=note.number)
    assert "1 recommendation or commitment unused" in editor.get(address(report)).text

    for typed, fault in (("", "Say why it stays out"), ("x" * 501, "500")):
        refused = editor.post(address(report, "/left-out"), data={"note": reference, "reason": typed})
        assert refused.status_code == 422
        beside = refused.text.partition(f"Why {reference} stays out")[2].partition("</form>")[0]
        assert fault in beside.partition('id="reason-error"')[2]
        assert f'value="{typed}" aria-describedby="reason-error"' in beside
    assert editor.post(address(report, "/left-out"), data={"note": "S9-99", "reason": "x"}).status_code == 404
    editor.post(address(report, "/left-out"), data={"note": reference, "reason": "Said elsewhere"})
    assert [row.reason for row in left_out(report).values()] == ["Said elsewhere"]
    assert "Said elsewhere" in editor.get(address(report)).text
    editor.post(address(report, "/put-in"), data={"note": reference})
    assert left_out(report) == {}
    assert len(texts(report)) == 2


def test_an_organizer_previews_and_publishes(report: Report, editor: PageClient) -> None:
    assert "It was noted that prices fell." in editor.get(address(report, "/preview")).text
    assert editor.post(address(report, "/publication"), data={"said": "draft"}).status_code == 303
    edition = edition_of(report)

    assert edition is not None
    assert edition.version == 1
    assert "Version 1 is published." in editor.get(address(report)).text
    assert editor.post(address(report, "/publication"), data={"said": "draft"}).status_code == 409


def test_a_name_above_its_ceiling_is_refused_on_the_page(meeting: Meeting, editor: PageClient) -> None:
    make_review.note(
        make.session(meeting), text="Samira Haddad spoke.", speaker="Samira Haddad", ceiling="organization"
    )
    report = make_review.report(meeting)
    answer = editor.post(address(report, "/publication"), data={"said": "draft"})

    assert answer.status_code == 409
    assert "above its ceiling (Samira Haddad)" in answer.text
    assert edition_of(report) is None


def test_the_page_leads_to_every_paragraph_with_a_name_above_its_ceiling_and_to_its_editing(
    meeting: Meeting, editor: PageClient
) -> None:
    session = make.session(meeting, kind="trends")
    for number in range(3):
        said = "Samira Haddad spoke" if number != 1 else "Prices fell"
        make_review.note(session, text=f"{said}, {number}.", speaker="Samira Haddad", ceiling="nobody", goals=[number])
    report = make_review.report(meeting)
    page = editor.get(address(report)).text
    found = [one for one in paragraphs(report) if "Haddad" in one.text]
    assert len(found) == 2
    places = page.partition('class="places"')[2].partition("</li>")[0]
    for one in found:
        assert f'href="#para-{one.id}"' in places
        warning = page.partition(f'id="para-{one.id}"')[2].partition("Above the ceiling of its source")[2]
        assert f'href="{report.name}?edit={one.id}#text">Edit the paragraph' in warning.partition("data-paragraph")[0]


def test_a_source_that_was_taken_back_is_taken_out_where_it_is_told(meeting: Meeting, editor: PageClient) -> None:
    note = make_review.note(make.session(meeting, code="S2"), text="Prices fall.")
    report = make_review.report(meeting)
    make_review.revise(note, off_record=True)
    page = editor.get(address(report))
    told = page.text.partition("was withdrawn, is not cleared or is off the record")[2].partition("data-paragraph")[0]
    assert f"Take out {note.reference}" in told
    assert "Remove the paragraph" in told


def test_a_rapporteur_edits_but_does_not_publish(report: Report, client: PageClient) -> None:
    client.sign_in(make.staff(report.meeting, RAPPORTEUR))

    assert "Publish version" not in client.get(address(report)).text
    assert client.post(address(report, "/publication"), data={"said": "draft"}).status_code == 404
    assert client.post(address(report, "/compilation")).status_code == 303


@pytest.mark.parametrize("role", [STEWARD, ""])
def test_the_review_is_closed_to_everybody_else(report: Report, client: PageClient, role: str) -> None:
    client.sign_in(make.staff(report.meeting, role) if role else make.staff(make.meeting(), ORGANIZER))
    number = paragraphs(report)[-1].id

    for tail in ("", "/preview"):
        assert client.get(address(report, tail)).status_code == 404
    assert client.get(f"/meetings/{report.meeting.slug}/review/coverage").status_code == 404
    assert client.post(address(report, f"/paragraphs/{number}/removal")).status_code == 404


def test_a_paragraph_of_another_report_is_404(report: Report, editor: PageClient) -> None:
    other = make_review.report(report.meeting, name="other")
    number = paragraphs(other)[-1].id

    assert editor.post(address(report, f"/paragraphs/{number}/removal")).status_code == 404
    assert len(paragraphs(other)) == len(paragraphs(report))


def test_coverage_counts_the_notes_and_opens_a_cell(meeting: Meeting, editor: PageClient) -> None:
    session = make.session(meeting, code="S2")
    make_review.note(session, title="Broadband grows")
    make_review.note(session, state="draft", title="Only a draft")
    make_review.note(session, off_record=True, title="Off the record")
    coverage = f"/meetings/{meeting.slug}/review/coverage"

    page = editor.get(coverage).text
    assert "2 notes against the WSIS-SDG Matrix: 1 of 124 expected pairs have evidence, 123 have none" in page
    cell = editor.get(f"{coverage}?line=C2&goal=9").text
    assert "2 notes on ICT infrastructure and Goal 9" in cell
    assert "Only a draft" in cell
    assert "Off the record" not in cell
    cleared = editor.get(f"{coverage}?line=C2&goal=9&count=cleared").text
    assert "1 note on ICT infrastructure and Goal 9" in cleared
    assert "Only a draft" not in cleared
    assert editor.get(f"{coverage}?line=C99&goal=x").status_code == 200


def test_each_cell_that_is_expected_or_came_up_is_a_link_to_its_notes(meeting: Meeting, editor: PageClient) -> None:
    make_review.note(make.session(meeting), goals=[9, 14])
    coverage = f"/meetings/{meeting.slug}/review/coverage"
    page = editor.get(coverage).text
    assert page.count('#drill"') == 124 + 1
    assert "Expected, nothing yet: C2 and Goal 1<" in page
    gap = editor.get(f"{coverage}?line=C2&goal=1").text
    assert "0 notes on ICT infrastructure and Goal 1" in gap
    assert "Targets in the Matrix: 1.4" in gap
    assert "Whoever leads the next session can ask for it." in gap


def test_coverage_comes_as_csv(meeting: Meeting, editor: PageClient) -> None:
    make_review.note(make.session(meeting), goals=[9, 14])
    answer = editor.get(f"/meetings/{meeting.slug}/review/coverage.csv")
    rows = list(csv.DictReader(StringIO(answer.text)))

    assert answer.mimetype == "text/csv"
    assert len(rows) == 125
    assert [row for row in rows if row["notes"] != "0"] == [
        {"action_line": "C2", "goal": "9", "expected": "yes", "notes": "1"},
        {"action_line": "C2", "goal": "14", "expected": "no", "notes": "1"},
    ]


def test_the_editor_asks_the_same_number_of_questions_for_any_length(
    meeting: Meeting, editor: PageClient, app: Flask
) -> None:
    session = make.session(meeting)
    counts = []
    for name, more in (("one", 1), ("two", 5)):
        for _ in range(more):
            make_review.note(session, speaker="Ada", role_id=make.role(session).id)
        report = make_review.report(meeting, name=name)
        counts.append(make_review.questions(app, partial(editor.get, address(report))))

    assert counts[0] == counts[1]
