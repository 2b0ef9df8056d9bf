"""what a meeting wants to be warned of"""

import sqlalchemy as sa
from alembic import op

revision = "0124"
down_revision = "0123"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "warning_settings",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("changeover", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_warning_settings_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_warning_settings")),
    )


def downgrade() -> None:
    op.drop_table("warning_settings")
