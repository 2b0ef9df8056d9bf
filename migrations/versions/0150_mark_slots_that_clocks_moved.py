"""mark slots that clocks moved"""

import sqlalchemy as sa
from alembic import op

revision = "0150"
down_revision = "0149"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "bilateral_slot", sa.Column("is_off_wall", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    with op.batch_alter_table("bilateral_slot") as batch:
        batch.drop_column("is_off_wall")
