"""Published figures of registers, made again from small files: recommendations, policies, complaints.

North Norfolk District Council published how many audit recommendations were outstanding at the end of six months of
2024, how many policies were overdue on 23 July 2024 and how many of those were dealt with since, and its complaints to
the Ombudsman. Hart District Council published its lists of actions.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from scorecard.periods import between, month_index
from tests.register_files import AUDIT, Declared, ask, audit, council, csv, loaded, problems

OUTSTANDING = {(2024, 2): 66, (2024, 4): 60, (2024, 7): 39, (2024, 9): 39, (2024, 10): 27, (2024, 11): 29}
NEWLY_OVERDUE = {(2024, 2): 66, (2024, 4): 4, (2024, 7): 3, (2024, 9): 6, (2024, 10): 1, (2024, 11): 3}
"""How many had their date pass since the count before; the published series leaves that open."""
Month = tuple[int, int]


def end_of(month: Month) -> date:
    """Its last day."""
    at = month_index(date(*month, 1))
    return between(at, at).end


def recommendations(told_at: date) -> list[dict[str, object]]:
    """Every recommendation as the register had it on a day: what ends later is not told as done yet."""
    rows: list[dict[str, object]] = []
    waiting: list[dict[str, object]] = []
    for month, passed in NEWLY_OVERDUE.items():
        due = [{"ref": f"{month[0]}-{month[1]:02}-{at}", "due": end_of(month) - timedelta(days=at % 20 + 1)}
               for at in range(passed)]  # fmt: skip
        for row in due[::3]:
            row["revised"] = date(2025, 6, 30)  # a later date was agreed: it is as late as before
        rows += due
        waiting += due
        for row in waiting[: len(waiting) - OUTSTANDING[month]]:
            row["closed"] = row["signed"] = end_of(month) - timedelta(days=3)
        waiting = waiting[len(waiting) - OUTSTANDING[month] :]
    rows += [{"ref": f"next-{at}", "due": date(2025, 3, 31)} for at in range(12)]
    rows += [{"ref": f"told-{at}", "due": date(2024, 5, 31), "closed": date(2024, 5, 1), "signed": date(2024, 5, 20)}
             for at in range(5)]  # fmt: skip
    for row in rows:
        row["opened"] = date(2023, 4, 3)
        for name in ("closed", "signed"):
            if isinstance(day := row.get(name), date) and day > told_at:
                row[name] = None
    return rows


def test_outstanding_recommendations_are_the_published_series_as_stock_and_flow(tmp_path: Path) -> None:
    """66, 60, 39, 39, 27, 29: each opening and additions less those closed, over the months that have a count.

    November's rise is three dates that passed and one recommendation signed off; re-dated ones are as late as before;
    March, May, June and August have no count.
    """
    files = {f"audits {end_of(month):%b %Y}.csv": audit(*recommendations(end_of(month))) for month in OUTSTANDING}
    settings = council(tmp_path, {"audits": AUDIT}, files)
    flow = "select counted_on, since, opening, added, closed, closing from register_flow where stock = 'overdue' "
    counts = loaded(settings, flow + "order by counted_on")
    assert [(day, closing) for day, *_, closing in counts] == [
        (end_of(month), published) for month, published in OUTSTANDING.items()
    ]
    assert counts[0][1:5] == (None, None, None, None), "the first count has nothing to be held against"
    assert [row[1] for row in counts[1:]] == [row[0] for row in counts[:-1]], "each runs from the count before"
    assert [row[3] for row in counts[1:]] == list(NEWLY_OVERDUE.values())[1:]
    assert all(opening + added - closed == closing for _, _, opening, added, closed, closing in counts[1:])
    assert counts[-1] == (date(2024, 11, 30), date(2024, 10, 31), 27, 3, 1, 29)
    (open_last,) = ask(
        settings, "select closing from register_flow where stock = 'open' order by counted_on desc limit 1"
    )
    assert open_last == (29 + 12,)
    late = ask(settings, "select count(*), min(days_late) from register_item where state = 'overdue'")
    assert late == [(29, 1)]
    redated = ask(settings, "select count(*) from register_item where state = 'overdue' and times_redated > 0")
    assert redated[0][0] > 0, "a later date cleared none of them"


def test_an_earlier_count_is_as_the_register_says_now(tmp_path: Path) -> None:
    """A sign-off that is told late, for a day in October, takes the recommendation out of October's count too."""
    told = {"ref": "A1", "due": date(2024, 9, 2), "opened": date(2024, 1, 2)}
    late = {**told, "closed": date(2024, 10, 1), "signed": date(2024, 10, 8)}
    files = {"audits Oct 2024.csv": audit(told), "audits Nov 2024.csv": audit(late)}
    flow = "select closing from register_flow where stock = 'overdue' order by counted_on"
    assert loaded(council(tmp_path, {"audits": AUDIT}, files), flow) == [(0,), (0,)]


POLICIES = Declared(
    {"ref": "text", "title": "text", "review": "date", "state": "text", "dealt": "date"},
    {"title": "title", "due": "review", "status": "state", "closed": "dealt"},
    {
        "item": "policy", "items": "policies", "agenda": "policies",
        "statuses": {"Due": "open", "Formal review": "in_review", "Updated": "closed", "Withdrawn": "withdrawn"},
        "baseline": {"on": date(2024, 7, 23), "reason": "Board", "target": 100, "by": date(2025, 3, 31)},
    },
)  # fmt: skip


def test_a_fifth_of_the_overdue_policies_is_dealt_with_since_the_baseline(tmp_path: Path) -> None:
    """127 overdue at 23 July 2024, 20% of them updated or withdrawn by the end of November.

    What came due after the baseline, or was reviewed and fell due again, does not count into it.
    """
    rows: list[list[object]] = [
        [f"P{at}", f"Policy {at}", date(2022, 1, 1) + timedelta(days=at), "Due", None] for at in range(126)
    ]
    rows.append(["P126", "Policy 126", date(2024, 7, 22), "Formal review", None])
    rows.append(["P127", "Policy 127", date(2024, 7, 23), "Due", None])  # due on the very day: overdue the day after
    for at in range(25):
        rows[at * 5][3:] = ["Withdrawn" if at % 3 == 0 else "Updated", date(2024, 8, 1) + timedelta(days=4 * at)]
    rows.append(["P128", "Policy 128", date(2024, 5, 1), "Updated", date(2024, 7, 23)])  # on that day it was done
    rows.append(["P129", "Policy 129", date(2024, 8, 31), "Updated", date(2024, 10, 1)])
    files = {"policies Jul 2024 to Nov 2024.csv": csv(POLICIES.columns, rows)}
    settings = council(tmp_path, {"policies": POLICIES}, files)
    burn = loaded(settings, "select counted_on, backlog, dealt_with from register_burn order by counted_on")
    assert burn[0] == (date(2024, 7, 23), 127, 0)
    assert [row[1] for row in burn] == [127] * len(burn)
    assert burn[-1] == (date(2024, 11, 30), 127, 25)
    assert round(100 * burn[-1][2] / burn[-1][1]) == 20
    assert burn[2] == (date(2024, 8, 31), 127, 8)
    states = dict(ask(settings, "select state, count(*) from register_item group by state"))
    assert states == {"overdue": 103, "closed": 18, "withdrawn": 9}


OMBUDSMAN = Declared(
    {"ref": "text", "title": "text", "made": "date", "decided": "date", "outcome": "text"},
    {"title": "title", "opened": "made", "closed": "decided"},
    {
        "item": "complaint", "items": "complaints", "agenda": "complaints",
        "steps": {
            "made": {"title": "Made"},
            "investigated": {"title": "Investigated", "where": "outcome in ('Upheld', 'Not upheld')", "of": "made"},
            "upheld": {"title": "Upheld", "where": "outcome = 'Upheld'", "of": "investigated"},
        },
    },
)  # fmt: skip


def test_two_of_three_upheld_is_two_thirds_and_hardly_known(tmp_path: Path) -> None:
    """13 made, 3 investigated, 2 upheld: 67%, and the exact interval runs from 9% to 99%."""
    outcomes = ["Closed after initial enquiries"] * 6 + ["Advice given"] * 4 + ["Upheld", "Not upheld", "Upheld"]
    rows = [
        [f"O{at}", "Complaint", date(2023, 4, 1) + timedelta(days=25 * at), date(2024, 2, 1), outcome]
        for at, outcome in enumerate(outcomes)
    ]
    settings = council(
        tmp_path, {"ombudsman": OMBUDSMAN}, {"ombudsman Apr 2023 to Mar 2024.csv": csv(OMBUDSMAN.columns, rows)}
    )
    tally = loaded(
        settings,
        "select title, period, items, out_of, of_title, round(share), round(lower), round(upper) from register_tally "
        "order by position",
    )
    assert tally == [
        ("Made", "2023/24", 13, None, None, None, None, None),
        ("Investigated", "2023/24", 3, 13, "Made", 23, 5, 54),
        ("Upheld", "2023/24", 2, 3, "Investigated", 67, 9, 99),
    ]


HART = Declared(
    {"id": "text", "date": "date", "done": "text", "team": "text", "s": "text", "pc": "number", "text": "text"},
    {"title": "text", "due": "date", "status": "done", "rating": "s", "done": "pc", "owner": "team"},
    {
        "item": "action", "items": "actions", "agenda": "actions",
        "statuses": {"TRUE": "closed", "FALSE": "open"},
        "ratings": {"grn": "green", "amb": "amber", "red": "red", "gry": "none"},
        "owners": ["BS", "CS", "ES", "ETS", "HS", "IA", "LS", "PP", "RS", "SNH"],
    },
    ("id",),
)  # fmt: skip
JULY, SEPTEMBER = "service_plan_actions_2014-07-14.csv", "service_plan_actions_2014-09-02.csv"


def hart(folder: Path, published: Path, files: Mapping[str, str]) -> dict[str, object]:
    """What the register of these published files holds: numbers by name, and what is stated of it."""
    lists = published / "01_hart_dc_corporate_kpis"
    texts = {name: (lists / file).read_text(encoding="utf-8") for name, file in files.items()}
    settings = council(folder, {"actions": HART}, texts)
    ((items, ended, opened),) = loaded(
        settings, "select count(*), count(ended), count(opened) from register_item where register_id = 'actions'"
    )
    states = dict(ask(settings, "select state, count(*) from register_item group by state"))
    flow = "select stock, counted_on, added, closed, closing from register_flow order by all"
    accepted = ask(settings, "select sum(rows_accepted), sum(rows_set_aside) from load")
    return {
        "items": items, "ended": ended, "opened": opened, "states": states, "flow": ask(settings, flow),
        "rows": accepted[0], "problems": problems(settings), "settings": settings,
    }  # fmt: skip


def test_harts_published_actions_load_as_a_register(tmp_path: Path, published_files: Path) -> None:
    """Each list by itself: every action is there, what is told as done is, and what passed its date is overdue.

    They say neither when an action was opened nor when it was finished. So what is done counts from the last day of
    the month its list is of, there is no flow with one list, and no action has an age.
    """
    july = hart(tmp_path / "july", published_files, {"actions 2014-07.csv": JULY})
    assert (july["items"], july["opened"], july["ended"]) == (286, 0, 50)
    assert july["rows"] == (286, 0)
    assert july["flow"] == [
        ("open", date(2014, 7, 31), None, None, 236),
        ("overdue", date(2014, 7, 31), None, None, 29),
    ]
    states = july["states"]
    assert isinstance(states, dict)
    assert (states["closed"], states["overdue"], sum(states.values())) == (50, 29, 286)
    september = hart(tmp_path / "september", published_files, {"actions 2014-09.csv": SEPTEMBER})
    assert (september["items"], september["ended"], september["rows"]) == (313, 90, (313, 0))


def test_harts_two_lists_give_their_numbers_to_other_actions_and_that_is_stated(
    tmp_path: Path, published_files: Path
) -> None:
    """Numbers run through each list anew: together the second list stands, and the reuse is stated with examples."""
    both = hart(tmp_path, published_files, {"actions 2014-07.csv": JULY, "actions 2014-09.csv": SEPTEMBER})
    assert both["rows"] == (599, 0), "no row is lost: those replaced were accepted"
    assert both["items"] == 350
    assert both["flow"] == [
        ("open", date(2014, 9, 30), None, None, 252),
        ("overdue", date(2014, 9, 30), None, None, 31),
    ], "July's count cannot be told any more: nothing says on which day what is done by September was done"
    stated = both["problems"]
    assert isinstance(stated, dict)
    (sentence,) = stated["key_reused"]
    assert sentence.startswith("actions 2014-09.csv: 232 actions stand under a key that actions 2014-07.csv has for")
    assert "1 (row 2: before 'Increase the number of services with online payment" in sentence
    assert stated["record_replaced"]
    assert any("status that the dates contradict" in each for each in stated["status_contradicted"])
