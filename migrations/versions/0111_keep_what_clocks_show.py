"""what clocks show while a session begins and ends, beside the moments"""

import sqlalchemy as sa
from alembic import op

revision = "0111"
down_revision = "0110"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("session", sa.Column("wall_starts", sa.String(20), nullable=False, server_default=""))
    op.add_column("session", sa.Column("wall_ends", sa.String(20), nullable=False, server_default=""))
    op.add_column("session", sa.Column("wall_zone", sa.String(60), nullable=False, server_default=""))
    op.add_column("session", sa.Column("is_off_wall", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("session") as batch:
        for name in ("wall_starts", "wall_ends", "wall_zone", "is_off_wall"):
            batch.drop_column(name)
