"""The ZIP: the same content is the same bytes, and the manifest proves every one of them."""

import json
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask

from config import ROOT
from eventapp.meetings.models import Meeting
from eventapp.package.export.meeting import filled
from eventapp.package.manifest import content, delegations, manifest, papers, questions
from eventapp.package.manifest import inputs as handed
from eventapp.package.manifest import summaries as summed
from eventapp.package.manifest.archive import KINDS, MANIFEST, to_zip
from eventapp.package.manifest.content import LEVELS, PUBLIC
from eventapp.package.manifest.schema import package_schema
from eventapp.review.formats.evidence_json import report_schema
from tests import make_package
from tests.make_package import files, package
from tests.schemas import faults

SCHEMAS = ROOT / "docs" / "schemas"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make_package.held()


def test_the_same_content_is_the_same_bytes_and_another_is_not(meeting: Meeting) -> None:
    made = filled(meeting, PUBLIC).package
    assert to_zip(made) == package(meeting)
    assert to_zip(replace(made, papers=dict(reversed(made.papers.items())))) == to_zip(made)
    assert to_zip(replace(made, documents=())) != to_zip(made)


def test_names_are_in_order_and_nothing_tells_of_today(meeting: Meeting) -> None:
    with ZipFile(BytesIO(package(meeting))) as archive:
        entries = archive.infolist()
    assert [one.filename for one in entries] == sorted([MANIFEST, *KINDS, "reports/summary-1.json"])
    assert {one.date_time for one in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_the_manifest_has_size_and_hash_of_every_other_file(meeting: Meeting) -> None:
    found = files(package(meeting))
    manifest = json.loads(found.pop(MANIFEST))
    assert {one["name"]: (one["size"], one["sha256"]) for one in manifest["files"]} == {
        name: (len(data), sha256(data).hexdigest()) for name, data in found.items()
    }


def test_a_report_leaves_as_it_was_published(meeting: Meeting, app: Flask) -> None:
    found = files(package(meeting))
    served = app.test_client().get("/meetings/spring/reports/summary.json")
    [report] = json.loads(found["reports.json"])
    assert found["reports/summary-1.json"] == served.data
    assert report["editions"][0]["sha256"] == sha256(served.data).hexdigest()


@pytest.mark.parametrize("level", LEVELS)
def test_every_file_is_as_the_schema_says(meeting: Meeting, level: str) -> None:
    schema, report = json.loads(package_schema()), json.loads(report_schema())
    for name, data in files(package(meeting, level)).items():
        kind = schema["$defs"].get(name, report)
        whole = report if kind is report else schema
        assert list(faults(json.loads(data), kind, whole)) == [], name


def test_the_check_of_schemas_can_fail(meeting: Meeting) -> None:
    schema = json.loads(package_schema())
    documents = json.loads(files(package(meeting))["documents.json"])
    odd = [{**documents[0], "position": "1", "more": 1}, {}]
    found = list(faults(odd, schema["$defs"]["documents.json"], schema))
    assert "$[0].position: '1' is not integer" in found and "$[0].more is not described" in found
    assert "$[1].symbol is missing" in found


def test_the_schemas_in_the_documents_are_those_of_the_code() -> None:
    """They are written by `./run fix`."""
    assert (SCHEMAS / "package.schema.json").read_text(encoding="utf-8") == package_schema()
    assert (SCHEMAS / "report.schema.json").read_text(encoding="utf-8") == report_schema()


def test_the_written_format_names_every_member() -> None:
    described = (ROOT / "docs" / "package-format.md").read_text(encoding="utf-8")
    kinds: list[Any] = [
        one
        for module in (content, summed, handed, manifest, papers, questions, delegations)
        for one in vars(module).values()
        if is_dataclass(one) and one is not content.Package
    ]
    missing = [
        f"{kind.__name__}.{one.name}"
        for kind in kinds
        for one in fields(kind)
        if f"| `{kind.__name__}.{one.name}` |" not in described
    ]
    assert len(kinds) > 15 and missing == []
