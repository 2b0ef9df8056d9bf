"""know on every device that a text was taken back"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("kept_text") as batch:
        batch.add_column(sa.Column("taken_back", sa.String(64), nullable=False, server_default=""))
    with op.batch_alter_table("kept_text") as batch:
        batch.alter_column("taken_back", existing_type=sa.String(64), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("kept_text") as batch:
        batch.drop_column("taken_back")
