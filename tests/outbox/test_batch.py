"""Many small writes become few, and nobody waits for company that cannot come."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.outbox.batch import Batch


class Book:
    """What was written, and whether writing fails."""

    def __init__(self) -> None:
        self.written: list[list[int]] = []
        self.fails = False

    async def write(self, items: Sequence[int]) -> None:
        if self.fails:
            raise OSError("the disk is full")
        await asyncio.sleep(0.01)
        self.written.append(list(items))


async def test_what_comes_together_is_written_together() -> None:
    book = Book()
    batch = Batch(book.write, linger=0.05)
    await asyncio.gather(*(batch.put([number]) for number in range(50)))
    assert book.written == [list(range(50))]


async def test_what_comes_while_one_is_written_goes_into_the_next() -> None:
    book = Book()
    batch = Batch(book.write)
    first = asyncio.create_task(batch.put([1]))
    await asyncio.sleep(0.005)
    await asyncio.gather(first, batch.put([2]), batch.put([3]))
    assert book.written == [[1], [2, 3]]


async def test_nobody_waits_once_all_are_there() -> None:
    book = Book()
    batch = Batch(book.write, linger=3600, alone=lambda waiting: waiting == 2)
    async with asyncio.timeout(30):
        await asyncio.gather(batch.put([1]), batch.put([2]))
    assert book.written == [[1, 2]]


async def test_who_is_alone_but_may_have_company_waits_for_it() -> None:
    book = Book()
    coming = True
    batch = Batch(book.write, linger=1.0, alone=lambda _: not coming)
    first = asyncio.create_task(batch.put([1]))
    await asyncio.sleep(0.02)
    second = asyncio.create_task(batch.put([2]))
    coming = False
    await asyncio.gather(first, second)
    assert book.written == [[1, 2]]


async def test_a_failure_reaches_everybody_and_ends_nothing() -> None:
    book = Book()
    batch = Batch(book.write)
    book.fails = True
    failed = await asyncio.gather(batch.put([1]), batch.put([2]), return_exceptions=True)
    assert [type(one) for one in failed] == [OSError, OSError]
    book.fails = False
    await batch.put([3])
    assert book.written == [[3]]


@pytest.mark.parametrize("linger", [0.0, 0.01])
async def test_one_after_the_other(linger: float) -> None:
    book = Book()
    batch = Batch(book.write, linger=linger)
    for number in range(3):
        await batch.put([number])
    assert book.written == [[0], [1], [2]]
