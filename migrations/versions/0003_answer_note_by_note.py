"""answer note by note"""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# What was objected to as a whole is objected to note by note, and waits as it did.
OBJECTIONS = """
    INSERT INTO reply (confirmation_id, note_id, revision, answer, reason, at, settlement)
    SELECT confirmation.id, note.id, note.head, 'objected', confirmation.reason, confirmation.answered_at, ''
    FROM confirmation
    JOIN speaking_role ON speaking_role.id = confirmation.role_id
    JOIN note ON note.session_id = confirmation.session_id AND note.deleted_at IS NULL
      AND note.state IN ('submitted', 'confirmed')
    JOIN revision ON revision.note_id = note.id AND revision.number = note.head
    WHERE confirmation.answer = 'objected' AND confirmation.answered_at IS NOT NULL AND NOT revision.off_record
      AND (speaking_role.role IN ('chair', 'moderator') OR revision.role_id = speaking_role.id)
"""


def upgrade() -> None:
    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("confirmation_id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settlement", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmation_id"], ["confirmation.id"], name=op.f("fk_reply_confirmation_id_confirmation")
        ),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_reply_note_id_note")),
        sa.ForeignKeyConstraint(["kept_id"], ["kept_text.id"], name=op.f("fk_reply_kept_id_kept_text")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["person.id"], name=op.f("fk_reply_settled_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.UniqueConstraint("confirmation_id", "note_id", name=op.f("uq_reply_confirmation_id_note_id")),
    )
    with op.batch_alter_table("reply") as batch_op:
        batch_op.create_index(batch_op.f("ix_reply_note_id"), ["note_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reply_kept_id"), ["kept_id"], unique=False)
    op.execute(OBJECTIONS)
    with op.batch_alter_table("confirmation") as batch_op:
        batch_op.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_column("reason")


def downgrade() -> None:
    with op.batch_alter_table("confirmation") as batch_op:
        batch_op.add_column(sa.Column("reason", sa.String(length=1000), nullable=False, server_default=""))
        batch_op.drop_column("reminded_at")
    with op.batch_alter_table("confirmation") as batch_op:
        batch_op.alter_column("reason", server_default=None)
    op.drop_table("reply")
