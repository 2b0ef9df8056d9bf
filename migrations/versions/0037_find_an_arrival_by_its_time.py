"""find an arrival by its time"""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    index_over("registration_id", "scanned_at")


def downgrade() -> None:
    index_over("registration_id", "gate_id")


def index_over(*columns: str) -> None:
    op.drop_index("ix_scan_registration", table_name="scan")
    op.create_index("ix_scan_registration", "scan", list(columns))
