"""How a measure was judged: in short as published, or step by step as at any of its periods."""

from pipelines.explain.change_steps import change_step, direction_step
from pipelines.explain.comparison_steps import data_step, parts_step, peers_step
from pipelines.explain.exception_steps import outcome_step, rules_step
from pipelines.explain.figures import find_area
from pipelines.explain.forecast_step import forecast_step
from pipelines.explain.judged_then import JudgedThen, judged_then
from pipelines.explain.layout import Section, page
from pipelines.explain.series_steps import shape_step, variation_step
from pipelines.explain.target_steps import assurance_step, target_step
from scorecard.catalogue import Catalogue
from scorecard.errors import NoSnapshot, SettingError, SnapshotError
from scorecard.settings import Settings
from scorecard.snapshot.store import Snapshot, open_current

ORDER = ("target", "shape", "variation", "direction", "change", "assurance", "forecast", "peers", "parts", "data")
STEPS = (
    target_step, shape_step, variation_step, direction_step, change_step, assurance_step, forecast_step, peers_step,
    parts_step, data_step,
)  # fmt: skip
"""In the order of ORDER."""
VERSION = 12
"""Characters of a version that are shown."""


def judgement_then(
    catalogue: Catalogue, measure_id: str, settings: Settings, period: str, area: str | None = None
) -> str:
    """How a measure was judged when a period was the latest, every step of it, as text for a terminal.

    `period` in any form that files may use; `area` a name or code, by default the home council. From the snapshot
    alone: its figures, and its catalogue as it was then. Raises SettingError when there is nothing to judge.
    """
    snapshot = _served(settings)
    then = judged_then(snapshot, measure_id, find_area(snapshot, measure_id, area), period)
    sections = [_what(then, snapshot, catalogue), *(make(then, at) for at, make in enumerate(STEPS, start=1))]
    return page(
        f"{then.measure.title} ({measure_id}), {then.name}: how it was judged as at {then.period.label}",
        [*sections, rules_step(then), outcome_step(then)],
    )


def judged_in_short(snapshot: Snapshot, measure_id: str, area: tuple[str, str]) -> Section:
    """The findings of an area (its code and name) as they were published, and how to see every step."""
    section = Section("How it was judged")
    rows = snapshot.query(
        "select judgement, status, sentence, period_start, period_end from finding"
        " where measure_id = ? and area_code = ? and (judgement <> 'parts' or status in ('hidden', 'apart')"
        " or part = '')",
        [measure_id, area[0]],
    ).to_dict("records")
    rows.sort(key=lambda row: ORDER.index(row["judgement"]) if row["judgement"] in ORDER else len(ORDER))
    section.list(f"{row['judgement'].capitalize()}: {row['sentence']}" for row in rows)
    if rows:
        period = snapshot.query(
            "select period from judgement where measure_id = ? and area_code = ? and value is not null"
            " order by period_end desc, period_start desc limit 1",
            [measure_id, area[0]],
        )["period"]
        of = f' --area "{area[1]}"' if area[0] != _home(snapshot) else ""
        label = period.iloc[0] if len(period) else ""
        section.say(f'Every step of it: python -m pipelines explain {measure_id} --period "{label}"{of}')
    return section


def _what(then: JudgedThen, snapshot: Snapshot, catalogue: Catalogue) -> Section:
    section = Section("What was judged")
    version = then.measure.version
    now = catalogue.measures[then.measure_id].version if then.measure_id in catalogue.measures else ""
    section.facts(
        {
            "Snapshot": snapshot.name,
            "Definition": f"version {version[:VERSION]}, as the snapshot has it"
            + ("" if now == version else "; the catalogue file defines it differently now, which is not used here"),
            "As at": f"{then.held.as_at.day} {then.held.as_at:%B %Y}"
            + ("" if then.is_latest else ", when the figure was due"),
        }
    )
    if not then.is_latest:
        section.say(
            f"{then.period.label} is taken for the latest period: figures after it are left out, those of peers, wards "
            "and breakdowns too. Figures up to it are as they are known now, revised ones among them."
        )
    return section


def _served(settings: Settings) -> Snapshot:
    try:
        return open_current(settings.data)
    except NoSnapshot as fault:
        raise SettingError(
            "Nothing has been published yet, so there is nothing to judge again.",
            why=fault.why,
            fix="Load the inbox with: python -m pipelines run",
        ) from fault
    except SnapshotError as fault:
        raise SettingError(fault.what, why=fault.why, fix=fault.fix) from fault


def _home(snapshot: Snapshot) -> str:
    return str(snapshot.query("select area_code from council")["area_code"].iloc[0])
