"""keep every draft in one table: inputs, cards, answers, paragraphs"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

INTO = """INSERT INTO draft (kind, scope_id, target_id, person_id, version, mark, base, content, created_at, updated_at,
                             discarded_at, replaces, is_second) """
END = " '' AS replaces, false AS is_second"
UP = (
    "SELECT 'input', meeting_id, id, NULL, version, mark, NULL, content, begun_at, coalesce(kept_at, begun_at), NULL,"
    f"{END} FROM written_input",
    "SELECT 'card', meeting_id, id, NULL, version, mark, NULL, content, invited_at, coalesce(kept_at, invited_at),"
    f" NULL,{END} FROM practice_card",
    "SELECT 'completion', card.meeting_id, card.id, NULL, one.version, one.mark, NULL, one.content, one.begun_at, one.at,"
    f" NULL,{END} FROM practice_completion one JOIN practice_card card ON card.id = one.card_id"
    " WHERE one.version = (SELECT max(version) FROM practice_completion WHERE card_id = card.id)",
    "SELECT 'answer', session_id, id, NULL, begun_version, begun_mark, NULL, begun, asked_at, coalesce(begun_at, asked_at),"
    f" CASE WHEN begun_at IS NULL THEN asked_at END,{END} FROM confirmation WHERE begun_version > 0",
    "SELECT 'over', chapter.report_id, typed.paragraph_id, typed.by_id, typed.number, typed.mark, typed.base, {text},"
    f" typed.at, typed.at, NULL,{END} FROM typed_paragraph typed JOIN paragraph ON paragraph.id = typed.paragraph_id"
    " JOIN chapter ON chapter.id = paragraph.chapter_id",
    "SELECT CASE WHEN typed.after_id IS NULL THEN 'head' ELSE 'after' END, chapter.report_id,"
    " coalesce(typed.after_id, typed.chapter_id), typed.by_id, typed.number, typed.mark, NULL, {text}, typed.at, typed.at,"
    f" NULL,{END} FROM started_paragraph typed LEFT JOIN paragraph ON paragraph.id = typed.after_id"
    " JOIN chapter ON chapter.id = coalesce(typed.chapter_id, paragraph.chapter_id)",
)
MARK = "CASE WHEN length(draft.mark) > 40 THEN '' ELSE draft.mark END"
MINE = "draft.target_id = {table}.id AND draft.kind = '{kind}'"
OPEN = "draft.settled_at IS NULL AND draft.discarded_at IS NULL"
DOWN = (
    "INSERT INTO typed_paragraph (paragraph_id, by_id, base, number, mark, text, at)"
    f" SELECT target_id, person_id, coalesce(base, 1), version, {MARK}, {{text}}, updated_at"
    f" FROM draft WHERE kind = 'over' AND {OPEN}",
    "INSERT INTO started_paragraph (after_id, chapter_id, by_id, number, mark, text, at)"
    " SELECT CASE WHEN kind = 'after' THEN target_id END, CASE WHEN kind = 'head' THEN target_id END,"
    f" person_id, version, {MARK}, {{text}}, updated_at FROM draft WHERE kind IN ('after', 'head') AND {OPEN}",
)
COLUMNS = {
    "written_input": ("input", {"version": "version", "mark": MARK, "content": "content", "kept_at": "updated_at"}),
    "practice_card": ("card", {"version": "version", "mark": MARK, "content": "content", "kept_at": "updated_at"}),
    "confirmation": (
        "answer",
        {"begun": "content", "begun_version": "version", "begun_mark": MARK, "begun_at": "updated_at"},
    ),
    "practice_completion": ("completion", {"mark": "''"}),
}
TYPES = {"version": sa.Integer(), "mark": sa.String(40), "content": sa.JSON(), "begun": sa.JSON()}
EMPTY = {"version": "0", "mark": "", "content": "{}", "begun": "{}"}


def is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def upgrade() -> None:
    text = "json_build_object('text', typed.text)" if is_postgresql() else "json_object('text', typed.text)"
    for sql in UP:
        op.execute(INTO + sql.replace("{text}", text))
    for table, (_kind, columns) in COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            for name in columns:
                batch.drop_column(name)
    op.drop_table("started_paragraph")
    op.drop_table("typed_paragraph")


def downgrade() -> None:
    make_tables()
    text = "content->>'text'" if is_postgresql() else "json_extract(content, '$.text')"
    for sql in DOWN:
        op.execute(sql.replace("{text}", text))
    for table, (kind, columns) in COLUMNS.items():
        give_back(table, kind, columns)
    op.execute("DELETE FROM draft WHERE kind NOT IN ('note', 'change', 'summary', 'passage')")


def give_back(table: str, kind: str, columns: dict[str, str]) -> None:
    names = {name: name.removeprefix("begun_") for name in columns}
    with op.batch_alter_table(table) as batch:
        for name, short in names.items():
            if short not in TYPES:
                batch.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
                continue
            batch.add_column(sa.Column(name, TYPES[short], nullable=False, server_default=EMPTY[short]))
    for name, value in columns.items():
        its = MINE.format(table=table, kind=kind) + (f" AND {OPEN} AND version > 0" if name.endswith("_at") else "")
        if value != "''":
            op.execute(
                f"UPDATE {table} SET {name} = (SELECT {value} FROM draft WHERE {its})"  # noqa: S608 -- names of ours
                f" WHERE EXISTS (SELECT 1 FROM draft WHERE {its})"
            )
    with op.batch_alter_table(table) as batch:
        for name, short in names.items():
            if short in TYPES:
                batch.alter_column(name, server_default=None)


def make_tables() -> None:
    op.create_table(
        "typed_paragraph",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paragraph_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["paragraph_id"], ["paragraph.id"], name=op.f("fk_typed_paragraph_paragraph_id_paragraph")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_typed_paragraph_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_typed_paragraph")),
        sa.UniqueConstraint("paragraph_id", "by_id", name=op.f("uq_typed_paragraph_paragraph_id_by_id")),
    )
    op.create_table(
        "started_paragraph",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=True),
        sa.Column("chapter_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(after_id IS NULL) <> (chapter_id IS NULL)", name=op.f("ck_started_paragraph_one_place")),
        sa.ForeignKeyConstraint(["after_id"], ["paragraph.id"], name=op.f("fk_started_paragraph_after_id_paragraph")),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name=op.f("fk_started_paragraph_chapter_id_chapter")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_started_paragraph_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_started_paragraph")),
        sa.UniqueConstraint("after_id", "by_id", name=op.f("uq_started_paragraph_after_id_by_id")),
        sa.UniqueConstraint("chapter_id", "by_id", name=op.f("uq_started_paragraph_chapter_id_by_id")),
    )
