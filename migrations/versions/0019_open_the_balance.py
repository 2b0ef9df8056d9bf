"""open the balance"""

import sqlalchemy as sa
from alembic import op


revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "balance_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counted_by_id"], ["person.id"], name=op.f("fk_balance_count_counted_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_balance_count_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_balance_count")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_balance_count_meeting_id")),
    )


def downgrade() -> None:

    op.drop_table("balance_count")
