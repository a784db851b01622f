"""`nhaclich papers`: letters, lists, calendars and registration sheets into files."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.offices import desk, the_cluster
from bot.cli.terminal import agreed, say, say_facts
from bot.cluster.people import Cluster
from bot.errors import BadInputError
from bot.flows.papers import letters, lists, pictures
from bot.flows.papers.letterheads import (
    letterhead,
    plan_words,
    set_letterhead,
    set_plan_words,
    unit_named,
)
from bot.flows.papers.registration_sheets import registration_sheets
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.work import Work
from bot.message import Document
from bot.sessions.month import Month
from bot.storage.work import Desk

papers = typer.Typer(
    help="Giấy tờ: giấy mời, công văn, danh sách, lịch, phiếu đăng ký.", no_args_is_help=True
)

Code = Annotated[str, typer.Argument(metavar="MÃ", help="Mã buổi, ví dụ B2.")]
Out = Annotated[Path | None, typer.Option("-o", "--output", metavar="TỆP", help="Ghi vào tệp này.")]
Yes = Annotated[bool, typer.Option("--yes", help="Không hỏi lại.")]
ClusterName = Annotated[str | None, typer.Option("--cluster", metavar="TÊN", help="Cụm nào (nếu nhiều).")]
Words = Annotated[str | None, typer.Option(metavar="CHỮ")]


@papers.command("invitation")
def invitation(code: Code, output: Out = None, yes: Yes = False, cluster: ClusterName = None) -> None:
    """Giấy mời của một buổi (Word, Mẫu 1.7), để trường đăng cai ký."""
    _one(cluster, code, letters.invitation, output, yes)


@papers.command("request")
def request(code: Code, output: Out = None, yes: Yes = False, cluster: ClusterName = None) -> None:
    """Công văn xin ý kiến về lịch (Word, Mẫu 1.5) của đề nghị mới nhất."""
    _one(cluster, code, letters.last_request_letter, output, yes)


@papers.command("notice")
def notice(code: Code, output: Out = None, yes: Yes = False, cluster: ClusterName = None) -> None:
    """Thông báo thay đổi lịch (Word, Mẫu 1.4), sau khi đã được đồng ý."""
    _one(cluster, code, letters.change_notice, output, yes)


@papers.command("report")
def report(output: Out = None, yes: Yes = False, cluster: ClusterName = None) -> None:
    """Báo cáo cuối năm (Word, Mẫu 1.4): số buổi, người dự theo trường và chức vụ."""
    _whole(cluster, letters.report, output, yes)


@papers.command("sign-in")
def sign_in(code: Code, output: Out = None, yes: Yes = False, cluster: ClusterName = None) -> None:
    """Danh sách người dự, có chỗ ký (Excel)."""
    _one(cluster, code, lambda _work, of: lists.sign_in(of), output, yes)


@papers.command("calendar")
def calendar(output: Out = None, yes: Yes = False, cluster: ClusterName = None) -> None:
    """Mọi buổi của cụm cho lịch điện thoại, máy tính (.ics)."""
    _whole(cluster, letters.cluster_calendar, output, yes)


@papers.command("schedule")
def schedule(output: Out = None, yes: Yes = False, cluster: ClusterName = None) -> None:
    """Lịch cả năm (Excel, A4 ngang)."""
    _whole(cluster, lists.schedule, output, yes)


@papers.command("poster")
def poster(
    month: Annotated[str | None, typer.Option(metavar="THÁNG", help="2023-11; không có: tháng tới.")] = None,
    output: Out = None,
    yes: Yes = False,
    cluster: ClusterName = None,
) -> None:
    """Ảnh lịch một tháng (PNG, A4), để dán ở phòng giáo viên, gửi vào nhóm."""
    try:
        wanted = Month.read(month) if month else None
    except ValueError:
        raise BadInputError("Tháng ghi như 2023-11.") from None
    _whole(cluster, lambda work, found: pictures.month_poster(work, found, wanted), output, yes)


@papers.command("year")
def year(output: Out = None, yes: Yes = False, cluster: ClusterName = None) -> None:
    """Ảnh lịch cả năm học (PNG, A4): các buổi, ngày nghỉ, Tết."""
    _whole(cluster, pictures.whole_year, output, yes)


@papers.command("deliveries")
def deliveries(output: Out = None, yes: Yes = False, cluster: ClusterName = None) -> None:
    """Nhật ký gửi tin: ai, lúc nào, kết quả (Excel)."""
    _whole(cluster, lists.deliveries, output, yes)


@papers.command("sheets")
def sheets(
    folder: Annotated[Path, typer.Argument(metavar="THƯ_MỤC", help="Ghi vào đây.")],
    yes: Yes = False,
    cluster: ClusterName = None,
) -> None:
    """Phiếu đăng ký cho từng trường, có mã QR, in A4 rồi cắt. Mã cấp trước hết hiệu lực."""
    with desk() as office:
        _issue_sheets(office, folder, yes, cluster)


def _issue_sheets(office: Desk, folder: Path, yes: bool, cluster: str | None) -> None:
    if not agreed("Cấp mã mới cho mọi người chưa đăng ký? Mã cấp trước sẽ hết hiệu lực.", yes=yes):
        say("Chưa cấp mã nào.")
        return
    _make_folder(folder)
    made = office.run(lambda work: registration_sheets(work, the_cluster(work, cluster)))
    if not made:
        say("Mọi người đã đăng ký.")
    for document in made:
        _write(folder / document.name, document.content, secret=True)
        say(str(folder / document.name))


@papers.command("letterhead")
def letterhead_of(
    unit: Annotated[str, typer.Argument(metavar="ĐƠN_VỊ", help="Trường hoặc cơ quan quản lý.")],
    name: Annotated[str | None, typer.Option(help="Tên đầy đủ: Trường Mầm non …")] = None,
    parent: Annotated[str | None, typer.Option(help="Cơ quan chủ quản: UBND …")] = None,
    place: Annotated[str | None, typer.Option(help="Địa danh trước ngày tháng.")] = None,
    code: Annotated[str | None, typer.Option(help="Ký hiệu trong số văn bản.")] = None,
    contact: Annotated[str | None, typer.Option(help="Tên, điện thoại liên hệ trong giấy mời.")] = None,
    cluster: ClusterName = None,
) -> None:
    """Đặt hoặc xem phần đầu văn bản của một đơn vị; "" để bỏ."""
    given = {"name": name, "parent": parent, "place": place, "code": code, "contact": contact}

    def use(work: Work) -> list[tuple[str, str]]:
        found = unit_named(work, the_cluster(work, cluster).id, unit)
        changed = any(value is not None for value in given.values())
        head = set_letterhead(work, found, **given) if changed else letterhead(work, found)
        return [
            ("Tên đầy đủ", head.name or "(theo danh sách)"),
            ("Cơ quan chủ quản", head.parent or "(chưa có)"),
            ("Địa danh", head.place or "(chưa có)"),
            ("Ký hiệu", head.code or "(chưa có)"),
            ("Liên hệ", head.contact or "(chưa có)"),
        ]

    with desk() as office:
        say_facts(office.run(use))


@papers.command("basis")
def basis(
    words: Annotated[str | None, typer.Argument(metavar="CHỮ", help="Kế hoạch số …, ngày …")] = None,
    cluster: ClusterName = None,
) -> None:
    """Đặt hoặc xem tên kế hoạch mà công văn, thông báo căn cứ vào."""

    def use(work: Work) -> str | None:
        cluster_id = the_cluster(work, cluster).id
        if words is not None:
            set_plan_words(work, cluster_id, words)
        return plan_words(work, cluster_id)

    with desk() as office:
        say(office.run(use) or "Chưa có: văn bản sẽ để trống trong ngoặc vuông.")


def _one(
    cluster: str | None,
    code: str,
    make: Callable[[Work, SessionScene], Document],
    output: Path | None,
    yes: bool,
) -> None:
    def use(work: Work) -> Document:
        found = work.sessions.by_code(the_cluster(work, cluster).id, code)
        if found is None:
            raise BadInputError(f"Không có buổi {code}. Xem các buổi: nhaclich status")
        return make(work, Scene(work).of(found))

    with desk() as office:
        _keep(office.see(use), output, yes)


def _whole(
    cluster: str | None, make: Callable[[Work, Cluster], Document], output: Path | None, yes: bool
) -> None:
    with desk() as office:
        _keep(office.see(lambda work: make(work, the_cluster(work, cluster))), output, yes)


def _keep(document: Document, output: Path | None, yes: bool) -> None:
    """A paper that somebody may have gone on writing in Word is not overwritten unasked."""
    path = output or Path(document.name)
    if path.is_dir():
        path /= document.name
    if path.exists() and not agreed(f"Đã có {path.name}. Ghi đè?", yes=yes):
        say("Chưa ghi gì.")
        return
    _write(path, document.content)
    say(str(path))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInputError(f"Không tạo được thư mục {folder.name}.", detail=str(error.strerror)) from None


def _write(path: Path, content: bytes, *, secret: bool = False) -> None:
    """Codes are for the eyes of their owner: such a file is readable by this user alone."""
    try:
        if secret:
            path.unlink(missing_ok=True)
        how = os.O_WRONLY | os.O_CREAT | (os.O_EXCL if secret else os.O_TRUNC)
        with os.fdopen(os.open(path, how, 0o600 if secret else 0o666), "wb") as file:
            file.write(content)
    except OSError as error:
        raise BadInputError(f"Không ghi được {path.name}.", detail=str(error.strerror)) from None
