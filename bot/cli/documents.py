"""`nhaclich plan`, `roster`, `calendar`: documents in, shown before they count."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.doubts import ask_doubts
from bot.cli.offices import desk, read_file, the_cluster
from bot.cli.tables import show_changes, show_doubts, show_plan, show_roster_changes
from bot.cli.terminal import agreed, say
from bot.flows.people.bots import codes_with_bots
from bot.flows.people.roster import import_roster, preview_roster
from bot.flows.plans.calendars import import_calendar, read_calendar
from bot.flows.plans.importing import import_plan
from bot.flows.plans.letters_in import as_correction
from bot.flows.plans.previewing import PLANS, known, preview
from bot.flows.plans.recall import recalled
from bot.plan.reader import read_plan
from bot.plan.report import reading_to_json
from bot.storage.work import Desk
from bot.workdays import Workdays

plan = typer.Typer(help="Kế hoạch của cụm: kiểm tra, nhập.", no_args_is_help=True)
roster = typer.Typer(help="Danh sách người: nhập, cấp mã đăng ký.", no_args_is_help=True)
calendar = typer.Typer(help="Lịch cứng của cơ quan quản lý, ngày nghỉ.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp cần đọc.")]
Yes = Annotated[bool, typer.Option("--yes", help="Không hỏi lại.")]
AsJson = Annotated[bool, typer.Option("--json", help="In dạng JSON.")]
ClusterName = Annotated[str | None, typer.Option("--cluster", metavar="TÊN", help="Cụm nào (nếu nhiều).")]


@plan.command("check")
def plan_check(file: File, as_json: AsJson = False) -> None:
    """Đọc kế hoạch: hiểu được gì, còn ngờ chỗ nào. Không lưu gì."""
    workdays = Workdays.load()
    reading = read_plan(file.name, read_file(file), deadline=workdays.deadline)
    if as_json:
        typer.echo(json.dumps(reading_to_json(reading), ensure_ascii=False, indent=1))
        return
    show_plan(reading)
    show_doubts(reading)


@plan.command("import")
def plan_import(file: File, yes: Yes = False) -> None:
    """Lưu kế hoạch; hỏi chỗ còn ngờ, cho xem thay đổi so với lịch đang có rồi mới hỏi."""
    with desk() as office:
        _import_plan(office, file, yes)


def _import_plan(office: Desk, file: Path, yes: bool) -> None:
    deadline = office.office.workdays.deadline
    reading = as_correction(read_plan(file.name, read_file(file), deadline=deadline))
    if reading.doc_type in PLANS:
        reading, about = office.see(lambda work: (recalled(work, reading), known(work, reading)))
        reading = ask_doubts(reading, about, deadline, yes=yes)
    what = office.see(lambda work: preview(work, reading))
    show_plan(reading)
    show_doubts(reading)
    if what.begins_after is not None:
        say(
            f"Kế hoạch này bắt đầu năm học mới {reading.school_year}: người, mã và tài khoản đã đăng ký "
            f"được giữ; các buổi năm học {what.begins_after} giữ nguyên."
        )
    show_changes(what)
    if what.cluster is not None and what.changes.nothing:
        say("Không có gì thay đổi so với lịch đang có.")
        return
    if not agreed("Nhập kế hoạch này?", yes=yes):
        say("Chưa nhập gì.")
        return
    cluster = office.run(lambda work: import_plan(work, reading))
    say(f"Đã nhập kế hoạch cụm {cluster.name}, năm học {cluster.school_year}.")
    if what.begins_after is not None:
        say("Danh sách người được giữ từ năm trước; có thay đổi thì nhập lại: nhaclich roster import")
    say(f"Mã của cụm (cho người chưa có mã riêng): {cluster.join_code}")


@roster.command("import")
def roster_import(file: File, yes: Yes = False, cluster: ClusterName = None) -> None:
    """Nhập danh sách người (.csv, .xlsx). Có dòng sai thì nói rõ dòng nào và không nhập gì."""
    with desk() as office:
        _import_roster(office, file, yes, cluster)


def _import_roster(office: Desk, file: Path, yes: bool, cluster: str | None) -> None:
    content = read_file(file)
    what = office.see(lambda work: preview_roster(work.people, the_cluster(work, cluster), content))
    show_roster_changes(what)
    if what.nothing:
        say("Không có gì thay đổi.")
        return
    if not agreed("Nhập danh sách này?", yes=yes):
        say("Chưa nhập gì.")
        return
    office.run(lambda work: import_roster(work, the_cluster(work, cluster), content))
    say("Đã nhập danh sách. Cấp mã đăng ký: nhaclich roster codes")


@roster.command("codes")
def roster_codes(as_json: AsJson = False, cluster: ClusterName = None) -> None:
    """Cấp mã đăng ký dùng một lần (30 ngày) cho người chưa đăng ký; mã cấp trước hết hiệu lực."""
    with desk() as office:
        issued = office.run(lambda work: codes_with_bots(work, the_cluster(work, cluster)))
    if as_json:
        typer.echo(json.dumps(issued, ensure_ascii=False, indent=1))
        return
    if not issued:
        say("Mọi người đã đăng ký.")
    for one in issued:
        line = f"{one['code']}  {one['name']} ({one['role']}, {one['unit']})"
        zalo = one.get("zalo", "")
        links = [one["link"]] if one["link"] and one["link"] != zalo else []
        say("  ".join([line, *links, *([f"Zalo: {zalo}"] if zalo else [])]))


@calendar.command("import")
def calendar_import(file: File, cluster: ClusterName = None) -> None:
    """Nhập lịch cứng của cơ quan quản lý hoặc ngày nghỉ (.ics, .csv)."""
    with desk() as office:
        dates = read_calendar(file.name, read_file(file))
        new = office.run(lambda work: import_calendar(work, the_cluster(work, cluster), dates))
    say(f"Đã nhập {new} ngày mới, {len(dates) - new} ngày đã có.")
