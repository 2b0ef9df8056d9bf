import re
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element

import html5lib
import pytest
from sqlalchemy import select

from eventapp.drafts.models import Draft
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, Meeting
from eventapp.people.models import SignIn
from eventapp.record import views
from eventapp.record.capture import views as capture
from eventapp.record.clearing import manage as clearing
from eventapp.record.notes.models import Note
from eventapp.record.notes.queries import notes_of, revisions_of
from eventapp.record.revisions.actions import revise
from tests import make
from tests.browserless import PageClient
from tests.make_agenda import published
from tests.make_record import draft, note

SENT = {"kind": "challenge", "text": "Most cases were small.", "action_lines": ["C2", "C7-EAGR"], "goals": ["2", "9"]}


def rapporteur(client: PageClient, **facts: object) -> tuple[Meeting, PageClient]:
    meeting = make.meeting(**facts)
    return meeting, client.sign_in(make.staff(meeting, RAPPORTEUR))


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)


def base_on(page: str) -> str:
    found = re.search(r'name="base"[^>]*value="(\d+)"', page)
    assert found
    return found[1]


def by_id(page: str, name: str) -> Element:
    found: Element = next(
        one for one in html5lib.parse(page, namespaceHTMLElements=False).iter() if one.get("id") == name
    )
    return found


def test_a_note_in_another_script_is_not_said_to_be_english(client: PageClient) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    client.sign_in(make.staff(meeting, "organizer"))
    here = f"/meetings/{meeting.slug}/record/{session.code}"
    for text, language in [("!trend วิทยุชุมชน", "en"), ("رادیو", "fa"), ("Plain.", "en")]:
        assert client.post(here, data={"kind": "trend", "text": text, "language": language}).status_code == 303
    assert [one.current.language for one in notes_of(session)] == ["en", "fa", "th"]  # the newest first


def test_a_rapporteur_sees_their_sessions_first(client: PageClient) -> None:
    meeting, client = rapporteur(client)
    me = db.session.scalars(select(SignIn)).one().person
    mine, other = make.session(meeting, title="Emerging trends"), make.session(meeting, title="Good practices")
    make.session(meeting, title="Lunch", kind="break")
    make.role(mine, "rapporteur", person_id=me.id, name="Arjun Prasad")
    page = client.get(f"/meetings/{meeting.slug}/record").text
    assert "Lunch" not in page
    assert page.index("Your sessions") < page.index(mine.title) < page.index("Other sessions") < page.index(other.title)


@pytest.mark.parametrize("path", ["record", "manage/outcomes"])
def test_many_sessions_are_listed_by_the_page(client: PageClient, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(views, "A_PAGE", 2)
    monkeypatch.setattr(clearing, "A_PAGE", 2)
    meeting = make.meeting()
    sessions = [make.session(meeting, title=f"About {word}") for word in ("ports", "rivers", "cables")]
    client.sign_in(make.staff(meeting, ORGANIZER))
    first, second = (client.get(f"/meetings/{meeting.slug}/{path}?page={number}").text for number in (1, 2))
    assert [one.title in first for one in sessions] == [True, True, False]
    assert [one.title in second for one in sessions] == [False, False, True]


def test_the_rapporteur_of_one_session_sees_that_one_only(client: PageClient) -> None:
    meeting, me = make.meeting(), make.person("Arjun Prasad")
    mine, other = make.session(meeting, title="Emerging trends"), make.session(meeting, title="Good practices")
    make.role(mine, "rapporteur", person_id=me.id)
    client.sign_in(me)
    page = client.get(f"/meetings/{meeting.slug}/record").text
    assert (mine.title in page, other.title in page) == (True, False)
    assert client.get(f"/meetings/{meeting.slug}/record/{mine.code}").status_code == 200
    assert client.get(f"/meetings/{meeting.slug}/record/{other.code}").status_code == 404


def test_whose_part_has_ended_records_no_more(client: PageClient) -> None:
    meeting, me = make.meeting(), make.person("Arjun Prasad")
    session = make.session(meeting)
    make.role(session, "rapporteur", person_id=me.id, ended_at=make.TODAY)
    client.sign_in(me)
    assert client.get(f"/meetings/{meeting.slug}/record/{session.code}").status_code == 404


def test_a_note_is_saved_and_the_next_can_be_written(client: PageClient) -> None:
    meeting, client = rapporteur(client)
    session = make.session(meeting)
    speaker = make.role(session, name="Samira Haddad", organization="ITU")
    address = f"/meetings/{meeting.slug}/record/{session.code}"
    answer = client.post(
        address, data={**SENT, "speaker": "samira haddad, ITU", "countries": "Bhutan, Hong Kong, China"}
    )

    assert (answer.status_code, answer.location) == (303, address)
    saved = notes_of(session)[0].current
    assert (saved.text, saved.action_lines, saved.goals) == ("Most cases were small.", ["C2", "C7-EAGR"], [2, 9])
    assert (saved.role_id, saved.speaker, saved.organization) == (speaker.id, "Samira Haddad", "ITU")
    assert (saved.ceiling, saved.countries) == ("organization", ["BTN", "HKG"])
    page = client.get(address).text
    assert "1 note in this session" in page
    assert "ITU" in page


def test_everything_the_form_has_is_kept_and_shown_again(client: PageClient) -> None:
    meeting, client = rapporteur(client)
    session = make.session(meeting)
    address = f"/meetings/{meeting.slug}/record/{session.code}"
    sent = {
        **SENT, "speaker": "Mele Kalsakau, Ministry", "organization": "Office of the Chief Information Officer",
        "stakeholder_type": "government", "country": "VUT", "ceiling": "person", "support": "broad",
        "figure": ["98%", ""], "source": ["Universal access policy", ""], "who": "Operators", "due_on": "2018-01-01",
        "due_text": "by January 2018", "delivery": "open", "title": "Universal access", "sources": "One\nTwo",
        "language": "fr", "off_record": "y",
    }  # fmt: skip
    client.post(address, data=sent)
    now = notes_of(session)[0].current
    assert (now.organization, now.country, now.stakeholder_type) == (sent["organization"], "VUT", "government")
    assert (now.figures, now.sources) == ([{"figure": "98%", "source": "Universal access policy"}], ["One", "Two"])
    assert (now.due_on and now.due_on.isoformat(), now.delivery, now.off_record) == ("2018-01-01", "open", True)
    page = client.get(f"{address}/1").text
    for words in ("98%", "2018-01-01", "by January 2018", "Universal access", "Mele Kalsakau"):
        assert words in page


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client: PageClient) -> None:
    meeting, client = rapporteur(client)
    session = make.session(meeting)
    sent = {**SENT, "text": "word " * 151, "countries": "Atlantis", "who": "Everybody", "due_on": "soon"}
    answer = client.post(f"/meetings/{meeting.slug}/record/{session.code}", data=sent)
    assert answer.status_code == 422
    for words in ("Take out 1 word", "Write Atlantis as", "2018-01-31", "word word", "Everybody"):
        assert words in answer.text
    assert notes_of(session) == []


def test_double_submit_and_back_are_one_note_each(client: PageClient) -> None:
    meeting, client = rapporteur(client)
    session = make.session(meeting)
    address = f"/meetings/{meeting.slug}/record/{session.code}"
    for _ in range(2):
        client.post(address, data={**SENT, "key": "k-1"})
    client.post(address, data={**SENT, "key": "k-1", "text": "Typed after going back."})
    assert [one.current.text for one in notes_of(session)] == ["Typed after going back.", "Most cases were small."]


def test_the_module_gets_the_note_alone(client: PageClient) -> None:
    meeting, client = rapporteur(client)
    session = make.session(meeting, code="S3")
    client.lint = False
    answer = client.post(
        f"/meetings/{meeting.slug}/record/S3", data=SENT, headers={"X-Fetched-By": "draft-form"}
    )  # fmt: skip
    assert answer.status_code == 201
    assert re.fullmatch(r"\d\d:\d\d:\d\d", answer.headers["X-Saved-At"])
    assert answer.text.strip().startswith("<article")
    assert 'id="S3-01"' in answer.text
    assert len(notes_of(session)) == 1


def test_without_a_module_goals_are_suggested_by_the_server(client: PageClient) -> None:
    meeting, client = rapporteur(client)
    session = make.session(meeting)
    page = client.post(
        f"/meetings/{meeting.slug}/record/{session.code}", data={**SENT, "goals": [], "suggest": "1"}
    ).text  # fmt: skip
    order = re.findall(r'name="goals" value="(\d+)"', page)
    assert (len(order), "Most cases were small." in page, notes_of(session)) == (17, True, [])
    assert order[0] == "9"


def test_only_what_the_session_allows_is_offered(client: PageClient) -> None:
    meeting, client = rapporteur(client)
    session = make.session(meeting, rule="chatham")
    page = client.get(f"/meetings/{meeting.slug}/record/{session.code}").text
    assert re.findall(r'name="ceiling" value="(\w+)"', page) == ["category", "nobody"]
    assert "Chatham House" in page


def test_a_text_of_somebody_signed_out_comes_back(client: PageClient) -> None:
    meeting, client = rapporteur(client)
    session = make.session(meeting)
    address = f"/meetings/{meeting.slug}/record/{session.code}"
    somebody = db.session.scalars(select(SignIn)).one()
    with transaction():
        somebody.ended_at = datetime.now(UTC)
    answer = client.post(address, data=SENT)
    assert answer.status_code == 404
    assert "Most cases were small." in answer.text
    assert "Sign in in another tab" in answer.text
    assert 'name="goals" value="9"' in answer.text

    client.sign_in(somebody.person)
    stale = client.post(address, data=SENT, csrf=False)
    assert (stale.status_code, "Most cases were small." in stale.text) == (400, True)
    assert client.post(address, data=SENT).status_code == 303


def test_a_stranger_learns_nothing(client: PageClient) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    address = f"/meetings/{meeting.slug}/record/{session.code}"
    client.sign_in(make.staff(make.meeting(), RAPPORTEUR))
    assert client.get(address).status_code == 404
    there, nowhere = client.post(address, data=SENT), client.post(f"{address}x", data=SENT)
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert without_tokens(there.text).replace(address, "") == without_tokens(nowhere.text).replace(f"{address}x", "")
    assert notes_of(session) == []


def test_a_visitor_who_reads_signs_in_and_comes_back(client: PageClient) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    answer = client.get(f"/meetings/{meeting.slug}/record/{session.code}")
    assert (
        answer.status_code,
        f"record%2F{session.code}" in answer.location or f"record/{session.code}" in answer.location,
    ) == (302, True)


def test_what_is_typed_is_kept_on_the_server_and_comes_back(client: PageClient) -> None:
    meeting, client = rapporteur(client)
    session = make.session(meeting)
    address = f"/meetings/{meeting.slug}/record/{session.code}"
    answer = client.post(f"{address}/typing", data={**SENT, "text": "Half a sen", "key": "k-9"})
    assert answer.status_code == 204
    page = client.get(address).text
    assert "Half a sen" in page
    assert 'value="k-9"' in page
    assert notes_of(session) == []


def test_a_change_is_saved(client: PageClient) -> None:
    meeting, client = rapporteur(client)
    made = note(make.session(meeting))
    address = f"/meetings/{meeting.slug}/record/{made.session.code}/1"
    base = base_on(client.get(address).text)
    answer = client.post(address, data={**SENT, "base": base, "remark": "Misheard"})
    assert answer.status_code == 303
    assert (made.current.text, made.current.remark, made.head) == ("Most cases were small.", "Misheard", 2)


def conflict(client: PageClient) -> tuple[Note, str, PageClient]:
    meeting, client = rapporteur(client)
    made = note(make.session(meeting), "Partners put disaster management in their programmes.")
    with transaction():
        revise(made, draft("Partners put cybersecurity in their programmes."), base=1, by=None, at=make.TODAY)
    answer = client.post(
        f"/meetings/{meeting.slug}/record/{made.session.code}/1",
        data={**SENT, "text": "Partners put capacity building in their programmes.", "base": "1"},
    )
    assert answer.status_code == 303
    return made, answer.location, client


def test_a_conflict_shows_both_texts(client: PageClient) -> None:
    _made, address, client = conflict(client)
    page = client.get(address).text
    assert "<ins>cybersecurity</ins>" in page
    assert "<ins>capacity building</ins>" in page
    assert '<word-count for="text" most="150">7</word-count> of 150 words' in page


@pytest.mark.parametrize(
    ("sent", "text", "count"),
    [
        ({"choice": "mine"}, "Partners put capacity building in their programmes.", 1),
        ({"choice": "theirs"}, "Partners put cybersecurity in their programmes.", 1),
        ({"choice": "both", "text": "Both."}, "Both.", 1),
        ({"choice": "two"}, "Partners put cybersecurity in their programmes.", 2),
    ],
)
def test_a_conflict_is_decided(client: PageClient, sent: dict[str, str], text: str, count: int) -> None:
    made, address, client = conflict(client)
    answer = client.post(address, data={**sent, "base": "2"})
    assert answer.status_code == 303
    assert (made.current.text, len(notes_of(made.session))) == (text, count)
    assert db.session.scalars(select(Draft)).one().settled_at is not None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" ", "Write one text of both."),
        ("word " * 151, "Take out 1 word, or make two notes of it: one idea a note."),
    ],
)
def test_a_merge_that_cannot_be_is_told_beside_its_field(client: PageClient, text: str, sentence: str) -> None:
    made, address, client = conflict(client)
    answer = client.post(address, data={"choice": "both", "text": text, "base": "2"})
    assert (answer.status_code, made.head) == (422, 2)
    field = by_id(answer.text, "text")
    assert (field.get("aria-invalid"), field.get("aria-describedby")) == ("true", "text-error")
    assert (field.text or "").strip() == text.strip()
    assert "".join(by_id(answer.text, "text-error").itertext()) == f"Error: {sentence}"
    assert f'<a href="#text">{sentence}</a>' in answer.text


@pytest.mark.parametrize(("remark", "fault"), [("", "Say why it is corrected"), ("Why " * 90, "300")])
def test_a_corrigendum_without_a_reason_is_told_beside_its_field(client: PageClient, remark: str, fault: str) -> None:
    made, address, client = conflict(client)
    with transaction():
        made.state = "published"
    client.sign_in(make.staff(made.session.meeting, ORGANIZER))
    note_page = f"/meetings/{made.session.meeting.slug}/record/{made.session.code}/1"
    for sent in (
        client.post(address, data={"choice": "both", "text": "Both.", "base": "2", "remark": remark}),
        client.post(note_page, data={**SENT, "text": "Both.", "base": "2", "remark": remark}),
    ):
        field = by_id(sent.text, "remark")
        assert (sent.status_code, field.get("aria-invalid")) == (422, "true")
        assert field.get("aria-describedby") == "remark-hint remark-error"
        assert (field.get("value"), (by_id(sent.text, "text").text or "").strip()) == (remark.strip(), "Both.")
        assert fault in "".join(by_id(sent.text, "remark-error").itertext())
    assert (made.head, made.current.text) == (2, "Partners put cybersecurity in their programmes.")


def test_the_history_shows_words_and_leads_back(client: PageClient) -> None:
    meeting, client = rapporteur(client)
    made = note(make.session(meeting), "Two per cent.")
    with transaction():
        revise(made, draft("Three per cent."), base=1, by=None, at=make.TODAY)
    address = f"/meetings/{meeting.slug}/record/{made.session.code}/1"
    page = client.get(f"{address}/revisions").text
    assert (
        '<del><bdi class="vh">(taken out:) </bdi>Two</del><ins><bdi class="vh">(put in:) </bdi>Three</ins> per cent.'
        in page
    )

    assert client.post(f"{address}/restore", data={"revision": "1", "base": "2"}).status_code == 303
    assert (made.current.text, made.head) == ("Two per cent.", 3)
    assert client.post(f"{address}/undo").status_code == 303
    assert made.current.text == "Three per cent."
    assert client.post(f"{address}/deletion", data={"base": "4"}).status_code == 303
    assert made.is_deleted
    assert client.post(f"{address}/deletion", data={"base": "1"}).status_code == 303
    assert [one.act for one in revisions_of(made)] == ["recorded", "revised", "restored", "undone", "deleted"]
    assert client.post(f"{address}/undo").status_code == 303
    page = client.get(f"{address}/revisions").text
    assert "Restore revision 4" in page and "Restore revision 5" not in page  # which took it out
    assert client.get(address).status_code == 200
    assert client.get(f"/meetings/{meeting.slug}/record/{made.session.code}").status_code == 200


def test_only_an_organizer_corrects_what_is_published(client: PageClient) -> None:
    meeting, client = rapporteur(client)
    made = note(make.session(meeting), "Two per cent.", state="published")
    address = f"/meetings/{meeting.slug}/record/{made.session.code}/1"
    sent = {**SENT, "base": "1", "remark": "Misheard"}
    assert client.post(address, data=sent).status_code == 409
    assert made.head == 1
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert client.post(address, data={**sent, "remark": ""}).status_code == 422
    assert client.post(address, data=sent).status_code == 303
    assert (made.state, made.current.text) == ("published", "Most cases were small.")
    published(meeting)
    page = client.get(f"/meetings/{meeting.slug}/sessions/{made.session.code}/notes").text
    assert "Corrected on" in page
    assert ": Misheard" in page


def test_a_light_tells_of_a_silent_session(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, client = rapporteur(client)
    session = make.session(meeting)
    for pages in (views, capture):
        monkeypatch.setattr(pages, "now", lambda: session.starts_at + timedelta(minutes=21))
    assert "No notes after 20 minutes" in client.get(f"/meetings/{meeting.slug}/record").text
    page = client.get(f"/meetings/{meeting.slug}/record/{session.code}").text
    assert "21 min in · 69 left" in page
