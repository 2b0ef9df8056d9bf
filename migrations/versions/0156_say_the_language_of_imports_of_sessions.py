"""say the language of imports of sessions"""

import sqlalchemy as sa
from alembic import op

revision = "0156"
down_revision = "0155"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("agenda_import", sa.Column("texts_in", sa.String(12), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("agenda_import") as batch:
        batch.drop_column("texts_in")
