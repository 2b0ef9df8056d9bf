"""The manifest: what a package is, how much is in it, and what proves each of its files."""

from dataclasses import dataclass, field

from eventapp.ground.exact import SOMETIMES

SCHEMA = "eventapp.package"
SCHEMA_VERSION = 4


@dataclass(frozen=True)
class Counts:
    """How many of each the package holds."""

    sessions: int
    notes: int
    revisions: int
    reports: int
    editions: int
    citations: int
    participants: int
    documents: int
    summaries: int = field(default=0, metadata=SOMETIMES)  # since version 2, as two below
    summary_revisions: int = field(default=0, metadata=SOMETIMES)
    deliveries: int = field(default=0, metadata=SOMETIMES)
    inputs: int = field(default=0, metadata=SOMETIMES)  # since version 3, as two below
    cards: int = field(default=0, metadata=SOMETIMES)
    earlier_releases: int = field(default=0, metadata=SOMETIMES)
    questions: int = field(default=0, metadata=SOMETIMES)  # since version 4, as all below
    answers: int = field(default=0, metadata=SOMETIMES)
    information: int = field(default=0, metadata=SOMETIMES)
    delegations: int = field(default=0, metadata=SOMETIMES)
    attached: int = field(default=0, metadata=SOMETIMES)


@dataclass(frozen=True)
class File:
    """One file of the package, as its bytes are."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What the package is and what is in it: every file but this one."""

    schema: str
    schema_version: int
    level: str
    meeting: str
    title: str
    counts: Counts
    files: tuple[File, ...]
