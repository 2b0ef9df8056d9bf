"""say who may enter at a gate, and notes for the door"""

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("gate") as batch:
        batch.add_column(sa.Column("admission", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("gate") as batch:
        batch.alter_column("admission", server_default=None)
    with op.batch_alter_table("organizer_note") as batch:
        batch.add_column(sa.Column("at_door", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("organizer_note") as batch:
        batch.alter_column("at_door", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("organizer_note") as batch:
        batch.drop_column("at_door")
    with op.batch_alter_table("gate") as batch:
        batch.drop_column("admission")
