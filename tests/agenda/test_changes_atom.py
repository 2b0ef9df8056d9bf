"""The versions of the agenda as a feed that a reader program follows."""

from xml.etree.ElementTree import fromstring

from eventapp.agenda.exports.changes_atom import LINES
from eventapp.meetings.models import Meeting
from tests import make
from tests.agenda.test_versions import change, meeting
from tests.browserless import PageClient
from tests.make_agenda import published

__all__ = ["meeting"]  # the fixture: three versions

FEED = "/meetings/spring/agenda/changes.atom"
ATOM = "{http://www.w3.org/2005/Atom}"


def test_every_version_is_an_entry_with_its_changes_the_newest_first(client: PageClient, meeting: Meeting) -> None:
    answer = client.get(FEED)
    assert answer.mimetype == "application/atom+xml"
    feed = fromstring(answer.data)
    entries = feed.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}title") for one in entries] == ["Version 3", "Version 2", "Version 1"]
    ids = [one.findtext(f"{ATOM}id") for one in [feed, *entries]]
    assert len(set(ids)) == 4
    texts = [one.findtext(f"{ATOM}content") or "" for one in entries]
    assert texts[0].startswith("Moved: S1 Trends, 16 March 2026, 09:00")
    assert texts[1].startswith("The first session is longer\nEnds later: S1 Trends")
    assert texts[2] == "This is the first version: nothing was published before it."
    for one in [feed, *entries]:
        assert (one.findtext(f"{ATOM}updated") or "").endswith("+00:00")
        for link in one.findall(f"{ATOM}link"):
            assert (
                client.get(link.attrib["href"].partition("//")[2].partition("/")[2].join(["/", ""])).status_code == 200
            )


def test_a_reader_that_has_it_is_told_so(client: PageClient, meeting: Meeting) -> None:
    mark = client.get(FEED).headers["ETag"]
    assert client.get(FEED, headers={"If-None-Match": mark}).status_code == 304
    change(title="Renamed")
    published(meeting)
    assert client.get(FEED, headers={"If-None-Match": mark}).status_code == 200
    assert FEED in client.get("/meetings/spring/agenda/changes").text


def test_a_long_version_is_cut_and_an_unpublished_agenda_has_no_feed(client: PageClient, meeting: Meeting) -> None:
    for number in range(LINES + 2):
        make.session(meeting, code=f"N{number}")
    published(meeting)
    first = fromstring(client.get(FEED).data).find(f"{ATOM}entry/{ATOM}content")
    assert first is not None and (first.text or "").endswith("2 more.")
    make.meeting(slug="autumn")
    assert client.get("/meetings/autumn/agenda/changes.atom").status_code == 404
