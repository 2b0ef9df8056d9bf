"""mark browsers that are refused"""

import sqlalchemy as sa
from alembic import op

revision = "0148"
down_revision = "0147"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("push_subscription", sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("push_subscription", sa.Column("refusal", sa.String(300), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("push_subscription") as batch:
        batch.drop_column("refusal")
        batch.drop_column("refused_at")
