from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from eventapp.review.content import Report
from eventapp.review.docx import docx
from eventapp.review.evidence_json import to_json
from eventapp.review.formats import FORMATS, written
from eventapp.review.pdf import pdf
from tests.review.sample import REPORT


@pytest.mark.parametrize(("ending", "write"), [("docx", docx), ("pdf", pdf), ("json", to_json)])
def test_the_press_writes_what_the_output_writes(ending: str, write: Callable[[Report], bytes]) -> None:
    assert written(REPORT, ending) == write(REPORT)


def test_an_unchanged_report_is_not_written_twice() -> None:
    assert written(REPORT, "md") is written(replace(REPORT), "md")
    assert written(replace(REPORT, version=2), "json") != written(REPORT, "json")


def test_many_who_ask_at_once_get_one_file() -> None:
    report = replace(REPORT, version=7)
    with ThreadPoolExecutor(8) as readers:
        files = list(readers.map(lambda _: written(report, "docx"), range(8)))

    assert len({id(file) for file in files}) == 1


def test_a_press_that_fails_says_why() -> None:
    with pytest.raises(RuntimeError, match="UnreadableError"):
        FORMATS["pdf"].write(b'{"schema": "other"}')
