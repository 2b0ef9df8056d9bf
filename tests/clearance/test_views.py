"""Clearance end to end: the letter, the reader's page, remarks and the editor's answers."""

import re

import pytest
from sqlalchemy import select

from eventapp.clearance import views
from eventapp.clearance.actions import accept, token_of
from eventapp.clearance.models import Reader, Remark
from eventapp.clearance.queries import readers_of
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.people.models import Person
from eventapp.review.compilation.actions import compile_report
from eventapp.review.paragraphs import actions as editing
from eventapp.review.paragraphs.arranging import add_chapter
from eventapp.review.reports.models import Evidence, Paragraph, Report
from tests import make, make_review
from tests.browserless import PageClient
from tests.clearance.reading import address, letters, reader_of, said
from tests.counting import counted, loaded
from tests.make_review import paragraphs, texts


def test_a_reader_gets_a_link_that_shows_the_draft_and_opening_it_changes_nothing(
    client: PageClient, editor: PageClient, report: Report
) -> None:
    typed = {"name": "Ada Byron", "email": "ada@example.org", "on_behalf": "Bhutan", "reads": "whole", "days": "2"}
    assert editor.post(address(report, "/clearance"), data=typed).status_code == 303
    [letter] = letters()
    found = re.search(r"/clearances/\S+", letter.text)
    assert found
    page = client.get(found[0])

    assert letter.to == "ada@example.org"
    assert "networks grew." in page.text
    assert "Ada Byron" in editor.get(address(report, "/clearance")).text
    assert db.session.scalars(select(Remark)).all() == []


def test_a_reader_finds_the_chapters_under_the_numbers_they_are_printed_with(
    client: PageClient, report: Report
) -> None:
    page = client.get(f"/clearances/{token_of(reader_of(report))}").text
    assert "I. Background and organization of the meeting</h2>" in page
    assert "II. Emerging trends, challenges and opportunities</h2>" in page


def test_what_is_missing_is_said_beside_the_field(editor: PageClient, report: Report) -> None:
    answer = editor.post(
        address(report, "/clearance"), data={"name": "", "email": "nobody", "reads": "whole", "days": "2"}
    )
    assert answer.status_code == 422
    assert "Enter a name." in answer.text
    assert readers_of(report) == []


def test_a_reader_of_one_chapter_sees_and_says_nothing_of_the_others(client: PageClient, report: Report) -> None:
    first, *_rest, last = paragraphs(report)
    reader = reader_of(report, part=True)
    page = client.get(f"/clearances/{token_of(reader)}").text

    assert last.text in page
    assert first.text[:20] not in page
    with pytest.raises(Refused, match="not in the draft"):
        said(reader, first, "comment", "Hm.")


def test_a_chapter_with_nothing_to_read_is_said_to_be_empty(editor: PageClient, report: Report) -> None:
    with transaction():
        full, _empty = [add_chapter(report, title, by=None, at=now()) for title in ("Access", "Media")]
        editing.add(full, "About access.", after=None, by=None, at=now())
    page = editor.get(f"/meetings/{report.meeting.slug}/review/reports/{report.name}/clearance").text
    assert "Media (nothing in it yet)" in page
    assert "Access (nothing in it yet)" not in page


def test_one_link_covers_the_chapters_that_were_ticked_and_no_other(
    client: PageClient, editor: PageClient, report: Report
) -> None:
    with transaction():
        chapters = [add_chapter(report, title, by=None, at=now()) for title in ("Access", "Media", "Finance")]
        db.session.flush()
        rows = [editing.add(one, f"About {one.title}.", after=None, by=None, at=now()) for one in chapters]
    typed = {"name": "Ada Byron", "email": "ada@example.org", "on_behalf": "Bhutan", "reads": "whole", "days": "2"}
    sent = [str(one.id) for one in (chapters[2], chapters[0])]
    assert editor.post(address(report, "/clearance"), data={**typed, "chapters": sent}).status_code == 303
    [letter] = letters()
    found = re.search(r"/clearances/\S+", letter.text)
    assert found
    page = client.get(found[0]).text

    assert "- Access\n- Finance\n" in letter.text
    assert "Media" not in letter.text
    assert "You were asked to read 2 chapters of this report." in page
    assert ("About Access." in page, "About Media." in page, "About Finance." in page) == (True, False, True)
    assert "Access; Finance" in re.sub("<[^>]+>", "", editor.get(address(report, "/clearance")).text)
    [reader] = readers_of(report)
    said(reader, rows[2], "comment", "Hm.")
    with pytest.raises(Refused, match="not in the draft"):
        said(reader, rows[1], "comment", "Hm.")


def test_a_chapter_of_another_report_is_not_sent(editor: PageClient, report: Report) -> None:
    other = make_review.report(make.meeting(mandate=[], objectives=[]))
    with transaction():
        strange = add_chapter(other, "Theirs", by=None, at=now())
    typed = {
        "name": "Ada Byron",
        "email": "ada@example.org",
        "chapters": [str(strange.id)],
        "reads": "whole",
        "days": "2",
    }
    assert editor.post(address(report, "/clearance"), data=typed).status_code == 422
    assert readers_of(report) == []


def test_a_remark_is_kept_as_typed_shown_and_can_be_taken_back(client: PageClient, report: Report) -> None:
    reader, paragraph = reader_of(report), paragraphs(report)[-1]
    link = f"/clearances/{token_of(reader)}"
    empty = client.post(f"{link}/remarks", data={"paragraph": paragraph.id, "kind": "comment", "text": " "})
    assert empty.status_code == 422
    assert empty.text.count("There is 1 thing to put right") == 1
    assert '<a href="#text">Write what you want to say.' in empty.text
    assert empty.text.count('id="text"') == 1  # the fault leads to its field
    sent = client.post(f"{link}/remarks", data={"paragraph": paragraph.id, "kind": "comment", "text": "Too short."})
    assert sent.status_code == 303
    assert "Too short." in client.get(link).text
    [row] = readers_of(report)[0].remarks
    assert client.post(f"{link}/remarks/{row.id}/return").status_code == 303
    assert row.taken_back_at
    client.post(f"{link}/finish")
    assert reader.finished_at


def test_an_ended_or_old_or_made_up_link_is_over(client: PageClient, editor: PageClient, report: Report) -> None:
    reader = reader_of(report)
    link = f"/clearances/{token_of(reader)}"
    assert editor.post(address(report, f"/clearance/readers/{reader.id}/end")).status_code == 303
    for gone, status in ((link, 410), ("/clearances/made-up", 404)):
        assert client.get(gone).status_code == status
        late = client.post(f"{gone}/remarks", data={"paragraph": 1, "kind": "comment", "text": "This came too late."})
        assert (late.status_code, "This came too late." in late.text) == (status, True)


def test_a_second_link_for_the_same_part_ends_the_first(report: Report) -> None:
    first, second = reader_of(report), reader_of(report)
    assert (first.is_open(now()), second.is_open(now())) == (False, True)


def test_a_link_for_other_chapters_leaves_the_first_open(report: Report) -> None:
    whole, part = reader_of(report), reader_of(report, part=True)
    assert (whole.is_open(now()), part.is_open(now())) == (True, True)


def test_an_accepted_proposal_replaces_the_paragraph_and_the_reader_is_told(editor: PageClient, report: Report) -> None:
    paragraph = paragraphs(report)[-1]
    row = said(reader_of(report), paragraph, "proposal", "Networks grow slowly.")
    assert "slowly" in editor.get(address(report, "/clearance")).text
    answer = editor.post(address(report, f"/clearance/remarks/{row.id}/accepted"), data={"reason": "Clearer."})

    assert answer.status_code == 303
    assert texts(report)[-1] == "Networks grow slowly."
    assert "Clearer." in letters()[-1].text
    assert editor.post(address(report, f"/clearance/remarks/{row.id}/accepted")).status_code == 409


def test_who_proposes_and_who_decides_are_told_which_sentence_loses_its_support(
    client: PageClient, editor: PageClient, report: Report
) -> None:
    reader, paragraph = reader_of(report), paragraphs(report)[-1]
    lost = "Governments should build incident response teams against attacks."
    row = said(reader, paragraph, "proposal", f"{paragraph.text} {lost}")
    said(reader, paragraph, "comment", lost)
    marked = re.compile(r"Without support.*?<li dir=\"auto\">(.*?)</li>", re.DOTALL)
    pages = [
        client.get(f"/clearances/{token_of(reader)}").text,
        editor.get(address(report, "/clearance")).text,
        editor.get(address(report)).text,
        editor.get(address(report, f"/adoption?at={paragraph.id}")).text,
    ]
    assert [marked.findall(page) for page in pages] == [[lost]] * 4
    assert editor.post(address(report, f"/clearance/remarks/{row.id}/accepted"), data={"reason": ""}).status_code == 303
    assert marked.findall(editor.get(address(report, "/clearance")).text) == [lost]


def test_a_proposal_for_words_that_changed_since_overwrites_nothing(report: Report) -> None:
    paragraph = paragraphs(report)[-1]
    row = said(reader_of(report), paragraph, "proposal", "Theirs.")
    with transaction():
        editing.rewrite(paragraph, "Mine.", version=paragraph.version, by=None, at=now())
    with pytest.raises(Refused, match="changed since"), transaction():
        accept(row, "", by=None, at=now())
    assert texts(report)[-1] == "Mine."


def test_a_reservation_becomes_a_footnote_and_needs_a_delegation(report: Report) -> None:
    paragraph = paragraphs(report)[-1]
    row = said(reader_of(report), paragraph, "reservation", "We reserve our position [for now].")
    with transaction():
        accept(row, "", by=None, at=now())
    assert texts(report)[-1].endswith("grew.^[Reservation by Bhutan: We reserve our position (for now).]")
    with pytest.raises(Refused, match="entered for a delegation"):
        said(reader_of(report, on_behalf=""), paragraph, "reservation", "Mine.")


def test_declining_needs_a_reason(editor: PageClient, report: Report) -> None:
    row = said(reader_of(report), paragraphs(report)[-1], "comment", "Cut it.")
    declined = address(report, f"/clearance/remarks/{row.id}/declined")
    refused = editor.post(declined, data={"reason": ""})
    assert refused.status_code == 409
    assert "Say in a sentence why" in refused.text
    assert editor.post(declined, data={"reason": "It was said."}).status_code == 303
    assert (row.answer, row.reason) == ("declined", "It was said.")


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("proposal", "The paragraph now reads as proposed."),
        ("reservation", "It is entered as a footnote to the paragraph."),
    ],
)
def test_accepting_without_a_reason_tells_the_reader_what_was_done(
    client: PageClient, editor: PageClient, report: Report, kind: str, told: str
) -> None:
    reader, paragraph = reader_of(report), paragraphs(report)[-1]
    row = said(reader, paragraph, kind, "Networks grow slowly.")
    waiting = editor.get(address(report, "/clearance")).text
    assert f"where you accept without one they are told: “{told}”" in waiting
    assert editor.post(address(report, f"/clearance/remarks/{row.id}/accepted"), data={"reason": ""}).status_code == 303
    assert row.reason == ""
    assert told in letters()[-1].text
    for page in ("/clearance", ""):
        assert told in editor.get(address(report, page)).text
    assert told in client.get(f"/clearances/{token_of(reader)}").text
    assert told in editor.get(f"/meetings/{report.meeting.slug}/manage/history").text


def test_an_accepted_reason_is_shown_wherever_the_remark_is(
    client: PageClient, editor: PageClient, report: Report
) -> None:
    reader = reader_of(report)
    row = said(reader, paragraphs(report)[-1], "proposal", "Networks grow slowly.")
    editor.post(address(report, f"/clearance/remarks/{row.id}/accepted"), data={"reason": "As the floor asked."})
    pages = [
        editor.get(address(report, "/clearance")).text,
        editor.get(address(report)).text,
        client.get(f"/clearances/{token_of(reader)}").text,
        editor.get(f"/meetings/{report.meeting.slug}/manage/history").text,
        letters()[-1].text,
    ]
    for page in pages:
        assert "As the floor asked." in page
        assert "now reads as proposed" not in page


def test_accepting_a_comment_needs_a_sentence_and_its_reader_gets_it(editor: PageClient, report: Report) -> None:
    row = said(reader_of(report), paragraphs(report)[-1], "comment", "Name the source.")
    accepted, before = address(report, f"/clearance/remarks/{row.id}/accepted"), len(letters())
    refused = editor.post(accepted, data={"reason": ""})
    assert refused.status_code == 409
    assert "Say in a sentence what becomes of this comment." in refused.text
    assert (row.is_waiting, len(letters())) == (True, before)
    assert editor.post(accepted, data={"reason": "The source is now in a footnote."}).status_code == 303
    assert (row.answer, row.why) == ("accepted", "The source is now in a footnote.")
    assert "The source is now in a footnote." in letters()[-1].text


def test_the_editor_is_told_that_readers_would_see_a_name_above_its_ceiling(editor: PageClient, report: Report) -> None:
    assert "names above their ceiling" not in editor.get(address(report, "/clearance")).text

    make_review.note(make.session(report.meeting), text="Aqila Zuberi spoke.", speaker="Aqila Zuberi", ceiling="nobody")
    compile_report(report, by=None, at=make.TODAY)
    page = editor.get(address(report, "/clearance")).text
    assert "Whoever gets the draft reads names above their ceiling (Aqila Zuberi)." in page


def test_what_was_said_of_a_paragraph_that_went_is_still_answered_and_its_reader_finds_the_answer(
    client: PageClient, editor: PageClient, report: Report
) -> None:
    reader, paragraph = reader_of(report), paragraphs(report)[-1]
    rows = [said(reader, paragraph, kind, f"My {kind}.") for kind in ("comment", "proposal", "reservation")]
    with transaction():
        editing.remove(paragraph, by=None, at=now())
    page = editor.get(address(report, "/clearance")).text
    assert "Removed paragraph" in page
    assert all(f'id="remark-{row.id}"' in page for row in rows)
    for row in rows[1:]:  # their words have no place to go to
        refused = editor.post(address(report, f"/clearance/remarks/{row.id}/accepted"), data={"reason": ""})
        assert (refused.status_code, row.answer) == (409, "")
        assert "This paragraph was removed. Put it back first." in refused.text
    assert paragraph.removed_at is not None
    for row in rows:
        declined = address(report, f"/clearance/remarks/{row.id}/declined")
        assert editor.post(declined, data={"reason": f"The chapter was cut ({row.kind})."}).status_code == 303
    page = client.get(f"/clearances/{token_of(reader)}").text
    assert all(f"The chapter was cut ({row.kind})." in page and row.text in page for row in rows)
    assert "networks grew." not in page


def test_words_for_a_paragraph_that_went_meanwhile_stay_on_the_page(client: PageClient, report: Report) -> None:
    reader, paragraph = reader_of(report), paragraphs(report)[-1]
    with transaction():
        editing.remove(paragraph, by=None, at=now())
    typed = {"paragraph": paragraph.id, "kind": "comment", "text": "A long thought of mine."}
    answer = client.post(f"/clearances/{token_of(reader)}/remarks", data=typed)
    assert answer.status_code == 409
    assert "A long thought of mine." in answer.text


@pytest.mark.parametrize(
    ("chosen", "known", "written", "language"),
    [("ar", "fr", "en", "ar"), ("", "fr", "en", "fr"), ("", None, "fr", "fr"), ("", None, "es", "en")],
)
def test_letters_are_in_the_language_of_the_reader(
    editor: PageClient, report: Report, chosen: str, known: str | None, written: str, language: str
) -> None:
    with transaction():
        report.language = written
    if known:
        make.kept(Person(name="Ada", email="ada@example.org", language=known, known_since=make.TODAY))
    typed = {"name": "Ada", "email": "ada@example.org", "on_behalf": "Bhutan", "reads": "whole", "days": "2"}
    editor.post(address(report, "/clearance"), data={**typed, "language": chosen})
    reader = db.session.scalars(select(Reader)).one()
    row = said(reader, paragraphs(report)[-1], "reservation", "Networks grow slowly.")
    editor.post(address(report, f"/clearance/remarks/{row.id}/accepted"), data={"reason": ""})
    asked, answered = letters()
    assert (asked.language, answered.language) == (language, language)
    greeting = {"en": "Dear Ada,", "fr": "Bonjour Ada,", "ar": "Ada"}[language]
    assert greeting in asked.text and ("It is entered as a footnote" in answered.text) == (language == "en")


def test_a_letter_to_clear_a_draft_can_be_reworded_in_the_language_of_the_reader(
    editor: PageClient, report: Report
) -> None:
    here = f"/meetings/{report.meeting.slug}/manage/wordings/clearance/fr"
    editor.post(here, data={"subject": "À relire : {report}", "text": "{name}, lisez\n\nLire\n{link}"})
    typed = {"name": "Ada", "email": "ada@example.org", "reads": "whole", "days": "2", "language": "fr"}
    editor.post(address(report, "/clearance"), data=typed)
    [letter] = letters()
    assert letter.subject == f"À relire : {report.title}" and letter.text.startswith("Ada, lisez")


def a_chapter_of(report: Report, many: int) -> None:
    with transaction():
        chapter = add_chapter(report, "Access", by=None, at=now())
        db.session.flush()
        for place in range(many):
            editing.add(chapter, f"Access {place}.", after=None, by=None, at=now())


def test_a_reader_of_chapters_reads_them_on_pages_and_nothing_else_is_read(
    client: PageClient, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_chapter_of(report, 5)
    monkeypatch.setattr(views, "A_PAGE", 2)
    every = paragraphs(report)
    first, last = every[0], every[-1]
    link = f"/clearances/{token_of(reader_of(report))}"
    whole, asked = set[int](), set[int]()
    for page in range(1, len(every) // 2 + 2):
        db.session.expire_all()
        with counted() as sent, loaded(Paragraph, Evidence) as rows:
            text = client.get(f"{link}?page={page}").text
        shown = [int(one) for one in re.findall(r'id="para-(\d+)"', text)]
        assert rows["Evidence"] == 0 and rows["Paragraph"] <= len(shown) <= 2
        whole |= set(shown)
        asked.add(len(sent))
    assert whole == {one.id for one in every}
    assert max(asked) - min(asked) <= 1

    text = client.get(link).text
    assert f"?paragraph={first.id}#ch{first.chapter_id}" in text and f"#ch{last.chapter_id}" in text
    text = client.get(f"{link}?paragraph={last.id}").text
    assert f'id="para-{last.id}"' in text and f'id="para-{first.id}"' not in text


def test_what_is_said_on_one_page_is_answered_there_and_found_from_the_others(
    client: PageClient, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_chapter_of(report, 5)
    monkeypatch.setattr(views, "A_PAGE", 2)
    reader, last = reader_of(report), paragraphs(report)[-1]
    link, typed = f"/clearances/{token_of(reader)}", {"paragraph": last.id, "kind": "comment"}
    empty = client.post(f"{link}/remarks", data={**typed, "text": " "})
    assert empty.status_code == 422 and f'id="para-{last.id}"' in empty.text
    sent = client.post(f"{link}/remarks", data={**typed, "text": "Too short."})
    assert sent.location == f"{link}?paragraph={last.id}#para-{last.id}"
    assert "Too short." in client.get(sent.location).text
    elsewhere = client.get(link).text
    assert "Too short." not in elsewhere and "not in the draft any more" not in elsewhere
    assert f'<a href="{sent.location}">' in elsewhere
    [row] = reader.remarks
    back = client.post(f"{link}/remarks/{row.id}/return")
    assert back.location == sent.location
    assert "On other pages" not in client.get(link).text
