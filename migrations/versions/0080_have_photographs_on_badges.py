"""small pictures for badges"""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("upload") as batch:
        batch.add_column(sa.Column("portrait", sa.LargeBinary(), nullable=False, server_default=sa.text("''")))
    with op.batch_alter_table("upload") as batch:
        batch.alter_column("portrait", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("upload") as batch:
        batch.drop_column("portrait")
