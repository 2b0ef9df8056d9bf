"""Looking for what was recorded: the same answers on both databases, in any script, and only for who may read."""

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import select

from config import ROOT
from eventapp.ground.db import db, transaction
from eventapp.ground.text.policy import search_key
from eventapp.meetings.models import RAPPORTEUR, Meeting
from eventapp.record.clearing.actions import submit_session
from eventapp.record.extras.translation import Rendering, translate
from eventapp.record.revisions.actions import revise
from eventapp.record.revisions.history import delete, restore, undo
from eventapp.record.search.index import INPUT, Thing, forget, index
from eventapp.record.search.models import SearchEntry
from eventapp.record.search.query import A_PAGE, Piece, Question, found, pieces
from eventapp.record.summaries.actions import write_summary
from eventapp.record.summaries.content import Summary
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_record import draft, note

CORPUS = {  # what is looked for, and the texts that have it; the same on every database
    "วิทยุชุมชนเข้าถึงเกษตรกรก่อนพอร์ทัล": ["เกษตรกร", "ชุมชน"],
    "农民通过手机收听广播。": ["手机", "广播"],
    "تصل الإذاعة إلى المزارعين قبل أي بوابة": ["الاذاعة", "المزارعين", "الإذَاعة"],
    "Élargir l’accès à Internet dans les écoles": ["elargir", "ÉCOLES", "l’accès", "l'acces"],
    "Les “premiers” résultats 2017–2018": ['"premiers"', "2017-2018"],
    "Straße und Schiene": ["strasse", "STRASSE"],
    "ＩＴＵ and İstanbul": ["itu", "istanbul"],
    "Nâng cao năng lực số": ["nang cao", "NĂNG"],
    "किसानों तक रेडियो पहुँचता है": ["रेडियो"],
    "100% of 4_5 sites \\ done": ["100%", "4_5", "\\"],
    "ひらがなとカタカナ": ["カタカナ", "がな"],
    "Đồng Tháp, Łódź and Yıldız": ["dong thap", "lodz", "YILDIZ", "Yıldız"],
    "شبکه‌های مدرسه‌ای ۱۴۰۳": ["شبكة", "1403", "١٤٠٣"],
    "منظمة على المستوى": ["منظمه", "علي"],
    "งบประมาณ ๒๕๕๙ ล้านบาท": ["2559"],
}


def texts(meeting: Meeting, **asked: str) -> list[str]:
    return [row.text for row in found(meeting, Question(**asked), sessions=None, page=1).rows]


def test_a_part_of_a_word_is_found_in_any_script_and_nothing_else_is(app: Flask) -> None:
    session = make.session(make.meeting(), code="SR", title="Opening")  # by themselves they may have a number of these
    for text in CORPUS:
        note(session, text)

    for text, words in CORPUS.items():
        for word in words:
            assert texts(session.meeting, q=word) == [text], word
    for nothing in ("100_", "4%5", "か", "農民", "zzz", "' OR 1=1"):
        assert texts(session.meeting, q=nothing) == []


def test_several_words_must_all_be_there(app: Flask) -> None:
    session = make.session(make.meeting())
    note(session, "Radio reaches farmers.")
    note(session, "Radio reaches nobody.")
    assert texts(session.meeting, q="farm RADIO") == ["Radio reaches farmers."]


def test_it_is_narrowed_down_by_what_a_note_is_of(app: Flask) -> None:
    meeting = make.meeting()
    one, other = make.session(meeting, code="S1"), make.session(meeting, code="S2")
    note(
        one, "First.", kind="trend", action_lines=("C2",), goals=(1,), countries=("THA",), speaker="Nguyễn Ánh",
        organization="ITU", state="approved",
    )  # fmt: skip
    note(other, "Second.", kind="quote", action_lines=("C7-EAGR",), goals=(11,), country="BTN")

    for asked in (
        {"kind": "trend"}, {"line": "C2"}, {"goal": "1"}, {"country": "THA"}, {"session": "S1"},
        {"speaker": "nguyen"}, {"speaker": "itu anh"}, {"state": "approved"},
    ):  # fmt: skip
        assert texts(meeting, **asked) == ["First."], asked
    for asked in ({"kind": "quote"}, {"line": "C7-EAGR"}, {"goal": "11"}, {"country": "BTN"}, {"state": "draft"}):
        assert texts(meeting, **asked) == ["Second."], asked
    for asked in (
        {"kind": "x"},
        {"line": "C"},
        {"goal": "%"},
        {"country": "TH"},
        {"session": "S"},
        {"state": "x"},
        {"line": "c2"},
        {"country": "tha"},
        {"session": "s1"},
        {"kind": "Trend"},
        {"state": "Draft"},
    ):
        assert texts(meeting, **asked) == [], asked


def test_what_is_found_follows_every_change(app: Flask) -> None:
    session = make.session(make.meeting())
    made = note(session, "Before.")
    with transaction():
        revise(made, draft("After."), base=1, by=None, at=TODAY)
    assert (texts(session.meeting, q="before"), texts(session.meeting, q="after")) == ([], ["After."])
    with transaction():
        delete(made, base=2, by=None, at=TODAY)
    assert texts(session.meeting, q="after") == []
    with transaction():
        undo(made, by=None, at=TODAY)
    assert texts(session.meeting, q="after") == ["After."]
    with transaction():
        restore(made, 1, base=made.head, by=None, at=TODAY)
    assert texts(session.meeting, q="before") == ["Before."]


def test_what_goes_off_the_record_is_found_no_more(app: Flask) -> None:
    session = make.session(make.meeting())
    made = note(session, "Canary.")
    assert texts(session.meeting, q="canary") == ["Canary."]
    with transaction():
        revise(made, draft("Canary.", off_record=True), base=1, by=None, at=TODAY)
    assert texts(session.meeting, q="canary") == []
    note(session, "Another canary.", off_record=True)
    assert texts(session.meeting, q="canary") == []


def test_a_note_is_found_by_its_translation(app: Flask) -> None:
    session = make.session(make.meeting())
    made = note(session, "Radio.")
    with transaction():
        translate(made, Rendering("th", "วิทยุ", translator="Office"), base=0, by=None, at=TODAY)
    assert texts(session.meeting, q="วิทยุ") == ["Radio."]


def test_summaries_and_what_other_features_keep_are_found_with_the_notes(app: Flask) -> None:
    session = make.session(make.meeting())
    note(session, "Broadband for all.")
    with transaction():
        write_summary(session, Summary(discussion="The session spoke of broadband."), base=0, by=None, at=TODAY)
        index(Thing(INPUT, 1, session.meeting_id, None, "IN-1", "inputs/1", "An input", "Broadband, we submit."))

    assert set(texts(session.meeting, q="broadband")) == {
        "Broadband for all.",
        "The session spoke of broadband.",
        "Broadband, we submit.",
    }
    assert texts(session.meeting, kind="summary") == ["The session spoke of broadband."]
    assert texts(session.meeting, kind="input") == ["Broadband, we submit."]
    with transaction():
        forget(INPUT, 1)
    assert texts(session.meeting, kind="input") == []


def test_another_meeting_is_another_record(app: Flask) -> None:
    note(make.session(make.meeting()), "Here.")
    assert texts(make.meeting(), q="here") == []


def test_answers_come_a_page_at_a_time(app: Flask) -> None:
    session = make.session(make.meeting())
    for number in range(A_PAGE + 1):
        note(session, f"Note {number}.")
    question = Question(q="note")
    first, second = (found(session.meeting, question, sessions=None, page=page) for page in (1, 2))
    assert (len(first.rows), len(second.rows), first.count) == (A_PAGE, 1, A_PAGE + 1)
    assert found(session.meeting, question, sessions=None, page=9).rows == []


def test_what_was_looked_for_is_marked_as_it_was_written() -> None:
    assert pieces("Les Écoles d’été", search_key("ecole ete").split()) == [
        Piece("Les ", is_hit=False),
        Piece("École", is_hit=True),
        Piece("s d’", is_hit=False),
        Piece("été", is_hit=True),
    ]
    assert pieces("e\u0301cole", ["e"])[0] == Piece("e\u0301", is_hit=True)
    assert pieces("Words", []) == [Piece("Words", is_hit=False)]
    assert "".join(one.text for one in pieces("The straße ends", ["strasse"])) == "The straße ends"


def test_a_long_text_is_shown_around_what_was_found() -> None:
    shown = pieces("word " * 500 + "needle" + " word" * 500, ["needle"])
    assert shown[0].text.startswith("…")
    assert shown[1] == Piece("needle", is_hit=True)
    assert sum(len(one.text) for one in shown) < 1000


def test_the_page_shows_what_was_found_and_where(client: PageClient) -> None:
    meeting = make.meeting()
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    session = make.session(meeting, code="S7")
    note(session, "Community radio reaches <b>farmers</b>.", state="approved")
    address = f"/meetings/{meeting.slug}/record/search"

    page = client.get(f"{address}?q=RADIO+farm&state=approved").text

    assert "<mark>radio</mark>" in page
    assert "&lt;b&gt;<mark>farm</mark>ers" in page
    assert f'href="/meetings/{meeting.slug}/record/S7/1"' in page
    assert "1 found" in page
    assert "Nothing fits" in client.get(f"{address}?q=television").text
    assert "never found" in client.get(address).text
    assert "Nothing fits" in client.get(f"{address}?q=radio&page=x&goal=%00&line=%25").text


def test_the_rapporteur_of_one_session_finds_what_was_said_there_only(client: PageClient) -> None:
    meeting, me = make.meeting(), make.person("Arjun Prasad")
    mine, other = make.session(meeting), make.session(meeting)
    make.role(mine, "rapporteur", person_id=me.id)
    note(mine, "Radio here.")
    note(other, "Radio there.")
    client.sign_in(me)

    page = client.get(f"/meetings/{meeting.slug}/record/search?q=radio").text

    assert "<mark>Radio</mark> here" in page
    assert "there." not in page
    assert other.title not in page


@pytest.mark.parametrize("word", ["ecoles", "Écoles", "écoles"])
def test_visitors_find_published_outcomes_with_and_without_accents(client: PageClient, word: str) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    note(session, "Les écoles.", state="published")
    note(session, "Les écoles secrètes.", state="approved")
    page = client.get(f"/meetings/{meeting.slug}/outcomes?q={word}").text
    assert "Les écoles." in page
    assert "secrètes" not in page


def test_what_was_recorded_before_there_was_a_search_is_found_too(app: Flask) -> None:
    session = make.session(make.meeting())
    note(session, "Élargir l’accès.", action_lines=("C2",), goals=(9,), countries=("THA",), speaker="Ánh")
    note(session, "Secret.", off_record=True)
    with transaction():
        write_summary(session, Summary(discussion="Summed up."), base=0, by=None, at=TODAY)
        submit_session(session, by=None, at=TODAY, despite="Late")
    before = everything()
    [migration] = (ROOT / "migrations/versions").glob("*_find_what_was_recorded.py")
    number = int(migration.name.split("_")[0])

    db.session.remove()
    flask_migrate.downgrade(directory=str(ROOT / "migrations"), revision=f"{number - 1:04d}")
    flask_migrate.upgrade(directory=str(ROOT / "migrations"))

    assert everything() == before
    assert len(before) == 2


def test_what_was_recorded_before_letters_were_one_is_found_by_either(app: Flask) -> None:
    session = make.session(make.meeting())
    note(session, "Đà Nẵng, ۱۴۰۳", speaker="Yıldız")
    before = everything()
    [migration] = (ROOT / "migrations/versions").glob("*_find_letters_written_in_several_ways.py")
    number = int(migration.name.split("_")[0])
    with transaction():
        row = db.session.scalars(select(SearchEntry)).one()
        row.words, row.speaker = row.words.replace("da nang, 1403", "đa nang, ۱۴۰۳").replace("yil", "yıl"), "yıldız"
    assert everything() != before

    db.session.remove()
    flask_migrate.downgrade(directory=str(ROOT / "migrations"), revision=f"{number - 1:04d}")
    flask_migrate.upgrade(directory=str(ROOT / "migrations"))

    assert everything() == before


def test_what_was_recorded_with_another_apostrophe_is_found_by_either(app: Flask) -> None:
    note(make.session(make.meeting()), "L’accès à l‘école – demain", speaker="O’Brien")
    before = everything()
    [migration] = (ROOT / "migrations/versions").glob("*_find_words_whatever_apostrophe_they_have.py")
    number = int(migration.name.split("_")[0])
    with transaction():
        row = db.session.scalars(select(SearchEntry)).one()
        row.words, row.speaker = row.words.replace("'", "’"), "o’brien"
    assert everything() != before

    db.session.remove()
    flask_migrate.downgrade(directory=str(ROOT / "migrations"), revision=f"{number - 1:04d}")
    flask_migrate.upgrade(directory=str(ROOT / "migrations"))

    assert everything() == before


def everything() -> list[dict[str, object]]:
    names = [column.name for column in SearchEntry.__table__.columns if column.name != "id"]
    rows = db.session.scalars(select(SearchEntry).order_by(SearchEntry.thing, SearchEntry.thing_id))
    return [{name: getattr(row, name) for name in names} for row in rows]
