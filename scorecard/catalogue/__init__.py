"""The catalogue: what metrics.yaml may say, read and checked."""

from scorecard.catalogue.catalogue import Catalogue
from scorecard.catalogue.column import Column
from scorecard.catalogue.committee import Committee
from scorecard.catalogue.council import (
    Area,
    AreaNames,
    AreaRegister,
    Areas,
    Boundaries,
    Council,
    Goal,
    PeerGroup,
    Plan,
    Service,
    Theme,
)
from scorecard.catalogue.cycle import Body, Cycle, CycleStep
from scorecard.catalogue.exception_rule import ExceptionRule
from scorecard.catalogue.expected import Expected
from scorecard.catalogue.failure_indicator import FailureIndicator
from scorecard.catalogue.fault import Fault
from scorecard.catalogue.file_checks import BlankShare, Drift, FileChecks, Fresh, StatedTotal, UsualRows
from scorecard.catalogue.layout import AreaKey, HeaderPlace, NamedRows, PeriodKey
from scorecard.catalogue.lifecycle import Decision, Rebase, Stage, stage_on
from scorecard.catalogue.measure import Figures, Measure
from scorecard.catalogue.reading import examine, read_catalogue
from scorecard.catalogue.records import Calculation, Records
from scorecard.catalogue.register import Baseline, Clock, Register, RegisterStage, Scores, Step
from scorecard.catalogue.register_columns import Link, RegisterColumns
from scorecard.catalogue.schema import json_schema
from scorecard.catalogue.severity import Severity
from scorecard.catalogue.source import Query, Source
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
    "Baseline",
    "BlankShare",
    "Body",
    "Boundaries",
    "Calculation",
    "Catalogue",
    "Clock",
    "Column",
    "Committee",
    "Council",
    "Cycle",
    "CycleStep",
    "Decision",
    "Drift",
    "ExceptionRule",
    "Expected",
    "FailureIndicator",
    "Fault",
    "Figures",
    "FileChecks",
    "FixedTarget",
    "Fresh",
    "Goal",
    "HeaderPlace",
    "LastYearTarget",
    "LimitTarget",
    "Link",
    "Measure",
    "NamedRows",
    "PeerGroup",
    "PeerMedianTarget",
    "PeerQuartileTarget",
    "PeriodKey",
    "Plan",
    "ProfileTarget",
    "Query",
    "Rebase",
    "Records",
    "Register",
    "RegisterColumns",
    "RegisterStage",
    "Scores",
    "Service",
    "Severity",
    "Source",
    "Stage",
    "StatedTotal",
    "Step",
    "Target",
    "Theme",
    "Tolerance",
    "UsualRows",
    "examine",
    "json_schema",
    "read_catalogue",
    "stage_on",
]
