"""Who holds the senior posts on what basis: a row for each time that a post was held or stood empty. No names."""

from datetime import date, timedelta
from random import Random
from typing import Final

from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.span import LAST_MONTH, Span, month_label
from scorecard.periods import between

HEADINGS: Final = (
    "Reference",
    "Post",
    "Statutory role",
    "Statutory",
    "Directorate",
    "Answers for filling it",
    "Basis",
    "Since",
    "To be filled for good by",
    "Until",
    "Status",
    "Why",
)
STATUTORY: Final = {
    "Chief Executive": "Head of paid service",
    "Director of Resources": "Chief finance officer",
    "Monitoring Officer": "Monitoring officer",
    "Director of Adult Services": "Director of adult services",
    "Director of Children's Services": "Director of children's services",
    "Director of Public Health": "Director of public health",
}
POSTS: Final = {
    "Chief Executive": "Chief Executive's Office",
    "Director of Resources": "Resources",
    "Monitoring Officer": "Law and Democracy",
    "Director of Adult Services": "Adults",
    "Director of Children's Services": "Children",
    "Director of Public Health": "Adults",
    "Director of Place": "Place",
    "Assistant Director of Strategy": "Strategy",
    "Assistant Director of Finance": "Finance and Commercial",
    "Assistant Director of People and Change": "People and Change",
    "Assistant Director of Environment": "Environment",
    "Assistant Director of Growth and Housing": "Growth and Housing",
    "Assistant Director of Care and Support": "Care and Support",
    "Assistant Director of Families": "Families",
    "Head of Internal Audit": "Internal Audit and Risk",
}
"""Post → the service as the catalogue names it."""

Holding = tuple[str, str, str | None, str | None, str | None]
HOLDINGS: Final[dict[str, tuple[Holding, ...]]] = {
    "Chief Executive": (("Permanent", "2018-05-01", None, None, None),),
    "Director of Resources": (
        ("Permanent", "2016-09-05", "2022-06-30", None, "Retired"),
        ("Permanent", "2022-06-30", None, None, None),
    ),
    "Monitoring Officer": (
        ("Permanent", "2019-01-07", "2026-10-09", None, "Left for another council"),
        ("Interim", "2026-10-12", None, "2027-01-31", "Advertised in November; deputy stands in"),
    ),
    "Director of Adult Services": (
        ("Permanent", "2017-04-03", "2025-03-28", None, "Retired"),
        ("Permanent", "2025-03-31", None, None, None),
    ),
    "Director of Children's Services": (
        ("Permanent", "2018-09-03", "2023-07-14", None, "Left for another council"),
        ("Interim", "2023-07-17", "2024-04-26", "2023-12-31", "First advertisement found nobody"),
        ("Permanent", "2024-04-29", None, None, None),
    ),
    "Director of Public Health": (("Permanent", "2020-01-06", None, None, None),),
    "Director of Place": (
        ("Permanent", "2015-06-01", "2021-10-29", None, "Retired"),
        ("Permanent", "2021-11-01", "2026-01-30", None, "Left for another council"),
        ("Vacant", "2026-01-31", "2026-04-12", "2026-04-30", "Assistant directors shared the work"),
        ("Permanent", "2026-04-13", None, None, None),
    ),
    "Assistant Director of Strategy": (
        ("Permanent", "2019-11-04", "2025-12-19", None, "Left for another council"),
        ("Permanent", "2026-01-05", None, None, None),
    ),
    "Assistant Director of Finance": (
        ("Permanent", "2017-02-06", "2024-08-30", None, "Retired"),
        ("Permanent", "2024-09-02", None, None, None),
    ),
    "Assistant Director of People and Change": (
        ("Permanent", "2018-03-05", "2026-03-27", None, "Left for another council"),
        ("Vacant", "2026-03-28", "2026-05-10", "2026-06-30", "Covered by two heads of service"),
        ("Permanent", "2026-05-11", None, None, None),
    ),
    "Assistant Director of Environment": (
        ("Permanent", "2019-07-01", "2026-06-26", None, "Retired"),
        ("Interim", "2026-06-29", None, "2026-09-30", "First advertisement found nobody"),
    ),
    "Assistant Director of Growth and Housing": (
        ("Permanent", "2018-10-01", "2022-12-16", None, "Left for another council"),
        ("Interim", "2022-12-19", "2023-02-17", "2023-03-31", None),
        ("Permanent", "2023-02-20", None, None, None),
    ),
    "Assistant Director of Care and Support": (
        ("Permanent", "2016-01-11", "2023-11-24", None, "Retired"),
        ("Permanent", "2023-11-27", None, None, None),
    ),
    "Assistant Director of Families": (("Permanent", "2020-02-03", None, None, None),),
    "Head of Internal Audit": (("Permanent", "2019-04-01", None, None, None),),
}
"""Post → basis, since, until, to be filled for good by, why; the first of each began before the register."""
STATUS: Final = {"Permanent": "In post", "Interim": "Stand-in", "Vacant": "Vacant"}


def senior_posts(span: Span) -> dict[str, bytes]:
    """One CSV with every holding that reached into the span."""
    first = between(span.all_months()[0], span.all_months()[0]).start
    rows: list[Row] = []
    for number, (post, holdings) in enumerate(HOLDINGS.items(), start=1):
        for turn, holding in enumerate(holdings, start=1):
            if holding[2] is None or date.fromisoformat(holding[2]) >= first:
                rows.append(_row(f"SP{number:02d}-{turn}", post, holding, span.seed))
    covered = f"{month_label(span.all_months()[0])} to {month_label(LAST_MONTH)}"
    titles = ("Human Resources: senior posts",)
    return {f"workforce/Senior posts {covered}.csv": as_csv(Table(HEADINGS, [*rows, *_MESS], titles))}


_MESS: Final[tuple[Row, ...]] = (
    ["SP90-1", "Assistant Director of Transformation", None, "No", "Strategy", "Chief Executive", "Secondment",
     "01/04/2022", None, "31/03/2023", "Left", None],
    ["SP91-1", "Deputy Chief Executive", None, "No", "Chief Executive's Office", "Chief Executive", "Permanent",
     "before 2010", None, "30/06/2021", "Left", "Post deleted"],
)  # fmt: skip
"""A basis that is none, words for a date: each is set aside."""


def _row(reference: str, post: str, holding: Holding, seed: int) -> Row:
    basis, since, until, due, why = holding
    began = date.fromisoformat(since)
    if reference.endswith("-1"):
        # Personnel files of long ago say the month, and a clerk put a day.
        began += timedelta(days=Random(f"{seed}/senior_posts/{post}").randint(0, 20))
    answers = "Chief Executive" if post.startswith("Director") or post in STATUTORY else "Head of Human Resources"
    return [
        reference,
        post,
        STATUTORY.get(post),
        "Yes" if post in STATUTORY else "No",
        POSTS[post],
        answers,
        basis,
        f"{began:%d/%m/%Y}",
        _written(due),
        _written(until),
        STATUS[basis] if until is None else "Left",
        why,
    ]


def _written(day: str | None) -> str | None:
    return f"{date.fromisoformat(day):%d/%m/%Y}" if day else None
