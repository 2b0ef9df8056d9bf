"""a new paragraph is kept as it is typed, until it is added"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "started_paragraph",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=True),
        sa.Column("chapter_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(after_id IS NULL) <> (chapter_id IS NULL)", name=op.f("ck_started_paragraph_one_place")
        ),
        sa.ForeignKeyConstraint(
            ["after_id"], ["paragraph.id"], name=op.f("fk_started_paragraph_after_id_paragraph")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_started_paragraph_by_id_person")),
        sa.ForeignKeyConstraint(
            ["chapter_id"], ["chapter.id"], name=op.f("fk_started_paragraph_chapter_id_chapter")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_started_paragraph")),
        sa.UniqueConstraint("after_id", "by_id", name=op.f("uq_started_paragraph_after_id_by_id")),
        sa.UniqueConstraint("chapter_id", "by_id", name=op.f("uq_started_paragraph_chapter_id_by_id")),
    )


def downgrade() -> None:
    op.drop_table("started_paragraph")
