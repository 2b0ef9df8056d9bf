"""What the forms of others ask for beyond a note: by the presenter on the card, and by the secretariat beside it."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.drafts.actions import Sent
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.meetings.models import RAPPORTEUR
from eventapp.practices.actions import send, turn_into_note
from eventapp.practices.completion.actions import SITTING, as_it_stands, complete, parts_of
from eventapp.practices.details import Details
from eventapp.practices.models import Card
from eventapp.practices.queries import newest_sent
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_practices import invited, practice, sent
from tests.practices.test_views import FORM

LATER = TODAY + timedelta(hours=2)


def put(
    card: Card, base: Any = 0, at: Any = LATER, by: Any = None, over: Any = False, mark: str = "", **parts: Any
) -> int:
    with transaction():
        wanted = {**parts_of(as_it_stands(card)), **parts}
        draft = complete(card, wanted, Sent(base, mark, over=over), by=by, at=at)
    return draft.version if draft else 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pitch", "word " * 201),
        ("impact", "word " * 101),
        ("sustainability", "word " * 51),
        ("activity", "hobby"),
        ("coverage", "galactic"),
        ("prize_line", "C99"),
        ("website", "javascript:alert(1)"),
        ("website", "example.org"),
        ("starts_on", "March 2016"),
        ("starts_on", "2016-13"),
        ("keywords", ", ".join(map(str, range(11)))),
    ],
)
def test_what_no_form_takes_is_neither_sent_nor_completed(app: Flask, name: str, value: str) -> None:
    session = make.session(make.meeting())
    card, _token = sent(session)
    with pytest.raises(Refused):
        put(card, **{name: value})
    with pytest.raises(Refused), transaction():
        send(card, practice(**{name: value}), Sent(card.version), at=LATER)
    assert (card.completions, card.head) == ([], 1)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"starts_on": "2014", "ends_on": "2016-03"}, "2014 to 2016-03"),
        ({"starts_on": "2014-05", "is_ongoing": True}, "2014-05, ongoing"),
        ({"is_ongoing": True}, "ongoing"),
        ({"starts_on": "2016-03", "ends_on": "2016"}, "2016-03 to 2016"),
        ({}, ""),
    ],
)
def test_time_is_said_as_an_entry_has_it(facts: dict[str, Any], told: str) -> None:
    assert (Details(**facts).time, Details(**facts).faults) == (told, [])


@pytest.mark.parametrize("facts", [{"starts_on": "2016", "ends_on": "2015"}, {"ends_on": "2016", "is_ongoing": True}])
def test_an_end_comes_after_the_start_and_nothing_ends_that_goes_on(facts: dict[str, Any]) -> None:
    assert Details(**facts).faults == ["ends_on"]


def test_only_what_the_secretariat_changed_is_its_own_and_what_was_sent_stays(app: Flask) -> None:
    card, _token = sent(make.session(make.meeting()), website="https://prices.example.org")
    assert put(card, keywords="prices, radio", website="https://prices.example.org") == 1
    assert card.completion is not None
    assert card.completion.content == {"keywords": "prices, radio"}
    newest = newest_sent(card)
    assert newest is not None
    assert (newest.content["keywords"], card.content["keywords"], card.head) == ("", "", 1)
    assert put(card, base=1, keywords="prices, radio") == 1  # the same once more is nothing new
    assert put(card, base=1) == 2
    assert card.completion.content == {}  # back to what the presenter sent


def test_what_one_person_writes_at_a_sitting_is_one_row_and_every_other_text_stays(app: Flask) -> None:
    card, _token = sent(make.session(make.meeting()))
    ann, ben = make.person("Ann"), make.person("Ben")
    put(card, by=ann, keywords="one")
    put(card, by=ann, base=1, at=LATER + timedelta(minutes=5), keywords="two")
    put(card, by=ben, base=2, at=LATER + timedelta(minutes=6), keywords="three")
    put(card, by=ben, base=3, at=LATER + timedelta(minutes=6) + SITTING, keywords="four")
    assert [(one.version, one.content["keywords"]) for one in card.completions] == [
        (2, "two"),
        (3, "three"),
        (4, "four"),
    ]
    verbs = db.session.scalars(select(Entry.verb)).all()
    assert verbs.count("completed a card") == 3


def test_nobody_writes_over_what_somebody_else_completed_unless_they_say_so(app: Flask) -> None:
    card, _token = sent(make.session(make.meeting()))
    put(card, keywords="first")
    with pytest.raises(Refused, match="another window"):
        put(card, keywords="second")
    put(card, base=1, over=True, keywords="second")
    assert [one.content["keywords"] for one in card.completions] == ["first", "second"]


def test_a_window_that_closes_while_it_is_kept_completes_with_its_last_words(app: Flask) -> None:
    card, _token = sent(make.session(make.meeting()))
    window, other = 30 * "a", 30 * "b"
    put(card, keywords="half", mark=f"{window}.1")
    put(card, keywords="half, whole", mark=f"{window}.2")
    put(card, keywords="half", mark=f"{window}.1")  # it came late
    for mark in (f"{other}.3", ""):
        with pytest.raises(Refused, match="another window"):
            put(card, keywords="another", mark=mark)
    assert [one.content["keywords"] for one in card.completions] == ["half, whole"]


def test_a_card_that_was_not_sent_is_not_completed(app: Flask) -> None:
    card, _token = invited(make.session(make.meeting()))
    with pytest.raises(Refused, match="not sent"), transaction():
        complete(card, parts_of(practice()), Sent(), by=None, at=LATER)


def test_how_it_is_repeated_and_kept_going_goes_into_the_note_and_comes_back_from_it(app: Flask) -> None:
    card, _token = sent(make.session(make.meeting()), replicability="Any radio.", sustainability="Fees.")
    with transaction():
        note = turn_into_note(card, by=None, at=LATER)
    assert (note.current.replicability, note.current.sustainability) == ("Any radio.", "Fees.")
    assert as_it_stands(card).replicability == "Any radio."


DETAILS = {"pitch": "A radio.", "activity": "project", "coverage": "national", "starts_on": "2014-05", "is_ongoing": "y",
           "keywords": "prices, radio", "website": "https://prices.example.org", "prize_line": "C7-EAGR"}  # fmt: skip


def test_the_presenter_fills_them_in_and_wrong_ones_are_said_beside_the_field(client: PageClient) -> None:
    card, token = sent(make.session(make.meeting()))
    address, form = f"/practices/{token}", {**FORM, "draft": "1"}
    wrong = client.post(
        address, data={**form, **DETAILS, "website": "prices", "ends_on": "2013", "pitch": "word " * 201}
    )
    assert wrong.status_code == 422
    for words in (
        "Write the whole address",
        "or say that it does not go on",
        "Use 200 words or less; there are 201 now",
    ):
        assert words in wrong.text
    assert client.post(address, data={**form, **DETAILS}).status_code == 303
    assert {name: card.content[name] for name in DETAILS} == {**DETAILS, "is_ongoing": True}
    assert "200 words" in client.get(address).text
    kept = client.post(f"{address}/draft", data={"draft": "2", "keywords": "half"})
    assert (kept.status_code, card.content["keywords"]) == (204, "half")


def test_the_secretariat_completes_it_and_the_presenter_sees_what_it_wrote(client: PageClient) -> None:
    session = make.session(make.meeting(), code="S6")
    card, token = sent(session, outlets=("prizes",), keywords="radio")
    client.sign_in(make.staff(session.meeting, RAPPORTEUR))
    address = f"/meetings/{session.meeting.slug}/manage/practices/1/completion"
    assert 'value="radio"' in client.get(address).text
    form = {**DETAILS, "draft": "0", "country": "BTN", "challenges": "Few radios."}
    wrong = client.post(address, data={**form, "website": "nowhere"})
    assert (wrong.status_code, card.completions) == (422, [])
    assert "Write the whole address" in wrong.text and "Few radios." in wrong.text
    answer = client.post(f"{address}?for=prizes", data=form)
    assert (answer.status_code, answer.location.rpartition("/review/")[2]) == (
        303,
        "outlets/sheets/prizes?card=GP-01#GP-01",
    )
    page = client.get(address).text
    assert "The presenter sent:" in page and "Few radios." in page
    assert "Few radios." in client.get(address.removesuffix("/completion")).text
    theirs = PageClient(client.application).get(f"/practices/{token}").text
    assert "What the secretariat completed for the forms" in theirs and "Few radios." in theirs
    late = client.post(address, data={**form, "keywords": "late"})
    assert late.status_code == 409
    assert "late" in late.text


def test_what_the_secretariat_types_is_kept_where_a_form_would_take_it(client: PageClient) -> None:
    session = make.session(make.meeting(), code="S6")
    card, _token = sent(session)
    client.sign_in(make.staff(session.meeting, RAPPORTEUR))
    address = f"/meetings/{session.meeting.slug}/manage/practices/1/completion/draft"
    kept = client.post(address, data={"draft": "0", "country": "BTN", "keywords": "half"})
    assert (kept.status_code, kept.headers["X-Version"]) == (204, "1")
    wrong = client.post(address, data={"draft": "1", "country": "BTN", "website": "half"})
    assert (wrong.status_code, wrong.text) == (422, "Write the whole address, such as https://example.org.")
    assert client.post(address, data={"draft": "0", "country": "BTN", "keywords": "x"}).status_code == 409
    assert card.completion is not None
    assert card.completion.content == {"keywords": "half"}


def test_where_nothing_was_sent_there_is_nothing_to_complete(client: PageClient) -> None:
    session = make.session(make.meeting(), code="S6")
    invited(session)
    client.sign_in(make.staff(session.meeting, RAPPORTEUR))
    address = f"/meetings/{session.meeting.slug}/manage/practices/1/completion"
    assert client.get(address).status_code == 404
    assert client.post(address, data=DETAILS).status_code == 404
    assert PageClient(client.application).get(address).status_code in (302, 303, 401, 404)
