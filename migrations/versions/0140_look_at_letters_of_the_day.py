"""look at letters of the day before they leave"""

import sqlalchemy as sa
from alembic import op

revision = "0140"
down_revision = "0139"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meeting", sa.Column("live_letters", sa.String(8), nullable=False, server_default=""))
    with op.batch_alter_table("live_change") as batch:
        batch.add_column(sa.Column("waits", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("checked_at", sa.DateTime(timezone=True)))
        batch.add_column(sa.Column("checked_by_id", sa.Integer()))
        batch.add_column(sa.Column("left_out", sa.String(500), nullable=False, server_default=""))
        batch.create_foreign_key(op.f("fk_live_change_checked_by_id_person"), "person", ["checked_by_id"], ["id"])
        batch.create_index("ix_live_change_waits", ["meeting_id", "waits"])


def downgrade() -> None:
    with op.batch_alter_table("live_change") as batch:
        batch.drop_index("ix_live_change_waits")
        batch.drop_constraint(op.f("fk_live_change_checked_by_id_person"), type_="foreignkey")
        for column in ("left_out", "checked_by_id", "checked_at", "waits"):
            batch.drop_column(column)
    with op.batch_alter_table("meeting") as batch:
        batch.drop_column("live_letters")
