"""who was expected at a place and is excused"""

import sqlalchemy as sa
from alembic import op

revision = "0104"
down_revision = "0103"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "excuse",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("registration_id", sa.Integer(), sa.ForeignKey("registration.id"), nullable=False),
        sa.Column("session_id", sa.Integer(), sa.ForeignKey("session.id")),
        sa.Column("excused_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("excused_by_id", sa.Integer(), sa.ForeignKey("person.id")),
    )
    op.create_index("ix_excuse_registration_id", "excuse", ["registration_id"])


def downgrade() -> None:
    op.drop_table("excuse")
