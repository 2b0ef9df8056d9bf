"""The list of sessions that a rapporteur starts from."""

from eventapp.ground.db import transaction
from eventapp.meetings.models import RAPPORTEUR
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_record import note


def test_what_was_written_in_a_cancelled_session_is_still_found(client: PageClient) -> None:
    meeting = make.meeting()
    written, blank = make.session(meeting, code="S3"), make.session(meeting, code="S4")
    note(written, "Most cases were small.")
    with transaction():
        written.cancelled_at = blank.cancelled_at = TODAY
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    page = client.get(f"/meetings/{meeting.slug}/record").text
    assert [f"/record/{code}" in page for code in ("S3", "S4")] == [True, False]
    assert "Cancelled" in page
    assert "This session was cancelled." in client.get(f"/meetings/{meeting.slug}/record/S3").text
