"""Notes in and out by file: checked before anything is written, every fault with its line, twice the same is once."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import OPEN, db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from eventapp.record.extras.indexing import index_note
from eventapp.record.extras.models import Delivery
from eventapp.record.loading.actions import Faulty, Loading, load_file
from eventapp.record.loading.queries import CHANGED, NEW, SAME, Steps, steps_of
from eventapp.record.loading.reading import File, read_file
from eventapp.record.loading.writing import notes_file
from eventapp.record.notes.content import Figure, content_of
from eventapp.record.notes.models import DRAFT, Note
from eventapp.record.notes.queries import notes
from eventapp.record.revisions.actions import revise
from eventapp.record.search.models import SearchEntry
from tests import make, make_record
from tests.counting import counted

CSV = (
    "id;Session;Kind;Speaker;Delegation;Words;Action lines;Goals;Countries;Support;Figures;Due;translation_en;Language\n"
    "A-1;S1;challenge;Jone Vuki (illustrative);Fiji;One cable serves us.;C2, c7-egov;9,SDG 17;FJI;one-voice;"
    '"96 per cent | ITU, 2023\n5 weeks";2027-12-31;\n'
    "A-2;S1;Recommendation;;ITU;Étudier la redondance des câbles.;C2;;;;;;Study cable redundancy.;fr\n"
)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    meeting = make.meeting(slug="spring")
    session = make.session(meeting, code="S1")
    make.role(session, name="Grace Hopper", organization="Radio Network", country="BTN")
    return meeting


def load(meeting: Meeting, text: str | bytes, state: str = DRAFT) -> Steps:
    file = read_file(text.encode() if isinstance(text, str) else text)
    return load_file(meeting.id, file, by=None, at=make.TODAY, state=state)


def faults(meeting: Meeting, text: str | bytes) -> list[tuple[int, str]]:
    with pytest.raises(Faulty) as refused:
        load(meeting, text)
    assert notes() == []
    return [(fault.line, fault.sentence) for fault in refused.value.faults]


@pytest.mark.parametrize("text", [CSV, "\ufeff" + CSV, CSV.replace("\n", "\r\n")])
def test_a_table_becomes_drafts_with_all_that_it_says(meeting: Meeting, text: str) -> None:
    assert load(meeting, text).count(NEW) == 2
    first, second = notes()
    said = content_of(first.current)
    assert (first.state, first.reference) == ("draft", "S1-01")
    assert (said.kind, said.speaker, said.organization) == ("challenge", "Jone Vuki (illustrative)", "Fiji")
    assert (said.country, said.stakeholder_type) == ("FJI", "government")
    assert (said.action_lines, said.goals, said.countries) == (("C2", "C7-EGOV"), (9, 17), ("FJI",))
    assert said.figures == (Figure("96 per cent", "ITU, 2023"), Figure("5 weeks"))
    assert str(said.due_on) == "2027-12-31"
    assert second.current.kind == "recommendation"


def test_who_is_on_the_programme_brings_along_what_it_knows(meeting: Meeting) -> None:
    load(meeting, "session,kind,speaker,words\nS1,trend,grace hopper,Radio reaches farmers.\n")
    said = content_of(notes()[0].current)
    assert (said.speaker, said.organization, said.country) == ("Grace Hopper", "Radio Network", "BTN")
    assert said.role_id is not None


def test_json_lines_say_the_same(meeting: Meeting) -> None:
    line = {
        "session": "S1", "kind": "commitment", "delegation": "Bhutan", "words": "提供培训。", "goals": [4], "due": "2027-06-30",
        "figures": [{"figure": "500", "source": "Plan"}], "translations": {"en": "Training will be given."},
    }  # fmt: skip
    load(meeting, json.dumps(line, ensure_ascii=False) + "\n\n")
    said = content_of(notes()[0].current)
    assert (said.language, said.country, said.goals) == ("zh", "BTN", (4,))
    assert "Training will be given." in notes_file(meeting, "csv").decode()


def test_the_same_file_twice_changes_nothing(meeting: Meeting) -> None:
    without_id = "session,kind,words\nS1,trend,Radio reaches farmers.\n"
    for text in (CSV, without_id):
        load(meeting, text)
    before = (len(notes()), db.session.scalars(select(Entry.id)).all())
    for text in (CSV, without_id):
        assert {step.what for step in load(meeting, text).steps} == {SAME}
    assert (len(notes()), db.session.scalars(select(Entry.id)).all()) == before


def test_the_same_file_changes_nothing_where_the_programme_changed(meeting: Meeting) -> None:
    texts = [
        "session,kind,speaker,words\nS1,trend,Grace Hopper,Radio.\n",
        "id,session,kind,speaker,words\n7,S1,trend,Grace Hopper,TV.\n",
    ]
    for text in texts:
        load(meeting, text)
    with transaction():
        notes()[0].session.roles[0].organization = "Another Network"
    assert [load(meeting, text).count(SAME) for text in texts] == [1, 1]
    assert [note.head for note in notes()] == [1, 1]


def test_what_was_loaded_is_known_under_another_secret_key(meeting: Meeting, app: Flask) -> None:
    load(meeting, CSV)
    app.config["SECRET_KEY"] = "another key of thirty-two bytes or more"
    assert load(meeting, CSV).count(SAME) == 2


def test_words_that_come_back_are_a_revision_again(meeting: Meeting) -> None:
    other = CSV.replace("One cable", "Two cables")
    for text in (CSV, other, CSV):
        load(meeting, text)
    assert (notes()[0].head, notes()[0].current.text) == (3, "One cable serves us.")


def test_other_words_under_an_id_are_a_further_revision(meeting: Meeting) -> None:
    load(meeting, CSV)
    assert load(meeting, CSV.replace("One cable serves us", "Two cables serve us")).count(CHANGED) == 1
    first = notes()[0]
    assert (first.head, first.current.text, len(notes())) == (2, "Two cables serve us.", 2)


def test_what_was_changed_here_is_never_overwritten(meeting: Meeting) -> None:
    load(meeting, CSV)
    first = notes()[0]
    with transaction():
        revise(first, make_record.draft("Three cables serve us."), base=1, by=None, at=make.TODAY)
    assert load(meeting, CSV).count(SAME) == 2  # the file says what it said
    with pytest.raises(Faulty, match="Nothing was loaded") as refused:
        load(meeting, CSV.replace("One cable", "No cable").replace("Étudier", "Examiner"))
    assert [fault.line for fault in refused.value.faults] == [2]
    assert [note.current.text for note in notes()] == ["Three cables serve us.", "Étudier la redondance des câbles."]


def test_every_fault_has_its_line_and_nothing_is_loaded(meeting: Meeting) -> None:
    found = faults(
        meeting,
        "session,kind,words,goals,due,support,countries\n"
        "S1,trend,Good.,,,,\n"
        "S9,trend,No session.,,,,\n"
        "S1,gossip,No kind.,18,soon,loud,Atlantis\n"
        "S1,trend,,,,,\n"
        "S1,trend,Good.,,,,\n",
    )
    assert [line for line, _sentence in found] == [3, 4, 4, 4, 4, 4, 5, 6]
    said = " ".join(sentence for _line, sentence in found)
    for words in (
        "“S9”",
        "“gossip”",
        "“18”",
        "2027-12-31",
        "“loud”",
        "“Atlantis”",
        "Write what was said",
        "line 2 already",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (b"session,kind,words\nS1,trend,\xff\n", 2, "UTF-8"),
        ('session,kind,words\nS1,trend,"open\n', 2, "quotation mark"),
        ("session,kind\nS1,trend\n", 1, "words"),
        ("session,kind,words,colour\nS1,trend,Red.,red\n", 1, "colour"),
        ('{"session": "S1", "kind": "trend", "words": "A."}\n{"session"\n', 2, "JSON"),
        ('{"session": "S1", "kind": "trend", "words": ["A."]}\n', 1, "text"),
        ('{"session": "S1", "kind": "trend", "words": "A.", "translations": {"en": "B."}}\n', 1, "“en”"),
        ("", 1, "columns"),
        ("session,kind,words\n", 1, "no note"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(meeting: Meeting, text: str | bytes, line: int, words: str) -> None:
    found = faults(meeting, text)
    assert found[0][0] == line
    assert words in " ".join(sentence for _line, sentence in found)


def test_a_fault_at_the_last_step_leaves_nothing_behind(meeting: Meeting) -> None:
    text = "session,kind,words,off_record\nS1,trend,On the record.,\nS1,trend,Off the record.,yes\n"
    with pytest.raises(Faulty) as refused:
        load(meeting, text, state="approved")
    assert [fault.line for fault in refused.value.faults] == [3]
    assert (notes(), db.session.scalars(select(Entry).where(Entry.verb == "recorded")).all()) == ([], [])
    load(meeting, text)
    assert [note.state for note in notes()] == ["draft", "draft"]


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_what_was_written_is_read_again(meeting: Meeting, ending: str) -> None:
    load(meeting, CSV, state="approved")
    session = notes()[0].session
    odd = make_record.note(
        session, "- a point\n- another, with “marks” | and bars", sources=("=1+1",), speaker="Grace Hopper"
    )
    make_record.note(session, "Between us.", off_record=True)
    written = notes_file(meeting, ending)
    assert b"Between us" not in written
    assert {step.what for step in load(meeting, written).steps} == {SAME}
    elsewhere = make.meeting(slug="autumn")
    make.session(elsewhere, code="S1")
    assert load(elsewhere, written).count(NEW) == 3
    assert load(elsewhere, written).count(SAME) == 3
    here, there = (
        [content_of(note.current).as_json() | {"role_id": None} for note in notes(Note.session.has(meeting_id=one.id))]
        for one in (meeting, elsewhere)
    )
    assert there == [one for one in here if not one["off_record"]]
    assert odd.current.text in [one["text"] for one in there]


def test_a_written_file_changes_only_the_revision_it_was_written_from(meeting: Meeting) -> None:
    load(meeting, CSV)
    written = notes_file(meeting, "csv").decode().replace("One cable", "Two cables")
    assert load(meeting, written).count(CHANGED) == 1
    with pytest.raises(Faulty):
        load(meeting, written.replace("Two cables", "Four cables"))


def test_the_command_loads_and_says_what_is_wrong(app: Flask, meeting: Meeting, tmp_path: Path) -> None:
    runner, file = app.test_cli_runner(), tmp_path / "notes.csv"
    file.write_text(CSV)
    answer = runner.invoke(args=["outcomes", "load", "spring", str(file), "--state", "approved"])
    assert answer.output == "Notes of spring: 2 new, 0 changed, 0 as before.\n"
    assert [note.state for note in notes()] == ["approved", "approved"]
    file.write_text(CSV.replace("S1;challenge", "S9;challenge"))
    answer = runner.invoke(args=["outcomes", "load", "spring", str(file)])
    assert (answer.exit_code, f"{file}:2: There is no session “S9” in this meeting." in answer.output) == (1, True)
    answer = runner.invoke(args=["outcomes", "dump", "spring", "--format", "jsonl"])
    assert json.loads(answer.output.splitlines()[0])["words"] == "One cable serves us."


def test_the_statements_of_the_bench_come_in_with_their_languages(app: Flask) -> None:
    meeting = make.meeting(slug="regional")
    for number in range(1, 6):
        make.session(meeting, code=f"S{number}")
    content = (Path(__file__).parents[2] / "bench/statements.jsonl").read_bytes()
    assert load(meeting, content, state="approved").count(NEW) == 49
    assert load(meeting, content, state="approved").count(SAME) == 49
    languages = [note.current.language for note in notes()]
    assert {code: languages.count(code) for code in sorted({*languages})} == {"en": 40, "fr": 3, "ru": 3, "zh": 3}
    assert len({note.current.organization for note in notes()}) == 15


def test_what_a_file_would_do_is_asked_for_all_its_lines_together(meeting: Meeting) -> None:
    def asked(lines: int) -> int:
        text = "\n".join(
            json.dumps(
                {"id": f"F-{number}", "session": "S1", "kind": "trend", "words": "More.", "action_lines": ["C2"]}
            )
            for number in range(lines)
        )
        load(meeting, text)
        db.session.expire_all()
        with counted() as sent:
            assert steps_of(meeting, read_file(text.encode())).count(SAME) == lines
        return len(sent)

    assert asked(2) == asked(12)


def test_what_is_loaded_stands_in_its_tables_as_if_it_was_typed(meeting: Meeting) -> None:
    load(meeting, CSV, state="approved")
    loaded = notes()
    columns = [one.name for one in SearchEntry.__table__.columns if one.name != "id"]
    found = {one.thing_id: [getattr(one, name) for name in columns] for one in db.session.scalars(select(SearchEntry))}
    with transaction():
        for one in notes():
            index_note(one)
    db.session.expire_all()
    again = {one.thing_id: [getattr(one, name) for name in columns] for one in db.session.scalars(select(SearchEntry))}
    assert found == again and len(found) == len(loaded)
    lines = [(one.verb, one.thing_id, one.detail["reference"]) for one in entries("recorded", "approved")]
    assert lines == [(verb, one.id, one.reference) for verb in ("recorded", "approved") for one in loaded]
    assert [one.due_on for one in db.session.scalars(select(Delivery))] == [
        one.current.due_on for one in loaded if one.current.due_on
    ]


def entries(*verbs: str) -> list[Entry]:
    query = select(Entry).where(Entry.verb.in_(verbs), Entry.thing == "note")
    return list(db.session.scalars(query.order_by(Entry.number)))


def test_a_file_is_worked_out_while_nothing_is_held_and_anew_where_the_meeting_changed(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, file, seen = meeting.id, read_file(CSV.encode()), list[bool]()

    def meanwhile(at: Meeting, lines: File, _tell: object) -> Steps:
        seen.append(OPEN.get() is None)  # no transaction is open
        found = steps_of(at, lines)
        if len(seen) == 1:  # somebody records a note before this is written
            make_record.note(db.session.scalars(select(Session)).one(), "Somebody types meanwhile.")
        return found

    monkeypatch.setattr("eventapp.record.loading.actions.steps_of", meanwhile)
    load_file(number, file, by=None, at=make.TODAY)
    assert seen == [True, True]
    assert [one.reference for one in notes()] == ["S1-01", "S1-02", "S1-03"]


MANY = "".join(f"B-{number};S1;trend;Radio {number} reaches farmers.\n" for number in range(6))
HEADS = "id;session;kind;words\n"


@pytest.fixture
def by_twos(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[int], None]], None]:
    """Let two lines come in at a time, and do something before each two are written."""

    def set_up(act: Callable[[int], None]) -> None:
        taken: Callable[..., dict[int, str]] = Loading.take_some

        def before(self: Loading, *how: object) -> dict[int, str]:
            found = taken(self, *how)
            db.session.flush()
            act(len(self.came))
            return found

        monkeypatch.setattr(Loading, "take_some", before)
        monkeypatch.setattr("eventapp.record.loading.actions.LEAST", 2)
        monkeypatch.setattr("eventapp.record.loading.actions.MOST", 2)

    return set_up


def test_lines_come_in_by_short_transactions_and_what_was_cut_short_goes_on(
    meeting: Meeting, by_twos: Callable[[Callable[[int], None]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(came: int) -> None:
        if came == 4:
            raise KeyboardInterrupt  # as a kill does, before the third two are committed

    by_twos(cut)
    with pytest.raises(KeyboardInterrupt):
        load(meeting, HEADS + MANY)
    assert [one.reference for one in notes()] == ["S1-01", "S1-02", "S1-03", "S1-04"]
    monkeypatch.undo()
    done = load(meeting, HEADS + MANY)
    assert (done.count(NEW), done.count(SAME)) == (2, 4)
    assert [one.current.text for one in notes()] == [f"Radio {number} reaches farmers." for number in range(6)]
    assert [one.detail["new"] for one in entries_of_files()] == [2]


def test_what_came_in_stays_and_is_counted_where_a_line_becomes_wrong_meanwhile(
    meeting: Meeting, by_twos: Callable[[Callable[[int], None]], None]
) -> None:
    load(meeting, HEADS + MANY)

    def somebody_changes(came: int) -> None:
        last = notes()[-1]
        if came == 2 and last.head == 1:
            revise(last, replace(content_of(last.current), text="Typed here."), by=None, at=make.TODAY, base=1, key="k")

    by_twos(somebody_changes)
    with pytest.raises(Faulty) as refused:
        load(meeting, HEADS + MANY.replace("farmers", "fishers"))
    assert [fault.line for fault in refused.value.faults] == [7]
    assert (refused.value.came, "4 notes came in and stay" in str(refused.value)) == (4, True)
    assert [one.head for one in notes()] == [2, 2, 2, 2, 1, 2]
    assert [one.detail["changed"] for one in entries_of_files()] == [0, 4]


def entries_of_files() -> list[Entry]:
    return list(db.session.scalars(select(Entry).where(Entry.verb == "loaded notes").order_by(Entry.number)))
