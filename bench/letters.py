"""How long an organizer waits for 500 letters of invitation as one PDF: worked out, issued, numbered, set."""

import time
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from pypdf import PdfReader

from bench.figures import Figure, at_most
from bench.world import CROWDED
from eventapp.ground.db import transaction
from eventapp.meetings.queries import meeting_at
from eventapp.personal_papers.actions import issue, prepare
from eventapp.personal_papers.issued import Printing, pdf_of
from eventapp.personal_papers.kinds import INVITATION
from eventapp.personal_papers.queries import Chosen, template_of

LETTERS, TONGUE = 500, "en"


def letter_figures(at: datetime) -> Iterator[Figure]:
    """Seconds from the choice to the file."""
    meeting = meeting_at(CROWDED)
    assert meeting is not None
    chosen = Chosen(references=" ".join(f"R-{number:04d}" for number in range(1, LETTERS + 1)))
    began = time.perf_counter()
    contents = prepare(meeting, INVITATION, TONGUE, chosen, at=at)
    with transaction():
        papers = issue(meeting, INVITATION, TONGUE, contents, by=None, at=at)
    template = template_of(meeting, INVITATION, TONGUE)
    file = pdf_of(papers, INVITATION, TONGUE, template, Printing("Letters", "https://example.org/papers"))
    took = time.perf_counter() - began
    assert len(PdfReader(BytesIO(file)).pages) >= LETTERS
    yield at_most(f"{LETTERS} letters as one PDF", took, 20, "s")
