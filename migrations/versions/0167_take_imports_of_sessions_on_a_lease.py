"""take imports of sessions on a lease"""

import sqlalchemy as sa
from alembic import op

revision = "0167"
down_revision = "0166"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("agenda_import", sa.Column("resumes", sa.String(12), nullable=False, server_default=""))
    op.add_column("agenda_import", sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("agenda_import", sa.Column("stuck", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("agenda_import", sa.Column("until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("UPDATE agenda_import SET state = 'failed' WHERE state = 'stopped'")  # for who knows no other word
    with op.batch_alter_table("agenda_import") as batch:
        for name in ("until", "stuck", "turn", "resumes"):
            batch.drop_column(name)
