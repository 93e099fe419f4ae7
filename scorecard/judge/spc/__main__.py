"""The command line: python -m scorecard.judge.spc CASES.json writes the answers to standard output."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from scorecard.judge.spc.answer import answer
from scorecard.judge.spc.case import CaseError, read_cases
from scorecard.judge.spc.rules import MDC, REFERENCE, Rules

PROFILES: Final[dict[str, Rules]] = {"reference": REFERENCE, "mdc": MDC}


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer the cases of a file. Returns 0, or 2 when the file cannot be used; nothing is written then."""
    given = _parser().parse_args(arguments)
    try:
        cases = list(read_cases(_content(given.cases)))
    except CaseError as error:
        print(error, file=sys.stderr)
        return 2
    rules = PROFILES[given.profile]
    answers = [{"id": case.id, "answer": answer(case, rules)} for case in cases]
    print(json.dumps({"cases": answers}, allow_nan=False))
    return 0


def _content(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise CaseError(f"There is no file {path}.") from None
    except OSError as error:
        raise CaseError(f"The file {path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise CaseError(f"The file {path} is not JSON: it is not text in UTF-8.") from None
    except json.JSONDecodeError as error:
        raise CaseError(f"The file {path} is not JSON: {error.msg}, line {error.lineno}.") from None
    except (ValueError, RecursionError) as error:
        raise CaseError(f"The file {path} is not JSON that can be read: {error}.") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scorecard.judge.spc",
        description="Chart the series of a JSON file by the NHS 'Making Data Count' rules.",
        epilog="Exit codes: 0 answered · 2 the file or a case cannot be used; a sentence on standard error says which.",
    )
    parser.add_argument("cases", type=Path, metavar="CASES.json", help='an object with a list of "cases": id and input')
    parser.add_argument(
        "--profile",
        choices=tuple(PROFILES),
        default="reference",
        help="reference: as NHSRplotthedots 0.2.2, screening as each case says; mdc: as NHS England's workbook "
        "(never screened, points outside the limits count for two in three, nothing flagged under 13 points)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
