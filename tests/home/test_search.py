"""The search of a meeting: what each reader finds, and no more than they may read."""

from datetime import timedelta

import pytest

from eventapp.agenda.models import Session
from eventapp.agenda.releases.actions import release
from eventapp.ground.db import db, transaction
from eventapp.home.search import query, views
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD, Meeting
from eventapp.registration.models import PENDING
from tests import make, make_record
from tests.browserless import PageClient
from tests.counting import counted
from tests.make_agenda import published

SECTIONS = ("found-sessions", "found-people", "found-fellows", "found-documents", "found-record", "found-outcomes")


@pytest.fixture
def meeting() -> Meeting:
    """A meeting at which much has Zanzibar in it: some of it public."""
    meeting = make.meeting(slug="spring")
    public = make.session(meeting, code="S1", title="Zanzibar and the cables")
    make.role(public, name="Zoë Zanzibar-Smith")
    with transaction():
        release(meeting, by=None, at=make.TODAY)
    make.session(meeting, code="S2", title="Zanzibar, not released")
    make.document(meeting, symbol="ZAN/1", title="Report on Zanzibar")
    make.registration(meeting, record_name="Ali of Zanzibar", number=7, lists_name=False)
    make_record.note(public, "Zanzibar has cables, it was said.", state="published")
    make_record.note(public, "Zanzibar has no cables, somebody drafted.")
    return meeting


@pytest.mark.parametrize(
    ("role", "seen", "hidden"),
    [
        ("", ["Report on", "it was said", "S1"], ["not released", "somebody drafted", "Ali of"]),
        (STEWARD, ["Report on", "it was said", "S1"], ["not released", "somebody drafted", "Ali of"]),
        (RAPPORTEUR, ["Report on", "it was said", "somebody drafted"], ["not released", "Ali of"]),
        (ORGANIZER, ["Report on", "it was said", "somebody drafted", "not released", "Ali of"], []),
    ],
)
def test_everybody_finds_what_they_may_read(
    client: PageClient, meeting: Meeting, role: str, seen: list[str], hidden: list[str]
) -> None:
    if role:
        client.sign_in(make.staff(meeting, role))
    page = plain(client.get("/meetings/spring/search?q=ZANZIBAR").text)
    assert [words for words in seen if words not in page] == []
    assert [words for words in hidden if words in page] == []


def plain(page: str) -> str:
    return page.replace("<mark>", "").replace("</mark>", "")


def test_a_session_is_found_by_who_speaks_in_it_without_accents(client: PageClient, meeting: Meeting) -> None:
    page = plain(client.get("/meetings/spring/search?q=zoe+smith").text)
    assert "Zanzibar and the cables" in page and "Zoë Zanzibar-Smith" in page
    assert "found-people" not in page


def test_a_few_are_shown_and_all_are_a_link_away(client: PageClient) -> None:
    meeting = make.meeting(slug="spring")
    for number in range(60):
        make.session(meeting, code=f"S{number:02d}", title="Talks", starts_at=make.TODAY + timedelta(hours=number))
    client.sign_in(make.staff(meeting, ORGANIZER))
    few = client.get("/meetings/spring/search?q=talks").text
    assert few.count('class="ref"') == 5
    assert 'href="/meetings/spring/search?q=talks&amp;in=sessions&amp;page=1">All 60 sessions</a>' in few
    second = client.get("/meetings/spring/search?q=talks&in=sessions&page=2").text
    assert second.count('class="ref"') == 10


@pytest.mark.parametrize("typed", ["", "+", "%25", "x" * 5000, "%00", "nowhere"])
def test_what_finds_nothing_says_so_and_never_fails(client: PageClient, meeting: Meeting, typed: str) -> None:
    for role in ("", ORGANIZER):
        if role:
            client.sign_in(make.staff(meeting, role))
        answer = client.get(f"/meetings/spring/search?q={typed}")
        assert answer.status_code == 200
        assert not any(section in answer.text for section in SECTIONS)
        assert ("Nothing fits" in answer.text) == bool(typed.strip("+"))


def test_a_draft_is_searched_by_its_organizers_alone(client: PageClient) -> None:
    meeting = make.meeting(slug="spring", published_at=None)
    assert client.get("/meetings/spring/search?q=a").status_code == 404
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    assert client.get("/meetings/spring/search?q=a").status_code == 404
    assert "/meetings/spring/search" not in client.get("/meetings/spring/record").text
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert client.get("/meetings/spring/search?q=a").status_code == 200


def test_the_search_asks_as_often_for_many_as_for_one(client: PageClient) -> None:
    meeting, counts = make.meeting(slug="spring"), []
    client.sign_in(make.staff(meeting, ORGANIZER))
    for more in (1, 8):
        for _one in range(more):
            session = make.session(meeting, title="Many talks")
            make.role(session)
            make_record.note(session, "Many words.")
            make.registration(meeting, record_name="Many Names")
            make.document(meeting, title="Many pages", symbol=f"D/{_one}{more}")
        client.get("/meetings/spring/search?q=many")
        with counted() as count:
            client.get("/meetings/spring/search?q=many")
        counts.append(len(count))
    assert counts[0] == counts[1]


def test_a_visitor_finds_no_name_that_may_not_be_told(client: PageClient, meeting: Meeting) -> None:
    session = db.session.query(Session).filter_by(code="S1").one()
    for ceiling, text in (("organization", "One."), ("nobody", "Two."), ("person", "Three.")):
        make_record.note(
            session, text, state="published", ceiling=ceiling, speaker="Quill Ada", organization="Ink Union"
        )
    make_record.note(session, "Quill pens were praised.", state="published", ceiling="nobody")
    for words, told in (
        ("quill", ["Three.", "pens were"]),
        ("ink union", ["One.", "Three."]),
        ("quill union", ["Three."]),
    ):
        page = plain(client.get("/meetings/spring/search", query_string={"q": words}).text)
        assert [one for one in ("One.", "Two.", "Three.", "pens were") if one in page] == told


def test_the_first_outcomes_are_shown_and_whether_there_are_more(client: PageClient, meeting: Meeting) -> None:
    session = db.session.query(Session).filter_by(code="S1").one()
    for number in range(7):
        make_record.note(session, f"Reefs {number}.", state="published")
    found, more = query.outcomes_found(meeting, "reefs")
    assert [one.current.text for one in found] == [f"Reefs {number}." for number in range(5)] and more


def test_a_participant_finds_those_who_agreed_to_be_shown(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "now", lambda: make.TODAY)
    make.registration(meeting, record_name="Shy Zanzibari", lists_name=False)
    make.registration(meeting, record_name="Asked of Zanzibar", lists_name=True, state=PENDING)
    mine = make.registration(meeting, record_name="Open Zanzibari", lists_name=True)
    assert "Zanzibari" not in plain(client.get("/meetings/spring/search?q=zanzibar").text)
    client.sign_in(mine.person)
    page = plain(client.get("/meetings/spring/search?q=zanzibar").text)
    assert "found-fellows" in page and "Open Zanzibari" in page
    assert "Shy" not in page and "Asked" not in page and "R-0" not in page
    monkeypatch.setattr(views, "now", lambda: make.TODAY + timedelta(days=15))
    assert "found-fellows" not in client.get("/meetings/spring/search?q=zanzibar").text, "the meeting is over"


@pytest.mark.parametrize("role", ["", ORGANIZER])
def test_titles_are_found_and_shown_in_the_language_of_the_reader(client: PageClient, role: str) -> None:
    meeting = make.meeting(slug="spring", languages=["en", "fr"])
    make.session(meeting, code="S1", title="Sea routes", texts={"fr": {"title": "Routes maritimes"}})
    make.document(meeting, symbol="M/1", title="Sea notes", texts={"fr": {"title": "Notes maritimes"}})
    with transaction():
        release(meeting, by=None, at=make.TODAY)
    if role:
        client.sign_in(make.staff(meeting, role))
    for words in ("maritimes", "sea"):  # in either language
        page = plain(client.get(f"/meetings/spring/search?q={words}&language=fr").text)
        assert "Routes maritimes" in page and "Notes maritimes" in page
    assert "Sea routes" in plain(client.get("/meetings/spring/search?q=sea&language=en").text)


def test_a_new_version_is_found_by_its_own_words_in_each_language(client: PageClient, meeting: Meeting) -> None:
    session = make.session(meeting, code="S7", title="Undersea", texts={"fr": {"title": "Sous la mer"}})
    published(meeting)
    assert [shown(client, words, "fr") for words in ("sous", "undersea")] == [True, True]
    with transaction():
        session.title, session.texts, session.changed_at = "Satellites", {}, make.TODAY
    published(meeting)
    assert [shown(client, words, "fr") for words in ("sous", "undersea", "satellites")] == [False, False, True]


def shown(client: PageClient, asked: str, tongue: str = "en") -> bool:
    """Whether S7 is among what a reader of this language finds."""
    page = client.get(f"/meetings/spring/search?q={asked}", headers={"Accept-Language": tongue})
    return "/meetings/spring/sessions/S7" in page.text
