import json
from dataclasses import replace
from typing import Any

import pytest

from eventapp.exact import UnreadableError
from eventapp.review.evidence_json import digest, from_dict, from_json, to_dict, to_json
from tests.review.sample import REPORT


def test_a_report_comes_back_as_it_was_written() -> None:
    assert from_json(to_json(REPORT)) == REPORT
    assert from_dict(json.loads(json.dumps(to_dict(REPORT)))) == REPORT


def test_the_same_report_is_the_same_bytes_and_another_is_not() -> None:
    assert to_json(REPORT) == to_json(replace(REPORT))
    assert digest(to_json(REPORT)) == digest(to_json(from_json(to_json(REPORT))))
    assert digest(to_json(REPORT)) != digest(to_json(replace(REPORT, version=2)))


def test_the_file_names_its_schema_and_keeps_names_readable() -> None:
    written = to_json(REPORT)

    assert json.loads(written)["schema"] == "eventapp.report"
    assert json.loads(written)["schema_version"] == 1
    assert "李文静" in written.decode()
    assert written.endswith(b"}\n")


def _written() -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(to_json(REPORT))
    return plain


def test_another_version_of_the_schema_is_refused() -> None:
    with pytest.raises(UnreadableError, match="not version 1"):
        from_dict({**_written(), "schema_version": 2})


def test_what_differs_from_the_schema_is_named() -> None:
    odd = _written()
    odd["report"]["chapters"][1]["paragraphs"][0]["evidence"][0]["revision"] = "two"
    with pytest.raises(UnreadableError, match=r"chapters\[1\]\.paragraphs\[0\]\.evidence\[0\]\.revision must be int"):
        from_dict(odd)

    extra = _written()
    extra["report"]["meeting"]["secret"] = "x"
    with pytest.raises(UnreadableError, match=r"report\.meeting must hold exactly: slug, title"):
        from_dict(extra)

    undated = _written()
    undated["report"]["issued_on"] = "soon"
    with pytest.raises(UnreadableError, match=r"report\.issued_on must be a day"):
        from_dict(undated)

    flat = _written()
    flat["report"]["chapters"] = "none"
    with pytest.raises(UnreadableError, match=r"report\.chapters must be a list"):
        from_dict(flat)
