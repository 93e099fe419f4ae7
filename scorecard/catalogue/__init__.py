"""The catalogue: what metrics.yaml may say, read and checked."""

from scorecard.catalogue.catalogue import Catalogue
from scorecard.catalogue.council import (
    Area,
    AreaNames,
    AreaRegister,
    Areas,
    Council,
    PeerGroup,
    Service,
    Theme,
)
from scorecard.catalogue.exception_rule import ExceptionRule
from scorecard.catalogue.fault import Fault
from scorecard.catalogue.measure import Figures, Measure
from scorecard.catalogue.reading import examine, read_catalogue
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
    PeerMedianTarget,
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
    "Catalogue",
    "Column",
    "Council",
    "ExceptionRule",
    "Expected",
    "Fault",
    "Figures",
    "FixedTarget",
    "HeaderPlace",
    "LastYearTarget",
    "Measure",
    "PeerGroup",
    "PeerMedianTarget",
    "PeriodKey",
    "ProfileTarget",
    "Service",
    "Severity",
    "SkippedRow",
    "Source",
    "Target",
    "Theme",
    "Tolerance",
    "examine",
    "json_schema",
    "read_catalogue",
]
