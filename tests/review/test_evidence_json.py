import json
from dataclasses import replace
from typing import Any

import pytest

from eventapp.ground.exact import UnreadableError
from eventapp.review.formats.evidence_json import digest, from_dict, from_json, report_schema, to_dict, to_json
from tests.review.sample import REPORT
from tests.schemas import faults


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


def test_what_is_written_keeps_the_json_schema_and_what_is_odd_does_not() -> None:
    schema = json.loads(report_schema())
    assert list(faults(_written(), schema, schema)) == []

    odd = _written()
    odd["schema_version"] = 2
    odd["report"]["issued_on"] = "soon"
    del odd["report"]["chapters"][0]["paragraphs"][0]["text"]
    assert list(faults(odd, schema, schema)) == [
        "$.schema_version: 2 is not 1",
        "$.report.issued_on: 'soon' is no date",
        "$.report.chapters[0].paragraphs[0].text is missing",
    ]


def test_what_is_there_only_sometimes_may_be_there_and_may_not() -> None:
    schema = json.loads(report_schema())
    paragraph, evidence = (schema["$defs"][name] for name in ("Paragraph", "Evidence"))
    assert set(paragraph["properties"]) - set(paragraph["required"]) == {"letter", "heading", "section", "sentences"}
    assert set(evidence["properties"]) - set(evidence["required"]) == {"translations"}
