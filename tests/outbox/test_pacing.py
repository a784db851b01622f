"""The pacing's arithmetic, on a clock of the test's own."""

from collections import deque
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox.pacing import CHAT_GAP, GROUP_LIMIT, Pacing


def go(pacing: Pacing, chats: list[str], *, answer: bool = False, start: float = 100.0) -> list[float]:
    """Send to each chat in turn as early as allowed; the instants."""
    now, out = start, []
    for chat in chats:
        for _ in range(20):  # a wait may uncover the next one
            wait = pacing.wait(chat, now, answer=answer)
            if wait <= 0:
                break
            now += wait
        pacing.took(chat, now)
        out.append(now)
    return out


def test_evenly_spaced_without_an_opening_burst() -> None:
    times = go(Pacing(28), [str(n) for n in range(280)])
    gaps = [b - a for a, b in pairwise(times)]
    assert min(gaps) == pytest.approx(1 / 28, rel=0.01)
    assert times[-1] - times[0] == pytest.approx(279 / 28, rel=0.01)


@given(
    st.lists(st.tuples(st.floats(0, 0.2), st.booleans(), st.integers(0, 60)), max_size=300),
    st.sampled_from([1, 7, 28]),
)
def test_never_more_than_the_rate_in_any_second(steps: list[tuple[float, bool, int]], rate: int) -> None:
    pacing, now = Pacing(rate), 50.0
    window: deque[float] = deque()
    for late, answer, chat in steps:
        while (wait := pacing.wait(str(chat), now, answer=answer)) > 0:
            now += wait
        now += late  # the loop was busy
        while (wait := pacing.wait(str(chat), now, answer=answer)) > 0:
            now += wait
        pacing.took(str(chat), now)
        window.append(now)
        while window[0] <= now - 1.0:
            window.popleft()
        assert len(window) <= rate


def test_one_a_second_to_a_person() -> None:
    times = go(Pacing(28), ["5"] * 4)
    assert [round(b - a, 3) for a, b in pairwise(times)] == [CHAT_GAP] * 3
    assert CHAT_GAP >= 1


def test_answers_to_a_person_may_follow_at_once_a_few_times() -> None:
    times = go(Pacing(0), ["5"] * 5, answer=True)
    assert [round(t - times[0], 3) for t in times] == [0, 0, 0, CHAT_GAP, 2 * CHAT_GAP]


def test_twenty_a_minute_to_a_group() -> None:
    times = go(Pacing(28), ["-9"] * 41)
    assert times[GROUP_LIMIT] - times[0] >= 60
    assert times[2 * GROUP_LIMIT] - times[GROUP_LIMIT] >= 60


def test_after_a_429_the_chat_and_all_bulk_wait() -> None:
    pacing = Pacing(28)
    pacing.refused("5", 100, 10, answer=False)
    assert pacing.wait("5", 101, answer=True) == pytest.approx(9)
    assert pacing.wait("6", 101, answer=False) == pytest.approx(9)
    assert pacing.wait("6", 101, answer=True) == 0, "an answer to another chat is still tried"
    pacing.refused("6", 101, 10, answer=True)
    assert pacing.wait("7", 102, answer=True) == pytest.approx(9), "and waits when it is refused too"
    assert pacing.wait("5", 112, answer=False) == 0


def test_a_service_that_fails_in_a_row_slows_bulk_and_not_answers() -> None:
    pacing = Pacing(28)
    for _ in range(2):
        pacing.stumbled(100)
    assert pacing.wait("5", 100, answer=False) == 0
    for _ in range(10):
        pacing.stumbled(100)
    assert pacing.wait("5", 100, answer=False) == pytest.approx(30)
    assert pacing.wait("5", 100, answer=True) == 0
    pacing.worked()
    pacing.stumbled(140)
    assert pacing.wait("5", 140, answer=False) == 0


def test_no_ceiling_still_spares_a_person() -> None:
    pacing = Pacing(0)
    times = go(pacing, [str(n) for n in range(1000)])
    assert times[-1] == times[0]
    assert pacing.wait("7", times[-1], answer=False) == pytest.approx(CHAT_GAP)


def test_a_monotonic_clock_that_was_set_back_stops_nothing() -> None:
    pacing = Pacing(28)
    go(pacing, ["1", "2"], start=1_000_000)
    pacing.refused("1", 1_000_000, 60, answer=True)
    assert pacing.wait("1", 5, answer=False) == 0


def test_a_negative_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="rate"):
        Pacing(-1)
