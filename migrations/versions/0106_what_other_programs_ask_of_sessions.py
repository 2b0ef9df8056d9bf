"""what other programs ask of a session, and what it and its people are there"""

import sqlalchemy as sa
from alembic import op

revision = "0106"
down_revision = "0105"
branch_labels = None
depends_on = None

OF_SESSIONS = ("subtitle", "description", "language", "track", "links", "licence", "no_recording", "guid", "foreign_id")


def upgrade() -> None:
    op.add_column("session", sa.Column("subtitle", sa.String(300), nullable=False, server_default=""))
    op.add_column("session", sa.Column("description", sa.Text(), nullable=False, server_default=""))
    op.add_column("session", sa.Column("language", sa.String(12), nullable=False, server_default=""))
    op.add_column("session", sa.Column("track", sa.String(120), nullable=False, server_default=""))
    op.add_column("session", sa.Column("links", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("session", sa.Column("licence", sa.String(120), nullable=False, server_default=""))
    op.add_column("session", sa.Column("no_recording", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("session", sa.Column("guid", sa.String(120), nullable=False, server_default=""))
    op.add_column("session", sa.Column("foreign_id", sa.String(64), nullable=False, server_default=""))
    op.add_column("speaking_role", sa.Column("guid", sa.String(120), nullable=False, server_default=""))
    op.add_column("speaking_role", sa.Column("foreign_id", sa.String(64), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("speaking_role") as batch:
        for name in ("guid", "foreign_id"):
            batch.drop_column(name)
    with op.batch_alter_table("session") as batch:
        for name in OF_SESSIONS:
            batch.drop_column(name)
