"""take written inputs"""

import sqlalchemy as sa
from alembic import op


revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "input_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_input_call_meeting_id_meeting"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_input_call")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_input_call_meeting_id")),
    )
    op.create_table(
        "written_input",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dealt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dealt_by_id", sa.Integer(), nullable=True),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dealt_by_id"],
            ["person.id"],
            name=op.f("fk_written_input_dealt_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_written_input_meeting_id_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_written_input_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_written_input_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_written_input")),
        sa.UniqueConstraint(
            "meeting_id", "number", name=op.f("uq_written_input_meeting_id_number")
        ),
        sa.UniqueConstraint(
            "meeting_id",
            "person_id",
            name=op.f("uq_written_input_meeting_id_person_id"),
        ),
    )
    with op.batch_alter_table("written_input", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_written_input_registration_id"),
            ["registration_id"],
            unique=False,
        )

    op.create_table(
        "input_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("input_id", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("given_name", sa.String(length=200), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["input_id"],
            ["written_input.id"],
            name=op.f("fk_input_file_input_id_written_input"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_input_file")),
    )
    with op.batch_alter_table("input_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_input_file_input_id"), ["input_id"], unique=False
        )

    op.create_table(
        "input_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("input_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["input_id"],
            ["written_input.id"],
            name=op.f("fk_input_link_input_id_written_input"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_input_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_input_link_token_hash")),
    )
    with op.batch_alter_table("input_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_input_link_input_id"), ["input_id"], unique=False
        )

    op.create_table(
        "input_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("input_id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=12), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["input_id"],
            ["written_input.id"],
            name=op.f("fk_input_note_input_id_written_input"),
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["note.id"], name=op.f("fk_input_note_note_id_note")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_input_note")),
        sa.UniqueConstraint("note_id", name=op.f("uq_input_note_note_id")),
    )
    with op.batch_alter_table("input_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_input_note_input_id"), ["input_id"], unique=False
        )

    op.create_table(
        "input_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("input_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was_sent", sa.Boolean(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["input_id"],
            ["written_input.id"],
            name=op.f("fk_input_revision_input_id_written_input"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_input_revision")),
        sa.UniqueConstraint(
            "input_id", "number", name=op.f("uq_input_revision_input_id_number")
        ),
    )


def downgrade() -> None:

    op.drop_table("input_revision")
    with op.batch_alter_table("input_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_input_note_input_id"))

    op.drop_table("input_note")
    with op.batch_alter_table("input_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_input_link_input_id"))

    op.drop_table("input_link")
    with op.batch_alter_table("input_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_input_file_input_id"))

    op.drop_table("input_file")
    with op.batch_alter_table("written_input", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_written_input_registration_id"))

    op.drop_table("written_input")
    op.drop_table("input_call")
