import re
from datetime import datetime
from io import BytesIO

import pytest
from sqlalchemy import select

from eventapp.drafts import protocol, text_page
from eventapp.ground.db import db
from eventapp.history.queries import entries_of
from eventapp.inputs import listing, manage, views
from eventapp.inputs.models import Input
from eventapp.inputs.own import views as own
from eventapp.inputs.queries import call_of, file_of, input_of
from eventapp.mail.models import Letter
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, Meeting
from eventapp.registration.entry import own_token
from tests import make
from tests.browserless import PageClient
from tests.counting import counted
from tests.make import TODAY
from tests.make_inputs import CLOSES, RADIO, call, docx, sent

FORM = {"draft": "0", "behalf": "organization", "organization": "Radio Network", "country": "", "language": "en",
        "overview": "Three things matter.", "line-C9": RADIO, "public": "y"}  # fmt: skip


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    the_clock(monkeypatch, TODAY)


def the_clock(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    for module in (views, own, manage, protocol, text_page):
        monkeypatch.setattr(module, "now", lambda: at)


def opened(client: PageClient) -> tuple[Input, str]:
    """An input begun from the page of a registration, and its address."""
    meeting = make.meeting()
    call(meeting)
    registration = make.registration(meeting)
    begun = f"/registrations/{own_token(registration)}/input"
    assert "Begin an input" in client.get(begun).text
    assert input_of(registration.person, meeting) is None
    address = client.post(begun).location
    written = input_of(registration.person, meeting)
    assert written is not None
    return written, address


def test_the_way_in_calls_a_state_as_its_reader_does(client: PageClient) -> None:
    meeting = make.meeting()
    call(meeting)
    state = make.delegation(meeting, "Thailand", is_state=True, country="THA")
    address = f"/registrations/{own_token(make.registration(meeting, delegation=state))}/input"
    assert "Thaïlande" in client.get(address, headers={"Accept-Language": "fr"}).text


def test_an_input_is_written_sent_and_acknowledged(client: PageClient) -> None:
    written, address = opened(client)
    assert client.get(address).headers["Referrer-Policy"] == "no-referrer"
    assert client.post(address, data=FORM).status_code == 303
    assert written.stands and written.is_public
    letter = db.session.scalars(select(Letter)).one()
    assert address in letter.text
    assert "You can correct it, send it again or withdraw it" in client.get(address).text


def test_what_is_wrong_is_said_and_what_was_typed_stays(client: PageClient) -> None:
    written, address = opened(client)
    answer = client.post(address, data={**FORM, "organization": "", "line-C9": "word " * 751})
    assert answer.status_code == 422
    assert "Write on whose behalf you write." in answer.text
    assert "Use 750 words or less; there are 751 now." in answer.text
    assert "word word" in answer.text
    answer = client.post(address, data={**FORM, "overview": "", "line-C9": ""})
    assert "Write something here, or under one action line." in answer.text
    assert (written.sent_at, written.version) == (None, 0)


def test_whether_it_may_be_shown_is_kept_with_a_draft_and_shows_nothing_yet(client: PageClient) -> None:
    written, address = opened(client)
    half = {"draft": "0", "line-C9": "Half a sentence"}
    assert client.post(f"{address}/draft", data={**half, "public": "y"}).status_code == 204
    assert re.search(r'<input[^>]*checked[^>]*name="public"', client.get(address).text)
    assert not written.is_public
    assert client.post(f"{address}/draft", data={**half, "draft": "1"}).status_code == 204
    assert (written.public_since, written.version) == (None, 2)


def test_half_an_input_is_kept_and_the_second_window_is_told(client: PageClient) -> None:
    written, address = opened(client)
    assert client.post(address, data={"draft": "0", "line-C9": "Half a sen", "keep": "1"}).status_code == 303
    assert written.content["passages"] == {"C9": "Half a sen"}
    answer = client.post(f"{address}/draft", data={"draft": "1", "line-C9": "Half a sentence"})
    assert (answer.status_code, answer.headers["X-Version"]) == (204, "2")
    assert client.post(f"{address}/draft", data={"draft": "1", "line-C9": "Other"}).status_code == 409
    answer = client.post(address, data={**FORM, "draft": "1"})
    assert answer.status_code == 409
    assert "changed in another window" in answer.text and RADIO in answer.text
    assert written.content["passages"] == {"C9": "Half a sentence"}


def test_a_document_goes_along_and_is_only_ever_a_download(client: PageClient) -> None:
    written, address = opened(client)
    form = {**FORM, "file": (BytesIO(docx()), "input.docx")}
    assert client.post(address, data=form, content_type="multipart/form-data").status_code == 303
    kept = file_of(written)
    assert kept is not None and kept.given_name == "input.docx"
    assert [one.detail["file"] for one in entries_of(written) if "file" in one.detail] == [kept.given_name]
    answer = client.get(f"{address}/file")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    bad = {**FORM, "draft": "1", "file": (BytesIO(b"<script>"), "input.docx")}
    answer = client.post(address, data=bad, content_type="multipart/form-data")
    assert answer.status_code == 422 and "whatever its name says" in answer.text


def test_a_document_is_kept_as_soon_as_it_is_chosen_until_the_deadline(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, address = opened(client)

    def chosen(content: bytes) -> tuple[int, str]:
        data = {"file": (BytesIO(content), "input.docx")}
        answer = client.post(f"{address}/file", data=data, content_type="multipart/form-data")
        return answer.status_code, answer.text

    assert chosen(docx()) == (200, "On file: input.docx. Choose another only to replace it.")
    kept = file_of(written)
    assert kept is not None and written.sent_at is None
    status, words = chosen(b"<script>")
    assert (status, "whatever its name says" in words) == (422, True)
    assert client.post(f"{address}/file", data={}).status_code == 400
    monkeypatch.setattr(text_page, "now", lambda: CLOSES)
    assert chosen(docx())[0] == 409
    assert file_of(written) is kept


def test_an_input_is_taken_back_and_after_the_deadline_it_stays(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, address = opened(client)
    client.post(address, data=FORM)
    assert client.post(f"{address}/withdrawal").status_code == 303
    assert "You withdrew it" in client.get(address).text
    twice = client.post(f"{address}/withdrawal")
    assert (twice.status_code, 'name="draft" type="hidden" value="1"' in twice.text) == (409, True)
    client.post(address, data={**FORM, "draft": "1"})
    assert written.stands
    the_clock(monkeypatch, CLOSES)
    assert client.post(f"{address}/withdrawal").status_code == 409
    assert client.post(address, data={**FORM, "draft": "1", "overview": "Late."}).status_code == 409
    assert "it stays as you sent it" in client.get(address).text
    assert client.post(f"{address}/consent").status_code == 303
    assert written.public_since is None


def test_the_public_page_shows_what_its_senders_agreed_to(client: PageClient) -> None:
    meeting = make.meeting()
    address = f"/meetings/{meeting.slug}/inputs"
    assert "No inputs are asked for" in client.get(address).text
    call(meeting)
    sent(meeting, organization="Shown Network")
    sent(meeting, public=False, organization="Hidden Network")
    page = client.get(address).text
    assert "Shown Network" in page and "Hidden Network" not in page
    assert RADIO in client.get(f"{address}/1").text
    assert client.get(f"{address}/2").status_code == 404
    assert "Ada Byron" not in client.get(f"{address}/1").text


def test_who_is_signed_in_goes_straight_to_the_input(client: PageClient) -> None:
    meeting = make.meeting()
    call(meeting)
    registration = make.registration(meeting)
    assert client.get(f"/meetings/{meeting.slug}/inputs/mine").location.endswith("/my-registration")
    client.sign_in(registration.person)
    assert client.get(f"/meetings/{meeting.slug}/inputs/mine").location.endswith(f"{own_token(registration)}/input")


def worked(client: PageClient, role: str = RAPPORTEUR) -> tuple[Meeting, str]:
    meeting = make.meeting()
    make.session(meeting, code="S3")
    client.sign_in(make.staff(meeting, role))
    return meeting, f"/meetings/{meeting.slug}/manage/inputs"


def test_an_organizer_sets_the_dates_and_asks_a_body(client: PageClient) -> None:
    meeting, address = worked(client, ORGANIZER)
    body = {"name": "Mele", "email": "mele@example.org", "organization": "TRBR"}
    assert client.post(address, data=body).status_code == 409
    dates = {"opens_at": "2026-03-01 09:00", "closes_at": "2026-03-10 17:00", "asks": "Write to us."}
    for wrong in ({"opens_at": "soon"}, {"closes_at": ""}):
        assert client.post(f"{address}/call", data={**dates, **wrong}).status_code == 422
    assert client.post(f"{address}/call", data={**dates, "closes_at": "2026-02-01 09:00"}).status_code == 409
    assert client.post(f"{address}/call", data=dates).status_code == 303
    assert "Write to us." in client.get(address).text
    found = call_of(meeting)
    assert found is not None and found.closes_at.isoformat() == "2026-03-10T10:00:00+00:00"
    assert client.post(address, data=body).status_code == 303
    link = re.search(r"/inputs/\S+", db.session.scalars(select(Letter.text)).one())
    assert link and "Who writes" in PageClient(client.application).get(link[0]).text


def test_an_editor_finds_reads_makes_notes_and_marks_as_dealt_with(client: PageClient) -> None:
    meeting, address = worked(client)
    call(meeting)
    written = sent(meeting)
    assert "Radio Network" in client.get(f"{address}?line=C9&words=farmers&state=new").text
    assert "Nothing fits" in client.get(f"{address}?line=C2").text
    page = client.get(f"{address}/1").text
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key and RADIO in page
    form = {"part": "C9", "session": "S3", "kind": "challenge", "text": "Licences take two years.", "key": key[1]}
    assert client.post(f"{address}/1/notes", data={**form, "text": "word " * 151}).status_code == 422
    assert client.post(f"{address}/1/notes", data={**form, "part": "C2"}).status_code == 422
    for _twice in range(2):
        assert client.post(f"{address}/1/notes", data=form).location.endswith("/1?made=S3-01#part-C9")
    (made,) = written.notes
    note = made.note
    assert (note.reference, note.current.organization, note.current.action_lines) == ("S3-01", "Radio Network", ["C9"])
    assert "from a written input" in client.get(f"/meetings/{meeting.slug}/record/S3/1").text
    assert client.post(f"{address}/1", data={"act": "deal"}).status_code == 303
    assert written.dealt_at is not None
    assert client.post(f"{address}/1", data={"act": "again"}).status_code == 303
    assert written.dealt_at is None
    assert client.post(f"{address}/1", data={"act": "other"}).status_code == 422


def test_a_draft_is_read_by_nobody_else(client: PageClient) -> None:
    written, link = opened(PageClient(client.application))
    client.sign_in(make.staff(written.meeting, RAPPORTEUR))
    client.post(f"{link}/draft", data={"draft": "0", "overview": "Between us."})
    address = f"/meetings/{written.meeting.slug}/manage/inputs"
    assert "Being written" in client.get(address).text
    assert "Between us." not in client.get(f"{address}/1").text
    assert client.post(f"{address}/1/notes", data={"part": "", "text": "x"}).status_code == 422


def test_a_list_of_three_asks_as_much_as_a_list_of_one(client: PageClient) -> None:
    meeting, address = worked(client)
    call(meeting)
    counts = []
    for number in (1, 2):
        for _one in range(number):
            sent(meeting)
        with counted() as statements:
            client.get(address)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_many_inputs_are_read_page_by_page_and_the_file_has_all(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "A_PAGE", 2)
    monkeypatch.setattr(views, "A_PAGE", 2)
    monkeypatch.setattr(listing, "SOME", 2)
    meeting = make.meeting()
    call(meeting)
    everybody = [sent(meeting).reference for _one in range(5)]
    base = f"/meetings/{meeting.slug}"
    public = client.get(f"{base}/inputs?page=3").text
    assert [one in public for one in everybody] == [False] * 4 + [True]
    client.sign_in(make.staff(meeting, ORGANIZER))
    for query in ("?page=2", "?page=2&words=radio"):
        text = client.get(f"{base}/manage/inputs{query}").text
        assert [one in text for one in everybody] == [False, False, True, True, False]
    assert "words=radio" in text.split("pager")[1]
    table = client.get(f"{base}/manage/inputs.csv").text
    assert [table.count(one) for one in everybody] == [1] * 5
