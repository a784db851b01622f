"""`nhaclich status`, `backup`, `restore`: how it is, and keeping it."""

import datetime as dt
import json
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.offices import desk, the_cluster
from bot.cli.terminal import agreed, say, say_facts
from bot.errors import BadInputError
from bot.flows.people.bot_use import use_of_bots
from bot.flows.sessions.overview import Overview, overview
from bot.flows.work import Work
from bot.outbox.port import State
from bot.settings import read_settings
from bot.storage.care import HEARTBEAT, back_up, last_beat, restore_from

STALE = dt.timedelta(seconds=60)
_STATES = {
    State.PENDING: "chờ gửi",
    State.SENDING: "đang gửi",
    State.SENT: "đã gửi",
    State.UNCERTAIN: "không rõ đã đến chưa",
    State.FAILED: "gửi hỏng",
    State.UNREACHABLE: "không có ai nhận",
    State.MISSED: "quá giờ nên không gửi",
    State.CANCELLED: "thôi không gửi",
}


def status(
    as_json: Annotated[bool, typer.Option("--json", help="In dạng JSON.")] = False,
    cluster: Annotated[str | None, typer.Option("--cluster", metavar="TÊN", help="Cụm nào.")] = None,
) -> None:
    """Các buổi sắp tới, hàng đợi tin, ai chưa liên lạc được."""
    with desk() as office:
        view = office.see(lambda work: overview(work, the_cluster(work, cluster)))
        running = office.see(is_running)
        bots = office.see(use_of_bots)
    if as_json:
        typer.echo(json.dumps(_as_json(view) | {"running": running}, ensure_ascii=False, indent=1))
        return
    say(f"Cụm {view.cluster.name}, năm học {view.cluster.school_year}", bold=True)
    say("Bot đang chạy." if running else "Bot không chạy (hoặc đã quá một phút không có tín hiệu).")
    for line in view.sessions:
        say(f"{line.code}  {line.when}  {line.hosts}  {line.state}")
    counts = ", ".join(f"{_STATES.get(State(state), state)} {n}" for state, n in view.queue.items())
    say(f"Hàng đợi: {counts or 'trống'}")
    if view.next_due:
        say(f"Tin sắp gửi: {view.next_due.astimezone(office.office.tz):%H:%M %d/%m/%Y}")
    say(f"Đã đăng ký: {view.registered}/{view.people}")
    for of_bot in bots:
        say(of_bot)
    _show_unreachable(view)


def is_running(work: Work) -> bool:
    """A sign of life of `nhaclich run` within the last minute."""
    beat = work.talks.fact(HEARTBEAT)
    return beat is not None and _fresh(beat[0])


def backup(file: Annotated[Path, typer.Argument(metavar="TỆP")]) -> None:
    """Chép cơ sở dữ liệu ra một tệp, kể cả khi bot đang chạy."""
    back_up(read_settings().database_url.get_secret_value(), file)
    say(f"Đã chép ra {file.name}.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="TỆP")],
    yes: Annotated[bool, typer.Option("--yes", help="Không hỏi lại.")] = False,
) -> None:
    """Thay cơ sở dữ liệu bằng bản đã chép (dừng bot trước)."""
    url = read_settings().database_url.get_secret_value()
    if _fresh(last_beat(url, HEARTBEAT)):
        raise BadInputError(
            "Bot đang chạy, hoặc vừa dừng chưa đầy một phút. Đề nghị dừng bot, chờ một phút rồi chạy lại."
        )
    if not agreed("Dữ liệu hiện nay sẽ bị thay. Tiếp tục?", yes=yes):
        say("Chưa thay gì.")
        return
    kept = restore_from(url, file)
    say("Đã khôi phục." + (f" Dữ liệu trước đó giữ ở {kept.name}." if kept else ""))


def _fresh(beat: Any) -> bool:
    """One of later on was written before the clock was set back."""
    return isinstance(beat, str) and abs(dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(beat)) < STALE


def _show_unreachable(view: Overview) -> None:
    """By school; where a whole school is missing, its number says it better than its names."""
    if not view.missing:
        return
    say(f"Chưa liên lạc được {len(view.unreachable)} người:", bold=True)
    rows = []
    for group in view.missing:
        count = f"{len(group.people)}/{group.all}"
        names = "" if len(group.people) == group.all > 3 else ": " + "; ".join(group.people)
        rows.append((group.unit, count + names))
    say_facts(rows, indent=2)


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
