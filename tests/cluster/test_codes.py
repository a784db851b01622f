"""Codes: hard to guess, easy to type, only hashes stored."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.cluster import codes

NOW = datetime(2023, 10, 3, 2, 0, tzinfo=UTC)


def test_a_code_fits_telegrams_start_parameter_and_is_new_each_time() -> None:
    made = {codes.new_code() for _ in range(200)}
    assert len(made) == 200
    assert all(len(code) == 12 and set(code) <= set(codes.ALPHABET) for code in made)
    assert not set("0O1ILAEUYDW") & set(codes.ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [
        "BCFGHJKM2345",
        "bcfghjkm2345",
        "BCFG-HJKM-2345",
        " bcfg hjkm\u00a02345 ",
        "BCFG–HJKM–2345",
        "bcfg_hjkm.2345",
    ],
)
def test_a_code_is_taken_however_it_is_typed(typed: str) -> None:
    assert codes.is_registration_code(typed)
    assert codes.hashed(typed) == codes.hashed("BCFGHJKM2345")


@pytest.mark.parametrize(
    "typed",
    ["", "BCFG", "BCFGHJKM2340", "BCFGHJKM234é", "BCFGHJKM2345B", "<b>", "😀" * 12, "B" * 5000, "\x00"],
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert not codes.is_registration_code(typed)
    assert not codes.is_join_code(typed)


def test_a_hash_fits_its_column_and_is_not_the_code() -> None:
    hashed = codes.hashed("BCFGHJKM2345")
    assert len(hashed) == 64
    assert "BCFG" not in hashed


def test_codes_are_shown_in_groups() -> None:
    assert codes.shown("BCFGHJKM2345") == "BCFG-HJKM-2345"
    assert codes.shown("BCFGHJ") == "BCF-GHJ"
    assert codes.is_join_code(codes.shown(codes.new_join_code()))


def test_a_join_code_is_not_given_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = iter("BBBBBB" + "BBBBBC")
    monkeypatch.setattr("bot.cluster.codes.secrets.choice", lambda _: next(letters))
    assert codes.new_join_code(["BBBBBB"]) == "BBBBBC"


@pytest.mark.parametrize(
    ("minutes_ago", "free_in"),
    [
        ([], None),
        ([1, 2, 3, 4], None),
        ([1, 2, 3, 4, 5], 55),
        ([1, 2, 3, 4, 59], 1),
        ([1, 2, 3, 4, 60], None),  # the window is open at its far end
        ([1, 2, 3, 4, 5, 58], 55),  # the fifth from the end counts
    ],
)
def test_five_wrong_codes_in_an_hour_lock(minutes_ago: list[int], free_in: int | None) -> None:
    attempts = [NOW - timedelta(minutes=minutes) for minutes in minutes_ago]
    expected = NOW + timedelta(minutes=free_in) if free_in is not None else None
    assert codes.locked_until(attempts, NOW) == expected


def test_the_link_opens_the_bot_with_the_code() -> None:
    assert codes.start_link("@nhaclich_bot", "BCFG") == "https://t.me/nhaclich_bot?start=BCFG"
