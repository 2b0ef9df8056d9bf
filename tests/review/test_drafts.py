"""Several editors at once: what is typed over a paragraph is kept, nobody overwrites anybody, and differences show."""

import re
from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select, update

from eventapp.drafts import actions
from eventapp.drafts.actions import Sent
from eventapp.drafts.models import Draft
from eventapp.drafts.queries import OPEN
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD, Staff
from eventapp.people.models import Person
from eventapp.review.editor import drafts as unsaved
from eventapp.review.editor.comments import actions as commenting
from eventapp.review.editor.drafts import add_started, discard, keep_started, keep_typing, over, unsaved_in
from eventapp.review.paragraphs import actions as editing
from eventapp.review.reports.models import Report
from tests import make, make_review
from tests.browserless import PageClient
from tests.make_review import paragraphs, texts

pytestmark = pytest.mark.usefixtures("_apart")

LATER = make.TODAY + timedelta(hours=9)


@pytest.fixture
def report(app: Flask) -> Report:
    meeting = make.meeting(mandate=[], objectives=[])
    make_review.note(make.session(meeting, kind="trends"), text="Prices fall.")
    return make_review.report(meeting)


def typed_texts() -> list[str]:
    """What is typed over paragraphs and not saved."""
    found = db.session.scalars(select(Draft).where(Draft.kind == "over", *OPEN).order_by(Draft.id))
    return [one.content["text"] for one in found]


def signed_in(app: Flask, report: Report, role: str) -> PageClient:
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client.sign_in(make.staff(report.meeting, role))


def address(report: Report, tail: str = "") -> str:
    return f"/meetings/{report.meeting.slug}/review/reports/{report.name}{tail}"


def typed(client: PageClient, report: Report, text: str, *, version: int = 1, base: int = 0) -> int:
    number = paragraphs(report)[-1].id
    sent = {"text": text, "version": str(version), "draft": str(base), "over": ""}
    answer = client.post(address(report, f"/paragraphs/{number}/typing"), data=sent)
    assert answer.status_code == 204
    assert answer.headers["X-Saved-At"]
    return int(answer.headers["X-Version"])


def test_what_is_typed_is_kept_and_waits_in_the_opened_paragraph(app: Flask, report: Report) -> None:
    client, number = signed_in(app, report, ORGANIZER), paragraphs(report)[-1].id
    seen = typed(client, report, "Half a sen")
    typed(client, report, "Half a sentence <b>", base=seen)
    assert texts(report) == ["It was noted that prices fell."]
    assert "You have words here that are not saved" in client.get(address(report)).text
    page = client.get(address(report, f"?edit={number}")).text
    assert "Half a sentence &lt;b&gt;</textarea>" in page
    assert f'name="draft" value="{seen + 1}"' in page
    assert "not in the report yet" in page

    client.post(address(report, f"/paragraphs/{number}"), data={"text": "Whole.", "version": "1"})
    assert texts(report) == ["Whole."]
    assert typed_texts() == []


def test_it_is_shown_to_nobody_else_but_that_somebody_writes_there(app: Flask, report: Report) -> None:
    typed(signed_in(app, report, ORGANIZER), report, "Zanzibarquetzal")
    other = signed_in(app, report, RAPPORTEUR)
    number = paragraphs(report)[-1].id
    for page in (other.get(address(report)).text, other.get(address(report, f"?edit={number}")).text):
        assert "Zanzibarquetzal" not in page
        assert "Organizer is writing here" in page


def test_it_can_be_let_go_of(app: Flask, report: Report) -> None:
    client, number = signed_in(app, report, ORGANIZER), paragraphs(report)[-1].id
    typed(client, report, "Never mind")
    assert client.post(address(report, f"/paragraphs/{number}/typing/discarding")).status_code == 303
    assert "Never mind" not in client.get(address(report, f"?edit={number}")).text


def test_who_comes_back_to_a_paragraph_that_was_saved_meanwhile_sees_the_difference(app: Flask, report: Report) -> None:
    client, other, number = (
        signed_in(app, report, ORGANIZER),
        signed_in(app, report, RAPPORTEUR),
        paragraphs(report)[-1].id,
    )
    typed(client, report, "It was noted that prices fall fast.")
    other.post(address(report, f"/paragraphs/{number}"), data={"text": "Prices fall.", "version": "1"})
    page = client.get(address(report, f"?edit={number}")).text
    assert "Saved by somebody else while you were editing" in page
    assert "prices fall fast.</textarea>" in page
    assert "(put in:)" in page
    saved = client.post(
        address(report, f"/paragraphs/{number}"),
        data={"text": "It was noted that prices fall fast.", "version": "1"},
    )
    assert saved.status_code == 409
    assert "(put in:)" in saved.text
    assert texts(report) == ["Prices fall."]
    assert len(typed_texts()) == 1


def test_two_windows_of_one_person_do_not_overwrite_each_other(app: Flask, report: Report) -> None:
    client, number = signed_in(app, report, ORGANIZER), paragraphs(report)[-1].id
    typed(client, report, "In the first window")
    late = client.post(
        address(report, f"/paragraphs/{number}/typing"), data={"text": "In the second", "version": "1", "draft": "0"}
    )
    assert late.status_code == 409
    assert "another window" in late.text
    assert typed_texts() == ["In the first window"]


def test_without_its_guard_the_second_window_would_overwrite_the_first(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = db.session.get_one(Person, make.person("Kim").id)
    keep = partial(keep_typing, paragraphs(report)[-1], by=person, at=LATER)
    with transaction():
        keep("First", Sent())
    with pytest.raises(Refused, match="another window"), transaction():
        keep("Second", Sent())
    monkeypatch.setattr(actions, "follows", lambda *_seen: True)
    with transaction():
        keep("Second", Sent())
    assert typed_texts() == ["Second"]


def test_the_last_words_of_a_window_that_closes_are_kept_and_no_other_windows(report: Report) -> None:
    person, place = db.session.get_one(Person, make.person("Kim").id), paragraphs(report)[-1]
    window, other = 30 * "a", 30 * "b"
    for act in (keep_typing, keep_started):
        with transaction():
            act(place, "Half a", Sent(0, f"{window}.1"), by=person, at=LATER)
        with transaction():
            act(place, "Half a sentence", Sent(0, f"{window}.2"), by=person, at=LATER)
        with transaction():
            act(place, "Half a", Sent(0, f"{window}.1"), by=person, at=LATER)  # it came late
        for mark in (f"{other}.3", ""):
            with pytest.raises(Refused, match="another window"), transaction():
                act(place, "Another", Sent(0, mark), by=person, at=LATER)
    assert typed_texts() == ["Half a sentence"]
    assert started() == ["Half a sentence"]


def test_what_cannot_be_kept_is_said_and_stewards_keep_nothing(app: Flask, report: Report) -> None:
    number = paragraphs(report)[-1].id
    client, steward = signed_in(app, report, ORGANIZER), signed_in(app, report, STEWARD)
    for wrong in (
        {"text": "x" * 6001, "version": "1"},
        {"text": "x", "version": "no"},
        {"text": "x"},
        {"text": "x", "version": "1", "draft": "-1"},
    ):
        assert client.post(address(report, f"/paragraphs/{number}/typing"), data=wrong).status_code == 422
    assert (
        steward.post(address(report, f"/paragraphs/{number}/typing"), data={"text": "x", "version": "1"}).status_code
        == 404
    )
    assert typed_texts() == []


def test_letting_go_of_nothing_is_nothing(report: Report) -> None:
    with transaction():
        discard(over(paragraphs(report)[-1], None), paragraphs(report)[-1], at=LATER)


def places(report: Report) -> list[str]:
    last = paragraphs(report)[-1]
    return [f"/paragraphs/{last.id}/next", f"/chapters/{last.chapter_id}/paragraphs"]


def begun(client: PageClient, report: Report, place: str, text: str, *, base: int = 0) -> int:
    answer = client.post(address(report, f"{place}/typing"), data={"text": text, "draft": str(base), "over": ""})
    assert answer.status_code == 204
    assert answer.headers["X-Saved-At"]
    return int(answer.headers["X-Version"])


def opened(report: Report, place: str) -> str:
    """The address that opens the form of this place."""
    last = paragraphs(report)[-1]
    return address(report, f"?add={last.id}" if "next" in place else f"?head={last.chapter_id}")


def started() -> list[str]:
    found = db.session.scalars(select(Draft).where(Draft.kind.in_(("after", "head")), *OPEN).order_by(Draft.id))
    return [one.content["text"] for one in found]


@pytest.mark.parametrize("which", [0, 1])
def test_a_new_paragraph_is_kept_as_it_is_typed_and_waits_where_it_goes(app: Flask, report: Report, which: int) -> None:
    client, place = signed_in(app, report, ORGANIZER), places(report)[which]
    assert "not added yet" not in client.get(address(report)).text
    seen = begun(client, report, place, "A new thou")
    begun(client, report, place, "A new thought <b>", base=seen)
    assert texts(report) == ["It was noted that prices fell."]
    page = client.get(address(report)).text
    assert "You have a new paragraph here that is not added yet" in page
    assert "A new thought &lt;b&gt;" in page
    page = client.get(opened(report, place)).text
    assert "A new thought &lt;b&gt;</textarea>" in page
    assert f'name="draft" value="{seen + 1}"' in page

    saved = client.post(address(report, place), data={"text": "A new thought.", "draft": str(seen + 1)})
    assert saved.status_code == 303
    assert "saved=" in saved.headers["Location"]
    assert sorted(texts(report)) == ["A new thought.", "It was noted that prices fell."]
    assert texts(report).index("A new thought.") == 1 - which
    assert started() == []


def test_two_new_paragraphs_are_kept_apart_and_those_of_two_editors_too(app: Flask, report: Report) -> None:
    client, other = signed_in(app, report, ORGANIZER), signed_in(app, report, RAPPORTEUR)
    behind, head = places(report)
    begun(client, report, behind, "Zanzibarquetzal")
    begun(client, report, head, "At the head")
    begun(other, report, behind, "Of the other one")
    assert started() == ["Zanzibarquetzal", "At the head", "Of the other one"]
    page = other.get(address(report)).text
    assert "Zanzibarquetzal" not in page
    assert "Organizer is writing a new paragraph here" in page
    assert "Of the other one" in page
    assert "Zanzibarquetzal" not in client.get(address(report, "/preview")).text
    assert client.post(address(report, f"{behind}/discarding")).status_code == 303
    assert started() == ["At the head", "Of the other one"]


def test_a_new_paragraph_waits_behind_a_removed_one_too_and_goes_where_that_one_was(app: Flask, report: Report) -> None:
    client, place, last = signed_in(app, report, ORGANIZER), places(report)[0], paragraphs(report)[-1].id
    begun(client, report, place, "Still here.")
    client.post(address(report, f"/paragraphs/{last}/removal"))
    assert "Still here." in client.get(address(report)).text
    page = client.get(address(report, f"?add={last}")).text
    assert "Still here.</textarea>" in page
    client.post(address(report, place), data={"text": "Still here.", "draft": "1"})
    assert texts(report) == ["Still here."]


def test_adding_twice_adds_once_and_says_so(app: Flask, report: Report) -> None:
    client, place = signed_in(app, report, ORGANIZER), places(report)[0]
    seen = begun(client, report, place, "Once.")
    sent = {"text": "Once.", "draft": str(seen)}
    assert client.post(address(report, place), data=sent).status_code == 303
    again = client.post(address(report, place), data=sent)
    assert again.status_code == 409
    assert "added or discarded already" in again.text
    assert "Once.</textarea>" in again.text
    assert 'name="draft" value="0"' in again.text
    assert client.post(address(report, f"{place}/typing"), data=sent).status_code == 409
    assert (texts(report).count("Once."), started()) == (1, [])
    assert client.post(address(report, place), data={"text": "Once.", "draft": "0"}).status_code == 303
    assert texts(report).count("Once.") == 2


def test_without_its_guard_the_same_paragraph_would_be_added_twice(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, place = db.session.get_one(Person, make.person("Kim").id), paragraphs(report)[-1]
    with transaction():
        keep_started(place, "Once.", Sent(), by=person, at=LATER)
        add_started(place, "Once.", Sent(1), by=person, at=LATER)
    with pytest.raises(Refused, match="added or discarded already"), transaction():
        add_started(place, "Once.", Sent(1), by=person, at=LATER)
    assert texts(report).count("Once.") == 1
    monkeypatch.setattr(unsaved, "find", lambda _slot: Draft(content={}))
    with transaction():
        add_started(place, "Once.", Sent(1), by=person, at=LATER)
    assert texts(report).count("Once.") == 2


def test_two_windows_do_not_overwrite_each_others_new_paragraph_but_would_without_the_guard(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = db.session.get_one(Person, make.person("Kim").id)
    keep = partial(keep_started, paragraphs(report)[-1].chapter, by=person, at=LATER)
    with transaction():
        keep("First", Sent())
    with pytest.raises(Refused, match="another window"), transaction():
        keep("Second", Sent())
    assert started() == ["First"]
    monkeypatch.setattr(actions, "follows", lambda *_seen: True)
    with transaction():
        keep("Second", Sent())
    assert started() == ["Second"]
    assert [one.content["text"] for one in unsaved_in(report, person).started.values()] == ["Second"]


def test_what_cannot_be_kept_of_a_new_paragraph_is_said_and_stewards_keep_nothing(app: Flask, report: Report) -> None:
    client, steward = signed_in(app, report, ORGANIZER), signed_in(app, report, STEWARD)
    for place in places(report):
        for wrong in ({"text": "x" * 6001}, {"text": "x", "draft": "-1"}, {"text": "x", "draft": "no"}):
            assert client.post(address(report, f"{place}/typing"), data=wrong).status_code == 422
        for tail in ("", "/typing", "/discarding"):
            assert steward.post(address(report, place + tail), data={"text": "x"}).status_code == 404
        empty = client.post(address(report, place), data={"text": " "})
        assert empty.status_code == 422
        assert "Enter the paragraph" in empty.text
    assert started() == []


def long_report(many: int) -> Report:
    """A report of this many paragraphs, each with a note, a comment here and there."""
    meeting = make.meeting(mandate=[], objectives=[])
    session = make.session(meeting, kind="trends")
    for place in range(4):
        make_review.note(session, text=f"Trend {place} of the region grows.", speaker="Ada Byron", organization="ITU")
    report = make_review.report(meeting)
    kept = paragraphs(report)[-1]
    with transaction():
        for place in range(many):
            new = editing.add(kept.chapter, f"Number {place}.", after=kept, by=None, at=LATER)
            for one in kept.evidence:
                editing.cite(new, one.note, by=None, at=LATER)
    with transaction():
        commenting.comment(paragraphs(report)[-1], "Hm.", by=None, at=LATER)
    return report


def test_the_editor_asks_no_more_of_the_database_for_a_long_report(app: Flask) -> None:
    short, long = long_report(3), long_report(60)
    counts = []
    for report in (short, long):
        client = signed_in(app, report, ORGANIZER)
        client.get(address(report))
        counts.append(make_review.questions(app, partial(client.get, address(report))))
    assert counts[0] == counts[1]
    assert counts[1] < 40


def test_what_is_typed_in_a_report_is_among_the_drafts_of_its_writer(app: Flask, report: Report) -> None:
    client, last = signed_in(app, report, ORGANIZER), paragraphs(report)[-1]
    assert "Nothing: all you typed is saved." in client.get("/account/texts").text
    typed(client, report, "Over <b>a paragraph")
    for to, words in (
        (f"/paragraphs/{last.id}/next", "Behind it."),
        (f"/chapters/{last.chapter_id}/paragraphs", "At the head."),
    ):
        assert client.post(address(report, f"{to}/typing"), data={"text": words, "draft": "0"}).status_code == 204

    page = client.get("/account/texts").text
    assert "Nothing: all" not in page and report.title in page and "Over &lt;b&gt;a paragraph" in page
    leads = re.findall(rf'href="({re.escape(address(report))}\?(?:edit|add|head)=\d+)#', page)
    assert len(leads) == 3
    assert all(words in "".join(client.get(one).text for one in leads) for words in ("Behind it.", "At the head."))
    assert "Behind it." not in signed_in(app, report, ORGANIZER).get("/account/texts").text


def test_a_draft_of_a_report_is_discarded_by_its_writer_alone_whether_or_not_they_still_edit(
    app: Flask, report: Report
) -> None:
    client = signed_in(app, report, ORGANIZER)
    typed(client, report, "Never mind")
    number = db.session.scalars(select(Draft.id)).one()
    assert signed_in(app, report, ORGANIZER).post("/account/texts", data={"kept": number}).status_code == 303
    assert "Never mind" in client.get("/account/texts").text
    with transaction():
        db.session.execute(update(Staff).values(ended_at=make.TODAY))
    page = client.get("/account/texts").text
    assert "Never mind" in page and "?edit=" not in page and ">You may not record there any more" in page
    assert client.post("/account/texts", data={"kept": number}).status_code == 303
    assert "Nothing: all you typed is saved." in client.get("/account/texts").text
    assert typed_texts() == []
