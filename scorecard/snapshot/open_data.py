"""Figures for other people's programs: flat rows, with every column as plain text, number or truth.

Whom they are for is the snapshot's audience; these questions add nothing to it. Dates are text as ISO has them. A
figure that is missing or withheld takes its numerator, denominator and interval with it.
"""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from scorecard.snapshot.store import Snapshot, first_row

_DAY: Final = "'%Y-%m-%d'"
_MOMENT: Final = "'%Y-%m-%dT%H:%M:%SZ'"


@dataclass(frozen=True)
class Wanted:
    """Which rows are asked for; an empty text is any. `first` and `last` are days that whole periods lie between.

    `to_act_on` leaves only exceptions that need attention, neither resolved nor accepted.
    """

    measure_id: str = ""
    area_code: str = ""
    first: str = ""
    last: str = ""
    to_act_on: bool = False


@dataclass(frozen=True)
class Slice:
    """How many rows, and after how many others."""

    limit: int
    offset: int = 0


def has_measure(snapshot: Snapshot, measure_id: str) -> bool:
    """Whether the audience may see a measure of this id."""
    return not snapshot.query("select 1 from measure where measure_id = ?", [measure_id]).empty


def has_area(snapshot: Snapshot, area_code: str) -> bool:
    """Whether the audience may see a figure of this area."""
    return not snapshot.query("select 1 from observation where area_code = ? limit 1", [area_code]).empty


def measures(snapshot: Snapshot, wanted: Wanted, part: Slice) -> pd.DataFrame:
    """One row per measure, in the catalogue's order; columns as `scorecard.open_data.fields.MEASURES`."""
    return snapshot.query(
        f"""
        with told as (
            select o.measure_id, string_agg(distinct l.source_id, ' ' order by l.source_id) as source_ids,
                strftime(min(o.period_start), {_DAY}) as first_period_start,
                strftime(max(o.period_end), {_DAY}) as last_period_end
            from observation o left join load l using (load_id) group by o.measure_id)
        select m.measure_id, m.title, m.definition, m.counted, m.caveat, m.theme_id, t.title as theme, m.service_id,
            s.title as service, m.owner, m.kind, m.critical_few, m.unit, m.decimals, m.polarity, m.frequency, m.basis,
            m.tolerance, m.counter_measure, m.stage, m.small_numbers, g.title as plan_goal, m.lg_inform,
            m.local_outcomes_framework, m.former, told.first_period_start, told.last_period_end, told.source_ids,
            m.definition_sha256
        from measure m join theme t using (theme_id) join service s using (service_id)
        left join goal g on g.goal_id = m.plan_goal left join told using (measure_id)
        where $1 = '' or m.measure_id = $1
        order by m.position limit $2 offset $3
    """,
        [wanted.measure_id, part.limit, part.offset],
    )


def observations(snapshot: Snapshot, wanted: Wanted, part: Slice) -> pd.DataFrame:
    """One row per measure, area and period, the oldest first; columns as `scorecard.open_data.fields.OBSERVATIONS`."""
    return snapshot.query(
        f"""
        with asked as (
            select o.*, m.position, m.title as measure, m.unit
            from observation o join measure m using (measure_id)
            where {_ASKED}
            order by m.position, o.area_code, o.period_end, o.period_start limit $5 offset $6)
        select o.measure_id, o.measure, o.area_code, a.name as area, o.period,
            strftime(o.period_start, {_DAY}) as period_start, strftime(o.period_end, {_DAY}) as period_end,
            o.value, o.unit, o.marker, coalesce(o.marker = 'p', false) as provisional,
            case when o.value is not null then o.lower end as lower,
            case when o.value is not null then o.upper end as upper,
            case when o.value is not null then o.numerator::double end as numerator,
            case when o.value is not null then o.denominator::double end as denominator,
            j.target_low, j.target_high, j.status, l.source_id, o.load_id,
            strftime(f.first_seen_at, {_DAY}) as received_on, strftime(o.known_from, {_MOMENT}) as published_since
        from asked o
        left join area a on a.area_code = o.area_code
        left join judgement j on j.measure_id = o.measure_id and j.area_code = o.area_code
            and j.period_start = o.period_start and j.period_end = o.period_end
        left join load l on l.load_id = o.load_id
        left join source_file f on f.sha256 = l.sha256 and f.path = l.path
        order by o.position, o.area_code, o.period_end, o.period_start
    """,
        [*_values(wanted), part.limit, part.offset],
    )


def exceptions(snapshot: Snapshot, wanted: Wanted, part: Slice) -> pd.DataFrame:
    """One row per exception, the most pressing first; columns as `scorecard.open_data.fields.EXCEPTIONS`."""
    return snapshot.query(
        f"""
        select o.measure_id, m.title as measure, o.area_code, a.name as area, o.part, o.rule, o.adverse, o.state,
            o.severity, o.confirmed, o.periods, strftime(o.since, {_DAY}) as since,
            strftime(o.first_seen, {_DAY}) as first_seen, strftime(o.accepted_until, {_DAY}) as accepted_until,
            strftime(o.period_start, {_DAY}) as period_start, strftime(o.period_end, {_DAY}) as period_end,
            t.title as theme, s.title as service, o.owner, o.sentence, o.question,
            strftime(v.known_from, {_MOMENT}) as published_since
        from exception o join measure m using (measure_id)
        join theme t using (theme_id) join service s using (service_id)
        left join area a on a.area_code = o.area_code
        left join observation v on v.measure_id = o.measure_id and v.area_code = o.area_code
            and v.period_start = o.period_start and v.period_end = o.period_end
        where {_ASKED} and (not $7 or (o.adverse and o.state not in ('resolved', 'accepted')))
        order by o.position, o.measure_id, o.area_code, o.part, o.rule limit $5 offset $6
    """,
        [*_values(wanted), part.limit, part.offset, wanted.to_act_on],
    )


def how_many(snapshot: Snapshot, table: str, wanted: Wanted) -> int:
    """How many rows of "measures", "observations" or "exceptions" are asked for, on all pages together."""
    name = {"observations": "observation", "exceptions": "exception"}.get(table)
    question, values = "from measure o where $1 = '' or o.measure_id = $1", [wanted.measure_id]
    if name:
        question, values = f"from {name} o join measure m using (measure_id) where {_ASKED}", _values(wanted)
    return int(first_row(snapshot.query(f"select count(*) as rows {question}", values))["rows"])


def sources(snapshot: Snapshot) -> pd.DataFrame:
    """One row per source of the figures that the audience may see; columns as `scorecard.open_data.fields.SOURCES`."""
    return snapshot.query("""
        select source_id, title, publisher, licence, link from source
        where source_id in (
            select l.source_id from load l where l.load_id in (select distinct load_id from observation))
        order by title, source_id
    """)


def sources_of(snapshot: Snapshot, measure_id: str, area_code: str) -> pd.DataFrame:
    """One row per source of a measure's figures in an area: title, publisher, licence, link, received_on (text)."""
    return snapshot.query(
        f"""
        select s.title, s.publisher, s.licence, s.link, strftime(max(f.first_seen_at), {_DAY}) as received_on
        from (from observation where measure_id = ? and area_code = ?) o
        join load l using (load_id) join source s using (source_id)
        left join source_file f on f.sha256 = l.sha256 and f.path = l.path
        group by all order by s.title
    """,
        [measure_id, area_code],
    )


_ASKED: Final = """($1 = '' or o.measure_id = $1) and ($2 = '' or o.area_code = $2)
    and ($3 = '' or o.period_start >= try_cast($3 as date)) and ($4 = '' or o.period_end <= try_cast($4 as date))"""


def _values(wanted: Wanted) -> list[str]:
    return [wanted.measure_id, wanted.area_code, wanted.first, wanted.last]
