"""places of a delegation by role"""

import sqlalchemy as sa
from alembic import op

revision = "0097"
down_revision = "0096"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delegation", sa.Column("role_places", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("delegation", "role_places")
