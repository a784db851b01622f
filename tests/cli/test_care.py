"""`doctor`, `backup` and `restore`, also while the bot runs."""

import datetime as dt
import json
import shutil
import sqlite3
import urllib.parse
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli.care import is_running
from bot.settings import Settings
from bot.storage.care import HEARTBEAT
from bot.storage.opening import open_desk
from tests.cli.conftest import ROSTER
from tests.cli.inside import Desk
from tests.cli.processes import Chats, Office, wait_until


def test_the_doctor_names_what_is_missing(office: Office) -> None:
    desk = Desk(office.folder)
    said = desk.run("doctor")
    assert said.code == 1
    assert "chưa có TELEGRAM_BOT_TOKEN" in said.out
    assert "nhaclich demo" in said.out


def test_the_doctor_knows_the_years_without_days_off(
    cluster: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("bot.clock.SystemClock.now", lambda _: dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC))
    desk = Desk(cluster.folder)
    assert "chưa có lịch nghỉ năm 2027" in desk.run("doctor").out
    # What it asks for helps.
    days = [*(f"{d:02}/02/2027,Tết Đinh Mùi,nghỉ" for d in range(4, 11)), "30/04/2027,Giải phóng,nghỉ"]
    dates = tmp_path / "2027.csv"
    dates.write_text("\n".join([*days, "01/05/2027,Lao động,nghỉ"]), "utf-8")
    assert desk.run("calendar", "import", dates).code == 0
    assert "lịch nghỉ năm 2027" not in desk.run("doctor").out


def test_the_doctor_asks_telegram(office: Office, phones: Chats) -> None:
    desk = Desk(office.folder)
    assert "Telegram: @nhaclich_demo_bot trả lời." in desk.run("doctor", **phones.settings).out
    wrong = "7000000001:AAwrong-wrong-wrong-wrong-wrong-wrong"
    said = desk.run("doctor", **phones.settings | {"TELEGRAM_BOT_TOKEN": wrong})
    assert said.code == 1
    assert "Telegram không nhận mã bot" in said.out
    assert wrong not in said.out + said.err
    nowhere = desk.run("doctor", **phones.settings | {"TELEGRAM_API_URL": "http://127.0.0.1:9"})
    assert nowhere.code == 1
    assert "TELEGRAM_PROXY" in nowhere.out
    assert phones.token not in nowhere.out + nowhere.err


def test_the_doctor_looks_at_the_public_address(office: Office) -> None:
    desk = Desk(office.folder)
    assert "Không có PUBLIC_URL" in desk.run("doctor").out
    said = desk.run("doctor", PUBLIC_URL="http://lich.example")
    assert said.code == 1
    assert "Cần sửa: PUBLIC_URL phải bắt đầu bằng https://" in said.out
    good = desk.run("doctor", PUBLIC_URL="https://lich.example/", WEBHOOK_SECRET="12345678").out
    assert "Địa chỉ công khai: https://lich.example, chuyển tới cổng 8080 của máy này." in good
    assert "PUBLIC_URL phải" not in good
    for name, value, wanted in (
        ("PUBLIC_URL", "lich.example", "PUBLIC_URL phải là địa chỉ bắt đầu bằng https://"),
        ("WEBHOOK_SECRET", "bi-mat", "WEBHOOK_SECRET phải có từ 8 đến 256 ký tự"),
    ):
        refused = desk.run("doctor", **{name: value})
        assert refused.code == 1
        assert wanted in refused.err
        assert value not in refused.out + refused.err or name == "PUBLIC_URL"


def test_the_doctor_says_what_went_wrong_with_the_webhook(office: Office, phones: Chats) -> None:
    desk = Desk(office.folder)
    public = "http://127.0.0.1:9"
    url = f"{phones.url}/bot{phones.token}/setWebhook"
    urllib.request.urlopen(url, data=urllib.parse.urlencode({"url": public}).encode(), timeout=10).close()
    phones.post("users", id=7, name="Hồng")
    phones.post("type", user_id=7, text="chào")

    def doctor() -> str:
        return desk.run("doctor", **phones.settings, PUBLIC_URL=public).out

    wait_until(lambda: f"Telegram không chuyển tin tới {public} được (Connection refused)" in doctor())


def test_the_doctor_asks_zalo(office: Office) -> None:
    token = "123456789:zalo-secret-zalo-secret-zalo"
    said = Desk(office.folder).run("doctor", ZALO_BOT_TOKENS=token, ZALO_API_URL="http://127.0.0.1:9")
    assert said.code == 1
    assert "Zalo" in said.out
    assert "TELEGRAM_BOT_TOKEN" not in said.out
    assert "zalo-secret" not in said.out + said.err


def test_the_doctor_goes_on_where_the_database_is_wrong(office: Office) -> None:
    said = Desk(office.folder).run("doctor", DATABASE_URL="postgresql://u:sekret@127.0.0.1:1/x")
    assert said.code == 1
    assert "Không nối được tới máy chủ cơ sở dữ liệu" in said.out
    assert "chưa có TELEGRAM_BOT_TOKEN" in said.out
    assert "sekret" not in said.out + said.err


def test_a_copy_while_the_bot_runs_and_back(cluster: Office, phones: Chats, tmp_path: Path) -> None:
    cluster.settings |= phones.settings
    desk = Desk(cluster.folder)
    code = json.loads(desk.run("roster", "codes", "--json").out)[0]["code"]
    log = tmp_path / "bot.log"
    with cluster.start("run", log=log) as bot:
        phones.post("users", id=1, name="Hồng")
        phones.post("type", user_id=1, text=f"/start {code}")
        wait_until(lambda: phones.get("received"))
        wait_until(lambda: '"running": true' in desk.run("status", "--json").out)
        assert desk.run("doctor", "--health").code == 0
        copy = cluster.folder / "copy.db"
        cluster.ok("backup", "copy.db")
        with closing(sqlite3.connect(copy)) as database:
            assert database.execute("SELECT count(*) FROM chat_link").fetchone() == (1,)
        assert "dừng bot" in desk.refused("restore", "copy.db", "--yes")
        bot.terminate()
        assert bot.wait(20) == 0
    assert phones.token not in log.read_text("utf-8")
    assert code not in log.read_text("utf-8")
    # The bot has gone for more than a minute, and the roster was emptied by mistake.
    with closing(sqlite3.connect(cluster.folder / "nhaclich.db")) as database, database:
        database.execute("PRAGMA foreign_keys=ON")
        database.execute("UPDATE fact SET value = '\"2023-10-03T00:00:00+00:00\"' WHERE name = 'heartbeat'")
        database.execute("DELETE FROM person")
    assert "Đã đăng ký: 0/0" in desk.run("status").out
    assert "Chưa thay gì." in desk.run("restore", "copy.db", typed="không\n").out
    shutil.copy(copy, tmp_path / "bản chép #1?.db")
    restored = desk.run("restore", tmp_path / "bản chép #1?.db", "--yes")
    assert "Đã khôi phục. Dữ liệu trước đó giữ ở nhaclich.db.truoc." in restored.out
    assert "Đã đăng ký: 1/66" in desk.run("status").out


def test_what_is_no_copy_changes_nothing(cluster: Office, tmp_path: Path) -> None:
    desk = Desk(cluster.folder)
    stranger = tmp_path / "stranger.db"
    with closing(sqlite3.connect(stranger)) as database, database:
        database.execute("CREATE TABLE t (a)")
    broken = tmp_path / "broken.db"
    broken.write_bytes((cluster.folder / "nhaclich.db").read_bytes()[:5000] + b"\0" * 3000)
    newer = tmp_path / "newer.db"
    assert desk.run("backup", newer).code == 0
    with closing(sqlite3.connect(newer)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    for file in (ROSTER, stranger, broken, newer, tmp_path / "missing.db", tmp_path):
        desk.refused("restore", file, "--yes")
    assert "Cụm An Tiến" in desk.run("status").out
    assert {p.name for p in cluster.folder.glob("*.part*")} == set()


def test_a_copy_that_cannot_be_made(cluster: Office, office: Office) -> None:
    desk = Desk(cluster.folder)
    assert "một tệp khác" in desk.refused("backup", "nhaclich.db")
    assert "thư mục" in desk.refused("backup", "no/such/folder/copy.db")
    assert "thư mục" in desk.refused("backup", ".")
    assert "Chưa có cơ sở dữ liệu" in Desk(office.folder).refused("backup", "copy.db")
    assert "pg_dump" in desk.refused("backup", "copy.db", DATABASE_URL="postgresql://u:p@127.0.0.1/x")


@pytest.mark.parametrize(("ago", "alive"), [(10, True), (120, False), (-10, True), (-7200, False)])
def test_a_sign_of_life_is_of_now(tmp_path: Path, ago: int, alive: bool) -> None:
    """One of later on was written before the clock was set back: whoever wrote it may be long dead."""
    beat = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=ago)
    settings = Settings.model_validate({"database_url": f"sqlite:///{tmp_path / 'beat.db'}"})
    with closing(open_desk(settings)) as desk:
        desk.run(lambda work: work.talks.put_fact(HEARTBEAT, beat.isoformat(), beat))
        assert desk.see(is_running) is alive
