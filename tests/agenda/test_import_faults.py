"""Files with several faults at once: each is named with where it is and what to write; and a file as others write it."""

import json
from html import unescape

from eventapp.agenda.imports.models import FAULTY, AgendaImportRow
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from tests.agenda.test_import import (
    chosen,
    congress,
    congress_xml,
    desk,
    event,
    meeting,
    pressed,
    sessions,
    tally,
    with_columns_as_proposed,
)
from tests.agenda.test_import_programs import contribution, talk
from tests.agenda.test_import_programs import event as of_indico
from tests.browserless import PageClient
from tests.make_agenda import published

__all__ = ["desk", "meeting"]  # fixtures


def faults(page: str, desk: PageClient) -> dict[int, list[str]]:
    """The faults that the page shows, by the line or place of the session; all of them are on it."""
    assert tally(page)[FAULTY]
    number = int(page.rpartition("/")[2])
    rows = (
        db.session.query(AgendaImportRow).filter_by(import_id=number, outcome=FAULTY).order_by(AgendaImportRow.number)
    )
    shown = unescape(desk.get(page).text)
    found = {row.number: row.faults for row in rows}
    assert all(sentence in shown for sentences in found.values() for sentence in sentences)
    return found


def test_three_faults_in_xml_are_named_by_their_lines(desk: PageClient, meeting: Meeting) -> None:
    content = congress_xml([event(0, duration="soon"), event(1, abstract="x" * 5001), event(2)]).decode()
    content = content.replace("<date>2026-03-16T10:00:00+07:00</date>", "<date>16.03.2026 9h</date>", 1)
    content = content.replace("<start>10:00</start>", "<start>9h</start>", 1)
    content = content.replace("</day>", '<event id="77"><title>Lost</title></event>\n</day>', 1)
    lines = content.splitlines()
    found = {lines[number - 1][:16]: said for number, said in faults(chosen(desk, content.encode()), desk).items()}
    assert found['<event id="9000"'] == [
        "“16.03.2026 9h” is no time at which it can begin. Write it as 2026-03-16T09:00:00+07:00.",
        "“soon” is not how long it can take. Write it as 01:30.",
    ]
    assert found['<event id="9001"'] == ["What it is about: Use 5000 characters or less."]
    assert found['<event id="77"><'] == [
        "It is in no <room> of a <day>. Put it into one, without a name where it has no room."
    ]


def test_three_faults_in_json_are_named_by_their_paths(desk: PageClient, meeting: Meeting) -> None:
    whole = json.loads(congress([event(0), event(2), event(1, title="")]))
    rooms = whole["schedule"]["conference"]["days"][0]["rooms"]
    rooms["Saal 1"][1] |= {"date": "tomorrow", "start": "25:00"}
    rooms["Saal 1"].insert(1, "Lunch")
    at = "In the file it is at schedule.conference.days[0].rooms."
    found = faults(chosen(desk, json.dumps(whole).encode()), desk)
    assert [said for number, said in found.items() if number > 1] == [
        ["This is no session. Write an object that has a “title”, a “date” and a “duration”.", f"{at}Saal 1[1]."],
        ["“tomorrow” is no time at which it can begin. Write it as 2026-03-16T09:00:00+07:00.", f"{at}Saal 1[2]."],
        ["It has no title.", f"{at}Saal 2[0]."],
    ]


def test_three_faults_in_a_file_of_pretalx(desk: PageClient, meeting: Meeting) -> None:
    late, early = ({"start": f"2026-03-16T{hour}:00:00+07:00"} for hour in (11, 12))
    talks = [
        talk("ONE", slot={"start": "Monday", "end": "noon"}),
        talk("TWO", title="", slot={**late, "end": "2026-03-16T12:00:00+07:00"}),
        talk("THREE", slot={**early, "end": "2026-03-16T10:00:00+07:00"}),
    ]
    assert faults(chosen(desk, json.dumps(talks).encode()), desk) == {
        1: ["“Monday” is no time at which it can begin. Write it as 2026-03-16T09:00:00+07:00."],
        2: ["It has no title."],
        3: ["It ends before it begins."],
    }


def test_three_faults_in_a_file_of_indico(desk: PageClient, meeting: Meeting) -> None:
    listed = [
        contribution(1, startDate={"date": "16 March", "time": "9 am"}),
        contribution(2, endDate=None, duration=-5),
        contribution(3, title="x" * 301),
    ]
    assert faults(chosen(desk, of_indico(contributions=listed)), desk) == {
        1: ["“16 March 9 am” is no time at which it can begin. Write it as 2026-03-16T09:00:00+07:00."],
        2: ["“-5” is not how long it can take. Write it as 01:30."],
        3: ["Title: Use 300 characters or less."],
    }


def test_three_faults_in_a_calendar_are_named_by_their_lines(desk: PageClient, meeting: Meeting) -> None:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//EN"]
    for number, (starts, title) in enumerate([("DTSTART:soon", "A"), ("DTSTART:20260316T020000Z", ""), ("", "C")]):
        lines += ["BEGIN:VEVENT", f"UID:{number}@example.org", "DURATION:PT1H", f"SUMMARY:{title}"]
        lines += [starts, "END:VEVENT"] if starts else ["END:VEVENT"]
    content = "\r\n".join([*lines, "END:VCALENDAR", ""])
    assert faults(chosen(desk, content.encode(), "a.ics"), desk) == {
        4: ["“soon” is no time at which it can begin. Write it as 2026-03-16T09:00:00+07:00."],
        10: ["It has no title."],
        16: ["It does not say when it begins and how long it takes, as 2026-03-16T09:00:00+07:00 and 01:30."],
    }


def as_others_write_it() -> bytes:
    """A night of a conference: parts of other names, no numbers of people, and days that begin at four."""
    out = ["<?xml version='1.0' encoding='utf-8'?>", "<!-- Made elsewhere. -->"]
    out.append('<schedule xmlns:x="https://example.org/x"><x:styles/><version>0.9 alpha</version>')
    out.append("<conference><time_zone_name>Asia/Bangkok</time_zone_name><acronym>night</acronym><title>Night</title>")
    out.append("<url>https://example.org</url><color><background>#fff</background></color></conference>")
    for day in (16, 17):
        ends = f'end="2026-03-{day + 1}T03:59:00+07:00" start="2026-03-{day}T04:00:00+07:00"'
        out.append(f'<day {ends} index="{day - 15}" date="2026-03-{day}">')
        for room in ("Große Halle", "Salle 2 &amp; 3"):
            out.append(f'<room guid="{day}" name="{room}">')
            for at, clock in enumerate(("05:00", "10:15", "23:45", "00:30", "03:45")):
                number = day * 100 + at * 10 + len(room) % 10
                out.append(f'<event guid="00000000-0000-4000-8000-{number:012}" id="{number}"><x:hint>no</x:hint>')
                out.append(f"<title>Nacht {number} – 夜</title><duration>0:45</duration><start>{clock}</start>")
                out.append(f"<type/><language>en_US</language><track>Art</track><slug>night-{number}-nacht</slug>")
                out.append("<persons><person>Ada Byron</person><person>Nó Bódy</person></persons><logo/>")
                out.append('<attachments><attachment href="https://example.org/a.pdf">A</attachment></attachments>')
                out.append("<feedback_url>https://example.org/f</feedback_url><abstract>\nWhat\n</abstract></event>")
            out.append("</room>")
        out.append("</day>")
    return "\n".join([*out, "</schedule>"]).encode()


def test_a_file_as_others_write_it_comes_in_and_back_and_changes_nothing(desk: PageClient, meeting: Meeting) -> None:
    page = chosen(desk, as_others_write_it(), "night.xml")
    assert tally(page) == {"faulty": 20}
    pressed(desk, page, "rooms", seats="80")
    pressed(desk, page, "kind", kind="trends")
    assert pressed(desk, page, "start") == {"added": 20}
    begins = sorted({one.starts_at.astimezone(meeting.tz).strftime("%d %H:%M") for one in sessions().values()})
    first = ["16 05:00", "16 10:15", "16 23:45", "17 00:30", "17 03:45"]
    assert begins == [*first, *(f"{int(one[:2]) + 1}{one[2:]}" for one in first)]
    assert {role.name for one in sessions().values() for role in one.roles} == {"Ada Byron", "Nó Bódy"}
    assert tally(chosen(desk, as_others_write_it(), "night.xml"))["changed"] == 0
    published(meeting)
    before = {guid: (one.version, one.foreign_id, one.uid) for guid, one in sessions().items()}
    for address in ("agenda.xml", "schedule.json", "agenda.ics", "agenda.csv"):
        page = chosen(desk, desk.get(f"/meetings/spring/{address}").data, address)
        if address.endswith("csv"):
            with_columns_as_proposed(desk, page)
        assert tally(page) == {"same": 20}, address
    assert {guid: (one.version, one.foreign_id, one.uid) for guid, one in sessions().items()} == before


def test_a_link_that_is_left_out_is_named_with_its_place(desk: PageClient, meeting: Meeting) -> None:
    """The session comes without it; the page says so above, and beside the session, before and after the import."""
    odd = [{"url": "/papers/7", "title": "Paper"}, {"url": "https://example.org/7", "title": "Slides"}]
    for content, name in (
        (congress_xml([event(0), event(1, links=odd)]), "schedule.xml"),
        (congress([event(0), event(1, links=odd)]), "schedule.json"),
    ):
        page = chosen(desk, content, name)
        rows = db.session.query(AgendaImportRow).filter_by(import_id=int(page.rpartition("/")[2]))
        row = rows.filter(AgendaImportRow.title.startswith("Talk 1")).one()
        shown = unescape(desk.get(page).text)
        assert "Links are left out" in shown and "1 session has a link" in shown
        assert "The link “/papers/7 Paper” is left out: it is no address of a page on the web." in shown
        assert (row.content["unfit"], row.content["links"]) == ([], ["https://example.org/7 Slides"])
        assert f"<bdi>{row.number}</bdi>" in shown
    page = chosen(desk, congress([event(0), event(2)]))
    assert "Links are left out" not in desk.get(page).text


def test_a_link_of_a_table_is_named_with_its_cell(desk: PageClient, meeting: Meeting) -> None:
    head = "Title,Date,Start,End,Links"
    rows = ("One,2026-03-16,09:00,10:00,see the portal", "Two,2026-03-16,10:00,11:00,https://example.org/a Paper")
    page = chosen(desk, "\n".join((head, *rows)).encode(), "agenda.csv")
    with_columns_as_proposed(desk, page)
    assert "E2: The link “see the portal” is left out" in unescape(desk.get(page).text)
