"""tags and notes of organizers on registrations"""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("folded_name", sa.String(120), nullable=False),
        sa.Column("colour", sa.String(8), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_tag_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("meeting_id", "folded_name", name=op.f("uq_tag_meeting_id_folded_name")),
    )
    op.create_table(
        "tagging",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_tagging_registration_id_registration")
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_tagging_tag_id_tag")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tagging")),
        sa.UniqueConstraint("registration_id", "tag_id", name=op.f("uq_tagging_registration_id_tag_id")),
    )
    op.create_index("ix_tagging_tag", "tagging", ["tag_id", "registration_id"])
    op.create_table(
        "organizer_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_organizer_note_registration_id_registration")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_organizer_note_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizer_note")),
    )
    op.create_index(op.f("ix_organizer_note_registration_id"), "organizer_note", ["registration_id"])


def downgrade() -> None:
    op.drop_table("organizer_note")
    op.drop_table("tagging")
    op.drop_table("tag")
