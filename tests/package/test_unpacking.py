"""A package is proved byte by byte: whatever is not as it was made is refused in one line, and nothing is written."""

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from flask import Flask

from eventapp.ground.db import transaction
from eventapp.ground.refusal import Refused
from eventapp.package.actions import bring_in
from eventapp.package.manifest import validation as sense
from eventapp.package.manifest.archive import KINDS, MANIFEST, to_zip
from eventapp.package.manifest.content import ARCHIVE, Package
from eventapp.package.restore import reading as unpacking
from eventapp.package.restore.reading import unpack
from tests import make
from tests.make_package import files
from tests.package.conftest import Elsewhere
from tests.package.test_importing import flask, rows

PAPER = "reports/summary-1.json"
FILES = sorted([MANIFEST, *KINDS, PAPER])


def zipped(entries: list[tuple[str, bytes]], how: int = ZIP_DEFLATED) -> bytes:
    """These files as a ZIP, whatever they are called and however often."""
    out = BytesIO()
    with ZipFile(out, "w", how) as archive, catch_warnings():
        simplefilter("ignore", UserWarning)  # of a name that is there twice
        for name, content in entries:
            archive.writestr(ZipInfo(name), content, compress_type=how)
    return out.getvalue()


@pytest.fixture
def small(elsewhere: Elsewhere) -> dict[str, bytes]:
    """The files of a sound package."""
    return files(elsewhere.packages["spring", ARCHIVE])


def refusal(app: Flask, file: Path, content: bytes) -> str:
    """Why this file is not imported, in one line; nothing is written by trying."""
    file.write_bytes(content)
    before = rows()
    code, told = flask(app, "import", str(file))
    assert (code, rows()) == (1, before), told
    assert told.startswith("Error: nothing was imported. ") and told.count("\n") == 1
    checked, also = flask(app, "verify", str(file))
    assert checked == 1 and also.count("\n") == 1
    return told.removeprefix("Error: nothing was imported. ").rstrip("\n")


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


@pytest.mark.parametrize("name", FILES)
def test_a_changed_byte_is_refused_in_every_file(
    app: Flask, small: dict[str, bytes], tmp_path: Path, name: str
) -> None:
    place = small[name].rfind(b'"') - 1  # inside the last text, or the end of an empty list
    told = refusal(app, tmp_path / "p.zip", zipped([*{**small, name: flipped(small[name], place)}.items()]))
    assert "was changed after" in told or name == MANIFEST


@pytest.mark.parametrize("name", [one for one in FILES if one != MANIFEST])
def test_a_changed_hash_is_refused_for_every_file(
    app: Flask, small: dict[str, bytes], tmp_path: Path, name: str
) -> None:
    manifest = json.loads(small[MANIFEST])
    [line] = [one for one in manifest["files"] if one["name"] == name]
    assert line["sha256"] == sha256(small[name]).hexdigest()
    line["sha256"] = ("1" if line["sha256"][0] == "0" else "0") + line["sha256"][1:]
    told = refusal(app, tmp_path / "p.zip", zipped([*{**small, MANIFEST: json.dumps(manifest).encode()}.items()]))
    assert told == f"{name} was changed after the package was made."


def test_without_the_proof_a_changed_byte_goes_in(
    app: Flask, small: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: it is the proof that refuses, and nothing else would."""
    changed = {**small, "documents.json": small["documents.json"].replace(b"Paper one", b"Paper two")}
    file = tmp_path / "p.zip"
    assert refusal(app, file, zipped([*changed.items()])) == "documents.json was changed after the package was made."
    monkeypatch.setattr(unpacking, "prove", lambda *_any: None)
    assert flask(app, "import", str(file))[0] == 0


def manifest_with(**changes: Any) -> Callable[[dict[str, bytes]], bytes]:
    def changed(small: dict[str, bytes]) -> bytes:
        manifest = {**json.loads(small[MANIFEST]), **changes}
        return zipped([*{**small, MANIFEST: json.dumps(manifest).encode()}.items()])

    return changed


def with_file(name: str, content: bytes = b"[]") -> Callable[[dict[str, bytes]], bytes]:
    return lambda small: zipped([*small.items(), (name, content)])


def relisted(name: str, content: bytes) -> Callable[[dict[str, bytes]], bytes]:
    """The package with another file in it, and a manifest that agrees."""

    def changed(small: dict[str, bytes]) -> bytes:
        manifest = json.loads(small[MANIFEST])
        kept = [one for one in manifest["files"] if one["name"] != name]
        line = {"name": name, "size": len(content), "sha256": sha256(content).hexdigest()}
        return manifest_with(files=[*kept, line])({**small, name: content})

    return changed


FAULTS: dict[str, tuple[Callable[[dict[str, bytes]], bytes], str]] = {
    "no ZIP": (lambda small: b"PK no", "is no ZIP, or it is damaged"),
    "cut off": (lambda small: zipped([*small.items()])[:-200], "is no ZIP, or it is damaged"),
    "no manifest": (lambda small: zipped([(n, c) for n, c in small.items() if n != MANIFEST]), "manifest.json is missing"),
    "no notes": (lambda small: zipped([(n, c) for n, c in small.items() if n != "notes.json"]), "notes.json is missing"),
    "no summaries": (lambda small: zipped([(n, c) for n, c in small.items() if n != "summaries.json"]), "summaries.json is missing"),
    "newer than its version": (manifest_with(schema_version=2), "holds “inputs.json”, which no package holds"),
    "no report": (lambda small: zipped([(n, c) for n, c in small.items() if n != PAPER]), f"{PAPER} is missing"),
    "one more": (with_file("reports/other-1.json"), "reports/other-1.json is in the package and not in its manifest"),
    "twice": (with_file("notes.json"), "The package holds notes.json twice"),
    "newer": (manifest_with(schema_version=5), "of version 5 of the schema, and this installation reads up to version 4"),
    "no version": (manifest_with(schema_version="1"), "names no version of the schema that there was"),
    "older than all": (manifest_with(schema_version=0), "names no version of the schema that there was"),
    "another thing": (manifest_with(schema="eventapp.report"), "This is no package of a meeting"),
    "no mapping": (lambda small: zipped([*{**small, MANIFEST: b"[]"}.items()]), "This is no package of a meeting"),
    "a member more": (manifest_with(more=1), "manifest.json must hold exactly: schema"),
    "counts": (manifest_with(title="Other"), "The manifest does not say what the package holds"),
    "another level": (manifest_with(level="secret"), "manifest.level: 'secret'"),
    "listed twice": (manifest_with(files=[{"name": "a", "size": 1, "sha256": ""}] * 2), "lists a file twice"),
    "up": (with_file("../../etc/passwd"), "holds “../../etc/passwd”, which no package holds"),
    "root": (with_file("/etc/passwd"), "holds “/etc/passwd”, which no package holds"),
    "up in reports": (with_file("reports/../x-1.json"), "which no package holds"),
    "backslash": (with_file("reports\\..\\x-1.json"), "which no package holds"),
    "a folder": (with_file("reports/"), "which no package holds"),
    "a picture": (with_file("a\u202egnp.exe"), "holds “a\\u202egnp.exe”"),
    "not UTF-8": (relisted("documents.json", "[]".encode("utf-16")), "documents.json is not JSON in UTF-8"),
    "not JSON": (relisted("documents.json", b"[,]"), "documents.json is not JSON in UTF-8"),
    "no number": (relisted("documents.json", b"[NaN]"), "documents.json is not JSON in UTF-8"),
    "deep": (relisted("documents.json", b"[" * 100_000), "documents.json is not JSON in UTF-8"),
    "another type": (relisted("documents.json", b'[{"symbol": 1}]'), "documents.json[0] must hold exactly: symbol"),
    "another packing": (lambda small: zipped([*small.items()], ZIP_BZIP2), "is packed in a way that no package is"),
    "many": (lambda small: zipped([(f"reports/x-{n}.json", b"") for n in range(1, 2100)]), "more than 2000 files"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_not_sound_is_refused(app: Flask, small: dict[str, bytes], tmp_path: Path, fault: str) -> None:
    make_it, says = FAULTS[fault]
    assert says in refusal(app, tmp_path / "p.zip", make_it(small))


def test_what_unpacks_too_large_is_not_read_to_its_end(
    app: Flask, small: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "MOST_BYTES", 3_000_000)
    bomb = {**small, "documents.json": b" " * 50_000_000}
    packed = zipped([*bomb.items()])
    assert len(packed) < 200_000
    assert "larger than 2 MB" in refusal(app, tmp_path / "p.zip", packed)


def test_a_locked_file_is_refused(app: Flask, small: dict[str, bytes], tmp_path: Path) -> None:
    locked = bytearray(zipped([*small.items()]))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    assert "is packed in a way that no package is" in refusal(app, tmp_path / "p.zip", bytes(locked))


def first(package: Package, **changes: Any) -> Package:
    """The package with the first revision of its first note changed."""
    note = package.notes[0]
    revisions = (replace(note.revisions[0], **changes), *note.revisions[1:])
    return replace(package, notes=(replace(note, revisions=revisions), *package.notes[1:]))


def of_meeting(**changes: Any) -> Callable[[Package], Package]:
    return lambda package: replace(package, meeting=replace(package.meeting, **changes))


def of_session(**changes: Any) -> Callable[[Package], Package]:
    def changed(package: Package) -> Package:
        one, *more = package.agenda.sessions
        return replace(package, agenda=replace(package.agenda, sessions=(replace(one, **changes), *more)))

    return changed


def of_release(**changes: Any) -> Callable[[Package], Package]:
    def changed(package: Package) -> Package:
        assert package.agenda.release is not None
        return replace(package, agenda=replace(package.agenda, release=replace(package.agenda.release, **changes)))

    return changed


def of_first(member: str, **changes: Any) -> Callable[[Package], Package]:
    def changed(package: Package) -> Package:
        one, *more = getattr(package, member)
        return replace(package, **{member: (replace(one, **changes), *more)})  # type: ignore[arg-type]

    return changed


NONSENSE: dict[str, tuple[Callable[[Package], Package], str]] = {
    "kind": (lambda p: first(p, kind="rumour"), "notes[0].revisions[0].kind: 'rumour'"),
    "goal": (lambda p: first(p, goals=(18,)), "notes[0].revisions[0].goals: 18"),
    "line": (lambda p: first(p, action_lines=("C99",)), "notes[0].revisions[0].action_lines: 'C99'"),
    "ceiling": (lambda p: first(p, ceiling="sky"), "notes[0].revisions[0].ceiling: 'sky'"),
    "long": (lambda p: first(p, title="x" * 121), "notes[0].revisions[0].title: longer than 120 characters"),
    "nul": (lambda p: first(p, text="a\0b"), "notes[0].revisions[0].text: a character that no text holds"),
    "large": (of_meeting(capacity=2**31), "meeting.capacity: too large a number"),
    "zone": (of_meeting(zone="Mars/Olympus"), "meeting.zone: 'Mars/Olympus'"),
    "slug": (of_meeting(slug="autumn"), "agenda.release: it is of another meeting"),
    "name": (of_first("reports", name="../up"), "'../up' cannot stand in an address"),
    "places": (of_meeting(capacity=0), "meeting: its days or its places"),
    "twice": (lambda p: replace(p, documents=p.documents * 2), "documents: 'INF/1' is there twice"),
    "script": (of_first("documents", address="javascript:alert(1)"), "document 'INF/1': address"),
    "head": (of_first("notes", head=7), ": revision 7"),
    "session": (of_first("notes", session="S9"), ": session 'S9'"),
    "state": (of_first("notes", state="loud"), "notes[0].state: 'loud'"),
    "room": (of_session(room="R9"), "session S2: room 'R9'"),
    "body": (of_session(body="Nobody"), "session S2: body 'Nobody'"),
    "category": (of_first("participants", category="NONE"), "participant 0: category 'NONE'"),
    "policy": (of_first("reports", policy="all"), "reports[0].policy: 'all'"),
    "report body": (of_first("reports", body="B9"), "report summary: body 'B9'"),
    "version": (of_first("reports", version=0), "report summary: its version"),
    "evidence": (lambda p: replace(p, evidence=()), "evidence: it is not what the reports rest on"),
    "cited": (lambda p: replace(p, notes=p.notes[1:]), "note 'S2-"),
    "paper": (lambda p: replace(p, papers={PAPER: b"{}"}), f"{PAPER}: it is not version 1 of summary"),
    "changed paper": (
        lambda p: replace(p, papers={PAPER: p.papers[PAPER].replace(b"fall", b"rise")}), "it is not as it was published",
    ),
    "stray paper": (
        lambda p: replace(p, papers={**p.papers, "reports/x-1.json": b""}), "reports/x-1.json: it belongs to no report",
    ),
    "digest": (of_release(digest="0" * 64), "its digest is not that of its content"),
    "agenda": (of_release(content={"sessions": [{}]}), "no agenda can be read from it"),
}  # fmt: skip


@pytest.mark.parametrize("fault", NONSENSE)
def test_what_makes_no_sense_is_refused_though_every_hash_is_right(
    app: Flask, elsewhere: Elsewhere, tmp_path: Path, fault: str
) -> None:
    change, says = NONSENSE[fault]
    file = tmp_path / "p.zip"
    told = refusal(app, file, to_zip(change(unpack(elsewhere.file(tmp_path, "spring", ARCHIVE)))))
    assert told.startswith("The package makes no sense at ") and says in told


def test_without_the_look_at_sense_it_would_be_written(
    app: Flask, elsewhere: Elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = first(unpack(elsewhere.file(tmp_path, "spring", ARCHIVE)), kind="rumour")
    monkeypatch.setattr(sense, "codes", lambda _meeting: {})
    with transaction():
        bring_in(odd, contact="x@example.org", by=None, at=make.TODAY)
    assert rows()["note"] == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Write to ada@example.org."},
        {"text": "Grace Hopper says so.", "speaker": "Grace Hopper", "ceiling": "nobody"},
        {"speaker": "Grace Hopper", "ceiling": "category"},
    ],
)
def test_what_no_export_would_say_is_not_taken_in(
    app: Flask, elsewhere: Elsewhere, tmp_path: Path, changes: dict[str, Any]
) -> None:
    """A package made by another hand, sound in itself, that says more than an export ever does."""
    package = unpack(elsewhere.file(tmp_path, "spring", ARCHIVE))
    note = package.notes[1]
    odd = replace(package, notes=(package.notes[0], replace(note, revisions=(replace(note.revisions[0], **changes),))))
    file = tmp_path / "p.zip"
    file.write_bytes(to_zip(odd))
    before = rows()
    code, told = flask(app, "import", str(file))
    assert (code, rows()) == (1, before)
    assert "notes.json would not be exported again as it was" in told


def test_the_refusal_is_the_first_of_many(app: Flask, elsewhere: Elsewhere, tmp_path: Path) -> None:
    odd = of_meeting(zone="Mars", capacity=0)(unpack(elsewhere.file(tmp_path)))
    with pytest.raises(Refused, match=r"meeting\.zone"), transaction():
        bring_in(odd, contact="x@example.org", by=None, at=make.TODAY)
