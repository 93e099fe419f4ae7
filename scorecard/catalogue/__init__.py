"""The catalogue: what metrics.yaml may say, read and checked."""

from scorecard.catalogue.catalogue import Catalogue
from scorecard.catalogue.council import (
    Area,
    AreaNames,
    AreaRegister,
    Areas,
    Council,
    Goal,
    PeerGroup,
    Plan,
    Service,
    Theme,
)
from scorecard.catalogue.exception_rule import ExceptionRule
from scorecard.catalogue.fault import Fault
from scorecard.catalogue.lifecycle import Decision, Rebase, Stage, stage_on
from scorecard.catalogue.measure import Figures, Measure
from scorecard.catalogue.reading import examine, read_catalogue
from scorecard.catalogue.records import Calculation, Records
from scorecard.catalogue.schema import json_schema
from scorecard.catalogue.source import (
    AreaKey,
    Column,
    Expected,
    HeaderPlace,
    PeriodKey,
    Severity,
    SkippedRow,
    Source,
)
from scorecard.catalogue.target import (
    BandTarget,
    FixedTarget,
    LastYearTarget,
    LimitTarget,
    PeerMedianTarget,
    PeerQuartileTarget,
    ProfileTarget,
    Target,
    Tolerance,
)

__all__ = [
    "Area",
    "AreaKey",
    "AreaNames",
    "AreaRegister",
    "Areas",
    "BandTarget",
    "Calculation",
    "Catalogue",
    "Column",
    "Council",
    "Decision",
    "ExceptionRule",
    "Expected",
    "Fault",
    "Figures",
    "FixedTarget",
    "Goal",
    "HeaderPlace",
    "LastYearTarget",
    "LimitTarget",
    "Measure",
    "PeerGroup",
    "PeerMedianTarget",
    "PeerQuartileTarget",
    "PeriodKey",
    "Plan",
    "ProfileTarget",
    "Rebase",
    "Records",
    "Service",
    "Severity",
    "SkippedRow",
    "Source",
    "Stage",
    "Target",
    "Theme",
    "Tolerance",
    "examine",
    "json_schema",
    "read_catalogue",
    "stage_on",
]
