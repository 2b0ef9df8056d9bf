"""keep what reports begin with"""

import sqlalchemy as sa
from alembic import op

revision = "0136"
down_revision = "0135"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meeting", sa.Column("report_outline", sa.String(80), nullable=False, server_default=""))
    op.add_column("meeting", sa.Column("report_policy", sa.String(20), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("meeting") as batch:
        batch.drop_column("report_policy")
        batch.drop_column("report_outline")
