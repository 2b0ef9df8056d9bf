"""Reading a package: every byte is proved before anything is believed. What is not sound is refused in one line."""

import json
import re
import zlib
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, TypeVar
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from eventapp.ground.db.types import Record
from eventapp.ground.exact import UnreadableError, read
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.package.manifest.archive import KINDS, MANIFEST, kinds_of
from eventapp.package.manifest.content import Package
from eventapp.package.manifest.manifest import SCHEMA, SCHEMA_VERSION, Manifest
from eventapp.package.manifest.papers import NAME

PAPER = re.compile(r"reports/[a-z0-9][a-z0-9-]{0,79}-[1-9][0-9]{0,5}\.json")
MOST_FILES = 2000
MOST_BYTES = 256 * 1024 * 1024  # of all files, unpacked: a hundred times the largest meeting we know
MOST_MANIFEST = 4 * 1024 * 1024
AT_ONCE = 1024 * 1024
ENCRYPTED = 0x1

T = TypeVar("T")


def unpack(file: Path | BinaryIO) -> Package:
    """Return the package in this file. Refused where it is not sound, whole and of a version we know."""
    files = read_zip(file)
    manifest = manifest_in(files)
    prove(files, manifest)
    kinds = kinds_of(manifest.schema_version)
    check_kinds(files, kinds)
    for name in KINDS:
        if name in files and name not in kinds:
            raise Refused(_("The package holds “%(name)s”, which no package holds.", name=name))
    values: Record = {member: value_of(kind, files[name], name) for name, (member, kind) in kinds.items()}
    papers = {name: content for name, content in files.items() if PAPER.fullmatch(name)}
    attached = {name: content for name, content in files.items() if NAME.fullmatch(name)}
    written = manifest.schema_version
    package = Package(level=manifest.level, papers=papers, files=attached, version=written, **values)
    claimed = (manifest.meeting, manifest.title, manifest.counts)
    if claimed != (package.meeting.slug, package.meeting.title, package.counts):
        raise Refused(_("The manifest does not say what the package holds: it was changed after it was made."))
    return package


def first_look(file: BinaryIO) -> Manifest:
    """Return the manifest of a package without reading the rest. Refused where this is none, or none that we read."""
    try:
        with ZipFile(file) as archive:
            entries = archive.infolist()
            check_names(entries)
            [entry] = (one for one in entries if one.filename == MANIFEST)
            return manifest_in({MANIFEST: read_entry(archive, entry, MOST_MANIFEST)})
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        raise Refused(_("This file is no ZIP, or it is damaged. Get it again from where it was made.")) from None


def read_zip(file: Path | BinaryIO) -> dict[str, bytes]:
    """Return every file of the ZIP by its name, read no further than a package may be large."""
    try:
        with ZipFile(file) as archive:
            entries = archive.infolist()
            check_names(entries)
            left, files = MOST_BYTES, {}
            for entry in entries:
                files[entry.filename] = read_entry(archive, entry, left)
                left -= len(files[entry.filename])
            return files
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        raise Refused(_("This file is no ZIP, or it is damaged. Get it again from where it was made.")) from None


def check_names(entries: list[ZipInfo]) -> None:
    """Take only the files that a package has, each once: then no name can lead anywhere."""
    if len(entries) > MOST_FILES:
        raise Refused(_("The package holds more than %(most)s files.", most=MOST_FILES))
    for name, times in Counter(entry.filename for entry in entries).items():
        if name not in (MANIFEST, *KINDS) and not PAPER.fullmatch(name) and not NAME.fullmatch(name):
            raise Refused(_("The package holds “%(name)s”, which no package holds.", name=ascii(name)[1:-1]))
        if times > 1:
            raise Refused(_("The package holds %(name)s twice.", name=name))
    check_kinds({entry.filename for entry in entries}, (MANIFEST, *kinds_of(1)))


def check_kinds(names: Container[str], kinds: Iterable[str]) -> None:
    """Say which of the files that a package of this version has is not there."""
    for name in kinds:
        if name not in names:
            raise Refused(_("%(name)s is missing from the package.", name=name))


def read_entry(archive: ZipFile, entry: ZipInfo, left: int) -> bytes:
    """Return what this entry holds; what it says of its own size is not believed."""
    if entry.flag_bits & ENCRYPTED or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Refused(_("%(name)s is packed in a way that no package is.", name=entry.filename))
    pieces: list[bytes] = []
    with archive.open(entry) as opened:
        while piece := opened.read(AT_ONCE):
            left -= len(piece)
            if left < 0:
                raise Refused(_("Unpacked, the package is larger than %(most)s MB.", most=MOST_BYTES // 1024 // 1024))
            pieces.append(piece)
    return b"".join(pieces)


def manifest_in(files: Mapping[str, bytes]) -> Manifest:
    """Return the manifest; its version is looked at before anything else of it."""
    raw = raw_of(files[MANIFEST], MANIFEST)
    if not isinstance(raw, dict) or raw.get("schema") != SCHEMA:
        raise Refused(_("This is no package of a meeting."))
    version = raw.get("schema_version")
    if type(version) is int and version > SCHEMA_VERSION:
        text = _(
            "The package is of version %(theirs)s of the schema, and this installation reads up to version %(ours)s. "
            "Bring the installation up to date.",
            theirs=version,
            ours=SCHEMA_VERSION,
        )
        raise Refused(text)
    if type(version) is not int or version < 1:
        raise Refused(_("The manifest names no version of the schema that there was."))
    return believed(Manifest, raw, MANIFEST)


def prove(files: Mapping[str, bytes], manifest: Manifest) -> None:
    """Hold every file against the manifest: none is missing, none is more, and each byte is as it was."""
    listed = {one.name: one for one in manifest.files}
    if len(listed) < len(manifest.files) or MANIFEST in listed:
        raise Refused(_("The manifest lists a file twice, or itself."))
    for name in sorted(set(files) - {MANIFEST} | set(listed)):
        if name not in files:
            raise Refused(_("%(name)s is missing from the package.", name=ascii(name)[1:-1]))
        if name not in listed:
            raise Refused(_("%(name)s is in the package and not in its manifest.", name=name))
        if (len(files[name]), sha256(files[name]).hexdigest()) != (listed[name].size, listed[name].sha256):
            raise Refused(_("%(name)s was changed after the package was made.", name=name))


def value_of(kind: type[T], content: bytes, name: str) -> T:
    return believed(kind, raw_of(content, name), name)


def raw_of(content: bytes, name: str) -> object:
    try:
        return json.loads(content.decode("utf-8"), parse_constant=no_number)
    except (ValueError, RecursionError):
        raise Refused(_("%(name)s is not JSON in UTF-8.", name=name)) from None


def no_number(word: str) -> float:
    raise ValueError(word)


def believed(kind: type[T], raw: object, name: str) -> T:
    try:
        return read(kind, raw, name)
    except UnreadableError as unreadable:
        raise Refused(_("The package does not match its schema: %(where)s", where=str(unreadable))) from None
