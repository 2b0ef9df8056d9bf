"""The formats a report is given out in: for each ending, its media type and the function that writes it."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import MappingProxyType

from eventapp.ground.jobs.leased import LOOK, watched
from eventapp.review.formats.evidence_csv import evidence_csv
from eventapp.review.formats.evidence_json import from_json, to_json
from eventapp.review.formats.html import html
from eventapp.review.formats.markdown import markdown
from eventapp.review.formats.xlsx import xlsx
from eventapp.review.reports.content import Report

KEPT = 24  # files of published reports that stay in memory
PRESS = Path(__file__).with_name("render_worker.py")
PATIENCE = 120  # seconds for one file
OF_THE_WORKER = 1800  # seconds that it has for one
PRESSED = ("docx", "pdf")


@dataclass(frozen=True)
class Format:
    """One ending of a report's address; `write` takes the JSON of the report."""

    media_type: str
    write: Callable[[bytes], bytes]
    turn: Lock = field(default_factory=Lock)  # who asks first writes, whoever asks meanwhile waits for that file


def ending_of(file: Path, otherwise: str) -> str:
    """Return the format that the name of a file asks for; `otherwise` where it names none."""
    named = file.suffix.removeprefix(".").lower()
    return named if named in FORMATS else otherwise


def written(report: Report, ending: str) -> bytes:
    """Return the report in this format; an unchanged report is not written twice."""
    with FORMATS[ending].turn:
        return _written(to_json(report), ending)


@lru_cache(maxsize=KEPT)
def _written(content: bytes, ending: str) -> bytes:
    return FORMATS[ending].write(content)


def written_by_worker(report: Report, ending: str, watch: Callable[[], None]) -> bytes:
    """Return the report in this format, kept in no memory; it may take long, and calls `watch` meanwhile.

    What `watch` raises ends it.
    """
    content = to_json(report)
    if ending in PRESSED:
        return _pressed(ending, content, watch)
    return watched(lambda: FORMATS[ending].write(content), watch)


def _pressed(kind: str, content: bytes, watch: Callable[[], None], look: float = LOOK) -> bytes:
    """Let the press write this, and call `watch` as long as it does."""
    command, pipe = [sys.executable, "-P", str(PRESS), kind], subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as press:  # noqa: S603
        try:
            for turn in range(int(OF_THE_WORKER / look)):
                with suppress(subprocess.TimeoutExpired):
                    out, errors = press.communicate(None if turn else content, timeout=look)  # it is sent once
                    break
                watch()
            else:
                raise subprocess.TimeoutExpired(press.args, OF_THE_WORKER)
        finally:
            press.kill()
    if press.returncode:
        raise RuntimeError(errors.decode(errors="replace")[-2000:])
    return out


def _rendered(kind: str) -> Callable[[bytes], bytes]:
    """Let the press write this kind of file, outside the server."""

    def write(content: bytes) -> bytes:
        command = [sys.executable, "-P", str(PRESS), kind]  # -P: docx is the library, not our folder
        done = subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
        if done.returncode:
            raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
        return done.stdout

    return write


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "docx": Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _rendered("docx")),
        "pdf": Format("application/pdf", _rendered("pdf")),
        "html": Format("text/html; charset=utf-8", lambda content: html(from_json(content)).encode()),
        "json": Format("application/json", bytes),
        "md": Format("text/markdown; charset=utf-8", lambda content: markdown(from_json(content)).encode()),
        "xlsx": Format(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            lambda content: xlsx(from_json(content)),
        ),
        "csv": Format("text/csv; charset=utf-8", lambda content: evidence_csv(from_json(content)).encode()),
    }
)
