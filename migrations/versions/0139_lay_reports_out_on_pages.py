"""lay published reports out on pages"""

import sqlalchemy as sa
from alembic import op

revision = "0139"
down_revision = "0138"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edition_front",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("symbol", sa.String(length=80), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_edition_front_edition_id_edition")),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_edition_front")),
    )
    op.create_table(
        "edition_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_edition_page_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_page")),
        sa.UniqueConstraint("edition_id", "name", name=op.f("uq_edition_page_edition_id_name")),
    )
    op.create_table(
        "edition_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(length=40), nullable=False),
        sa.Column("page", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_edition_place_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_place")),
        sa.UniqueConstraint("edition_id", "anchor", name=op.f("uq_edition_place_edition_id_anchor")),
    )


def downgrade() -> None:
    for table in ("edition_place", "edition_page", "edition_front"):
        op.drop_table(table)
