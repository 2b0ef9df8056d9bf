"""files of notes that the worker checks and lets in"""

import sqlalchemy as sa
from alembic import op

revision = "0166"
down_revision = "0165"
branch_labels = None
depends_on = None

COUNTS = ("lines", "new", "changed", "same", "translated", "faulty", "came_new", "came_changed", "stuck")


def upgrade() -> None:
    op.create_table(
        "notes_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_name", sa.String(200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(8), nullable=False),
        sa.Column("comes_as", sa.String(12), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_notes_import_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_notes_import_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes_import")),
    )
    op.create_index(op.f("ix_notes_import_meeting_id"), "notes_import", ["meeting_id"])
    op.create_index(op.f("ix_notes_import_state"), "notes_import", ["state"])
    op.create_table(
        "notes_import_part",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["notes_import.id"], name=op.f("fk_notes_import_part_import_id_notes_import")
        ),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_notes_import_part")),
    )
    op.create_table(
        "notes_import_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["notes_import.id"], name=op.f("fk_notes_import_line_import_id_notes_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes_import_line")),
    )
    op.create_index(op.f("ix_notes_import_line_import_id"), "notes_import_line", ["import_id"])


def downgrade() -> None:
    for table in ("notes_import_line", "notes_import_part", "notes_import"):
        op.drop_table(table)
