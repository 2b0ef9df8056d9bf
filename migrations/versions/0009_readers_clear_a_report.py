"""readers clear a report by link, and the meeting adopts it paragraph by paragraph"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reader",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("chapter_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("on_behalf", sa.String(length=200), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_reader_asked_by_id_person")),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name=op.f("fk_reader_chapter_id_chapter")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_reader_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader")),
    )
    with op.batch_alter_table("reader") as batch_op:
        batch_op.create_index(batch_op.f("ix_reader_report_id"), ["report_id"], unique=False)
    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("paragraph_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("read", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_remark_answered_by_id_person")),
        sa.ForeignKeyConstraint(["paragraph_id"], ["paragraph.id"], name=op.f("fk_remark_paragraph_id_paragraph")),
        sa.ForeignKeyConstraint(["reader_id"], ["reader.id"], name=op.f("fk_remark_reader_id_reader")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    with op.batch_alter_table("remark") as batch_op:
        batch_op.create_index(batch_op.f("ix_remark_reader_id"), ["reader_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_remark_paragraph_id"), ["paragraph_id"], unique=False)
    op.create_table(
        "adoption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("paragraph_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_adoption_by_id_person")),
        sa.ForeignKeyConstraint(["paragraph_id"], ["paragraph.id"], name=op.f("fk_adoption_paragraph_id_paragraph")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_adoption_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption")),
        sa.UniqueConstraint("paragraph_id", "version", name=op.f("uq_adoption_paragraph_id_version")),
    )
    with op.batch_alter_table("adoption") as batch_op:
        batch_op.create_index(batch_op.f("ix_adoption_report_id"), ["report_id"], unique=False)


def downgrade() -> None:
    op.drop_table("adoption")
    op.drop_table("remark")
    op.drop_table("reader")
