"""mark texts whose first language changed since"""

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None

TABLES = ("meeting", "body", "room", "category", "document", "session", "session_kind", "information_page")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("changed_since", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("changed_since")
