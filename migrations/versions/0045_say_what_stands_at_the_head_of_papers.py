"""say what stands at the head of papers"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

TEXTS = {
    "meeting": {"session_name": 200, "agenda_item": 200, "distribution": 20, "original_language": 12},
    "body": {"session_name": 200, "agenda_item": 200},
}


def upgrade() -> None:
    for table, texts in TEXTS.items():
        op.add_column(table, sa.Column("organs", sa.JSON(), nullable=False, server_default="[]"))
        for name, most in texts.items():
            op.add_column(table, sa.Column(name, sa.String(most), nullable=False, server_default=""))


def downgrade() -> None:
    for table, texts in TEXTS.items():
        with op.batch_alter_table(table) as batch:
            for name in ("organs", *texts):
                batch.drop_column(name)
