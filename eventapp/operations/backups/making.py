"""Making a backup: a folder of its own, which has its name only when all of it is written and on the disk."""

import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from pyrage.x25519 import Recipient

from eventapp.ground.db import db
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.operations.backups import manifest
from eventapp.operations.backups.databases import FILES, copy_to
from eventapp.operations.backups.manifest import Manifest
from eventapp.operations.backups.sealing import SEALED, recipient_of, seal
from eventapp.operations.backups.temporary import held, remove_unheld, temporary_folder

PART = re.compile(rf"\.{manifest.NAMED.pattern}\.part")


def back_up(folder: Path, *, at: datetime, recipient: str = "") -> tuple[Path, Manifest]:
    """Write the whole database and its manifest to a folder of its own in `folder`. Returns both.

    Named by the moment, in UTC. Sealed for an age recipient where one is given: only its key opens it, and this
    machine does not have it. Refused where the copy is not sound or the recipient is none; nothing is left then.
    """
    key = recipient_of(recipient) if recipient else None
    made = folder / manifest.name_of(at)
    folder.stat()  # where it is not there, this says so: a disk that is not mounted is not made up for
    remove_left_over(folder)
    part = folder / f".{made.name}.part"
    if made.exists() or part.exists():
        raise Refused(_("%(folder)s is there already.", folder=made))
    part.mkdir(mode=0o700)
    try:
        with held(part):
            facts = write(part, key, at=at, recipient=recipient)
            part.rename(made)
            on_disk(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return made, facts


def write(part: Path, key: Recipient | None, *, at: datetime, recipient: str) -> Manifest:
    """Write both files of a backup to this folder; only a sealed one where there is a key, so that no other is left."""
    kind = db.engine.dialect.name
    with temporary_folder() as apart:
        file = (apart if key else part) / FILES[kind]
        contents = copy_to(file)
        if key:
            file = seal(file, key, part / f"{file.name}{SEALED}")
    facts = Manifest(
        made_at=at.astimezone(UTC).isoformat(timespec="seconds"),
        database=kind,
        file=file.name,
        size=file.stat().st_size,
        sha256=manifest.digest_of(file),
        sealed_for=recipient,
        contents=contents,
    )
    (part / manifest.NAME).write_bytes(manifest.written(facts))
    for path in (file, part / manifest.NAME, part):
        on_disk(path)
    return facts


def remove_left_over(folder: Path) -> None:
    """Remove what runs left that were killed: they hold their folder no more."""
    for part in folder.glob(".*.part"):
        if PART.fullmatch(part.name):
            remove_unheld(part)


def on_disk(path: Path) -> None:
    """Wait until a file or the names in a folder are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
