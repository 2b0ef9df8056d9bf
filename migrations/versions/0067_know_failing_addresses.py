"""know failing addresses"""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "failing_address",
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_failing_address")),
    )


def downgrade() -> None:
    op.drop_table("failing_address")
