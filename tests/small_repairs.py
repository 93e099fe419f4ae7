"""A council small enough to hold in the head whose housing service sends records: ten repairs, one measure a kind."""

from pathlib import Path

from scorecard.settings import Settings

CATALOGUE = """\
council: {name: Littleborough Council, home: Littleborough, as_at: 2026-11-20}
themes:
  homes: {title: Homes, question: Are homes looked after?}
services:
  place: {title: Place, owner: Director of Place}
  housing: {title: Housing, owner: Head of Housing, within: place}
areas:
  listed:
    X1: {name: Littleborough, level: council, population: 1000}
    X2: {name: Northward, level: ward, within: X1, population: 400}
    X3: {name: Southward, level: ward, within: X1, population: 600}
sources:
  repairs:
    title: Housing repairs
    publisher: Housing
    holds: records
    files: ["repairs *.csv"]
    format: delimited
    columns:
      job: {header: Job, required: true}
      ward: {header: Ward}
      priority: {header: Priority, required: true, allowed: [Routine, Emergency]}
      tenant: {header: Tenant}
      reported: {header: Reported, type: date}
      completed: {header: Completed, type: date}
      cost: {header: Cost, type: number, minimum: 0}
    area: {column: ward, by: name}
    period: {within: file_name, find: "repairs (.*)[.]csv", forms: [month, month_range]}
    key: [job]
    expected: {every: month, within_days: 10}
measures:
  repairs_on_time:
    title: Routine repairs on time
    definition: The share of routine repairs that were finished within twenty working days.
    counted: Routine repairs completed in the month.
    theme: homes
    service: housing
    unit: "%"
    polarity: higher
    frequency: month
    records:
      source: repairs
      where: priority = "Routine"
      calculate: {kind: within, dated: completed, start: reported, end: completed, days: 20, working: true}
      by: [ward, tenant]
    targets:
      - {kind: fixed, value: 80, reason: Tenancy board 2021}
      - {kind: fixed, value: 90, since: 2026-04-01, reason: "Council plan 2026, Cabinet"}
    tolerance: {points: 2}
    lifecycle:
      - {decision: live, on: 2021-04-01, reason: Council plan 2021, approved_by: Cabinet}
      - decision: amended
        on: 2026-04-01
        reason: Counted in working days
        approved_by: Cabinet
        breaks_comparability: true
  repairs_open:
    title: Repairs open
    definition: Repairs that wait at the end of the month.
    theme: homes
    service: housing
    kind: volumetric
    unit: repairs
    decimals: 0
    polarity: neutral
    frequency: month
    basis: snapshot
    records: {source: repairs, calculate: {kind: open, start: reported, end: completed}}
  repairs_net:
    title: Repairs reported less completed
    definition: How much the queue grew.
    theme: homes
    service: housing
    kind: volumetric
    unit: repairs
    decimals: 0
    polarity: neutral
    frequency: month
    records: {source: repairs, calculate: {kind: flow, start: reported, end: completed, count: net}}
  repair_days:
    title: Days to repair
    definition: The middle number of days.
    theme: homes
    service: housing
    unit: days
    polarity: lower
    frequency: month
    records:
      source: repairs
      where: working_days(reported, completed) < 400
      calculate: {kind: median, dated: completed, of: "working_days(reported, completed)"}
  repair_cost:
    title: Cost of repairs for each person
    definition: What repairs cost in the quarter.
    theme: homes
    service: housing
    unit: £
    polarity: lower
    frequency: quarter
    records: {source: repairs, calculate: {kind: sum, dated: completed, of: cost}, out_of: {population: true}, per: 10}
"""

JOBS = """\
Job,Ward,Priority,Tenant,Reported,Completed,Cost
R1,Northward,Routine,Mr Able,02/09/2026,01/10/2026,100
R2,Northward,Routine,Ms Baker,01/09/2026,01/10/2026,50.50
R3,Southward,Routine,Mx Cole,05/10/2026,09/10/2026,
R4,Southward,Emergency,Mr Dunn,05/10/2026,06/10/2026,300
R5,,Routine,Ms Ede,08/10/2026,07/10/2026,20
R6,Northward,Routine,Mr Flint,,12/10/2026,30
R7,Southward,Routine,Ms Gold,20/10/2026,,
R8,Northward,Routine,Mr Able,01/10/2026,30/10/2026,75
R9,Southward,Routine,Ms Hare,28/10/2026,29/10/2026,10
R10,Southward,Routine,Mr Ives,28/09/2026,30/10/2026,45
"""


def write_repairs(folder: Path) -> Settings:
    """A data folder with the catalogue and the repairs of October 2026 in its inbox."""
    inbox = folder / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    (folder / "metrics.yaml").write_text(CATALOGUE, encoding="utf-8")
    (inbox / "repairs Oct 2026.csv").write_text(JOBS, encoding="utf-8")
    return Settings(folder / "metrics.yaml", inbox, folder / "data", None, 26)
