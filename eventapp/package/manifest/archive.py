"""A package as one ZIP file. The same content is the same bytes: names in order, one time for all, nothing of today."""

import json
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from types import MappingProxyType
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from eventapp.ground.exact import to_plain
from eventapp.package.manifest.content import Agenda, Cited, Document, Meeting, Package, Participant, Report
from eventapp.package.manifest.delegations import Delegation
from eventapp.package.manifest.inputs import Card, Input
from eventapp.package.manifest.manifest import SCHEMA, SCHEMA_VERSION, File, Manifest
from eventapp.package.manifest.notes import Note
from eventapp.package.manifest.papers import Page
from eventapp.package.manifest.questions import Question
from eventapp.package.manifest.summaries import Summary

MANIFEST = "manifest.json"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can say
READABLE = 0o644 << 16
UNIX = 3
KINDS: Mapping[str, tuple[str, Any]] = MappingProxyType(  # each file: the member of the package, and what it holds
    {
        "meeting.json": ("meeting", Meeting),
        "agenda.json": ("agenda", Agenda),
        "notes.json": ("notes", tuple[Note, ...]),
        "reports.json": ("reports", tuple[Report, ...]),
        "evidence.json": ("evidence", tuple[Cited, ...]),
        "participants.json": ("participants", tuple[Participant, ...]),
        "documents.json": ("documents", tuple[Document, ...]),
        "summaries.json": ("summaries", tuple[Summary, ...]),
        "inputs.json": ("inputs", tuple[Input, ...]),
        "cards.json": ("cards", tuple[Card, ...]),
        "questions.json": ("questions", tuple[Question, ...]),
        "information.json": ("information", tuple[Page, ...]),
        "delegations.json": ("delegations", tuple[Delegation, ...]),
    }
)
SINCE: Mapping[str, int] = MappingProxyType(  # the first version that has it; else 1
    {
        "summaries.json": 2,
        "inputs.json": 3,
        "cards.json": 3,
        "questions.json": 4,
        "information.json": 4,
        "delegations.json": 4,
    }
)


def kinds_of(version: int) -> Mapping[str, tuple[str, Any]]:  # as KINDS
    """The files that a package of this version has."""
    return {name: kind for name, kind in KINDS.items() if SINCE.get(name, 1) <= version}


def to_zip(package: Package) -> bytes:
    """Return the package as a ZIP file."""
    files = files_of(package)
    written = {MANIFEST: to_json(manifest_of(package, files)), **files}
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(written):
            entry = ZipInfo(name, EPOCH)
            entry.compress_type = (
                ZIP_DEFLATED if name.endswith(".json") else ZIP_STORED
            )  # the others are packed already
            entry.external_attr, entry.create_system = READABLE, UNIX
            archive.writestr(entry, written[name])
    return out.getvalue()


def files_of(package: Package) -> dict[str, bytes]:
    """Every file but the manifest, by its name."""
    written = {name: to_json(getattr(package, member)) for name, (member, _kind) in KINDS.items()}
    return {**written, **package.papers, **package.files}


def manifest_of(package: Package, files: Mapping[str, bytes]) -> Manifest:
    """What says what the package is and proves its files."""
    return Manifest(
        schema=SCHEMA,
        schema_version=SCHEMA_VERSION,
        level=package.level,
        meeting=package.meeting.slug,
        title=package.meeting.title,
        counts=package.counts,
        files=tuple(File(name, len(files[name]), sha256(files[name]).hexdigest()) for name in sorted(files)),
    )


def to_json(value: object) -> bytes:
    """Return a value as UTF-8 JSON: the same value is the same bytes, whatever order its mappings had."""
    return json.dumps(to_plain(value), ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
