"""keep files as answers"""

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("upload") as batch:
        batch.alter_column("kind", existing_type=sa.String(8), type_=sa.String(20), existing_nullable=False)
        batch.alter_column("content_type", existing_type=sa.String(40), type_=sa.String(100), existing_nullable=False)


def downgrade() -> None:
    op.execute("delete from upload where kind not in ('photo', 'letter')")
    with op.batch_alter_table("upload") as batch:
        batch.alter_column("content_type", existing_type=sa.String(100), type_=sa.String(40), existing_nullable=False)
        batch.alter_column("kind", existing_type=sa.String(20), type_=sa.String(8), existing_nullable=False)
