"""Going back to a backup: every byte is checked first, and nothing that is there is written over."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.operations.backups import manifest
from eventapp.operations.backups.databases import put
from eventapp.operations.backups.manifest import Manifest
from eventapp.operations.backups.sealing import open_sealed


def checked(folder: Path) -> tuple[Manifest, Path]:
    """The manifest of a backup and its file, every byte of both as it was written. Refused where one differs."""
    facts = manifest.read(folder)
    return facts, manifest.check_file(folder, facts)


def restore(folder: Path, to: URL, *, identity: Path | None = None) -> Manifest:
    """Put a backup into the empty database at this address, and return what its manifest says.

    Refused where a byte of it differs, where it is of another kind of database, where a key is missing, where
    something is there already, and where the tables do not hold what the manifest says.
    """
    facts, file = checked(folder)
    if facts.database != to.get_backend_name():
        raise Refused(_("This is a backup of %(kind)s: set DATABASE_URL to such a database.", kind=facts.database))
    with opened(facts, file, identity) as copy:
        found = put(copy, to)
    differences = manifest.difference(found, facts.contents)
    if differences:
        raise Refused(" ".join(differences))
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
    with TemporaryDirectory() as scratch:
        yield open_sealed(file, identity, Path(scratch) / file.stem)
