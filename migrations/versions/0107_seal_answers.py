"""answers and files that are held sealed"""

import sqlalchemy as sa
from alembic import op

revision = "0107"
down_revision = "0106"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("answer", sa.Column("sealed", sa.LargeBinary(), nullable=True))
    op.add_column("upload", sa.Column("is_sealed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("held_file", sa.Column("is_sealed", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("held_file", "is_sealed")
    op.drop_column("upload", "is_sealed")
    op.drop_column("answer", "sealed")
