"""all fields of a note, what becomes of commitments, translations"""

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LISTS = ("targets", "partners", "outlets")
TEXTS = ("replicability", "sustainability", "gender_relevance")


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_text", sa.String(length=120), nullable=False),
        sa.Column("remark", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_delivery_by_id_person")),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_delivery_note_id_note")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_note_id"), ["note_id"], unique=False)

    op.create_table(
        "translation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("of_revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("translator", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_translation_by_id_person")),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_translation_note_id_note")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation")),
        sa.UniqueConstraint("note_id", "language", "number", name=op.f("uq_translation_note_id_language_number")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        for name in LISTS:
            batch_op.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
        for name in TEXTS:
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("revision", schema=None) as batch_op:  # the models give the values from here on
        for name in LISTS:
            batch_op.alter_column(name, existing_type=sa.JSON(), server_default=None)
        for name in TEXTS:
            batch_op.alter_column(name, existing_type=sa.Text(), server_default=None)
    # Where a note says already until when and how far, its history begins with that.
    op.execute(
        """
        INSERT INTO delivery (note_id, at, by_id, state, due_on, due_text, remark)
        SELECT revision.note_id, revision.at, revision.by_id, revision.delivery, revision.due_on, revision.due_text, ''
        FROM revision JOIN note ON note.id = revision.note_id AND note.head = revision.number
        WHERE revision.delivery <> '' OR revision.due_on IS NOT NULL OR revision.due_text <> ''
        """
    )


def downgrade() -> None:
    with op.batch_alter_table("revision", schema=None) as batch_op:
        for name in (*TEXTS, *LISTS):
            batch_op.drop_column(name)

    op.drop_table("translation")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_note_id"))

    op.drop_table("delivery")
