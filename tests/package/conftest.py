"""Packages from another installation: SQLite, whatever the tests run on, with the Bangkok meeting, a small one and a wild one."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from config import TestConfig
from eventapp.commands import create_app
from eventapp.demo.actions import SLUG, load_bangkok
from eventapp.ground.db import db, transaction
from eventapp.outlets.table import links, table_file
from eventapp.package.export.meeting import filled
from eventapp.package.manifest.archive import to_zip
from eventapp.package.manifest.content import LEVELS
from tests import make, make_package, make_review
from tests.package.wild import build

REPORT = f"/meetings/{SLUG}/reports/review"
PAGES = (
    *(f"{REPORT}.{ending}" for ending in ("json", "docx", "pdf", "md", "csv")),
    f"/meetings/{SLUG}/agenda.json",
    f"/api/v1/meetings/{SLUG}/agenda",
    f"/api/v1/meetings/{SLUG}/reports",
    f"/api/v1/meetings/{SLUG}/coverage",
)


@dataclass(frozen=True)
class Elsewhere:
    """What another installation gave out: packages by meeting and level, public files by address, the counted table."""

    packages: dict[tuple[str, str], bytes]
    served: dict[str, bytes]
    table: bytes

    def file(self, folder: Path, slug: str = "spring", level: str = "public") -> Path:
        """One of its packages as a file."""
        file = folder / f"{slug}-{level}.zip"
        file.write_bytes(self.packages[slug, level])
        return file


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Elsewhere:
    folder = tmp_path_factory.mktemp("elsewhere")
    shutil.copyfile(migrated_file, folder / "first.db")
    app = create_app(TestConfig(f"sqlite:///{folder / 'first.db'}", folder))
    with app.app_context():
        bangkok = load_bangkok()
        small = make_package.held()
        session = make.session(small, code="S3")
        make_review.note(session, text="Ports wait.", state="draft")
        wild, _said = build()
        renamed = make_package.held(slug="renamed", title="A room has another code since the agenda was released")
        with transaction():
            renamed.rooms[0].code, renamed.bodies = "R2", []
        corrected = make_package.corrected()
        given = Elsewhere(
            packages={
                (meeting.slug, level): to_zip(filled(meeting, level).package)
                for meeting in (bangkok, small, wild, renamed, corrected)
                for level in LEVELS
            },
            served={page: app.test_client().get(page).data for page in PAGES},
            table=table_file(bangkok.slug, links(bangkok), "json"),
        )
        db.session.remove()
        db.engine.dispose()
    return given
