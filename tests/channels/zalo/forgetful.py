"""Books in which nothing can be written down."""

from bot.channels.zalo.drawing import HEADING, Option


class Forgetful:
    """Implements `Notebook` and `Ledger`; writing down fails, from `open` on or only after the message."""

    def __init__(self, *, opens: bool) -> None:
        self._opens = opens

    async def heading(self, options: tuple[Option, ...]) -> str:
        return HEADING

    async def open(self, chat_id: str, options: tuple[Option, ...]) -> int:
        if not self._opens:
            raise OSError("the disk is full")
        return 1

    async def shown(self, slip: int) -> None:
        raise OSError("the disk is full")

    async def drop(self, slip: int) -> None:
        raise OSError("the disk is full")

    async def sent(self, key: str) -> None:
        raise OSError("the disk is full")

    async def used_up(self, key: str) -> None:
        raise OSError("the disk is full")

    def is_used_up(self, key: str) -> bool:
        return False
