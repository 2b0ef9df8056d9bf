"""What a reading at the door asks stays the same work, however often somebody was read before."""

import pytest
from sqlalchemy import Select, create_engine

from eventapp.checkin.statements import FIRST
from eventapp.ground.db.types import Base


@pytest.mark.parametrize("arrival", [FIRST[True][0], FIRST[False][0]])
def test_the_first_arrival_of_a_day_is_found_by_its_time(arrival: Select[tuple[object, ...]]) -> None:
    """Each reading of the same person is on another page of the file: with all of them read, ten cost twice as much."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    asked = str(arrival.compile(dialect=engine.dialect))
    with engine.connect() as connection:
        plan = [
            row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", ("",) * asked.count("?"))
        ]
    engine.dispose()
    first = next(step for step in plan if " scan " in step)
    assert first.endswith("ix_scan_registration (registration_id=? AND scanned_at>? AND scanned_at<?)")
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan  # which reads all before it gives the first
