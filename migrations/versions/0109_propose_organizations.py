"""organizations that organizers of a meeting propose"""

import sqlalchemy as sa
from alembic import op

revision = "0109"
down_revision = "0108"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("organization") as batch:
        batch.add_column(sa.Column("state", sa.String(12), nullable=False, server_default=""))
        batch.add_column(sa.Column("proposed_in_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("organization") as batch:
        batch.drop_column("proposed_in_id")
        batch.drop_column("state")
