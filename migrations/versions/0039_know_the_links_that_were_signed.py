"""know the links that were signed"""

import hashlib
import hmac
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op
from flask import current_app
from itsdangerous import URLSafeSerializer

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

# Signed links were stored nowhere. Each is made here again as it was, with the key of now and with those of before, and
# its hash stored. The purpose it was signed for, the purpose in the table, and the rows that have one.
SIGNED = {
    "clearance": (
        "clearance",
        "SELECT reader.id, meeting_id, asked_at, expires_at, ended_at"
        " FROM reader JOIN report ON report.id = report_id ORDER BY reader.id",
    ),
    "confirmation": (
        "confirmation",
        "SELECT confirmation.id, meeting_id, asked_at, expires_at, ended_at"
        " FROM confirmation JOIN session ON session.id = session_id ORDER BY confirmation.id",
    ),
    "answer a part": (
        "role",
        "SELECT speaking_role.id, meeting_id, COALESCE(asked_at, session.changed_at) AS asked_at"
        " FROM speaking_role JOIN session ON session.id = session_id WHERE person_id IS NOT NULL"
        " ORDER BY speaking_role.id",
    ),
}
TIME = sa.DateTime(timezone=True)
LINKS = sa.table(
    "link",
    sa.column("purpose"),
    sa.column("target"),
    sa.column("meeting_id"),
    sa.column("seed"),
    sa.column("hash"),
    sa.column("created_at", TIME),
    sa.column("expires_at", TIME),
    sa.column("ended_at", TIME),
    sa.column("is_replaced", sa.Boolean()),
)


def upgrade() -> None:
    for signed_for, (purpose, query) in SIGNED.items():
        times = {name: TIME for name in ("asked_at", "expires_at", "ended_at") if name in query}
        rows = op.get_bind().execute(sa.text(query).columns(**times)).mappings().all()
        links = [made for row in rows for made in links_of(signed_for, purpose, dict(row))]
        if links:
            op.get_bind().execute(LINKS.insert(), links)


def downgrade() -> None:
    op.execute("DELETE FROM link WHERE purpose IN ('clearance', 'confirmation', 'role')")


def links_of(signed_for: str, purpose: str, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    expires = row.get("expires_at")
    until = int(in_utc(expires).timestamp()) if expires else None
    for secret_key in keys():
        token = URLSafeSerializer(derived("link", secret_key), salt=signed_for).dumps([until, row["id"]])
        yield {
            "purpose": purpose,
            "target": row["id"],
            "meeting_id": row["meeting_id"],
            "seed": "",
            "hash": hmac.digest(derived("hash", keys()[0]), str(token).encode(), "sha256").hex(),
            "created_at": row["asked_at"],
            "expires_at": expires,
            "ended_at": row.get("ended_at"),
            "is_replaced": False,
        }


def in_utc(time: datetime) -> datetime:
    """What SQLite reads has no zone."""
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def keys() -> list[str]:
    return [current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"]]


def derived(purpose: str, secret_key: str) -> bytes:
    return hashlib.sha256(f"eventapp {purpose} {secret_key}".encode()).digest()
