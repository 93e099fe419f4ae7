"""A measure over records: declared by what is counted and when, never written as a query."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from scorecard.catalogue.entry import Entry, Id, Text
from scorecard.expression import parse


def _can_be_read(text: str) -> str:
    parse(text)
    return text


Expression = Annotated[Text, AfterValidator(_can_be_read)]
"""Over the columns of the source, e.g. priority = "Routine" and days(reported, completed) <= 20."""


class _Calculation(Entry):
    dated: Expression
    """The date that puts a record into a period; records without it are left out."""


class Count(_Calculation):
    """How many records."""

    kind: Literal["count"]


class Distinct(_Calculation):
    """How many different things the records name, e.g. people."""

    kind: Literal["distinct"]
    of: Expression


class Sum(_Calculation):
    """A number of each record added up."""

    kind: Literal["sum"]
    of: Expression


class Mean(_Calculation):
    """The mean of a number of each record; records without it are left out."""

    kind: Literal["mean"]
    of: Expression


class Median(_Calculation):
    """The middle of a number of each record."""

    kind: Literal["median"]
    of: Expression


class Percentile(_Calculation):
    """The figure that `at` per cent of the records do not exceed."""

    kind: Literal["percentile"]
    of: Expression
    at: float = Field(gt=0, lt=100)


class RatioOfSums(_Calculation):
    """One sum divided by another; records without both numbers are left out."""

    kind: Literal["ratio"]
    numerator: Expression
    denominator: Expression


class Share(_Calculation):
    """The share of records that meet a condition; one that cannot be said (a missing value) does not meet it."""

    kind: Literal["share"]
    of: Expression


class Within(_Calculation):
    """The share of records with at most so many days from one date to the other. One without an end is not within;
    one without a start, or that ends before it starts, is left out."""

    kind: Literal["within"]
    start: Expression
    end: Expression
    days: int = Field(ge=0)
    working: bool = False
    """Count working days of England: not weekends, not bank holidays."""


class Open(Entry):
    """How many are open when the period ends: begun by its last day, and not ended by then."""

    kind: Literal["open"]
    start: Expression
    end: Expression
    """A record without it is open still."""


class Flow(Entry):
    """What came in and went out in the period."""

    kind: Literal["flow"]
    start: Expression
    end: Expression
    count: Literal["opened", "closed", "net", "clearance"]
    """net is opened less closed; clearance is closed as a percentage of opened."""


Calculation = Annotated[
    Count | Distinct | Sum | Mean | Median | Percentile | RatioOfSums | Share | Within | Open | Flow,
    Field(discriminator="kind"),
]
PERCENTAGES = (Share, Within)
COUNTS = (Count, Distinct, Sum, Open, Flow)
"""What can be divided by a population or another measure."""


class OutOf(Entry):
    """What a count is divided by: the people of the area, or another measure of the same frequency."""

    population: bool = False
    """The population of each area as the catalogue lists it."""
    measure: Id | None = None
    """Over several periods: the mean of a stock, the sum of anything else."""

    @model_validator(mode="after")
    def _one_way(self) -> "OutOf":
        if self.population == bool(self.measure):
            raise ValueError("give either 'population: true' or 'measure', and not both")
        return self


class Records(Entry):
    """How a measure is worked out from the records of a source."""

    source: Id
    where: Expression | None = None
    """Only records that meet this condition."""
    calculate: Calculation
    rolling: int | None = Field(default=None, ge=2, le=60)
    """Months to go back, the period's own among them; goes with 'basis: rolling'."""
    out_of: OutOf | None = None
    per: float = Field(default=1, gt=0)
    """Multiplies the result, e.g. 1000 for a rate for every 1,000 people. Shares are percentages by themselves."""
    by: tuple[Id, ...] = ()
    """Columns to break the figure down by. The source's area column gives a figure for each area."""

    @model_validator(mode="after")
    def _makes_sense(self) -> "Records":
        if self.out_of and not isinstance(self.calculate, COUNTS):
            raise ValueError(f"a {self.calculate.kind} is not divided by anything: 'out_of' is for counts and sums")
        if isinstance(self.calculate, Flow) and self.calculate.count == "clearance" and self.out_of:
            raise ValueError("a clearance is a ratio already and is not divided again")
        return self

    @property
    def window_is_needed(self) -> bool:
        """Whether figures of several periods cannot be put together from each period's own."""
        return isinstance(self.calculate, Distinct | Median | Percentile)
