"""What is wrong, has ended or has become better in one place: at most one entry each for bad and for good news."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from scorecard.catalogue import Measure
from scorecard.catalogue.acceptance import Acceptance
from scorecard.catalogue.exception_rule import ExceptionRule, Improved, OffTarget
from scorecard.judge.exceptions.attention import Attention, Ground
from scorecard.judge.exceptions.confirmation import detectors
from scorecard.judge.exceptions.hit import Concern, Hit
from scorecard.judge.exceptions.memory import Found, Memory, Remembered, State
from scorecard.judge.exceptions.place import Place, periods_held, said_since
from scorecard.judge.exceptions.questions import question_for
from scorecard.judge.exceptions.ranking import leading
from scorecard.judge.exceptions.sentence import back_sentence, resolved_sentence, sentence_for
from scorecard.judge.finding import Finding
from scorecard.periods import Period, ending

CONCERNS: Final[tuple[Concern, ...]] = ("performance", "data", "improvement")
_UNTOLD: Final = frozenset({"awaiting", "overdue", "unavailable"})


@dataclass(frozen=True)
class Look:
    """One place of one measure: the rules met there, and what is remembered of it."""

    measure: Measure
    owner: str
    rules: Mapping[str, ExceptionRule]
    place: Place
    name: str
    """Of the place, for readers; empty for the council as a whole."""
    findings: Sequence[Finding]
    period: Period
    """The latest with a figure."""
    running: Period
    """The latest that has ended, by which lateness is counted."""
    hits: Sequence[Hit]
    bettering: bool
    earlier: Memory
    as_at: date
    people: float

    def period_of(self, concern: Concern) -> Period:
        """The reporting period a concern is counted by."""
        return self.running if concern == "data" else self.period

    @cached_property
    def of(self) -> dict[Concern, list[Hit]]:
        """The hits of each concern, the leading one first; those that are accepted come last."""
        found: dict[Concern, list[Hit]] = {concern: [] for concern in CONCERNS}
        for hit in sorted(self.hits, key=leading):
            found[hit.concern].append(hit)
        return {
            concern: sorted(hits, key=lambda hit: self.acceptance(hit.rule_id) is not None)
            for concern, hits in found.items()
        }

    def acceptance(self, rule: str) -> Acceptance | None:
        """The acceptance that holds today for a rule in this place."""
        here = {each.casefold() for each in (self.place.area_code, self.name, self.place.part) if each}
        for each in self.measure.accepted:
            where = each.where is None or each.where.casefold() in here
            if each.rule == rule and where and self.as_at <= each.until:
                return each
        return None

    @cached_property
    def rows(self) -> dict[Concern, Remembered | None]:
        """What to remember of each concern; without those of which nothing can be said now."""
        rows: dict[Concern, Remembered | None] = {}
        for concern in CONCERNS:
            period, hits = self.period_of(concern), self.of[concern]
            if not hits and self._untold(concern, period):
                continue
            found = None
            if hits:
                first = hits[0]
                accepted = self.acceptance(first.rule_id) is not None
                counted = [hit for hit in hits if accepted or self.acceptance(hit.rule_id) is None]
                since = min(hit.since for hit in counted)
                better = self.bettering and concern == "performance"
                found = Found(first.rule_id, since, first.distance, better, accepted)
            rows[concern] = self.earlier.now(self.place, concern, period, found)
        return rows

    def _untold(self, concern: Concern, period: Period) -> bool:
        """Whether silence is no good news: no newer figure has come, or the rule is no longer declared."""
        before = self.earlier.before(self.place, concern, period.end)
        same = self.earlier.at(self.place, concern, period.end)
        last = same or before
        if last is None or not last.listed:
            return False
        absent = any(each.judgement == "target" and each.status in _UNTOLD for each in self.findings)
        return last.rule not in self.rules or (concern == "performance" and same is not None and absent)

    def looked(self) -> Iterator[tuple[tuple[Place, Concern], tuple[date, Remembered | None]]]:
        """What `Memory.renewed` needs."""
        for concern, row in self.rows.items():
            yield (self.place, concern), (self.period_of(concern).end, row)

    def entries(self) -> Iterator[Attention]:
        """The entry for bad news or for what has ended, or else the one for good news."""
        wrong = sorted((*self.of["performance"], *self.of["data"]), key=self._counts_first)
        if wrong:
            yield self._entry(wrong)
        elif ended := self._ended():
            yield ended
            return
        if self.of["improvement"] and not self.of["performance"]:
            yield self._entry(self.of["improvement"])

    def _counts_first(self, hit: Hit) -> tuple[object, ...]:
        return self.acceptance(hit.rule_id) is not None, *leading(hit)

    def _entry(self, hits: Sequence[Hit]) -> Attention:
        first = hits[0]
        row = self.rows[first.concern]
        if row is None:  # a hit always leaves a row
            raise AssertionError(f"no memory of {self.place}")
        adverse, period = first.concern != "improvement", self.period_of(first.concern)
        seen = detectors(self.findings) if first.concern == "performance" and not self.place.part else []
        confirmed = len(seen) > 1
        acceptance = self.acceptance(first.rule_id)
        said = [hit for hit in hits if acceptance or self.acceptance(hit.rule_id) is None]
        sentence = sentence_for(
            self.measure, self.name, said, period, confirmed=confirmed,
            ending=_ending(row.state, acceptance, adverse=adverse), findings=self.findings,
        )  # fmt: skip
        return self._attention(
            row, first, sentence, self._grounds(hits, seen), adverse=adverse, confirmed=confirmed,
            until=acceptance.until if acceptance else None,
        )  # fmt: skip

    def _grounds(self, hits: Sequence[Hit], seen: Sequence[Finding]) -> tuple[Ground, ...]:
        lead, *others = hits
        grounds = [Ground("leading", lead.rule_id, lead.since, lead.finding)]
        for hit in others:
            aside = self.acceptance(hit.rule_id) and not self.acceptance(lead.rule_id)
            grounds.append(Ground("accepted" if aside else "also", hit.rule_id, hit.since, hit.finding))
        held = [hit.finding for hit in hits]
        return (*grounds, *(Ground("confirms", None, None, each) for each in seen if each not in held))

    def _ended(self) -> Attention | None:
        """The entry for what was on the list in an earlier period and no longer is."""
        for concern in ("performance", "data"):
            row = self.rows.get(concern)
            before = self.earlier.before(self.place, concern, self.period_of(concern).end)
            if row is None or before is None:
                continue
            periods = periods_held(row.since, ending(before.period_end, self.measure.frequency), self.measure)
            now = next((each for each in self.findings if each.judgement == "target"), None)
            rule = self.rules[row.rule]
            if isinstance(rule, OffTarget) and now and now.status == "on_target":
                back = self._back(periods)
                if back:
                    hit = Hit(*back, now, row.since, periods, back[1].severity)
                    sentence = back_sentence(self.measure, periods, now, self.period)
                    ground = Ground("leading", back[0], row.since, now)
                    return self._attention(row, hit, sentence, (ground,), adverse=False)
            sentence = resolved_sentence(self.measure, self.name, periods, now)
            finding = now or Finding("shape", "resolved", sentence)
            return self._attention(row, Hit(row.rule, rule, finding, row.since, periods, rule.severity), sentence, ())
        return None

    def _back(self, periods: int) -> tuple[str, Improved] | None:
        held = ((rule_id, rule) for rule_id, rule in self.rules.items() if isinstance(rule, Improved))
        return next((each for each in held if periods >= each[1].back_after), None)

    def _attention(
        self, row: Remembered, hit: Hit, sentence: str, grounds: tuple[Ground, ...], *, adverse: bool = True,
        confirmed: bool = False, until: date | None = None,
    ) -> Attention:  # fmt: skip
        period = self.period_of(row.concern)
        periods = hit.periods if row.state == "resolved" else periods_held(row.since, period, self.measure)
        place = self.name or "the council"
        question = question_for(
            hit.rule,
            self.measure,
            self.owner,
            place,
            hit.finding,
            said_since(row.since, self.measure),
            self.findings,
        )
        return Attention(
            self.place, hit.rule_id, adverse, row.state, periods, row.since, row.first_seen, until, hit.severity,
            confirmed, sentence, question, self.owner, period, 0.0 if row.state == "resolved" else hit.distance,
            self.measure.critical_few, self.people, 0, grounds,
        )  # fmt: skip


def _ending(state: State, acceptance: Acceptance | None, *, adverse: bool) -> str:
    if acceptance:
        until = acceptance.until
        return f"accepted until {until.day} {until:%B %Y} by {acceptance.approved_by}: {acceptance.reason}".rstrip(".")
    if not adverse:
        return ""
    return {"improving": "now getting better", "relapsed": "back after it had been resolved"}.get(state, "")
