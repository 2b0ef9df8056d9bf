"""Which nominees have asked to come: their names agree, and whom they come for or their countries."""

from sqlalchemy import CTE, ColumnElement, Integer, Text, and_, cast, false, func, literal, null, or_, select, union_all

from eventapp.balance.models import Nominee
from eventapp.ground.db.types import Query
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Delegation, Registration


def takes_part() -> ColumnElement[bool]:
    """Whether somebody is counted: who only accompanies a participant takes no part.

    Nearly everybody takes part: an index of those who do not is of no use, so SQLite is kept from choosing it.
    PostgreSQL counts how many are brought, and sees through this.
    """
    return Registration.brought_by_id.is_not(None) == false()


def matched(meeting: Meeting) -> CTE:
    """Return pairs of numbers: a nominee, and the registration that is theirs. Nobody is in two of them.

    Nominees choose in the order they were listed, each the earliest registration that is left. Nearly every name leads
    from one nominee to one registration, and they are a pair; only where there are more of either somebody chooses.
    """
    names = _agreeing(meeting)
    alone = select(names.c.nominee, names.c.registration).where(names.c.many == 1)
    chosen = _chosen(meeting, select(names.c.name).where(names.c.many > 1).cte("crowded"))
    others = select(chosen.c.nominee, chosen.c.registration).where(chosen.c.registration.is_not(None))
    return union_all(alone, others).cte("matched")


def only_listed(meeting: Meeting, pairs: CTE) -> tuple[ColumnElement[bool], ...]:
    """Which nominees of this meeting have not asked to come."""
    return Nominee.meeting_id == meeting.id, Nominee.id.not_in(select(pairs.c.nominee))


def _agreeing(meeting: Meeting) -> CTE:
    """Every name under which a nominee and a registration may be one person: how many such pairs, and one of them."""
    nominee, registration = func.min(Nominee.id).label("nominee"), func.min(Registration.id).label("registration")
    query = _may_be_one(nominee, registration, Nominee.name_key.label("name"), func.count().label("many"))
    return query.where(Nominee.meeting_id == meeting.id).group_by(Nominee.name_key).cte("agreeing")


def _may_be_one(*columns: ColumnElement[int] | ColumnElement[str] | ColumnElement[str | None]) -> Query:
    """These columns of every nominee with every registration that agrees with it."""
    same_sender = Nominee.key == Nominee.name_key + "|" + Delegation.folded_name
    same_country = and_(Nominee.country != "", Nominee.country == Registration.country)
    same_name = and_(Registration.meeting_id == Nominee.meeting_id, Registration.name_key == Nominee.name_key)
    return (
        select(*columns)
        .select_from(Nominee)
        .join(Registration, same_name)
        .join(Delegation, Registration.delegation_id == Delegation.id)
        .where(takes_part(), or_(same_sender, same_country))
    )


def _chosen(meeting: Meeting, crowded: CTE) -> CTE:
    """Who of these names chose whom, nominee after nominee; `taken` is what was chosen before, as `,3,17,`."""
    turn = cast(func.row_number().over(partition_by=Nominee.name_key, order_by=Nominee.id), Integer)
    listed = select(Nominee.id.label("nominee"), Nominee.name_key.label("name"), turn.label("turn"))
    here = Nominee.meeting_id == meeting.id, Nominee.name_key.in_(select(crowded.c.name))
    queue = listed.where(*here).cte("queue")
    nobody = cast(null(), Integer)
    before = select(
        crowded.c.name,
        literal(0).label("turn"),
        nobody.label("nominee"),
        nobody.label("registration"),
        cast(",", Text).label("taken"),
    )
    last = before.cte("chosen", recursive=True)
    taken = last.c.taken + func.coalesce(cast(last.c.registration, Text) + ",", "")
    is_free = taken.not_like("%," + cast(Registration.id, Text) + ",%")
    earliest = _may_be_one(func.min(Registration.id)).where(Nominee.id == queue.c.nominee, is_free)  # by an index
    following = (
        select(queue.c.name, queue.c.turn, queue.c.nominee, earliest.correlate(queue, last).scalar_subquery(), taken)
        .select_from(last)
        .join(queue, and_(queue.c.name == last.c.name, queue.c.turn == last.c.turn + 1))
    )
    return last.union_all(following)
