"""erase people who are of no meeting"""

import sqlalchemy as sa
from alembic import op

revision = "0170"
down_revision = "0169"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("erasure") as batch:
        batch.alter_column("meeting_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM erasure WHERE meeting_id IS NULL")
    with op.batch_alter_table("erasure") as batch:
        batch.alter_column("meeting_id", existing_type=sa.Integer(), nullable=False)
