"""The daily tidying: at its hour, in short steps, and nobody who asks later sees a difference."""

import datetime as dt

from bot.flows.housekeeping import FACT, keep_house, next_step
from bot.flows.work import Work
from bot.notices.timeline import VIETNAM
from tests.talks.conftest import _nothing_breaks, november
from tests.talks.stage import Stage

__all__ = ["_nothing_breaks", "november"]

WINTER = dt.datetime(2024, 1, 10, 2, 30, tzinfo=VIETNAM)  # B1 took place on 12/10/2023, B2 on 08/11/2023


def steps(stage: Stage) -> int:
    """Until nothing is due any more."""
    taken = 0
    while stage.see(next_step) <= stage.clock.now():
        stage.run(keep_house)
        taken += 1
    return taken


async def test_what_is_long_over_leaves_the_queue_and_stays_in_the_reports(november: Stage) -> None:
    await november.stop_bot()
    cluster, first = november.cluster(), november.session("B1")

    def asked(work: Work) -> list[object]:
        reports = work.reports
        last = [(s.recipient_id, s.kind, s.state, s.finished_at) for s in reports.finished(cluster.id, 999)]
        return [reports.told(first.id), reports.counts(cluster.id), last]

    before = november.see(asked)
    november.clock.turn_to(WINTER)
    stored = sum(november.see(lambda work: work.reports.states()).values())
    assert steps(november) == 2  # one batch, and the end
    left = sum(november.see(lambda work: work.reports.states()).values())
    assert stored - left > 50
    assert november.see(asked) == before


async def test_the_next_run_is_tomorrow_night_and_a_clock_set_back_does_not_put_it_off(
    november: Stage,
) -> None:
    await november.stop_bot()
    assert november.see(next_step) == dt.datetime(2023, 11, 2, 2, 30, tzinfo=VIETNAM), "it ran in the bot"
    november.clock.turn_to(WINTER)
    steps(november)
    assert november.see(next_step) == WINTER + dt.timedelta(days=1)
    noted = november.see(lambda work: work.talks.fact(FACT))
    november.run(keep_house)
    assert november.see(lambda work: work.talks.fact(FACT)) == noted, "not due: nothing is written"
    november.clock.turn_to(WINTER - dt.timedelta(days=60))
    assert november.see(next_step) == WINTER - dt.timedelta(days=59)
