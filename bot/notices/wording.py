"""Texts: words live in `data/texts`, only words; facts are put in here, escaped."""

import re
from functools import cache, lru_cache
from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.runtime import Macro

from bot.message import Message
from bot.notices import dates
from bot.notices.facts import FALLBACK, Manner
from bot.notices.spelling import spell_out
from bot.resources import data_path

_SESSIONS = 64  #: whose wordings are kept
_BLANKS = re.compile(r"\n{3,}")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(data_path("texts")),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "full_day": dates.full_day,
        "short_day": dates.short_day,
        "written_day": dates.written_day,
        "iso_day": dates.iso_day,
        "hour": dates.hour,
        "formal_hour": dates.formal_hour,
        "spell_out": spell_out,
        "capital": dates.capital,
    }
    environment.globals |= {
        "hours": dates.hours,
        "days_between": dates.days_between,
        "days_left": dates.days_left,
    }
    environment.globals["p"] = _parts(environment)
    return environment


def _parts(environment: Environment) -> SimpleNamespace:
    """The macros of `parts.txt`, for every text.  What one says of a session alone is the same for everybody,
    and is kept: SessionFacts never change."""
    module = environment.get_template("parts.txt").module
    macros = {name: one for name, one in vars(module).items() if isinstance(one, Macro)}
    kept = {name: lru_cache(_SESSIONS)(one) for name, one in macros.items() if tuple(one.arguments) == ("f",)}
    return SimpleNamespace(**macros | kept)


@cache
def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.txt")


def text(name: str, /, **facts: object) -> str:
    """The text `data/texts/<name>.txt` with its facts; raises TemplateNotFound where there is none."""
    rendered = _template(name).render(**facts)
    return _BLANKS.sub("\n\n", rendered).strip()


def text_for(name: str, manner: Manner, /, **facts: object) -> str:
    """`<name>.<manner>.txt`, or the text of the manner it falls back to, or `<name>.txt`."""
    return text(_name_for(name, manner), **facts)


@cache
def _name_for(name: str, manner: Manner) -> str:
    known = set(_environment().list_templates())
    wanted: Manner | None = manner
    while wanted is not None:
        if f"{name}.{wanted.value}.txt" in known:
            return f"{name}.{wanted.value}"
        wanted = FALLBACK.get(wanted)
    return name


def message(name: str, /, **facts: object) -> Message:
    """A plain message without buttons."""
    return Message(text(name, **facts))
