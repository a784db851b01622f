"""Opening the database of an installation."""

from pathlib import Path

from alembic.util.exc import CommandError
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from bot.clock import Clock, SystemClock
from bot.errors import BadInputError
from bot.flows.work import Office
from bot.notices.policy import Policy
from bot.settings import Settings
from bot.storage.engine import open_engine
from bot.storage.migrate import upgrade
from bot.storage.work import Desk
from bot.workdays import Workdays


def open_desk(settings: Settings, clock: Clock | None = None) -> Desk:
    """The database, brought up to date, and the rules of this installation.

    Raises NhacLichError where the database or a data file cannot be used.
    """
    office = Office(Policy.load(), Workdays.load(), settings.tz, settings.public_url)
    engine = open_store(settings.database_url.get_secret_value())
    return Desk(engine, office, clock or SystemClock())


def open_store(url: str) -> Engine:
    """The database of this address, brought up to date.

    Raises BadInputError where the address is none or nothing answers there, MigrationError where what
    stands there cannot be used.  No error holds a user name or a password.
    """
    try:
        upgrade(url)
        return open_engine(url)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise BadInputError(
            "DATABASE_URL không dùng được. Ví dụ: sqlite:///nhaclich.db, "
            "postgresql://người_dùng:mật_khẩu@máy/tên (cần cài nhaclich[postgres]).",
            detail=type(error).__name__,
        ) from None
    except DatabaseError as error:
        raise BadInputError(_unusable(url), detail=type(error.orig).__name__) from None
    except CommandError as error:
        raise BadInputError(
            "Cơ sở dữ liệu này của một phiên bản mới hơn. Đề nghị cài phiên bản mới nhất của Nhắc Lịch.",
            detail=type(error).__name__,
        ) from None


def _unusable(url: str) -> str:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        name = Path(parsed.database or "").name
        return f"Không mở được cơ sở dữ liệu {name}. Đề nghị kiểm tra thư mục, quyền ghi và DATABASE_URL."
    return "Không nối được tới máy chủ cơ sở dữ liệu. Đề nghị kiểm tra DATABASE_URL và máy chủ có đang chạy."
