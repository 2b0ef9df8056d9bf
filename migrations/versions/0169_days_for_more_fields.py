"""days for more fields of people, and for invitations"""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0169"
down_revision = "0168"
branch_labels = None
depends_on = None

SEEN_FIRST = timedelta(days=30)  # what was kept for ever goes after it, so that organizers see the plan before


def upgrade() -> None:
    op.create_table(
        "gender_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_gender_count_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gender_count")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_gender_count_meeting_id")),
    )
    op.add_column("meeting", sa.Column("terms_from", sa.Date(), nullable=True))
    meeting = sa.table("meeting", sa.column("terms_from", sa.Date()))
    op.execute(meeting.update().values(terms_from=datetime.now(UTC).date() + SEEN_FIRST))


def downgrade() -> None:
    op.drop_column("meeting", "terms_from")
    op.drop_table("gender_count")
