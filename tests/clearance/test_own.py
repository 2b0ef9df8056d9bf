"""A link for single sentences: what rests on the reader's notes, the words around it, and nothing of others above."""

import re

import pytest
from flask import Flask

from eventapp.clearance import views
from eventapp.clearance.actions import Asked, accept, ask_reader, token_of
from eventapp.clearance.models import Reader
from eventapp.clearance.own import draft_for, extracts_for, sentence_shown_to
from eventapp.clearance.queries import readers_of
from eventapp.clearance.remarks import remark
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import ORGANIZER
from eventapp.review.compilation.actions import compile_report
from eventapp.review.paragraphs import actions as editing
from eventapp.review.reports.models import Report
from tests import make, make_review
from tests.browserless import PageClient
from tests.clearance.reading import address, letters
from tests.make_review import paragraphs

SAID = {
    "Nepal": "Rain and storms break cables in the mountains.",
    "Japan": "A second cable was laid in 2014 with a loan.",
    "Fiji": "Cables to the islands are cut by storms.",
    "Tonga": "The islands wait weeks for a ship that mends cables.",
    "Samoa": "Prices of a satellite link rise in each season of storms.",
}


@pytest.fixture
def report(app: Flask) -> Report:
    session = make.session(make.meeting(mandate=[], objectives=[]), kind="trends")
    for state, text in SAID.items():
        make_review.note(session, kind="trend", title=text[:20], text=text, organization=state)
    make_review.note(session, text="Teachers are few.", organization="ITU", action_lines=["C4"])
    return make_review.report(session.meeting)


@pytest.fixture
def editor(client: PageClient, report: Report) -> PageClient:
    return client.sign_in(make.staff(report.meeting, ORGANIZER))


def asked(report: Report, on_behalf: str = "Fiji", name: str = "Ada Byron") -> Reader:
    with transaction():
        return ask_reader(report, Asked(name, "ada@example.org", on_behalf, (), 2, only_own=True), by=None, at=now())


def page_of(client: PageClient, reader: Reader) -> str:
    return client.get(f"/clearances/{token_of(reader)}").text


def told(reader: Reader) -> list[list[tuple[str, bool]]]:
    return [[(part.words, part.is_own) for part in one.parts] for one in extracts_for(reader)]


def states(reader: Reader) -> list[list[str]]:
    """The State that each part of the extracts tells of, '' for what is not shown."""
    return [
        [next((state for state in SAID if state in words), words) for words, _is_own in parts] for parts in told(reader)
    ]


def test_a_reader_gets_their_sentences_with_the_one_before_and_after(client: PageClient, report: Report) -> None:
    reader = asked(report)
    [parts] = told(reader)
    [at] = [place for place, (_words, is_own) in enumerate(parts) if is_own]
    assert "the islands were cut by storms" in parts[at][0]
    assert ("", False) in parts  # what stands further away
    assert all(words for words, _is_own in parts[max(at - 1, 0) : at + 2])
    page = page_of(client, reader)
    assert page.count("<mark>") == 1
    assert "eachers" not in page
    assert f"<mark>{parts[at][0]}</mark>" in page
    hidden = [text for text in SAID.values() if not any(text.split()[-1] in words for words, _is_own in parts)]
    assert hidden
    assert all(text.split()[-1] not in page for text in hidden)  # in no field of the page either


def test_notes_are_found_by_the_state_the_acronym_or_the_speaker(report: Report) -> None:
    session = make.session(report.meeting, kind="trends", code="S9")
    make_review.note(
        session, text="Radio reaches farms.", organization="Asia-Pacific Telecommunity", action_lines=["C9"]
    )
    make_review.note(session, text="Media are many.", speaker="Grace Hopper", action_lines=["C9"])
    compile_report(report, by=None, at=make.TODAY)
    assert told(asked(report, on_behalf="the delegation of Fiji"))
    assert "adio reached farms" in str(told(asked(report, on_behalf="Asia-Pacific Telecommunity")))
    assert "edia were many" in str(told(asked(report, on_behalf="", name="Grace Hopper")))


def test_words_of_others_above_their_ceiling_are_not_shown(client: PageClient, report: Report) -> None:
    reader = asked(report)
    [parts] = told(reader)
    [at] = [place for place, (_words, is_own) in enumerate(parts) if is_own]
    beside = [
        one.note
        for row in paragraphs(report)
        for one in row.evidence
        if one.note.current.organization == states(reader)[0][at - 1]
    ]
    assert beside
    make_review.revise(beside[0], text=beside[0].current.text, organization=beside[0].current.organization,
                       ceiling="nobody")  # fmt: skip
    name = beside[0].current.organization
    assert name not in str(told(reader))
    assert name not in page_of(client, reader)
    make_review.revise(beside[0], text=beside[0].current.text, organization=name, off_record=True)
    assert name not in page_of(client, reader)


def test_other_words_for_a_sentence_change_that_sentence_alone(client: PageClient, report: Report) -> None:
    reader = asked(report)
    [extract] = extracts_for(reader)
    [own] = extract.own
    before = extract.paragraph.text
    link = f"/clearances/{token_of(reader)}/remarks"
    typed = {"paragraph": extract.paragraph.id, "sentence": own.written, "kind": "proposal"}
    assert client.post(link, data={**typed, "text": own.written}).status_code == 409  # the present wording
    wanted = own.written.replace("cut by storms", "cut by each storm")
    assert client.post(link, data={**typed, "text": wanted}).status_code == 303
    page = page_of(client, reader)
    assert "cut by each storm" in page
    assert "Without support" not in page
    [row] = readers_of(report)[0].remarks
    with transaction():  # another sentence of the paragraph changes meanwhile
        text = extract.paragraph.text.replace("loan", "grant")
        assert text != before
        editing.rewrite(extract.paragraph, text, version=extract.paragraph.version, by=None, at=now())
    with transaction():
        accept(row, "", by=None, at=now())
    assert extract.paragraph.text == text.replace(own.written, wanted)
    assert "cut by each storm" in letters()[-1].text
    assert "loan" not in letters()[-1].text


def test_a_reader_of_sentences_says_nothing_of_others(client: PageClient, report: Report) -> None:
    reader = asked(report)
    [extract] = extracts_for(reader)
    other = next(part.written for part in extract.parts if part.written and not part.is_own)
    for paragraph, sentence in (
        (extract.paragraph.id, other),
        (extract.paragraph.id, ""),
        (paragraphs(report)[0].id, other),
    ):
        shown = sentence_shown_to(reader, paragraph, sentence)
        with pytest.raises(Refused, match="not in the draft"), transaction():
            remark(reader, paragraph, "comment", "Hm.", at=now(), sentence=shown)
    sent = client.post(
        f"/clearances/{token_of(reader)}/remarks",
        data={"paragraph": extract.paragraph.id, "sentence": "Gone.", "kind": "comment", "text": "These are my words."},
    )
    assert (sent.status_code, "These are my words." in sent.text) == (409, True)
    empty = client.post(
        f"/clearances/{token_of(reader)}/remarks",
        data={"paragraph": extract.paragraph.id, "sentence": extract.own[0].written, "kind": "comment", "text": ""},
    )
    assert empty.status_code == 422
    assert empty.text.count('id="text"') == 1


def test_many_sentences_are_read_on_pages(client: PageClient, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    session = make.session(report.meeting, kind="trends", code="S9")
    make_review.note(session, text="Radio reaches farms.", organization="Fiji", action_lines=["C9"])
    compile_report(report, by=None, at=make.TODAY)
    reader = asked(report)
    first, second = extracts_for(reader)
    monkeypatch.setattr(views, "A_PAGE", 1)
    link = f"/clearances/{token_of(reader)}"
    assert [one.own[0].words in client.get(link).text for one in (first, second)] == [True, False]
    assert [one.own[0].words in client.get(f"{link}?page=2").text for one in (first, second)] == [False, True]

    typed = {"paragraph": second.paragraph.id, "sentence": second.own[0].written, "kind": "comment"}
    again = client.post(f"{link}/remarks", data={**typed, "text": ""})
    assert again.status_code == 422 and second.own[0].words in again.text
    sent = client.post(f"{link}/remarks", data={**typed, "text": "Say how many farms."})
    assert sent.location == f"{link}?paragraph={second.paragraph.id}#para-{second.paragraph.id}"
    assert "Say how many farms." in client.get(sent.location or "").text
    assert "not in the draft any more" not in client.get(link).text  # it is, on the other page


def test_a_sentence_that_changed_while_it_was_looked_for_is_refused(report: Report) -> None:
    reader = asked(report)
    [extract] = extracts_for(reader)
    shown = sentence_shown_to(reader, extract.paragraph.id, extract.own[0].written)
    with transaction():
        text = extract.paragraph.text.replace("cut by storms", "cut by waves")
        editing.rewrite(extract.paragraph, text, version=extract.paragraph.version, by=None, at=now())
    with pytest.raises(Refused, match="not in the draft"), transaction():
        remark(reader, extract.paragraph.id, "comment", "Hm.", at=now(), sentence=shown)


def test_what_names_nothing_of_theirs_reads_no_paragraph(report: Report) -> None:
    draft = draft_for(Reader(report=report, chapters=[], name="Ada Byron", on_behalf="Peru"))
    assert (draft.mine, draft.is_empty) == (set(), True)


def test_an_editor_sends_the_sentences_and_is_told_where_there_are_none(editor: PageClient, report: Report) -> None:
    typed = {"name": "Ada Byron", "email": "ada@example.org", "on_behalf": "Peru", "reads": "own", "days": "2"}
    refused = editor.post(address(report, "/clearance"), data=typed)
    assert refused.status_code == 409
    assert "No sentence rests on a note of this name" in refused.text
    assert 'value="Peru"' in refused.text
    assert (readers_of(report), letters()) == ([], [])
    assert editor.post(address(report, "/clearance"), data={**typed, "on_behalf": "Fiji"}).status_code == 303
    [letter] = letters()
    assert "the sentences of the draft “Summary report” that rest on what you said" in letter.text
    [reader] = readers_of(report)
    [extract] = extracts_for(reader)
    with transaction():
        remark(reader, extract.paragraph.id, "comment", "Say when.", at=now(), sentence=extract.own[0].written)
    page = re.sub(r"<[^>]+>|\s+", " ", editor.get(address(report, "/clearance")).text)
    assert "What they said" in page
    assert f"Of the sentence: “{extract.own[0].words}”" in page
