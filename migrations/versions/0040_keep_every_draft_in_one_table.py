"""keep every draft in one table: what was typed for the record"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

# A text that was saved after another one had the part of what it is of; one that is typed had a part of its own.
UP = """
    INSERT INTO draft (id, kind, scope_id, target_id, person_id, key, version, mark, base, replaces, content,
                       created_at, updated_at, is_second, settled_at)
    SELECT id, CASE WHEN part = 'summing' THEN 'summary' WHEN note_id IS NOT NULL THEN 'change' ELSE part END,
           session_id, note_id, by_id, client_key, 1, mark, base, taken_back, content, at, at,
           (part = 'summary' OR (part = 'note' AND note_id IS NOT NULL)), settled_at
    FROM kept_text
"""
DOWN = """
    INSERT INTO kept_text (id, session_id, note_id, part, base, content, client_key, mark, taken_back, at, by_id,
                           settled_at)
    SELECT id, scope_id, target_id,
           CASE WHEN is_second AND kind = 'change' THEN 'note' WHEN kind = 'summary' AND NOT is_second THEN 'summing'
                ELSE kind END,
           base, content, key, CASE WHEN length(mark) > 40 THEN '' ELSE mark END, replaces, updated_at, person_id,
           coalesce(settled_at, discarded_at)
    FROM draft WHERE kind IN ('note', 'change', 'summary', 'passage')
"""
NEXT = "SELECT setval(pg_get_serial_sequence('{0}', 'id'), (SELECT max(id) FROM {0})) WHERE EXISTS (SELECT 1 FROM {0})"


def copy(sql: str, table: str) -> None:
    """Move the rows, with their numbers: addresses and replies name them."""
    op.execute(sql)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(NEXT.format(table))


def point_replies_at(table: str, before: str) -> None:
    with op.batch_alter_table("reply") as batch:
        batch.drop_constraint(f"fk_reply_kept_id_{before}", type_="foreignkey")
        batch.create_foreign_key(f"fk_reply_kept_id_{table}", table, ["kept_id"], ["id"])


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=48), nullable=False),
        sa.Column("base", sa.Integer(), nullable=True),
        sa.Column("replaces", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_second", sa.Boolean(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("discarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draft_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_draft_person_id_key")),
    )
    op.create_index("ix_draft_scope", "draft", ["scope_id", "kind"])
    op.create_index("ix_draft_target", "draft", ["target_id", "kind"])
    copy(UP, "draft")
    point_replies_at("draft", "kept_text")
    op.drop_table("kept_text")


def downgrade() -> None:
    op.create_table(
        "kept_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.Column("base", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("client_key", sa.String(length=64), nullable=True),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.Column("taken_back", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_kept_text_by_id_person")),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_kept_text_note_id_note")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_kept_text_session_id_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_text")),
        sa.UniqueConstraint("by_id", "client_key", name=op.f("uq_kept_text_by_id_client_key")),
    )
    op.create_index("ix_kept_text_note_id", "kept_text", ["note_id"])
    op.create_index("ix_kept_text_session_id", "kept_text", ["session_id"])
    copy(DOWN, "kept_text")
    point_replies_at("kept_text", "draft")
    op.drop_table("draft")
