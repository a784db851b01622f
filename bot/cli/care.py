"""`nhaclich status`, `doctor`, `backup`, `restore`: how it is, and keeping it."""

import asyncio
import datetime as dt
import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from bot.app import HEARTBEAT, ask_telegram, open_desk
from bot.cli.offices import agreed, the_cluster
from bot.errors import BadInputError, NhacLichError
from bot.flows.overview import Overview, overview
from bot.settings import Settings, read_settings
from bot.storage.care import back_up, restore_from

console = Console()
STALE = dt.timedelta(seconds=60)


def status(
    as_json: Annotated[bool, typer.Option("--json", help="In dạng JSON.")] = False,
    cluster: Annotated[str | None, typer.Option("--cluster", metavar="TÊN")] = None,
) -> None:
    """Các buổi sắp tới, hàng đợi tin, ai chưa liên lạc được."""
    desk = open_desk(read_settings())
    view = desk.see(lambda work: overview(work, the_cluster(work, cluster)))
    beat = desk.see(lambda work: work.talks.fact(HEARTBEAT))
    alive = beat is not None and dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(beat[0]) < STALE
    if as_json:
        typer.echo(json.dumps(_as_json(view) | {"running": alive}, ensure_ascii=False, indent=1))
        return
    console.print(f"[bold]Cụm {escape(view.cluster.name)}[/bold], năm học {view.cluster.school_year}")
    console.print("Bot đang chạy." if alive else "Bot không chạy (hoặc đã quá một phút không có tín hiệu).")
    for line in view.sessions:
        console.print(f"{line.code}  {escape(line.when)}  {escape(line.hosts)}  {escape(line.state)}")
    counts = ", ".join(f"{state} {number}" for state, number in view.queue.items())
    console.print(f"Hàng đợi: {counts or 'trống'}")
    console.print(f"Đã đăng ký: {view.registered}/{view.people}")
    if view.unreachable:
        console.print("Chưa liên lạc được: " + escape("; ".join(view.unreachable)), highlight=False)


def doctor(
    health: Annotated[bool, typer.Option("--health", help="Chỉ xem bot có đang chạy không.")] = False,
) -> None:
    """Kiểm tra cài đặt, cơ sở dữ liệu, đồng hồ, mã bot, lịch nghỉ; nói cần sửa gì."""
    settings = read_settings()
    desk = open_desk(settings)
    if health:
        beat = desk.see(lambda work: work.talks.fact(HEARTBEAT))
        if beat is None or dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(beat[0]) > STALE:
            raise BadInputError("Bot không chạy.")
        return
    console.print("Cài đặt: đọc được.")
    console.print("Cơ sở dữ liệu: mở được, đúng phiên bản.")
    now = desk.clock.now()
    console.print(f"Đồng hồ: {now.astimezone(settings.tz):%H:%M %d/%m/%Y} ({settings.timezone}).")
    problems = [*_calendar_problems(settings, now), *_telegram_problems(settings)]
    for problem in problems:
        console.print(f"[bold]Cần sửa:[/bold] {escape(problem)}", highlight=False)
    if problems:
        raise typer.Exit(1)
    console.print("Không thấy gì cần sửa.")


def backup(file: Annotated[Path, typer.Argument(metavar="TỆP")]) -> None:
    """Chép cơ sở dữ liệu ra một tệp, kể cả khi bot đang chạy."""
    back_up(read_settings().database_url.get_secret_value(), file)
    console.print(f"Đã chép ra {file.name}.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="TỆP")],
    yes: Annotated[bool, typer.Option("--yes", help="Không hỏi lại.")] = False,
) -> None:
    """Thay cơ sở dữ liệu bằng bản đã chép (dừng bot trước)."""
    if not agreed("Dữ liệu hiện nay sẽ bị thay. Tiếp tục?", yes=yes):
        console.print("Chưa thay gì.")
        return
    restore_from(read_settings().database_url.get_secret_value(), file)
    console.print("Đã khôi phục.")


def _calendar_problems(settings: Settings, now: dt.datetime) -> list[str]:
    desk = open_desk(settings)
    today = now.astimezone(settings.tz).date()
    start = today.year if today.month >= 8 else today.year - 1
    missing = desk.office.workdays.missing_years(dt.date(start, 9, 1), dt.date(start + 1, 5, 31))
    return [
        f"chưa có lịch nghỉ năm {year}; nhập bằng nhaclich calendar import, nếu không hạn mời có thể sai."
        for year in missing
    ]


def _telegram_problems(settings: Settings) -> list[str]:
    if settings.telegram_bot_token is None:
        return ["chưa có TELEGRAM_BOT_TOKEN (chạy thử không cần: nhaclich demo)."]
    try:
        name = asyncio.run(ask_telegram(settings))
    except NhacLichError as error:
        return [str(error)]
    console.print(f"Telegram: @{name} trả lời.")
    return []


def _as_json(view: Overview) -> dict[str, Any]:
    return {
        "cluster": view.cluster.name,
        "school_year": view.cluster.school_year,
        "sessions": [
            {
                "code": s.code,
                "date": s.date.isoformat() if s.date else None,
                "hosts": s.hosts,
                "state": s.state,
            }
            for s in view.sessions
        ],
        "queue": dict(view.queue),
        "next_due": view.next_due.isoformat() if view.next_due else None,
        "people": view.people,
        "registered": view.registered,
        "unreachable": list(view.unreachable),
    }
