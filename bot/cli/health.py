"""`nhaclich doctor`: what is wrong with this installation, and what to mend."""

import asyncio
import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from typing import Annotated
from urllib.parse import urlsplit

import typer

from bot.cli.care import is_running
from bot.cli.terminal import say
from bot.errors import BadInputError, NhacLichError
from bot.flows.people.bot_use import scarce_bots
from bot.flows.work import Work
from bot.http.asking import ask_health
from bot.http.installation import installation
from bot.settings import Settings, read_settings
from bot.storage.opening import open_desk
from bot.storage.work import Desk

_PORTS = (443, 80, 88, 8443)  #: to which Telegram delivers (setWebhook)
_BUILT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  #: this program is younger: an earlier clock is wrong


def doctor(
    health: Annotated[bool, typer.Option("--health", help="Chỉ xem bot có đang chạy không.")] = False,
) -> None:
    """Kiểm tra cài đặt, cơ sở dữ liệu, đồng hồ, mã bot, lịch nghỉ; nói cần sửa gì."""
    settings = read_settings()
    if health:
        if not _is_well(settings):
            raise BadInputError("Bot không chạy.")
        return
    say("Cài đặt: đọc được.")
    problems = [
        *_database_problems(settings),
        *_channel_problems(settings),
        *_address_problems(settings),
    ]
    for problem in problems:
        say(f"Cần sửa: {problem}")
    if problems:
        raise typer.Exit(1)
    say("Không thấy gì cần sửa.")


def _is_well(settings: Settings) -> bool:
    """What the process on HTTP_PORT says of itself; where the bot has not got the port, its sign of life
    in the database."""
    with closing(open_desk(settings)) as desk:
        said = ask_health(settings, desk.see(installation))
        return desk.see(is_running) if said is None else said


def _database_problems(settings: Settings) -> Iterator[str]:
    """Also of what is stored: the calendar."""
    try:
        desk = open_desk(settings)
    except NhacLichError as error:
        yield str(error)
        return
    say("Cơ sở dữ liệu: mở được, đúng phiên bản.")
    with closing(desk):
        yield from _clock_problems(settings, desk.clock.now())
        yield from desk.see(lambda work: list(_calendar_problems(work, desk)))
        for scarce in desk.see(scarce_bots):
            yield f"{scarce}. Thêm một bot vào ZALO_BOT_TOKENS; ai chưa đăng ký thì lấy mã mới."


def _clock_problems(settings: Settings, now: dt.datetime) -> Iterator[str]:
    say(f"Đồng hồ: {now.astimezone(settings.tz):%H:%M %d/%m/%Y} ({settings.timezone}).")
    if now < _BUILT:
        yield "đồng hồ của máy chạy sai năm; tin sẽ gửi sai giờ. Đặt lại đồng hồ (NTP)."


def _calendar_problems(work: Work, desk: Desk) -> Iterator[str]:
    """Years of this school year, and of the stored sessions still ahead, without days off."""
    start = work.today.year if work.today.month >= 8 else work.today.year - 1
    first, last = dt.date(start, 9, 1), dt.date(start + 1, 5, 31)
    clusters = work.people.clusters()
    missing: dict[int, list[str]] = {}
    for cluster in clusters:
        days = [s.date for s in work.sessions.of_cluster(cluster.id) if s.date and s.date >= work.today]
        for year in work.workdays(cluster.id).missing_years(first, max(days, default=last)):
            missing.setdefault(year, []).append(cluster.name)
    if not clusters:
        missing = {year: [] for year in desk.office.workdays.missing_years(first, last)}
    for year, names in sorted(missing.items()):
        whose = f" của cụm {', '.join(names)}" if len(clusters) > 1 else ""
        yield (
            f"chưa có lịch nghỉ năm {year}{whose}; nhập bằng nhaclich calendar import, "
            "nếu không hạn mời có thể sai."
        )


def _address_problems(settings: Settings) -> Iterator[str]:
    """Of PUBLIC_URL, as the services want it (setWebhook)."""
    if settings.public_url is None:
        say("Không có PUBLIC_URL: bot tự hỏi tin, không cần địa chỉ công khai.")
        return
    say(f"Địa chỉ công khai: {settings.public_url}, chuyển tới cổng {settings.http_port} của máy này.")
    parts = urlsplit(settings.public_url)
    if parts.scheme != "https":
        yield "PUBLIC_URL phải bắt đầu bằng https://, nếu không Telegram, Zalo không chuyển tin tới bot."
    elif settings.telegram_bot_token is not None and (parts.port or 443) not in _PORTS:
        ports = ", ".join(map(str, _PORTS))
        yield f"PUBLIC_URL dùng cổng {parts.port}; Telegram chỉ chuyển tin tới các cổng {ports}."


def _channel_problems(settings: Settings) -> Iterator[str]:
    from bot.app import ask_telegram, ask_zalo, has_a_channel  # the whole bot: only where it is wanted

    if not has_a_channel(settings):
        yield "chưa có TELEGRAM_BOT_TOKEN hoặc ZALO_BOT_TOKENS (chạy thử không cần: nhaclich demo)."
        return
    if settings.telegram_bot_token is not None:
        try:
            name, trouble = asyncio.run(ask_telegram(settings))
            say(f"Telegram: @{name} trả lời.")
            if trouble:
                yield f"Telegram không chuyển tin tới {settings.public_url or 'webhook'} được ({trouble})."
        except NhacLichError as error:
            yield str(error)
    for name, problem in asyncio.run(ask_zalo(settings)):
        if problem is None:
            say(f"Zalo: {name} trả lời.")
        else:
            yield f"Zalo, bot {name}: {problem}"
