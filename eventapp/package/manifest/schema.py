"""The schema of a package as JSON Schema: one definition for each file, by its name, and one for each record."""

import json

from eventapp.ground.db.types import Record
from eventapp.ground.schema import DIALECT, schema_of
from eventapp.package.manifest.archive import KINDS, MANIFEST
from eventapp.package.manifest.manifest import SCHEMA, SCHEMA_VERSION, Manifest


def package_schema() -> str:
    """Return the schema as `docs/schemas/package.schema.json` has it."""
    records: Record = {}
    files = {
        name: schema_of(kind, records)
        for name, kind in [(MANIFEST, Manifest), *((n, k) for n, (_m, k) in KINDS.items())]
    }
    records["Manifest"]["properties"] |= {"schema": {"const": SCHEMA}, "schema_version": {"const": SCHEMA_VERSION}}
    schema = {
        "$schema": DIALECT,
        "title": SCHEMA,
        "description": "Each file of a package is of the definition with its name; reports/ are eventapp.report.",
        "$defs": {**files, **records},
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
