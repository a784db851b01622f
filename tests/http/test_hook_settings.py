"""The secret and the public address of webhooks: what is taken, what follows, what is not shown."""

import hashlib
import hmac
from typing import Any

import pytest

from bot.channels.hooks import Hook, secret_of
from bot.settings import Settings
from tests.http.hooks import FIRST, PUBLIC, SECOND, SECRET


def test_a_secret_that_is_not_set_follows_from_the_token() -> None:
    settings = Settings.model_validate({"public_url": PUBLIC})
    ours = secret_of(settings, FIRST)
    assert ours == secret_of(settings, FIRST) != secret_of(settings, SECOND)
    assert ours == hmac.new(FIRST.encode(), b"nhaclich webhook", hashlib.sha256).hexdigest()
    assert Settings.model_validate({"webhook_secret": ours}).webhook_secret is not None  # of a good form
    given = Settings.model_validate({"webhook_secret": SECRET})
    assert secret_of(given, FIRST) == SECRET


async def _never(body: Any) -> bool:
    raise AssertionError


def test_a_hook_does_not_show_its_secret() -> None:
    assert SECRET not in repr(Hook("zalo", "1", "X", SECRET, _never))


@pytest.mark.parametrize("secret", ["ngắn", "1234567", "x" * 257, "có dấu cách", "12345678\n"])
def test_a_secret_that_a_service_would_refuse_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match="not a secret"):
        Settings.model_validate({"webhook_secret": secret})
    assert Settings.model_validate({"webhook_secret": "12345678"}).webhook_secret is not None


@pytest.mark.parametrize("url", ["lich.example", "ftp://x", "https://", "https://a:b@x", "https://x/?a=1"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="web address"):
        Settings.model_validate({"public_url": url})
    assert Settings.model_validate({"public_url": f"{PUBLIC}/bot/"}).public_url == f"{PUBLIC}/bot"
