"""files that the worker prepares"""

import sqlalchemy as sa
from alembic import op

revision = "0152"
down_revision = "0151"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "prepared_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("wanted", sa.String(60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_prepared_file_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_prepared_file_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepared_file")),
    )
    op.create_index(op.f("ix_prepared_file_meeting_id"), "prepared_file", ["meeting_id"])
    op.create_index(op.f("ix_prepared_file_by_id"), "prepared_file", ["by_id"])
    op.create_index(op.f("ix_prepared_file_state"), "prepared_file", ["state"])
    op.create_table(
        "prepared_part",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["prepared_file.id"], name=op.f("fk_prepared_part_file_id_prepared_file")),
        sa.PrimaryKeyConstraint("file_id", "number", name=op.f("pk_prepared_part")),
    )


def downgrade() -> None:
    op.drop_table("prepared_part")
    op.drop_table("prepared_file")
