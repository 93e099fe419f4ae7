"""What the register of audit recommendations says beside the dates: who asked for what, and how far it has come."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from pipelines.demonstration.audit_dates import Recommendation, recommendations, still_overdue
from pipelines.demonstration.audit_titles import AREAS, INTERNAL, OUTSIDE, titles_of
from pipelines.demonstration.posts import service_and_owner
from pipelines.demonstration.span import KNOWN_TO
from scorecard.periods import year_label

OPINIONS: Final = {"Substantial": 2, "Reasonable": 9, "Limited": 5, "None": 1}
FROM_OUTSIDE: Final = 0.4
"""The share of an area's recommendations that others make, where others look there at all."""
SLOW: Final = 0.2
"""The share of what is under way that has done too little for the time that is gone."""
OVERDUE_SAYS: Final = ("overdue", "overdue", "unsigned", "on course", "claimed", "overdue", "on course", "unsigned")
"""What owners say of the overdue, the longest overdue first: "claimed" is complete, with nobody's signature."""
WAITING_FOR: Final = (
    "Waits for the new finance system, which goes live in January",
    "The post that was to do it has been vacant since the summer",
    "The supplier's change has been tested and was sent back",
    "A draft is with Legal Services",
)
NEXT_STEPS: Final = (
    "The owner attends the Audit and Governance Committee",
    "The director reports to the next board",
    "Internal Audit tests the interim check in December",
    "A new owner is named before the next meeting",
)


@dataclass(frozen=True)
class Details:
    """One recommendation in words, and what its owner reports."""

    made_by: str
    audit: str
    opinion: str | None
    title: str
    service: str
    owner: str
    done: int
    status: str
    implemented: date | None
    signed_off: date | None
    """As far as the register knows."""
    update: str | None = None
    next_step: str | None = None
    evidence: str | None = None


def details(seed: int) -> list[tuple[Recommendation, Details]]:
    """Every recommendation with its words, in the order of the references."""
    everything = sorted(recommendations(seed), key=lambda each: each.number)
    rank = {each.number: place for place, each in enumerate(still_overdue(seed))}
    asked: Counter[tuple[str, str]] = Counter()
    return [(each, _told(each, rank.get(each.number), asked, seed)) for each in everything]


def _told(each: Recommendation, rank: int | None, asked: Counter[tuple[str, str]], seed: int) -> Details:
    random = Random(f"{seed}/audit_details/{each.number}")
    made_by, audit, opinion, titles, service_id = _asked_by(each, random)
    title = titles[asked[made_by, each.area] % len(titles)]
    asked[made_by, each.area] += 1
    service, owner = service_and_owner(service_id)
    signed = each.signed_off if each.signed_off and each.signed_off <= KNOWN_TO else None
    implemented = _implemented(each, rank, random)
    done, status = _standing(each, signed, implemented, rank, random)
    has_evidence = implemented is not None and random.random() < 0.95
    return Details(
        made_by,
        audit,
        opinion,
        title,
        service,
        owner,
        done,
        status,
        implemented,
        signed,
        WAITING_FOR[rank % len(WAITING_FOR)] if rank is not None and not implemented else None,
        NEXT_STEPS[rank % len(NEXT_STEPS)] if rank is not None and not implemented else None,
        f"Records centre {(implemented or KNOWN_TO).year}/{random.randint(100, 9999):04d}" if has_evidence else None,
    )


def _asked_by(each: Recommendation, random: Random) -> tuple[str, str, str | None, Sequence[str], str]:
    """Who made it, in which report, with which opinion, out of which titles, for which service."""
    other = OUTSIDE.get(each.area)
    from_outside = random.random() < FROM_OUTSIDE
    if other and from_outside:
        year = each.agreed.year - each.agreed.year % 3
        audit = f"{other.occasion} {year}" if other.made_by != "Ombudsman" else f"{other.occasion}, {each.area.lower()}"
        return other.made_by, audit, None, other.titles, other.service
    year = each.agreed.year - (each.agreed.month < 4)
    opinion = Random(f"opinion/{each.area}/{year}").choices(list(OPINIONS), list(OPINIONS.values()))[0]
    return INTERNAL, f"{each.area} {year_label(year)}", opinion, titles_of(each.area), AREAS[each.area].service


def _implemented(each: Recommendation, rank: int | None, random: Random) -> date | None:
    """The day its owner says it was done: some days before the sign-off."""
    if each.signed_off is not None:
        said = max(each.agreed + timedelta(days=7), each.signed_off - timedelta(days=random.randint(2, 10)))
        return said if said <= KNOWN_TO else None
    says = _says(rank)
    return KNOWN_TO - timedelta(days=random.randint(8, 30)) if says in ("unsigned", "claimed") else None


def _standing(
    each: Recommendation, signed: date | None, implemented: date | None, rank: int | None, random: Random
) -> tuple[int, str]:
    """Percentage done and status, as its owner reports them."""
    says = _says(rank)
    if signed or says == "claimed":
        return 100, "Complete"
    if implemented:
        return 100, "Awaiting sign-off"
    if rank is not None:
        return random.choice((60, 70, 80, 90)), "On course" if says == "on course" else "Overdue"
    gone = (KNOWN_TO - each.agreed).days / (each.due - each.agreed).days
    if gone < 0.2:
        return 0, "Not started"
    is_slow = random.random() < SLOW
    pace = random.uniform(0.35, 0.6) if is_slow else random.uniform(1.0, 1.25)
    done = min(90, int(100 * gone * pace // 5 * 5) + (0 if is_slow else 5))
    return done, "At risk" if is_slow and random.random() < 0.5 else "On course"


def _says(rank: int | None) -> str | None:
    return None if rank is None else OVERDUE_SAYS[rank % len(OVERDUE_SAYS)]
