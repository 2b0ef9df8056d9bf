"""print chapters as sections"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chapter", sa.Column("section_of", sa.String(40), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("chapter") as batch:
        batch.drop_column("section_of")
