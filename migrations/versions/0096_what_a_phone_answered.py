"""what a steward was shown for a reading, and whether an organizer looked at what speaks against it"""

import sqlalchemy as sa
from alembic import op

revision = "0096"
down_revision = "0095"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("scan", sa.Column("answered", sa.String(10), nullable=False, server_default=""))
    op.add_column("scan", sa.Column("settled_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    with op.batch_alter_table("scan") as table:
        table.drop_column("settled_at")
        table.drop_column("answered")
