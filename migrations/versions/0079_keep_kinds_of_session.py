"""kinds of session of a meeting's own"""

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "session_kind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("colour", sa.String(7), nullable=False),
        sa.Column("shape", sa.String(12), nullable=False),
        sa.Column("chapter", sa.String(20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_session_kind_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_kind")),
        sa.UniqueConstraint("meeting_id", "code", name=op.f("uq_session_kind_meeting_id_code")),
    )


def downgrade() -> None:
    op.drop_table("session_kind")
