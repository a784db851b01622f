"""What the commands share: the database, a file that is read, the cluster that is meant."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.cluster.people import Cluster
from bot.errors import BadInputError
from bot.flows.work import Work
from bot.settings import read_settings
from bot.storage.opening import open_desk
from bot.storage.work import Desk

LARGEST = 10 * 1024 * 1024


@contextmanager
def desk() -> Iterator[Desk]:
    """The database of this installation, for one command."""
    with closing(open_desk(read_settings())) as opened:
        yield opened


def read_file(path: Path) -> bytes:
    """Raises BadInputError with what to do: not there, a folder, over 10 MB, not readable."""
    try:
        if path.is_dir():
            raise BadInputError(f"{path.name} là một thư mục. Đề nghị chỉ ra tệp.")
        if path.stat().st_size > LARGEST:
            raise BadInputError(
                f"{path.name} lớn hơn 10 MB, không đọc được. Đề nghị bỏ bớt hình ảnh trong tệp."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInputError(f"Không thấy tệp {path.name}. Đề nghị kiểm tra lại đường dẫn.") from None
    except OSError as error:
        raise BadInputError(f"Không đọc được tệp {path.name}.", detail=str(error.strerror)) from None


def the_cluster(work: Work, name: str | None) -> Cluster:
    """The one that is named, or the only one.  Raises BadInputError."""
    clusters = work.people.clusters()
    if not clusters:
        raise BadInputError("Chưa có cụm nào. Đề nghị nhập kế hoạch trước: nhaclich plan import TỆP")
    if name is not None:
        found = work.people.find_cluster(name)
        if found is None:
            known = ", ".join(c.name for c in clusters)
            raise BadInputError(f"Không có cụm “{name}”. Các cụm đang có: {known}.")
        return found
    if len(clusters) > 1:
        known = ", ".join(c.name for c in clusters)
        raise BadInputError(f"Có nhiều cụm ({known}). Đề nghị thêm --cluster TÊN.")
    return clusters[0]
