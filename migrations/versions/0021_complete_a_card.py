"""what the secretariat completes of a good practice card"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "practice_completion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_practice_completion_by_id_person")),
        sa.ForeignKeyConstraint(
            ["card_id"], ["practice_card.id"], name=op.f("fk_practice_completion_card_id_practice_card")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_completion")),
        sa.UniqueConstraint("card_id", "version", name=op.f("uq_practice_completion_card_id_version")),
    )


def downgrade() -> None:
    op.drop_table("practice_completion")
