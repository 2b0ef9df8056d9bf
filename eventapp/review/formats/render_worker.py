"""The press: a program of its own that writes one report as Word or PDF, so that the server stays small.

It reads the JSON of a report from standard input and writes the file to standard output. What Word files and pages cost
in memory is given back when it ends. It imports the two outputs and the values they are made from, not the application.
"""

import sys
from pathlib import Path
from types import ModuleType

bare = ModuleType("eventapp")  # the package without its __init__, which would put the whole application together
bare.__path__ = [str(Path(__file__).parents[2])]
sys.modules["eventapp"] = bare

from eventapp.review.formats.docx.document import docx  # noqa: E402
from eventapp.review.formats.evidence_json import from_json  # noqa: E402
from eventapp.review.formats.pdf import pdf  # noqa: E402

if __name__ == "__main__":
    write = {"docx": docx, "pdf": pdf}[sys.argv[1]]
    sys.stdout.buffer.write(write(from_json(sys.stdin.buffer.read())))
