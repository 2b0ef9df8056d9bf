"""Pages of practical information in a meeting file: read, written back, each fault at its line, brought to a meeting."""

from datetime import timedelta
from hashlib import sha256

import pytest
from flask import Flask

from eventapp.ground.db import transaction
from eventapp.information.actions import put_picture
from eventapp.information.models import InformationPicture
from eventapp.information.queries import pages_of, pictures_of
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import read
from eventapp.meeting_file.writer import write
from eventapp.meetings.arriving.coming import Objected
from tests import make
from tests.meeting_file.test_actions import loaded, the_meeting
from tests.meeting_file.test_questions import HEAD
from tests.meeting_file.test_reader import faults_in

PAGES = """\
information:
  - slug: venue
    title: Venue
    text: |
      # By train

      ![Map](map.jpg)
    published: yes
    texts:
      - {language: fr, title: Lieu}
  - {slug: hotels, title: Hotels}
"""


def test_pages_are_read_brought_to_a_meeting_and_written_back(app: Flask) -> None:
    loaded(HEAD + PAGES)
    meeting = the_meeting()
    venue, hotels = pages_of(meeting, drafts=True)
    assert venue.texts == {
        "en": {"title": "Venue", "text": "# By train\n\n![Map](map.jpg)"},
        "fr": {"title": "Lieu", "text": ""},
    }
    assert (venue.published_at is not None, hotels.published_at) == (True, None)
    assert write(content_of(meeting)).count("![Map](map.jpg)") == 1
    assert content_of(meeting).information == read(HEAD + PAGES).information
    assert loaded(HEAD + PAGES) == [], "the same file changes nothing"


def test_a_page_is_changed_and_moved_and_its_pictures_stay(app: Flask) -> None:
    loaded(HEAD + PAGES)
    venue = pages_of(the_meeting())[0]
    picture = InformationPicture(name="map.jpg", content=b"jpeg", sha256=sha256(b"jpeg").hexdigest())
    with transaction():
        put_picture(venue, picture, by=None, at=make.TODAY - timedelta(days=300))
    other = (
        HEAD
        + """\
information:
  - {slug: hotels, title: Hotels, published: yes}
  - {slug: venue, title: Where we meet}
"""
    )
    told = [str(one) for one in loaded(other)]
    assert "page hotels: published: False → True" in told and "page venue: title: Venue → Where we meet" in told
    assert any(one.startswith("pages: order") for one in told)
    first, second = pages_of(the_meeting(), drafts=True)
    assert (first.slug, second.texts, second.published_at) == (
        "hotels",
        {"en": {"title": "Where we meet", "text": ""}},
        None,
    )
    assert [one.name for one in pictures_of(second)] == ["map.jpg"]


def test_a_file_deletes_no_page(app: Flask) -> None:
    loaded(HEAD + PAGES)
    with pytest.raises(Objected, match="Page hotels is not in the file"):
        loaded(HEAD + PAGES.replace("  - {slug: hotels, title: Hotels}\n", ""))
    assert len(pages_of(the_meeting(), drafts=True)) == 2


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("title: Venue\n", "published: no\n"), "    text: |", "has a text without a title"),
        (("title: Lieu", "text: Lieu"), "language: fr", "has a text without a title"),
        (("{slug: hotels, title: Hotels}", "{slug: hotels}"), "slug: hotels", "“hotels” has no title"),
        (("slug: hotels", "slug: venue"), "slug: venue, title", "The page “venue” is already on line"),
        (("slug: hotels", "slug: The Hotels"), "The Hotels", "Write it like venue"),
        (("language: fr", "language: de"), "language: de", "no other language of the meeting"),
    ],
)
def test_each_fault_is_at_its_line(change: tuple[str, str], line: str, says: str) -> None:
    text = HEAD + PAGES.replace(*change).replace(
        "    published: yes\n", "" if "published: no" in change[1] else "    published: yes\n"
    )
    number = next(at for at, one in enumerate(text.splitlines(), 1) if line in one)
    assert [one.line for one in faults_in(text) if says in one.says] == [number]
