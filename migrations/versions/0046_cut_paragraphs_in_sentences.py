"""cut paragraphs in sentences under sub-headings"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("paragraph") as batch:
        batch.add_column(sa.Column("heading", sa.String(300), nullable=False, server_default=""))
        batch.add_column(sa.Column("sentences", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("paragraph") as batch:
        batch.alter_column("heading", server_default=None)
        batch.alter_column("sentences", server_default=None)
    with op.batch_alter_table("report") as batch:
        batch.add_column(sa.Column("language", sa.String(12), nullable=False, server_default="en"))
    with op.batch_alter_table("report") as batch:
        batch.alter_column("language", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("report") as batch:
        batch.drop_column("language")
    with op.batch_alter_table("paragraph") as batch:
        batch.drop_column("sentences")
        batch.drop_column("heading")
