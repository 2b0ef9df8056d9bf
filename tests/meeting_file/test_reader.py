from datetime import UTC, date, datetime

import pytest

from config import ROOT
from eventapp.meeting_file.parts.place import RoomEntry
from eventapp.meeting_file.reader import Fault, Faulty, read

SMALL = """\
slug: spring-review
title: Spring review
short_title: Spring
starts: 2016-10-04
ends: 2016-10-05
zone: Asia/Bangkok
city: Bangkok
country: THA
venue: Conference Centre
organization: ESCAP
contact: desk@example.org
capacity: 20
registration_opens: 2016-07-01 09:00
registration_closes: 2016-09-23 23:59
rooms:
  - code: CR4
    name: Conference Room 4
    seats: 120
sessions:
  - code: S1
    title: Opening
    kind: opening
    starts: 2016-10-04 09:00
    ends: 2016-10-04 09:30
    room: CR4
"""


def faults_in(text: str) -> list[Fault]:
    with pytest.raises(Faulty) as caught:
        read(text)
    return caught.value.faults


def test_a_small_file_is_read_with_times_in_the_zone_of_the_meeting() -> None:
    meeting = read(SMALL)

    assert (meeting.slug, meeting.starts, meeting.capacity) == ("spring-review", date(2016, 10, 4), 20)
    assert meeting.rooms == (RoomEntry(code="CR4", name="Conference Room 4", seats=120),)
    assert meeting.sessions[0].starts == datetime(2016, 10, 4, 2, 0, tzinfo=UTC)
    assert (meeting.rooms[0].place.line, meeting.sessions[0].place.line) == (16, 20)


def test_every_fault_is_told_at_once_with_its_line_and_what_to_write() -> None:
    text = (
        SMALL.replace("title: Spring review\n", "")
        .replace("seats: 120", "seats: many")
        .replace("kind: opening", "kind: an opening")
        .replace("country: THA", "country: Thailand")
        .replace("    room: CR4", "    rooom: CR4")
    )

    assert [fault.line for fault in faults_in(text)] == [1, 7, 17, 21, 24]
    assert faults_in(text)[0].says == "“title”, in full, is missing. Write a line of 300 characters or less."
    assert faults_in(text)[2].says == ("“seats”: Write a whole number from 1 to 1000000; it says “many”.")
    assert faults_in(text)[4].says == "“rooom” is not known for a session of the agenda. Did you mean “room”?"


IN_FRENCH = """\
languages: [en, fr]
texts:
  - language: fr
    title: Examen de printemps
    mandate:
      - La résolution demande un examen.
"""


def test_texts_in_another_language_are_read() -> None:
    meeting = read(
        SMALL.replace("    seats: 120", "    seats: 120\n    texts: [{language: fr, name: Salle 4}]") + IN_FRENCH
    )

    assert meeting.texts[0].title == "Examen de printemps"
    assert meeting.texts[0].mandate == ("La résolution demande un examen.",)
    assert meeting.rooms[0].texts[0].name == "Salle 4"


@pytest.mark.parametrize(
    ("wrong", "line", "says"),
    [
        ("language: en", 28, "is the first language of the meeting"),
        ("language: ar", 28, "is no other language of the meeting: fr"),
        ("language: French!", 28, "“language”:"),
        ("language: fr\n    tittle: Examen", 29, "Did you mean “title”?"),
        ("language: fr\n  - language: fr", 29, "is already on line 28"),
    ],
)
def test_a_fault_in_a_text_is_told_at_its_line(wrong: str, line: int, says: str) -> None:
    (fault, *_more) = faults_in(SMALL + IN_FRENCH.replace("language: fr", wrong, 1))
    assert fault.line == line
    assert says in fault.says


def test_a_colour_without_quotes_is_told_as_the_comment_it_is() -> None:
    text = (ROOT / "meetings" / "bangkok-2016.yaml").read_text().replace('colour: "#123f7a"', "colour: #123f7a", 1)
    (fault,) = faults_in(text)
    assert text.splitlines()[fault.line - 1].strip().startswith("colour: #")
    assert fault.says == (
        "“colour”, of the band on the badge, has no value (what follows # is a comment). "
        'Write it like "#123f7a", in quotes.'
    )


def test_words_that_cannot_be_read_on_their_badge_are_told() -> None:
    text = (ROOT / "meetings" / "bangkok-2016.yaml").read_text().replace('ink: "#ffffff"', 'ink: "#3d3d3d"', 1)
    (fault,) = faults_in(text)
    assert text.splitlines()[fault.line - 1].strip() == 'ink: "#3d3d3d"'
    assert fault.says.startswith("Category “MEM”: words of this colour cannot be read on #123f7a.")


def test_what_is_named_must_exist_and_nothing_is_there_twice() -> None:
    text = SMALL.replace("room: CR4", "room: CR9").replace("ends: 2016-10-04 09:30", "ends: 2016-10-04 08:30")
    text += SMALL[SMALL.index("  - code: S1") :]

    assert faults_in(text) == [
        Fault(24, "Session “S1” ends before it starts. Move “ends” after “starts”."),
        Fault(25, "Session “S1” names the room “CR9”. Add it to the file, or use: CR4."),
        Fault(26, "The session “S1” is already on line 20. Rename one."),
    ]


@pytest.mark.parametrize(
    ("text", "line", "begins"),
    [
        ("", 1, "Begin the file with a line"),
        ("- slug", 1, "Begin the file with a line"),
        ("slug: a\n  title: b\n", 2, "This is not YAML: mapping values are not allowed here. Put quotes around"),
        ("slug: b\ntitle: @b", 2, "This is not YAML: found character '@' that cannot start any token. Put quotes"),
        ("slug: 'a\n", 1, "A quote is opened here and never closed. Close it."),
        ("a: b\nslug: \x00", 2, "There is a hidden character here (U+0000). Remove it."),
        ("[" * 100_000, 1, "This is no meeting file: brackets in brackets"),
        ("a:\n\t- b", 2, "This is not YAML: found character '\\t' that cannot start any token. Put spaces in place of"),
        ("slug: *b", 1, "This is not YAML: found undefined alias 'b'. Write its words out here"),
        ("slug: b\n---\nslug: c", 2, "This is not YAML: but found another document. Write one meeting a file"),
        ("x" * 2_000_001, 1, "The file is too long."),
    ],
)
def test_what_is_not_a_meeting_file_is_told_where_it_goes_wrong(text: str, line: int, begins: str) -> None:
    (fault,) = faults_in(text)

    assert (fault.line, fault.says[: len(begins)]) == (line, begins)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("zone: Asia/Bangkok", "zone: Bangkok", "Write a time zone like Asia/Bangkok; it says “Bangkok”."),
        ("zone: Asia/Bangkok", "zone: ../etc", "Write a time zone like Asia/Bangkok; it says “../etc”."),
        ("slug: spring-review", "slug: Spring!", "Write it like wsis-bangkok-2016; it says “Spring!”."),
        (
            "contact: desk@example.org",
            "contact: desk",
            "Write a full address, such as name@example.org. It says “desk”.",
        ),
        ("starts: 2016-10-04\n", "starts: 4 October\n", "Write a day like 2016-10-04; it says “4 October”."),
        (
            "starts: 2016-10-04 09:00",
            "starts: 2016-10-04",
            "Write a day and a time like 2016-10-04 09:00; it says “2016-10-04”.",
        ),
        (
            "title: Spring review",
            'title: "Spring\\u202ereview"',
            "Remove the hidden character that changes the direction of the text.",
        ),
        ("capacity: 20", "capacity: [20]", "Write one value for “capacity”."),
        ("country: THA", "country: Thailand", "Write THA; it says “Thailand”."),
        ("country: THA", "country: th", "Write THA; it says “th”."),
        ("country: THA", "country: XX", "Write an ISO code of three letters, like THA; it says “XX”."),
        ("capacity: 20", "languages: [thai]\ncapacity: 20", "Write it like en or zh-Hans; it says “thai”."),
        (
            "  - code: CR4",
            "  - <<: [CR4]\n    code: CR4",
            "Begin each line of a room with a name and a colon, and write all of it out.",
        ),
        (
            "capacity: 20",
            "? [a, b]\n: 20\ncapacity: 20",
            "Begin each line of the meeting with a name and a colon, and write all of it out.",
        ),
        ("rooms:\n", "rooms: CR4\nobjectives:\n", "Write “rooms” as a list, a line with “- ” each."),
        ("ends: 2016-10-05", "ends: 2016-10-01", "“ends” is before “starts”. Write 2016-10-04 or a later day."),
        (
            "ends: 2016-10-05",
            "ends: 2061-10-05",
            "From “starts” to “ends” are more than 60 days. Look at both years again.",
        ),
        (
            "ends: 2016-10-05",
            "ends: 9999-12-31",
            "From “starts” to “ends” are more than 60 days. Look at both years again.",
        ),
    ],
)
def test_each_kind_of_value_says_what_to_write(before: str, after: str, says: str) -> None:
    assert says in "\n".join(fault.says for fault in faults_in(SMALL.replace(before, after, 1)))


def test_a_time_that_clocks_jump_over_is_refused_and_an_offset_tells_the_doubled_hour_apart() -> None:
    paris = SMALL.replace("Asia/Bangkok", "Europe/Paris")
    jumped = paris.replace("registration_opens: 2016-07-01 09:00", "registration_opens: 2016-03-27 02:30")
    again = paris.replace("registration_opens: 2016-07-01 09:00", "registration_opens: 2015-10-25 02:30+01:00")

    assert [fault.line for fault in faults_in(jumped)] == [13]
    assert read(again).registration_opens == datetime(2015, 10, 25, 1, 30, tzinfo=UTC)


def test_a_key_written_twice_is_a_fault() -> None:
    assert faults_in(SMALL + "city: Hanoi\n")[0] == Fault(26, "“city” is written twice. Keep one of them.")


def test_anchors_cannot_make_a_small_file_large() -> None:
    bomb = "slug: a\nmandate: &a [x, x]\npurpose: &b [*a, *a]\nobjectives: [*b, *b]\n"

    assert "Write one value for “purpose”." in [fault.says for fault in faults_in(bomb)]


def test_a_session_of_days_is_told_to_be_several() -> None:
    assert faults_in(SMALL.replace("2016-10-04 09:30", "2016-10-05 10:00")) == [
        Fault(24, "Session “S1” lasts more than a day. Write a session for each day.")
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            SMALL.replace("title: Spring", 'title: "Spring', 1).replace("    title: Opening", '    title: "Opening"'),
            Fault(2, "A quote is opened here and closed on line 21 only. Close it where its words end."),
        ),
        (
            SMALL.replace("city: Bangkok", "city: 'Bangkok"),
            Fault(7, "A quote is opened here and never closed. Close it."),
        ),
    ],
)
def test_a_quote_that_is_not_closed_is_told_where_it_begins(text: str, fault: Fault) -> None:
    assert faults_in(text) == [fault]


def test_a_fault_is_on_the_line_of_its_words_and_says_no_more_of_them_than_one_reads() -> None:
    assert faults_in(SMALL.replace("ends: 2016-10-05", "ends: 2016-10-03")) == [
        Fault(5, "“ends” is before “starts”. Write 2016-10-04 or a later day.")
    ]
    (fault,) = faults_in(SMALL.replace("seats: 120", f"seats: {'9' * 5000}"))
    assert fault == Fault(18, f"“seats”: Write a whole number from 1 to 1000000; it says “{'9' * 59}…”.")
    (fault,) = faults_in(SMALL.replace("ends: 2016-10-04 09:30", f"ends: {'x' * 5000}"))
    assert fault.line == 24 and fault.says.endswith(f"it says “{'x' * 59}…”.")
