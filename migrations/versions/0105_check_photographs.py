"""what a meeting asks of photographs, and what was decided about each"""

import sqlalchemy as sa
from alembic import op

revision = "0105"
down_revision = "0104"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "photo_standard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("across", sa.Integer(), nullable=False),
        sa.Column("down", sa.Integer(), nullable=False),
        sa.Column("least_width", sa.Integer(), nullable=False),
        sa.Column("is_checked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_photo_standard_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo_standard")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_photo_standard_meeting_id")),
    )
    op.create_table(
        "photo_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name=op.f("fk_photo_check_upload_id_upload")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_photo_check_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo_check")),
        sa.UniqueConstraint("upload_id", name=op.f("uq_photo_check_upload_id")),
    )


def downgrade() -> None:
    op.drop_table("photo_check")
    op.drop_table("photo_standard")
