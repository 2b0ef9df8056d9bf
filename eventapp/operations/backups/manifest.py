"""The manifest of a backup: what its files are, how many rows each table has, and where the history ends."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _

NAME = "manifest.json"
FORMAT = 1
NAMED = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z")  # what a folder of a backup is called, by the moment it was made


@dataclass(frozen=True)
class Contents:
    """What a database holds: rows for each table, its migration, and the last line of its history with its seal."""

    migration: str
    rows: Mapping[str, int]
    chain_number: int
    chain_hash: str


@dataclass(frozen=True)
class Manifest:
    """What is written beside a backup. `made_at` is in UTC; `sealed_for` is an age recipient, '' where it is open."""

    made_at: str
    database: str
    file: str
    size: int
    sha256: str
    sealed_for: str
    contents: Contents

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


def name_of(moment: datetime) -> str:
    """What the folder of a backup of this moment is called."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")


def digest_of(file: Path) -> str:
    """SHA-256 of a file, as 64 hexadecimal figures."""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def written(manifest: Manifest) -> bytes:
    """The manifest as its file holds it: JSON whose last field is the SHA-256 of all before it."""
    fields = {"format": FORMAT, **asdict(manifest)}
    return rendered({**fields, "sha256_of_this": sha256(rendered(fields)).hexdigest()})


def rendered(fields: Mapping[str, object]) -> bytes:
    return (json.dumps(fields, indent=1, ensure_ascii=True) + "\n").encode()


def read(folder: Path) -> Manifest:
    """The manifest of this backup. Refused where there is none, or where a single byte of it was changed.

    Refused as well where its folder has the name of another backup: two that changed places are each whole.
    """
    file = folder / NAME
    if not file.is_file():
        raise Refused(_("%(folder)s is no backup: it has no %(name)s.", folder=folder, name=NAME))
    content = file.read_bytes()
    try:
        fields = json.loads(content)
        fields.pop("sha256_of_this")
        if fields.pop("format") != FORMAT:
            raise Refused(_("%(file)s is of another version of this program.", file=file))
        manifest = Manifest(**{**fields, "contents": Contents(**fields["contents"])})
        right = name_of(manifest.moment)  # a time that is none is refused here
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refused(_("%(file)s was changed: it cannot be read.", file=file)) from None
    if written(manifest) != content:
        raise Refused(_("%(file)s was changed: it is not what was written.", file=file))
    if NAMED.fullmatch(folder.absolute().name) and folder.absolute().name != right:
        raise Refused(
            _("%(folder)s is the backup %(right)s under another name. Give it its own.", folder=folder, right=right)
        )
    return manifest


def check_file(folder: Path, manifest: Manifest) -> Path:
    """The file of this backup, whose every byte is as it was written. Refused where it is not."""
    file = folder / manifest.file
    if not file.is_file():
        raise Refused(_("%(file)s is missing.", file=file))
    size = file.stat().st_size
    if size != manifest.size:
        raise Refused(
            _(
                "%(file)s has %(size)s bytes, not the %(right)s of the manifest.",
                file=file,
                size=size,
                right=manifest.size,
            )
        )
    if digest_of(file) != manifest.sha256:
        raise Refused(_("%(file)s was changed: its SHA-256 is not that of the manifest.", file=file))
    return file


class Differs(Refused):
    """What was restored does not hold what the manifest says."""


def refuse_difference(found: Contents, right: Contents) -> None:
    """Refuse a database that is not what the manifest says."""
    differences = difference(found, right)
    if differences:
        raise Differs(" ".join(differences))


def difference(found: Contents, right: Contents) -> list[str]:
    """A sentence for each thing in which a database is not what the manifest says; none where all is as it was."""
    tables = sorted({*found.rows, *right.rows})
    sentences = [
        _(
            "%(table)s has %(found)s rows, not %(right)s.",
            table=table,
            found=found.rows.get(table, 0),
            right=right.rows.get(table, 0),
        )
        for table in tables
        if found.rows.get(table) != right.rows.get(table)
    ]
    if found.migration != right.migration:
        sentences.append(
            _("Its tables are of version %(found)s, not %(right)s.", found=found.migration, right=right.migration)
        )
    if (found.chain_number, found.chain_hash) != (right.chain_number, right.chain_hash):
        sentences.append(_("Its history does not end where the manifest says."))
    return sentences
