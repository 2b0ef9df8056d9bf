"""official lists of participants, as they were issued"""

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "official_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(12), nullable=False),
        sa.Column("audience", sa.String(12), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_official_list_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_list")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_official_list_meeting_id")),
    )
    op.create_table(
        "official_list_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.Column("rule", sa.String(12), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(1000), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_official_list_version_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["person.id"], name=op.f("fk_official_list_version_issued_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_list_version")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_official_list_version_meeting_id_number")),
    )
    op.create_table(
        "official_list_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(12), nullable=False),
        sa.Column("sender", sa.String(200), nullable=False),
        sa.Column("country", sa.String(3), nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("sorted_by", sa.String(201), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("organization", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["official_list_version.id"], name=op.f("fk_official_list_line_version_id_official_list_version")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_official_list_line_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_list_line")),
        sa.UniqueConstraint("version_id", "number", name=op.f("uq_official_list_line_version_id_number")),
    )
    op.create_index(op.f("ix_official_list_line_registration_id"), "official_list_line", ["registration_id"])


def downgrade() -> None:
    op.drop_table("official_list_line")
    op.drop_table("official_list_version")
    op.drop_table("official_list")
