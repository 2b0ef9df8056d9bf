"""keep takeaways"""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "takeaway",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_takeaway_by_id_person")),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_takeaway_note_id_note")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takeaway")),
        sa.UniqueConstraint("note_id", name=op.f("uq_takeaway_note_id")),
    )


def downgrade() -> None:
    op.drop_table("takeaway")
