"""Schools are spread over the Zalo bots: each stays together, a full bot is never offered."""

from bot.flows.people.bots import Bot, spread

FULL, HALF, EMPTY = Bot("1", "Một", "", 50), Bot("2", "Hai", "", 30), Bot("3", "Ba", "", 0)


def chosen(
    bots: list[Bot], coming: dict[int, int], homes: dict[int, dict[str, int]]
) -> dict[int, str | None]:
    return {unit: bot.key if bot else None for unit, bot in spread(bots, coming, coming, homes).items()}


def test_a_full_bot_is_never_offered() -> None:
    assert chosen([FULL], {1: 3}, {}) == {1: None}
    assert chosen([FULL, EMPTY], {1: 3}, {1: {"1": 10}}) == {1: "3"}


def test_a_school_stays_with_those_who_are_registered_already() -> None:
    assert chosen([EMPTY, HALF], {1: 3}, {1: {"2": 9, "3": 1}}) == {1: "2"}


def test_the_sample_cluster_fits_into_two_bots() -> None:
    bots = [Bot("1", "Một", "", 0), Bot("2", "Hai", "", 0)]
    spreading = chosen(bots, {1: 13, 2: 12, 3: 12, 4: 12, 5: 12, 6: 5}, {})
    assert set(spreading.values()) == {"1", "2"}
    assert None not in spreading.values()


def test_a_school_that_fits_nowhere_goes_where_most_room_is() -> None:
    assert chosen([HALF], {1: 25}, {}) == {1: "2"}
