"""A report as JSON: the whole text with its evidence, in a form that other programs can rely on.

The form is described in `docs/report-format.md`. The bytes of a version never change, so their SHA-256,
which the published page shows, proves that a copy is the report.
"""

import json
from collections.abc import Mapping
from hashlib import sha256

from eventapp.ground.exact import UnreadableError, read, to_plain
from eventapp.ground.schema import DIALECT, schema_of
from eventapp.review.reports.content import Report

SCHEMA = "eventapp.report"
SCHEMA_VERSION = 1


def to_json(report: Report) -> bytes:
    """Return the report as UTF-8 JSON; the same report is always the same bytes."""
    text = json.dumps(to_dict(report), ensure_ascii=False, indent=1)
    return text.encode() + b"\n"


def from_json(content: bytes | str) -> Report:
    """Return the report that `to_json` wrote; raise UnreadableError if it is not one."""
    return from_dict(json.loads(content))


def digest(content: bytes) -> str:
    """Return the SHA-256 of a written report, in hexadecimal."""
    return sha256(content).hexdigest()


def to_dict(report: Report) -> dict[str, object]:
    """Return the report as plain lists, mappings, texts and numbers, under the schema's name."""
    return {"schema": SCHEMA, "schema_version": SCHEMA_VERSION, "report": to_plain(report)}


def from_dict(written: Mapping[str, object]) -> Report:
    """Return the report that `to_dict` wrote; raise UnreadableError if it is not one."""
    if (written.get("schema"), written.get("schema_version")) != (SCHEMA, SCHEMA_VERSION):
        raise UnreadableError(f"This is not version {SCHEMA_VERSION} of {SCHEMA}.")
    return read(Report, written.get("report"), "report")


def report_schema() -> str:
    """Return the schema of a written report as JSON Schema, as `docs/schemas/report.schema.json` has it."""
    records: dict[str, object] = {}
    schema = {
        "$schema": DIALECT,
        "title": SCHEMA,
        "description": "One published version of a report with its evidence; docs/report-format.md says more.",
        "type": "object",
        "properties": {
            "schema": {"const": SCHEMA},
            "schema_version": {"const": SCHEMA_VERSION},
            "report": schema_of(Report, records),
        },
        "required": ["schema", "schema_version", "report"],
        "additionalProperties": False,
        "$defs": records,
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
