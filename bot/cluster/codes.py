"""Codes that people type: one-time registration codes, and the join code of a cluster.

The alphabet has no vowels, no D and no W, which Vietnamese typing (Telex, VNI) turns into other letters, and
none of 0 O 1 I L: what is typed is what was meant, and no word comes out by chance.
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.vocabulary import strip_marks

ALPHABET = "BCFGHJKMNPQRSTVXZ23456789"
CODE_LENGTH = 12
JOIN_CODE_LENGTH = 6
LIFETIME = timedelta(days=30)
#: Wrong codes that a chat may give within `ATTEMPT_WINDOW`; then it waits until the first of them is older.
MAX_ATTEMPTS = 5
ATTEMPT_WINDOW = timedelta(hours=1)
_MAX_TYPED = 200
# Slow on purpose: whoever copies the database cannot try all codes while they are good.
_ROUNDS = 5_000
_SALT = b"nhaclich registration code"


def new_code() -> str:
    """A one-time registration code, 55 bits of chance; fits Telegram's `start` parameter."""
    return _random(CODE_LENGTH)


def new_join_code(taken: Iterable[str] = ()) -> str:
    known = set(taken)
    while (code := _random(JOIN_CODE_LENGTH)) in known:
        pass
    return code


def shown(code: str) -> str:
    """In groups that can be read out: "BCFG-HJKM-2345", "BCF-GHJ"."""
    size = 4 if len(code) > JOIN_CODE_LENGTH else 3
    return "-".join(code[at : at + size] for at in range(0, len(code), size))


def normalised(text: str) -> str:
    """What was typed, without case, spaces, dashes and accents.  "" for what cannot be a code."""
    if len(text) > _MAX_TYPED:
        return ""
    plain = "".join(letter for letter in strip_marks(text).upper() if letter not in " -–—_.,:")
    return plain if plain.isascii() and plain.isalnum() else ""


def is_registration_code(text: str) -> bool:
    """Whether it has the form of one; says nothing about its being good."""
    return _has_form(text, CODE_LENGTH)


def is_join_code(text: str) -> bool:
    return _has_form(text, JOIN_CODE_LENGTH)


def hashed(code: str) -> str:
    """What is stored of a registration code: 64 hexadecimal digits of the normalised code."""
    return hashlib.pbkdf2_hmac("sha256", normalised(code).encode(), _SALT, _ROUNDS).hex()


def locked_until(attempts: Sequence[datetime], now: datetime) -> datetime | None:
    """When a chat with these wrong codes may try again; None: at once."""
    recent = sorted(at for at in attempts if at > now - ATTEMPT_WINDOW)
    return recent[-MAX_ATTEMPTS] + ATTEMPT_WINDOW if len(recent) >= MAX_ATTEMPTS else None


def start_link(bot_username: str, code: str) -> str:
    return f"https://t.me/{bot_username.lstrip('@')}?start={code}"


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _has_form(text: str, length: int) -> bool:
    plain = normalised(text)
    return len(plain) == length and all(letter in ALPHABET for letter in plain)
