"""files of sessions, and what became of each session"""

import sqlalchemy as sa
from alembic import op

revision = "0110"
down_revision = "0109"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agenda_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("given_name", sa.String(200), nullable=False),
        sa.Column("form", sa.String(12), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("cancels", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("seats", sa.JSON(), nullable=False),
        sa.Column("lacks", sa.JSON(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_import_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_agenda_import_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_import")),
    )
    op.create_index(op.f("ix_agenda_import_meeting_id"), "agenda_import", ["meeting_id"])
    op.create_table(
        "agenda_import_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("what", sa.JSON(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["agenda_import.id"], name=op.f("fk_agenda_import_row_import_id_agenda_import")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_agenda_import_row_session_id_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_import_row")),
    )
    op.create_index("ix_agenda_import_row_outcome", "agenda_import_row", ["import_id", "outcome", "number"])
    op.create_index(op.f("ix_agenda_import_row_session_id"), "agenda_import_row", ["session_id"])


def downgrade() -> None:
    op.drop_table("agenda_import_row")
    op.drop_table("agenda_import")
