"""accompanying persons"""

import sqlalchemy as sa
from alembic import op

revision = "0120"
down_revision = "0119"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accompanying_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(20), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_accompanying_rules_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accompanying_rules")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_accompanying_rules_meeting_id")),
    )
    with op.batch_alter_table("registration") as batch:
        batch.add_column(sa.Column("brought_by_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_registration_brought_by_id_registration"), "registration", ["brought_by_id"], ["id"]
        )
        batch.create_index(op.f("ix_registration_brought_by_id"), ["brought_by_id"])


def downgrade() -> None:
    with op.batch_alter_table("registration") as batch:
        batch.drop_index(op.f("ix_registration_brought_by_id"))
        batch.drop_constraint(op.f("fk_registration_brought_by_id_registration"), type_="foreignkey")
        batch.drop_column("brought_by_id")
    op.drop_table("accompanying_rules")
