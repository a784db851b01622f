"""Whatever a user hands over: exit code 1, one clear Vietnamese sentence on stderr, nothing stored."""

import os
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import PLAN, ROSTER
from tests.cli.inside import Desk
from tests.cli.processes import Office


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    folder = tmp_path / "desk"
    folder.mkdir()
    return Desk(folder)


def _broken_docx(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document")


def _write(name: str, folder: Path) -> Path:
    path = folder / name
    contents = {
        "empty.txt": b"",
        "blank.txt": b" \r\n\t\n",
        "nul.txt": b"\x00\x01\x02" * 400,
        "noise.docx": os.urandom(4000),
        "large.txt": b"a" * (10 * 1024 * 1024 + 1),
        "no-table.txt": "Kính gửi các đồng chí, chúc mừng năm mới.".encode(),
    }
    if name == "broken.docx":
        _broken_docx(path)
    elif name == "folder":
        path.mkdir()
    elif name != "missing.txt":
        path.write_bytes(contents[name])
    return path


BAD_PLANS = (
    ("empty.txt", "Tệp trống"),
    ("blank.txt", "Tệp trống"),
    ("nul.txt", "không phải văn bản"),
    ("noise.docx", ""),
    ("broken.docx", ""),
    ("large.txt", "10 MB"),
    ("no-table.txt", ""),
    ("missing.txt", "Không thấy tệp missing.txt"),
    ("folder", "là một thư mục"),
)


@pytest.mark.parametrize(("name", "says"), BAD_PLANS)
def test_a_plan_that_cannot_be_used(desk: Desk, tmp_path: Path, name: str, says: str) -> None:
    path = _write(name, tmp_path)
    assert says in desk.refused("plan", "check", path)
    assert says in desk.refused("plan", "import", path, "--yes")
    assert "Chưa có cụm nào" in desk.refused("status")


@pytest.mark.parametrize(
    "name", ["empty.txt", "nul.txt", "large.txt", "missing.txt", "folder", "no-table.txt"]
)
@pytest.mark.parametrize("command", ["roster", "calendar"])
def test_a_roster_or_a_calendar_that_cannot_be_used(
    cluster: Office, tmp_path: Path, command: str, name: str
) -> None:
    said = Desk(cluster.folder).refused(command, "import", _write(name, tmp_path))
    assert len(said) < 600


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_may_not_be_read(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "locked.txt"
    path.write_text("Kế hoạch")
    path.chmod(0)
    assert "Không đọc được tệp locked.txt" in desk.refused("plan", "check", path)


def test_a_file_that_fails_while_it_is_read(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", fail)
    path = tmp_path / "locked.txt"
    path.write_text("Kế hoạch")
    assert "Không đọc được tệp locked.txt" in desk.refused("plan", "check", path)


def test_a_roster_or_calendar_before_any_plan(desk: Desk, tmp_path: Path) -> None:
    dates = tmp_path / "dates.csv"
    dates.write_text("08/11/2023,Hội nghị")
    for words in (("roster", "import", ROSTER), ("roster", "codes"), ("calendar", "import", dates)):
        assert "nhập kế hoạch trước" in desk.refused(*words)


def test_nobody_there_to_answer_changes_nothing(desk: Desk) -> None:
    assert "--yes" in desk.refused("plan", "import", PLAN)
    assert "Chưa có cụm nào" in desk.refused("status")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SEND_RATE", "abc", "số từ 0 đến 1000"),
        ("SEND_RATE", "nan", "SEND_RATE"),
        ("TIMEZONE", "Mars", "TIMEZONE"),
        ("TIMEZONE", "../../etc", "TIMEZONE"),
        ("TIMEZONE", "Asia", "TIMEZONE"),
        ("TELEGRAM_API_URL", "api.telegram.org", "http://"),
        ("TELEGRAM_API_URL", "http://", "TELEGRAM_API_URL"),
        ("TELEGRAM_PROXY", "my-secret-proxy", "TELEGRAM_PROXY"),
        ("TELEGRAM_BOT_TOKEN", "two words", "TELEGRAM_BOT_TOKEN"),
        ("HTTP_PORT", "99999", "HTTP_PORT"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_but_not_shown(
    desk: Desk, name: str, value: str, says: str
) -> None:
    for command in ("status", "doctor", "run"):
        said = desk.refused(command, **{name: value})
        assert says in said
        assert value not in said.replace("http://, socks5", "").replace("http:// hoặc", "").replace(
            "Asia/Ho_Chi_Minh", ""
        )


def test_an_env_file_that_is_no_text(desk: Desk) -> None:
    (desk.folder / ".env").write_bytes(b"TELEGRAM_BOT_TOKEN=\xff\xfe\xfa")
    assert ".env" in desk.refused("status")


@pytest.mark.parametrize(
    "url",
    [
        "nothing",
        "oracle://u:sekret@host/x",
        "sqlite:////no/such/folder/a.db",
        "postgresql://u:sekret@127.0.0.1:1/x",
    ],
)
def test_a_database_that_cannot_be_opened(desk: Desk, url: str) -> None:
    for command in (("status",), ("plan", "import", PLAN, "--yes")):
        said = desk.refused(*command, DATABASE_URL=url)
        assert "DATABASE_URL" in said
        assert "sekret" not in said


def test_a_database_that_is_no_database(desk: Desk) -> None:
    (desk.folder / "nhaclich.db").write_bytes(b"not a database at all" * 100)
    assert "nhaclich.db" in desk.refused("status")


def test_words_that_are_no_command(desk: Desk) -> None:
    for words in (("nothing",), ("plan", "check"), ("plan", "check", "--nothing"), ("demo", "--port", "x")):
        said = desk.run(*words)
        assert said.code == 2
        assert "nhaclich" in said.err
        assert "--help" in said.err


def test_run_without_a_token_says_how_to_get_one(desk: Desk) -> None:
    said = desk.refused("run")
    assert "@BotFather" in said
    assert "nhaclich demo" in said


def test_what_nobody_expected_is_no_traceback_and_no_secret(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("bot7000000001:AAdemo-local-server-only-not-a-secret0")

    monkeypatch.setattr("bot.cli.offices.open_desk", fail)
    said = desk.run("status")
    assert said.code == 1
    assert "RuntimeError" in said.err
    assert "Traceback" not in said.err
    debug = desk.run("status", NHACLICH_DEBUG="1")
    assert "Traceback" in debug.err
    assert "not-a-secret" not in debug.err
