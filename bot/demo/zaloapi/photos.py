"""The picture of a sendPhoto: fetched from its public address, as the platform does."""

from urllib.parse import urlsplit

import aiohttp

from bot.demo.zaloapi.model import ApiError

LARGEST = 5 * 1024 * 1024
_TIMEOUT = aiohttp.ClientTimeout(total=5)
_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def check_address(url: object) -> str:
    """The address.  Raises ApiError."""
    parts = urlsplit(url) if isinstance(url, str) and len(url) <= 2048 else None
    if (
        parts is None
        or parts.scheme not in ("http", "https")
        or not parts.hostname
        or "." not in parts.hostname
    ):
        raise ApiError(400, "Bad request: photo must be a public URL")
    return parts.geturl()


class PhotoFetcher:
    """`leads_to`: the address on this machine to which every public one leads."""

    def __init__(self, leads_to: str) -> None:
        self._leads_to = leads_to

    async def start(self) -> None:
        self._session = aiohttp.ClientSession(timeout=_TIMEOUT)

    async def stop(self) -> None:
        await self._session.close()

    async def fetch(self, url: str) -> None:
        """Raises ApiError where there is no picture."""
        try:
            async with self._session.get(f"{self._leads_to}{urlsplit(url).path}") as answer:
                content = await answer.content.read(LARGEST + 1)
                good = answer.status == 200 and answer.content_type.startswith("image/")
        except (TimeoutError, aiohttp.ClientError):
            good = False
        if not good or len(content) > LARGEST or not content.startswith(_BEGINNINGS):
            raise ApiError(400, "Bad request: the photo cannot be fetched")
