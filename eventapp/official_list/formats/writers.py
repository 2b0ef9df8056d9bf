"""The files a version is given out as: for each ending, its media type and what writes it."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import MappingProxyType

from eventapp.ground.db.types import Record
from eventapp.ground.typesetting import pdf_by
from eventapp.official_list.formats.values import printed
from eventapp.official_list.models import ListVersion
from eventapp.registration.lists.sheets import xlsx_of

SHEET = Path(__file__).with_name("list.typ")
WORKER = Path(__file__).with_name("docx_worker.py")
SECONDS, REMEMBERED = 120, 12
TURN = Lock()  # one file is written at a time; whoever asks for the same meanwhile waits for it


def written(version: ListVersion, tongue: str, ending: str) -> bytes:
    """The version as such a file in this language; what did not change is not written twice."""
    values = json.dumps(printed(version, tongue).values)
    with TURN:
        return _written(values, ending)


@lru_cache(maxsize=REMEMBERED)
def _written(values: str, ending: str) -> bytes:
    return WRITERS[ending](json.loads(values))


def docx_of(values: Record) -> bytes:
    """The list as a Word file."""
    command = [sys.executable, "-I", str(WORKER)]
    job = json.dumps(values).encode()
    done = subprocess.run(command, input=job, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 -- our own file
    if done.returncode:
        raise RuntimeError(f"The worker stopped: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout


def workbook_of(values: Record) -> bytes:
    """The list as a workbook, one person a row."""
    rows = [
        (part["heading"], one["name"], role["heading"], person["name"], person["title"], person["organization"])
        for part in values["parts"]
        for one in part["delegations"]
        for role in one["roles"]
        for person in role["people"]
    ]
    return xlsx_of(values["title"], values["columns"], rows, right_to_left=values["rtl"])


WRITERS: Mapping[str, Callable[[Record], bytes]] = MappingProxyType(
    {"pdf": lambda values: pdf_by(SHEET, values), "docx": docx_of, "xlsx": workbook_of}
)
TYPES: Mapping[str, str] = MappingProxyType(
    {
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)
