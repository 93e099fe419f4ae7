"""Registers, cycles and failure indicators in the catalogue: what is wrong with them is said at once, with its line."""

import json
import re
from pathlib import Path

import pytest

from scorecard.catalogue import Catalogue, examine, json_schema, read_catalogue
from tests.small_council import CATALOGUE

DECLARED = """\
plan:
  title: Council plan
  since: 2025-04-01
  goals: {sound: {title: A sound council, promise: We pay our way.}}
committees:
  scrutiny: {title: Scrutiny Committee, themes: [health], meetings: [2026-12-01]}
  quiet: {title: Quiet Committee, themes: [health]}
calendar:
  cabinet: {title: Cabinet, meetings: [2026-11-03, 2026-12-08]}
registers:
  actions:
    title: Actions
    item: action
    items: actions
    question: What is late?
    source: promises
    service: place
    agenda: actions
    where: kind = "Action"
    columns:
      title: what
      owner: post
      opened: agreed
      due: promised
      revised: [moved]
      status: word
      done: done
      closed: finished
      signed_off: signed
      priority: grade
      links: [{column: helps, kind: goal}, {column: from_audit, kind: register, to: audits}]
    statuses: {Open: open, Done: closed}
    details: [money]
    by: [post]
    clocks: [{title: Begun, where: 'grade > 1', start: agreed, until: begun, working_days: 10}]
    stages: [{title: Begun, on: begun}]
    steps:
      made: {title: Made}
      kept: {title: Kept, where: 'finished <= promised', of: made, on: finished}
    baseline: {on: 2026-03-31, reason: Peer review, target: 50, by: 2027-03-31}
  audits:
    title: Audits
    item: audit
    items: audits
    question: What did the auditors ask?
    source: promises
    service: place
    agenda: audit
    where: kind = "Audit"
    columns: {title: what, opened: agreed, due: promised, closed: finished}
  risks:
    title: Risks
    item: risk
    items: risks
    question: What could go wrong?
    source: risks
    service: place
    agenda: risks
    columns: {title: what, reported: as_at}
    scores: {residual: [chance, harm], target: [chance, harm], appetite: limit, amber_from: 8, red_from: 15}
failure_indicators:
  no_people_plan:
    {title: No people plan, theme: Leadership, register: actions, where: grade = 1, are: overdue, look_at: Ask.}
cycles:
  quarterly:
    title: Quarterly review
    every: quarter
    purpose: To be told.
    steps:
      asked: {title: Figures asked for, who: Performance team, days: 1}
      returned: {title: Returns, who: Services, working_days: 10, returns: true}
      reviewed: {title: Review, who: Management team, days: 20}
      cabinet: {title: Cabinet, who: Leader, body: cabinet}
      scrutiny: {title: Scrutiny, who: Chair, body: scrutiny}
  long_term:
    title: The plan
    every: plan
    purpose: To be renewed.
    steps: {halfway: {title: Halfway, who: Leader, on: 2027-04-01}}
"""
SOURCES = """\
  promises:
    title: Promises
    publisher: Place
    holds: records
    files: ["promises*.csv"]
    format: delimited
    columns:
      ref: {header: Reference, required: true}
      kind: {header: Kind}
      what: {header: What}
      post: {header: Post}
      helps: {header: Goal}
      from_audit: {header: Audit}
      word: {header: Status, allowed: [Open, Done]}
      agreed: {header: Agreed, type: date}
      promised: {header: Promised, type: date}
      moved: {header: Moved to, type: date}
      begun: {header: Begun, type: date}
      finished: {header: Finished, type: date}
      signed: {header: Signed off, type: date}
      done: {header: Per cent, type: number}
      grade: {header: Grade, type: integer}
      money: {header: Cost, type: number}
    period: {within: file_name, find: "promises (.*)[.]csv", forms: [month_range]}
    key: [ref]
  risks:
    title: Risks
    publisher: Place
    holds: records
    files: ["risks*.csv"]
    format: delimited
    columns:
      ref: {header: Reference, required: true}
      what: {header: Risk}
      as_at: {header: As at, type: date}
      chance: {header: Likelihood, type: integer}
      harm: {header: Impact, type: integer}
      limit: {header: Appetite, type: integer}
    period: {within: file_name, find: "risks (.*)[.]csv", forms: [month_range]}
    key: [ref, as_at]
"""
MEASURE = """\
  actions_overdue:
    title: Actions overdue
    definition: Actions past their original date.
    theme: health
    service: place
    unit: actions
    decimals: 0
    polarity: lower
    frequency: month
    basis: snapshot
    of_register: {register: actions, count: overdue, where: 'money > 0', by: [post]}
"""
WHOLE = CATALOGUE.replace("sources:\n", f"{DECLARED}sources:\n{SOURCES}") + MEASURE

MISTAKES = {
    "a source that is not there": (
        "    source: risks\n",
        "    source: risk\n",
        "registers.risks.source: there is no source 'risk'. Did you mean",
    ),
    "a source of returns": ("    source: risks\n", "    source: homes\n", "holds returns; a register needs"),
    "a service that is not there": (
        "    service: place\n    agenda: risks",
        "    service: plaec\n    agenda: risks",
        "'place'?",
    ),
    "a column that is not there": (
        "due: promised\n",
        "due: promise\n",
        "registers.actions.columns.due: there is no column 'promise' in source 'promises'. Did you mean 'promised'?",
    ),
    "words where a date is wanted": (
        "opened: agreed\n",
        "opened: post\n",
        "columns.opened: column 'post' holds text; a column of type date is wanted",
    ),
    "a date where words are wanted": ("owner: post\n", "owner: agreed\n", "holds date; a column of type text is"),
    "words for per cent": ("done: done\n", "done: what\n", "a column of type number or integer is wanted"),
    "a revised date that is none": (
        "revised: [moved]",
        "revised: [what]",
        "columns.revised[0]: column 'what' holds text",
    ),
    "the original date among the revised": ("revised: [moved]", "revised: [promised]", "'promised' is named twice"),
    "a sign-off by the owner": ("signed_off: signed", "signed_off: finished", "a sign-off is somebody else's word"),
    "a clock over words": (
        "until: begun, working",
        "until: what, working",
        "clocks[0].until: column 'what' holds text",
    ),
    "a clock without a length": (", working_days: 10}]", "}]", "give either 'working_days' or 'days'"),
    "a clock from a day to itself": (
        "until: begun, working",
        "until: agreed, working",
        "'start' and 'until' are two dates",
    ),
    "a condition over what is not there": (
        "where: 'grade > 1'",
        "where: 'grad > 1'",
        "clocks[0].where: at character 1: there is no column 'grad'",
    ),
    "a register's condition that is none": (
        'where: kind = "Audit"',
        "where: grade + 1",
        "registers.audits.where: at character 1: this is a number",
    ),
    "a condition that cannot be read": ("where: 'grade > 1'", "where: 'grade >'", "it ends too soon"),
    "a stage without a date": (
        "stages: [{title: Begun, on: begun}]",
        "stages: [{title: Begun, on: word}]",
        "stages[0].on",
    ),
    "a detail that is not there": ("details: [money]", "details: [mony]", "details[0]: there is no column 'mony'"),
    "counted by a number": ("    by: [post]\n", "    by: [grade]\n", "by[0]: column 'grade' holds integer"),
    "a step of nothing": ("of: made,", "of: mad,", "steps.kept.of: there is no step 'mad'. Did you mean 'made'?"),
    "a step in the year of a word": ("on: finished}", "on: word}", "steps.kept.on: column 'word' holds text"),
    "a step of itself": ("of: made,", "of: kept,", "'kept' is a share of itself in the end"),
    "steps of items that were never opened": (
        "    columns: {title: what, opened: agreed, due: promised, closed: finished}\n",
        "    columns: {title: what, due: promised, closed: finished}\n    steps: {all: {title: All}}\n",
        "registers.audits.steps.all: nothing says in which year an item counts: give 'on', or 'opened'",
    ),
    "a link to no register": ("to: audits}", "to: audit}", "there is no register 'audit'. Did you mean 'audits'?"),
    "a link without its register": (", to: audits}", "}", "a link to a register needs 'to'"),
    "a goal of a register": ("kind: goal}", "kind: goal, to: audits}", "'to' is for 'kind: register'"),
    "a word without a meaning": ("{Open: open, Done: closed}", "{Done: closed}", "may hold 'Open', and nothing says"),
    "a word that cannot occur": ("{Open: open, Done", "{Opne: open, Done", "may not hold 'Opne'. Did you mean 'Open'?"),
    "a meaning that is none": ("Open: open,", "Open: opened,", "'opened' is not one of open, on_course"),
    "meanings of no column": (
        "columns: {title: what, reported: as_at}",
        "columns: {title: what, reported: as_at}\n    ratings: {R: red}",
        "there is no 'rating' in columns whose words these are",
    ),
    "reported, and not in the key": (
        "    key: [ref, as_at]",
        "    key: [ref]",
        "must hold 'as_at': a row an item and report",
    ),
    "reported, and nothing else in the key": (
        "    key: [ref, as_at]",
        "    key: [as_at]",
        "names no item besides the report",
    ),
    "a report that is not said": (
        "columns: {title: what, reported: as_at}",
        "columns: {title: what}",
        "holds the date 'as_at', so an item may have several rows: say 'reported: as_at'",
    ),
    "an item that the key does not name": (
        "columns: {title: what, reported",
        "columns: {item: what, title: what, reported",
        "'what' is not in the key of",
    ),
    "due, and never done": (
        "promised, closed: finished}",
        "promised}",
        "registers.audits.columns: nothing says when an item is done",
    ),
    "a backlog without dates": (
        "red_from: 15}\n",
        "red_from: 15}\n    baseline: {on: 2026-03-31, reason: R}\n",
        "a backlog is what is overdue: give 'due'",
    ),
    "later dates without the first": (
        "columns: {title: what, reported",
        "columns: {title: what, revised: [as_at], reported",
        "later dates need the ORIGINAL",
    ),
    "a target without its day": (", by: 2027-03-31}", "}", "'target' and 'by' go together"),
    "a day before the backlog": ("by: 2027-03-31", "by: 2025-03-31", "is not after 2026-03-31"),
    "amber above red": ("amber_from: 8, red", "amber_from: 18, red", "amber_from (18) must be below red_from (15)"),
    "red off the scale": ("red_from: 15", "red_from: 26", "both from 1 to 25"),
    "likelihood in words": (
        "residual: [chance, harm]",
        "residual: [what, harm]",
        "scores.residual[0]: column 'what' holds",
    ),
    "the same title twice": ("title: Audits\n", "title: actions\n", "'actions' is already the title of 'actions'"),
    "the same rows twice": ('where: kind = "Audit"', 'where: kind = "Action"', "'actions' claims the same rows"),
    "all rows, and those of another": (
        '    where: kind = "Audit"\n',
        "",
        "registers.audits.source: 'actions' is a register over source 'promises' too",
    ),
    "an agenda that is none": ("agenda: audit\n", "agenda: audits\n", "'audits' is not one of"),
    "a field that is none": ("    baseline: {on", "    base_line: {on", "Did you mean 'baseline'?"),
    "an indicator of no register": (
        "register: actions, where: grade",
        "register: action, where: grade",
        "Did you mean 'actions'?",
    ),
    "an indicator over what is not there": (
        "where: grade = 1",
        "where: grads = 1",
        "failure_indicators.no_people_plan.where",
    ),
    "an indicator that never shows": (
        "register: actions, where: grade = 1,",
        "register: risks,",
        "has no due date, so nothing of it is ever overdue",
    ),
    "days for what has not ended": (
        "are: overdue, look",
        "are: overdue, within_days: 90, look",
        "goes with 'are: ended'",
    ),
    "a body that is not there": (
        "body: cabinet}",
        "body: cabinte}",
        "under 'calendar' or 'committees'. Did you mean 'cabinet'?",
    ),
    "a committee that never meets": (
        "body: scrutiny}",
        "body: quiet}",
        "has no 'meetings', so this step never has a day",
    ),
    "two days for a step": ("body: cabinet}", "body: cabinet, days: 3}", "give exactly one of"),
    "a fixed day every quarter": (
        "who: Leader, body: cabinet}",
        "who: Leader, on: 2026-12-01}",
        "does not come back every quarter",
    ),
    "steps that go backwards": ("Management team, days: 20}", "Management team, days: 0}", "this is before 'asked'"),
    "returns twice": (
        "Management team, days: 20}",
        "Management team, days: 20, returns: true}",
        "'returned' has them already",
    ),
    "days after a plan without an end": ("on: 2027-04-01}", "days: 3}", "it has no 'until'; give 'on'"),
    "two cycles of one name": ("title: The plan\n", "title: Quarterly review\n", "already the title of 'quarterly'"),
    "a committee as a body": (
        "  cabinet: {title: Cabinet,",
        "  quiet: {title: Q, meetings: [2026-11-03]}\n  cabinet: {title: Cabinet,",
        "calendar.quiet: 'quiet' is a committee too",
    ),
    "a committee's title as a body's": (
        "{title: Cabinet, meetings",
        "{title: Scrutiny committee, meetings",
        "is the committee 'scrutiny'",
    ),
    "a measure of no register": (
        "of_register: {register: actions",
        "of_register: {register: actoins",
        "measures.actions_overdue.of_register.register: there is no register 'actoins'. Did you mean 'actions'?",
    ),
    "a count that is none": ("count: overdue", "count: overdew", "Did you mean 'overdue'?"),
    "a measure of a register of reports": (
        "{register: actions, count",
        "{register: risks, count",
        "has a row for each item and report",
    ),
    "a measure's condition over what is not there": (
        "'money > 0'",
        "'mony > 0'",
        "of_register.where: at character 1: there is no column 'mony'",
    ),
    "a measure's condition that cannot be read": (
        "'money > 0'",
        "'money >'",
        "of_register.where: at character 8: it ends",
    ),
    "a measure broken down by a number": ("by: [post]}\n", "by: [grade]}\n", "of_register.by[0]: column 'grade' holds"),
    "a stock that is no snapshot": (
        "    basis: snapshot\n    of",
        "    of",
        "'basis: snapshot' and calculating what is",
    ),
    "records of its own beside": (
        "    of_register:",
        "    records: {source: promises, calculate: {kind: open, start: agreed, end: begun}}\n    of_register:",
        "give either 'of_register' or 'records'",
    ),
}


def faults(folder: Path, text: str) -> list[str]:
    """The printed faults of a catalogue with this text."""
    (folder / "metrics.yaml").write_text(text, encoding="utf-8")
    return [str(fault) for fault in examine(folder / "metrics.yaml")[1]]


def catalogue_of(folder: Path, text: str) -> Catalogue:
    """The catalogue with this text, through the real reader."""
    (folder / "metrics.yaml").write_text(text, encoding="utf-8")
    return read_catalogue(folder / "metrics.yaml")


def test_the_example_is_sound(tmp_path: Path) -> None:
    """Without a mistake there is no fault, so each fault below is the mistake's."""
    assert faults(tmp_path, WHOLE) == []


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_one_fault_with_its_line(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    """It names where, why and what was probably meant, and nothing follows from it that hides it."""
    text = WHOLE.replace(right, wrong, 1)
    assert text != WHOLE
    found = faults(tmp_path, text)
    assert len(found) == 1, found
    assert said in found[0]
    told = re.match(r"metrics\.yaml, line (\d+), ([^:]+): ", found[0])
    assert told is not None
    names = [name for name in re.split(r"[.\[\]]+", told[2]) if name and not name.isdigit()]
    on_line = text.splitlines()[int(told[1]) - 1]
    assert any(name in on_line for name in names[-2:]), "the line is that of the entry, or of the one it stands in"


def test_every_reason_why_a_register_cannot_be_counted_is_told(tmp_path: Path) -> None:
    """A measure names the dates that its register lacks, or the way round where a clock has them."""
    closing = "columns: {title: what, opened: agreed, due: promised, closed: finished}"
    asked = "{register: actions, count: overdue, where: 'money > 0', by: [post]}"
    assert closing in WHOLE and asked in WHOLE
    clock = "columns: {title: what, opened: agreed, closed: finished}\n"
    clock += "    clocks: [{title: Done, start: agreed, until: finished, days: 20, is_due: true}]"
    reasons = {
        ("columns: {title: what, due: promised, closed: finished}", "open"): "'open' needs 'opened' in the columns",
        ("columns: {title: what, opened: agreed}", "open"): "'open' needs 'closed' (or 'signed_off') in the columns",
        ("columns: {title: what, opened: agreed}", "overdue"): "needs 'due' and 'closed' (or 'signed_off') in the",
        (clock, "overdue"): "needs a column with the due date, and 'audits' has a clock instead",
    }
    for (columns, count), said in reasons.items():
        text = WHOLE.replace(closing, columns, 1).replace(asked, f"{{register: audits, count: {count}}}", 1)
        (fault,) = faults(tmp_path, text)
        assert "measures.actions_overdue.of_register.count: " in fault
        assert said in fault


def test_all_faults_of_registers_and_cycles_are_told_at_once(tmp_path: Path) -> None:
    """Mistakes in a register, an indicator, a cycle and a measure are four lines, in file order."""
    text = WHOLE
    for name in ("a column that is not there", "an indicator of no register", "a body that is not there",
                 "a measure of no register"):  # fmt: skip
        right, wrong, _ = MISTAKES[name]
        text = text.replace(right, wrong, 1)
    found = faults(tmp_path, text)
    assert len(found) == 4
    lines = [int(fault.split("line ")[1].split(",")[0]) for fault in found]
    assert lines == sorted(lines)


def test_a_measure_of_a_register_is_an_ordinary_measure_over_records(tmp_path: Path) -> None:
    """Its records are those of the register that meet both conditions, late from the day after the ORIGINAL date."""
    records = catalogue_of(tmp_path, WHOLE).measures["actions_overdue"].records
    assert records is not None
    assert records.source == "promises"
    assert records.where == '(kind = "Action") and (money > 0)'
    assert records.calculate.model_dump() == {"kind": "open", "start": "promised + 1", "end": "signed"}
    assert records.by == ("post",)


COUNTS = {
    "open": {"kind": "open", "start": "agreed", "end": "finished"},
    "opened": {"kind": "count", "dated": "agreed"},
    "ended": {"kind": "count", "dated": "finished"},
    "ended_in_time": {"kind": "share", "of": "finished <= promised", "dated": "promised"},
}


@pytest.mark.parametrize("count", COUNTS)
def test_each_count_is_what_it_says(tmp_path: Path, count: str) -> None:
    """Of a register without a sign-off, by the day closed; a stock is a snapshot and a flow is not."""
    asked = "{register: actions, count: overdue, where: 'money > 0', by: [post]}"
    text = WHOLE.replace(asked, f"{{register: audits, count: {count}}}", 1)
    text = text if count == "open" else text.replace("    basis: snapshot\n    of_", "    of_", 1)
    records = catalogue_of(tmp_path, text).measures["actions_overdue"].records
    assert records is not None
    assert records.calculate.model_dump() == COUNTS[count]
    assert records.where == 'kind = "Audit"'


def test_a_catalogue_with_registers_can_be_kept_and_read_again(tmp_path: Path) -> None:
    """As a snapshot keeps it: as JSON, with nothing lost and nothing counted twice."""
    catalogue = catalogue_of(tmp_path, WHOLE)
    again = Catalogue.model_validate_json(catalogue.model_dump_json(by_alias=True))
    assert again == catalogue


def test_editors_know_registers_and_cycles() -> None:
    """The schema has them with the words that explain each field."""
    schema = json.loads(json_schema())
    assert {"registers", "failure_indicators", "calendar", "cycles"} <= set(schema["properties"])
    assert "ORIGINAL" in schema["$defs"]["RegisterColumns"]["properties"]["due"]["description"]
    assert "register" in schema["$defs"]["RegisterCount"]["properties"]
