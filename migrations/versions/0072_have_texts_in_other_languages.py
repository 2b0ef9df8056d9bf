"""have texts in other languages"""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

TABLES = ("meeting", "body", "room", "category", "document", "session")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("texts", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("texts")
