"""Going back to a backup: every byte is checked first, and nothing that is there is written over."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.operations.backups import manifest
from eventapp.operations.backups.databases import put
from eventapp.operations.backups.manifest import Differs, Manifest
from eventapp.operations.backups.sealing import open_sealed
from eventapp.operations.backups.temporary import temporary_folder


def checked(folder: Path) -> tuple[Manifest, Path]:
    """The manifest of a backup and its file, every byte of both as it was written. Refused where one differs."""
    facts = manifest.read(folder)
    return facts, manifest.check_file(folder, facts)


def restore(folder: Path, to: URL, *, identity: Path | None = None) -> Manifest:
    """Put a backup into the empty database at this address, to be served, and return what its manifest says.

    Refused as below; where it is in a database of PostgreSQL all the same, the sentence says so.
    """
    try:
        return put_back(folder, to, identity=identity)
    except Differs as fault:
        if to.get_backend_name() == "sqlite":
            raise
        stays = _("It is in the database %(name)s, to be served: drop it, and make an empty one.", name=to.database)
        raise Differs(f"{fault} {stays}") from fault


def put_back(folder: Path, to: URL, *, identity: Path | None = None) -> Manifest:
    """Put a backup into the empty database at this address, and return what its manifest says.

    Refused where a byte of it differs, where it is of another kind of database, where a key is missing, where
    something is there already, and where the tables do not hold what the manifest says.
    """
    facts, file = checked(folder)
    if facts.database != to.get_backend_name():
        raise Refused(_("This is a backup of %(kind)s: set DATABASE_URL to such a database.", kind=facts.database))
    with opened(facts, file, identity) as copy:
        put(copy, to, facts.contents)
    return facts


@contextmanager
def opened(facts: Manifest, file: Path, identity: Path | None) -> Iterator[Path]:
    """The file of a backup as its database wrote it; what was opened of a sealed one is gone afterwards."""
    if not facts.sealed_for:
        yield file
        return
    if identity is None:
        raise Refused(
            _("This backup is sealed for %(key)s: name the file with its key by --identity.", key=facts.sealed_for)
        )
    with temporary_folder() as scratch:
        yield open_sealed(file, identity, scratch / file.stem)
