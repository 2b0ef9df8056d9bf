"""import sessions from tables"""

import sqlalchemy as sa
from alembic import op

revision = "0132"
down_revision = "0131"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("agenda_import", sa.Column("heads", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("agenda_import", sa.Column("columns", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("agenda_import", sa.Column("day_order", sa.String(4), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("agenda_import") as batch:
        for column in ("day_order", "columns", "heads"):
            batch.drop_column(column)
