"""tell people about the place"""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "information_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_information_page_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_page")),
        sa.UniqueConstraint("meeting_id", "slug", name=op.f("uq_information_page_meeting_id_slug")),
    )
    op.create_table(
        "information_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        # Last: SQLite reads through it to what stands behind.
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["information_page.id"], name=op.f("fk_information_picture_page_id_information_page")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_picture")),
        sa.UniqueConstraint("page_id", "name", name=op.f("uq_information_picture_page_id_name")),
    )


def downgrade() -> None:
    op.drop_table("information_picture")
    op.drop_table("information_page")
