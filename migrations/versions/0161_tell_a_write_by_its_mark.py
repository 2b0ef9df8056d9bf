"""tell by its mark that something was written to a session, a part in one or a paragraph"""

import sqlalchemy as sa
from alembic import op

revision = "0161"
down_revision = "0160"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("session", "speaking_role"):
        op.add_column(table, sa.Column("mark", sa.String(32), nullable=False, server_default=""))
    op.create_index("ix_paragraph_stand", "paragraph", ["chapter_id", "id", "mark"])


def downgrade() -> None:
    op.drop_index("ix_paragraph_stand", "paragraph")
    for table in ("session", "speaking_role"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("mark")
