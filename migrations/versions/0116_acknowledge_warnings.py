"""warnings of the draft that somebody acknowledged with a reason"""

import sqlalchemy as sa
from alembic import op

revision = "0116"
down_revision = "0115"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "acknowledged_warning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("sessions", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_acknowledged_warning_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_acknowledged_warning_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledged_warning")),
        sa.UniqueConstraint("meeting_id", "key", name=op.f("uq_acknowledged_warning_meeting_id_key")),
    )


def downgrade() -> None:
    op.drop_table("acknowledged_warning")
