"""What stands beside a note: where a commitment is, and the note in other languages."""

from datetime import date, timedelta

import pytest
from flask import Flask

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, Meeting
from eventapp.record.extras.delivery import report_delivery
from eventapp.record.extras.queries import deliveries_of, newest_delivery, translation_history, translations_of
from eventapp.record.extras.translation import Rendering, translate
from eventapp.record.notes.models import Note
from eventapp.record.revisions.actions import revise
from eventapp.record.revisions.history import delete
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_agenda import published
from tests.make_record import draft, note

LATER = TODAY + timedelta(days=30)
FIRST, SECOND = date(2018, 1, 31), date(2022, 1, 31)
FRENCH = Rendering("fr", "La radio atteint les agriculteurs avant tout portail.", translator="Lucia Fong")


def promised() -> Note:
    return note(
        make.session(make.meeting()), kind="commitment", who="The regulator", due_on=FIRST, delivery="open",
        state="approved",
    )  # fmt: skip


def told(made: Note, state: str = "extended", due_on: date | None = SECOND, remark: str = "") -> None:
    with transaction():
        report_delivery(made, state=state, due_on=due_on, due_text="", remark=remark, by=None, at=LATER)


def test_dates_slip_and_the_old_ones_stay(app: Flask) -> None:
    made = promised()

    told(made, remark="The cable ship was late.")

    lines = deliveries_of(made)
    assert [(one.state, one.due_on, one.remark) for one in lines] == [
        ("extended", SECOND, "The cable ship was late."),
        ("open", FIRST, ""),
    ]
    newest = newest_delivery(made)
    assert newest is not None and newest.due_on == SECOND


def test_what_becomes_of_it_leaves_the_words_cleared(app: Flask) -> None:
    made = promised()

    told(made)

    assert (made.state, made.head, made.current.due_on) == ("approved", 1, FIRST)


def test_the_same_told_twice_is_one_line(app: Flask) -> None:
    made = promised()

    told(made)
    told(made)

    assert len(deliveries_of(made)) == 2


def test_a_revision_with_another_date_is_a_line_and_one_of_the_text_is_none(app: Flask) -> None:
    made = promised()
    facts = {"kind": "commitment", "who": "The regulator", "delivery": "open"}
    told(made)

    with transaction():
        revise(made, draft("Other words.", due_on=FIRST, **facts), base=1, by=None, at=LATER)
    with transaction():
        revise(made, draft("Other words.", due_on=date(2030, 1, 1), **facts), base=2, by=None, at=LATER)

    assert [one.due_on for one in deliveries_of(made)] == [date(2030, 1, 1), SECOND, FIRST]


def test_an_unknown_state_and_a_deleted_note_are_refused(app: Flask) -> None:
    made = promised()
    with pytest.raises(Refused, match="Choose how far"):
        told(made, state="nearly")
    with transaction():
        made.state = "draft"
        delete(made, base=1, by=None, at=LATER)
    with pytest.raises(Refused, match="deleted"):
        told(made)


def test_a_translation_stands_beside_the_note_and_what_it_was_before_stays(app: Flask) -> None:
    made = note(make.session(make.meeting()))
    with transaction():
        translate(made, FRENCH, base=0, by=None, at=TODAY)
    with transaction():
        translate(made, Rendering("fr", "Mieux.", translator="Lucia Fong"), base=1, by=None, at=LATER)

    assert [(one.language, one.text, one.number, one.of_revision) for one in translations_of(made)] == [
        ("fr", "Mieux.", 2, 1)
    ]
    assert [one.text for one in translation_history(made, "fr")] == ["Mieux.", FRENCH.text]
    assert made.current.text.startswith("Community radio")


def test_a_translation_over_a_newer_one_is_refused_and_one_taken_out_can_come_back(app: Flask) -> None:
    made = note(make.session(make.meeting()))
    with transaction():
        translate(made, FRENCH, base=0, by=None, at=TODAY)
    with pytest.raises(Refused, match="Somebody changed this translation"), transaction():
        translate(made, Rendering("fr", "Mine."), base=0, by=None, at=LATER)
    with transaction():
        translate(made, Rendering("fr", ""), base=1, by=None, at=LATER)
    assert translations_of(made) == []
    with transaction():
        translate(made, FRENCH, base=0, by=None, at=LATER)
    assert [one.number for one in translations_of(made)] == [3]


@pytest.mark.parametrize("language", ["en", "xx", ""])
def test_only_another_language_can_be_translated_into(app: Flask, language: str) -> None:
    made = note(make.session(make.meeting()))
    with pytest.raises(Refused, match="another language"), transaction():
        translate(made, Rendering(language, "Words."), base=0, by=None, at=TODAY)


def recording(client: PageClient, role: str = RAPPORTEUR, **facts: object) -> tuple[Meeting, Note, str]:
    meeting = make.meeting()
    client.sign_in(make.staff(meeting, role))
    made = note(make.session(meeting), **facts)  # type: ignore[arg-type]
    return meeting, made, f"/meetings/{meeting.slug}/record/{made.session.code}/{made.number}"


def test_the_page_of_a_commitment_lists_what_was_told(client: PageClient) -> None:
    _meeting, made, address = recording(client, kind="commitment", due_on=FIRST, delivery="open", state="published")

    sent = client.post(f"{address}/delivery", data={"state": "extended", "due_on": "2022-01-31", "remark": "Late ship"})

    assert sent.status_code == 303
    page = client.get(f"{address}/delivery").text
    assert page.index("Late ship") < page.index("<s>")
    assert "31 January 2018" in page
    assert made.state == "published"


def test_a_wrong_day_is_said_beside_the_field_and_changes_nothing(client: PageClient) -> None:
    _meeting, made, address = recording(client, kind="commitment")

    sent = client.post(f"{address}/delivery", data={"state": "open", "due_on": "tomorrow", "remark": "kept words"})

    assert sent.status_code == 422
    assert "Write the day as 2018-01-31" in sent.text
    assert "kept words" in sent.text
    assert deliveries_of(made) == []


def test_a_translation_is_written_beside_the_original(client: PageClient) -> None:
    _meeting, made, address = recording(client)

    sent = client.post(
        f"{address}/translations",
        data={"language": "ar", "text": "تصل الإذاعة إلى المزارعين.", "translator": "Office", "base": "0"},
    )

    assert sent.status_code == 303
    page = client.get(f"{address}/translations").text
    assert '<p class="serif" lang="ar" dir="rtl">تصل الإذاعة إلى المزارعين.</p>' in page
    assert made.current.text in page
    again = client.get(f"{address}/translations?into=ar").text
    assert ">تصل الإذاعة إلى المزارعين.</textarea>" in again.replace(">\r\n", ">").replace(">\n", ">")


def test_who_comes_second_keeps_what_they_typed(client: PageClient) -> None:
    _meeting, made, address = recording(client)
    with transaction():
        translate(made, FRENCH, base=0, by=None, at=TODAY)

    sent = {"language": "fr", "text": "Ma version.", "translator": "Me", "base": "0"}
    page = client.post(f"{address}/translations", data=sent)

    assert page.status_code == 409
    assert "Ma version." in page.text
    assert FRENCH.text in page.text
    assert 'name="base" type="hidden" value="1"' in page.text


def test_a_rapporteur_adds_nothing_to_what_is_cleared_and_an_organizer_may(client: PageClient) -> None:
    sent = {"language": "fr", "text": "Ajout.", "translator": "Me", "base": "0"}
    _meeting, made, address = recording(client, state="approved")
    page = client.post(f"{address}/translations", data=sent)
    assert (page.status_code, "Ask an organizer" in page.text) == (409, True)
    assert translations_of(made) == []

    meeting = db.session.get_one(Meeting, made.session.meeting_id)
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert client.post(f"{address}/translations", data=sent).status_code == 303


def test_the_world_reads_a_translation_of_what_is_published_and_of_nothing_older(client: PageClient) -> None:
    meeting, made, _address = recording(client, state="published")
    published(meeting)
    with transaction():
        translate(made, FRENCH, base=0, by=None, at=TODAY)
    for address in (
        f"/meetings/{meeting.slug}/outcomes",
        f"/meetings/{meeting.slug}/sessions/{made.session.code}/notes",
    ):
        page = client.get(address).text
        assert FRENCH.text in page
        assert "Lucia Fong" in page
    with transaction():
        revise(made, draft("Corrected."), base=1, by=None, at=LATER, remark="An error")
    assert FRENCH.text not in client.get(f"/meetings/{meeting.slug}/outcomes").text
