"""What was measured, as plain text."""

from bench.judgement.aims import aims
from bench.judgement.alterations import LATE_SEASON, SHORT, SUSTAINED, Alteration
from bench.judgement.delay import WATCHED
from bench.judgement.methods import METHODS
from bench.judgement.results import OfFamily, Results
from bench.judgement.table import as_table, per_cent, times
from scorecard.judge.change.budget import FALSE_ALARMS

NAMES = tuple(METHODS)


def report(results: Results) -> str:
    """Every table, then the aims and whether they were reached."""
    parts = [_alarms(results), _spikes(results)]
    parts += [_sustained(results, SUSTAINED), _sustained(results, SHORT), _season(results), _ratios(results)]
    parts += [_delays(results), _wards(results), aims(results)]
    return "\n\n".join(part for part in parts if part)


def _alarms(results: Results) -> str:
    rows = []
    for each in results.families:
        shares = [
            f"{per_cent(each.healthy.flagged[name], 2)} ±{per_cent(each.healthy.margin(name), 2)}" for name in NAMES
        ]
        rows.append([each.family.title, f"{each.healthy.series:,}", *shares])
    title = "False alarms: per cent of healthy series flagged for the worse at their latest period, with 95% margins"
    return f"{title}\n{as_table(['', 'series', *NAMES], rows)}"


def _spikes(results: Results) -> str:
    rows = [
        [each.family.title, *(per_cent(each.spike.flagged[name]) for name in NAMES), per_cent(each.knowing)]
        for each in results.families
    ]
    title = (
        "Spikes of 3 sd in the latest period: per cent seen. Last column: by one who knows the healthy measure's law, "
        f"with the {per_cent(FALSE_ALARMS['sudden'], 1)}% of false alarms that ours allows a lone figure"
    )
    return f"{title}\n{as_table(['', *NAMES, 'knowing'], rows)}"


def _sustained(results: Results, kinds: tuple[Alteration, ...]) -> str:
    families = [each for each in results.families if kinds[0] in each.trials]
    if not families:
        return ""
    legend = "\n".join(f"  {at}: {kind.title}" for at, kind in enumerate(kinds, start=1))
    rows = [
        [each.family.title, *("/".join(per_cent(each.trials[kind].flagged[name]) for name in NAMES) for kind in kinds)]
        for each in families
    ]
    title = f"Sustained changes: per cent seen at the latest period, {'/'.join(NAMES)}"
    return f"{title}\n{legend}\n{as_table(['', *(str(at) for at in range(1, len(kinds) + 1))], rows)}"


def _season(results: Results) -> str:
    rows = [
        [each.family.title, *(per_cent(each.trials[LATE_SEASON].flagged[name]) for name in NAMES)]
        for each in results.families
        if LATE_SEASON in each.trials
    ]
    title = "A season that came three months late in the last year: per cent seen when it is furthest below its usual"
    return f"{title}\n{as_table(['', *NAMES], rows)}" if rows else ""


def _ratios(results: Results) -> str:
    rows = [_ratio(each) for each in results.families]
    title = (
        "Sustained changes together: mean per cent seen; ours over plain NHS, all together and as the mean of the "
        "kinds' ratios"
    )
    return f"{title}\n{as_table(['', *NAMES, 'ratio', 'mean of ratios'], rows)}"


def _ratio(each: OfFamily) -> list[str]:
    means = [per_cent(each.mean(name), 1) for name in NAMES]
    return [each.family.title, *means, times(each.ratio), times(each.mean_ratio)]


def _delays(results: Results) -> str:
    if not results.delays:
        return ""
    rows = [
        [
            f"step of {each.size:g} sd" if each.size else "no step",
            *(f"{per_cent(each.within[name])}/{per_cent(each.found[name])}/{each.periods[name]:g}" for name in NAMES),
        ]
        for each in results.delays
    ]
    first = results.delays[0]
    title = (
        f"Delay ({first.family.title} before the step, {first.series:,} series, judged anew every period): per cent "
        f"flagged within {WATCHED // 4} periods/within {WATCHED}/middle number of periods until then"
    )
    return f"{title}\n{as_table(['', *NAMES], rows)}"


def _wards(results: Results) -> str:
    if not results.wards:
        return ""
    rows = [
        [each.bad.title, *(per_cent(share) for share in (each.council_red, each.red, each.found))]
        + [per_cent(share, 2) for share in (each.others_red, each.others_found)]
        for each in results.wards
    ]
    title = f"One bad ward ({results.wards[0].councils:,} councils of 22 wards on 5 measures): per cent"
    headings = ["", "council red", "ward red", "ward found by ours", "other wards red", "others found by ours"]
    return f"{title}\n{as_table(headings, rows)}"
