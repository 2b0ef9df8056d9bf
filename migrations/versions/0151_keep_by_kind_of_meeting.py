"""how long personal data is kept by kind of meeting"""

import sqlalchemy as sa
from alembic import op

revision = "0151"
down_revision = "0150"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting_kind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("retention", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_kind")),
        sa.UniqueConstraint("code", name=op.f("uq_meeting_kind_code")),
        sa.UniqueConstraint("name", name=op.f("uq_meeting_kind_name")),
    )
    with op.batch_alter_table("meeting") as batch:
        batch.add_column(sa.Column("kind_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_meeting_kind_id_meeting_kind"), "meeting_kind", ["kind_id"], ["id"])
        batch.create_index(op.f("ix_meeting_kind_id"), ["kind_id"])
    with op.batch_alter_table("deletion") as batch:
        batch.add_column(sa.Column("origin", sa.String(12), nullable=False, server_default=""))
        batch.add_column(sa.Column("kind_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_deletion_kind_id_meeting_kind"), "meeting_kind", ["kind_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("deletion") as batch:
        batch.drop_constraint(op.f("fk_deletion_kind_id_meeting_kind"), type_="foreignkey")
        batch.drop_column("kind_id")
        batch.drop_column("origin")
    with op.batch_alter_table("meeting") as batch:
        batch.drop_index(op.f("ix_meeting_kind_id"))
        batch.drop_constraint(op.f("fk_meeting_kind_id_meeting_kind"), type_="foreignkey")
        batch.drop_column("kind_id")
    op.drop_table("meeting_kind")
