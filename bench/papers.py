"""One report, or its whole meeting, as a file, in a process of its own so that its memory can be told.

`python -m bench.papers pdf`, docx, or zip for the package.
"""

import json
import resource
import sys
import time
from io import BytesIO

from pypdf import PdfReader

from bench.badges import TO_MEGABYTES, held_at_most
from bench.noted import DRAFT, LONG
from eventapp import create_app
from eventapp.meetings.queries import meeting_at
from eventapp.package.export.meeting import filled
from eventapp.package.manifest.archive import to_zip
from eventapp.package.manifest.content import PUBLIC
from eventapp.review.formats.evidence_json import from_dict
from eventapp.review.formats.writers import written
from eventapp.review.reports.editions import edition_of
from eventapp.review.reports.queries import report_at


def main(ending: str) -> None:
    with create_app().app_context():
        meeting = meeting_at(LONG)
        report = report_at(meeting, DRAFT.name) if meeting else None
        edition = edition_of(report) if report else None
        assert meeting is not None
        assert edition is not None
        started = time.perf_counter()
        if ending == "zip":
            file = to_zip(filled(meeting, PUBLIC).package)
        else:
            file = written(from_dict(edition.content), ending)
        seconds = time.perf_counter() - started
    press, own = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / TO_MEGABYTES, held_at_most()
    pages = len(PdfReader(BytesIO(file)).pages) if ending == "pdf" else 0
    print(json.dumps({"seconds": seconds, "megabytes": len(file) / 1e6, "own": own, "press": press, "pages": pages}))


if __name__ == "__main__":
    main(sys.argv[1])
