"""keep how badges are printed"""

import sqlalchemy as sa
from alembic import op

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meeting") as batch:
        batch.add_column(sa.Column("badge_layout", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("meeting") as batch:
        batch.alter_column("badge_layout", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("meeting") as batch:
        batch.drop_column("badge_layout")
