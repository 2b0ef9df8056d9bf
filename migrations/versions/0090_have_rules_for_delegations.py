"""deadlines of delegations, and who waits for a focal point"""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delegation_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("nominations_close_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmations_close_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waits_for_focal_point", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_delegation_rules_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation_rules")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_delegation_rules_meeting_id")),
    )


def downgrade() -> None:
    op.drop_table("delegation_rules")
