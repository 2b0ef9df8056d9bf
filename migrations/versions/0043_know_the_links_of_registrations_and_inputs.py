"""know the links of registrations and inputs"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from flask import current_app
from itsdangerous import URLSafeSerializer

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
LINKS = sa.table(
    "link",
    sa.column("id"),
    sa.column("purpose"),
    sa.column("target"),
    sa.column("meeting_id"),
    sa.column("seed"),
    sa.column("hash"),
    sa.column("created_at", TIME),
    sa.column("ended_at", TIME),
    sa.column("is_replaced", sa.Boolean()),
    sa.column("under_id"),
)
TAKE_MAILED = """
    INSERT INTO link (purpose, target, meeting_id, seed, hash, created_at, ended_at, is_replaced)
    SELECT 'input', input_id, meeting_id, '', token_hash, input_link.sent_at, ended_at, false
    FROM input_link JOIN written_input ON written_input.id = input_id ORDER BY input_link.id
"""
GIVE_MAILED = """
    INSERT INTO input_link (input_id, token_hash, sent_at, ended_at)
    SELECT target, hash, created_at, ended_at FROM link WHERE purpose = 'input' AND under_id IS NULL ORDER BY id
"""
REGISTRATIONS = "SELECT id, meeting_id, asked_at, link_version, calendar_version FROM registration ORDER BY id"
INPUTS = """
    SELECT written_input.id, written_input.meeting_id, begun_at AS asked_at, link_version, registration_id
    FROM written_input JOIN registration ON registration.id = registration_id ORDER BY written_input.id
"""
MOST_REPLACED = 20  # versions that are tried going down


def upgrade() -> None:
    rows = read(REGISTRATIONS)
    made = [link for row in rows for purpose in ("registration", "calendar") for link in links_of(purpose, row)]
    add(made)
    query = sa.select(LINKS.c.target, LINKS.c.id).where(LINKS.c.purpose == "registration", LINKS.c.seed != "")
    above = {target: number for target, number in op.get_bind().execute(query)}
    op.execute(TAKE_MAILED)
    add([{**link, "under_id": above[row["registration_id"]]} for row in read(INPUTS) for link in signed("input", row)])
    op.drop_table("input_link")
    with op.batch_alter_table("registration") as batch:
        batch.drop_column("calendar_version")
        batch.drop_column("link_version")


def downgrade() -> None:
    with op.batch_alter_table("registration") as batch:
        batch.add_column(sa.Column("link_version", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("calendar_version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("registration") as batch:
        batch.alter_column("link_version", server_default=None)
        batch.alter_column("calendar_version", server_default=None)
    number_again()
    op.create_table(
        "input_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("input_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["input_id"], ["written_input.id"], name=op.f("fk_input_link_input_id_written_input")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_input_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_input_link_token_hash")),
    )
    op.create_index(op.f("ix_input_link_input_id"), "input_link", ["input_id"])
    op.execute(GIVE_MAILED)
    op.execute("DELETE FROM link WHERE purpose = 'input'")
    op.execute("DELETE FROM link WHERE purpose IN ('registration', 'calendar')")


def read(query: str) -> list[dict[str, Any]]:
    rows = op.get_bind().execute(sa.text(query).columns(asked_at=TIME)).mappings()
    return [dict(row) for row in rows]


def add(links: list[dict[str, Any]]) -> None:
    if links:
        op.get_bind().execute(LINKS.insert(), [{"under_id": None, "ended_at": None, **link} for link in links])


def links_of(purpose: str, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What was mailed, and a link whose secret the software can make again, for pages and for letters to come."""
    yield from signed(purpose, row)
    seed = secrets.token_urlsafe(24)
    digest = hmac.digest(derived("secret", keys()[0]), f"{purpose} {seed}".encode(), "sha256")[:24]
    yield link(purpose, row, hash_of(urlsafe_b64encode(digest).decode()), seed)


def signed(purpose: str, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The links that the software before signed for this row, with the key of now and with those of before."""
    version = row["calendar_version" if purpose == "calendar" else "link_version"]
    for token in tokens(purpose, row["id"], version):
        yield link(purpose, row, hash_of(token), "")


def tokens(purpose: str, number: int, version: int) -> list[str]:
    salt = "written input" if purpose == "input" else purpose
    return [
        str(URLSafeSerializer(derived("link", secret_key), salt=salt).dumps([None, number, version]))
        for secret_key in keys()
    ]


def link(purpose: str, row: dict[str, Any], stored: str, seed: str) -> dict[str, Any]:
    return {
        "purpose": purpose,
        "target": row["id"],
        "meeting_id": row["meeting_id"],
        "seed": seed,
        "hash": stored,
        "created_at": row["asked_at"],
        "is_replaced": False,
    }


def number_again() -> None:
    """Give each registration the version whose link works now; one that no link has where all were replaced."""
    query = sa.select(LINKS.c.purpose, LINKS.c.target, LINKS.c.hash).where(
        LINKS.c.purpose.in_(("registration", "calendar")), LINKS.c.seed == "", LINKS.c.ended_at.is_(None)
    )
    works = {tuple(row) for row in op.get_bind().execute(query)}
    for purpose, column in (("registration", "link_version"), ("calendar", "calendar_version")):
        for number in op.get_bind().execute(sa.text("SELECT id FROM registration")).scalars().all():
            version = next(
                (
                    tried
                    for tried in range(1, MOST_REPLACED)
                    if any((purpose, number, hash_of(token)) in works for token in tokens(purpose, number, tried))
                ),
                MOST_REPLACED,
            )
            change = sa.text(f"UPDATE registration SET {column} = :version WHERE id = :number")  # noqa: S608
            op.get_bind().execute(change, {"version": version, "number": number})


def hash_of(token: str) -> str:
    return hmac.digest(derived("hash", keys()[0]), token.encode(), "sha256").hex()


def keys() -> list[str]:
    return [current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"]]


def derived(purpose: str, secret_key: str) -> bytes:
    return hashlib.sha256(f"eventapp {purpose} {secret_key}".encode()).digest()
