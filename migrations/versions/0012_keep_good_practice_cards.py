"""keep good practice cards"""

import sqlalchemy as sa
from alembic import op


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "practice_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("noted_head", sa.Integer(), nullable=False),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["person.id"],
            name=op.f("fk_practice_card_invited_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_practice_card_meeting_id_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["note.id"], name=op.f("fk_practice_card_note_id_note")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_practice_card_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["role_id"],
            ["speaking_role.id"],
            name=op.f("fk_practice_card_role_id_speaking_role"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
            name=op.f("fk_practice_card_session_id_session"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_card")),
        sa.UniqueConstraint(
            "meeting_id", "number", name=op.f("uq_practice_card_meeting_id_number")
        ),
    )
    with op.batch_alter_table("practice_card", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_practice_card_session_id"), ["session_id"], unique=False
        )

    op.create_table(
        "practice_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("outlet", sa.String(length=16), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["card_id"],
            ["practice_card.id"],
            name=op.f("fk_practice_consent_card_id_practice_card"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_consent")),
    )
    with op.batch_alter_table("practice_consent", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_practice_consent_card_id"), ["card_id"], unique=False
        )

    op.create_table(
        "practice_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("given_name", sa.String(length=200), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["card_id"],
            ["practice_card.id"],
            name=op.f("fk_practice_file_card_id_practice_card"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_file")),
    )
    with op.batch_alter_table("practice_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_practice_file_card_id"), ["card_id"], unique=False
        )

    op.create_table(
        "practice_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["card_id"],
            ["practice_card.id"],
            name=op.f("fk_practice_link_card_id_practice_card"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_practice_link_token_hash")),
    )
    with op.batch_alter_table("practice_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_practice_link_card_id"), ["card_id"], unique=False
        )

    op.create_table(
        "practice_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was_sent", sa.Boolean(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"],
            ["practice_card.id"],
            name=op.f("fk_practice_revision_card_id_practice_card"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_revision")),
        sa.UniqueConstraint(
            "card_id", "number", name=op.f("uq_practice_revision_card_id_number")
        ),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("origin", sa.String(length=40), nullable=False, server_default="")
        )


def downgrade() -> None:

    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.drop_column("origin")

    op.drop_table("practice_revision")
    with op.batch_alter_table("practice_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_practice_link_card_id"))

    op.drop_table("practice_link")
    with op.batch_alter_table("practice_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_practice_file_card_id"))

    op.drop_table("practice_file")
    with op.batch_alter_table("practice_consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_practice_consent_card_id"))

    op.drop_table("practice_consent")
    with op.batch_alter_table("practice_card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_practice_card_session_id"))

    op.drop_table("practice_card")
