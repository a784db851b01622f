"""Every command as a process of its own, in a folder with a database of its own."""

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.cli.conftest import PLAN, ROSTER
from tests.cli.inside import Desk
from tests.cli.processes import Office


def _changed(tmp_path: Path) -> Path:
    """The plan with one session moved, one reworded, one dropped, one new."""
    text = PLAN.read_text(encoding="utf-8")
    moved = text.replace("08/11/2023\tAn Tiến", "15/11/2023\tAn Tiến").replace(
        "BGH, TTCM các trường", "BGH các trường"
    )
    lines = moved.splitlines()
    last = next(i for i, line in enumerate(lines) if line.startswith("12/3/2024"))
    lines[last] = "17/4/2024\tBát Trang\tXây dựng môi trường giáo dục lấy trẻ làm trung tâm\tHT các trường"
    path = tmp_path / "changed.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _second_cluster(tmp_path: Path) -> Path:
    text = PLAN.read_text(encoding="utf-8").replace("ụm trường An Tiến", "ụm trường Núi Đối")
    path = tmp_path / "other.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_from_the_plan_to_the_codes(office: Office) -> None:
    asked = office.run("plan", "import", PLAN, typed="9\n1\nkhông\n")
    assert asked.returncode == 0
    assert "mỗi trường 4 người, hay cả cụm 4 người?" in asked.stdout
    assert "Đề nghị bấm một trong các lựa chọn" in asked.stderr
    assert "Nhập kế hoạch này?" in asked.stdout
    assert "Chưa nhập gì." in asked.stdout

    done = office.ok("plan", "import", PLAN, typed="cả cụm 4 người\ncó\n")
    assert "Đã nhập kế hoạch cụm An Tiến, năm học 2023-2024." in done
    assert "Mã của cụm" in done
    assert "4 buổi đã qua: chỉ lưu, không báo ai." in done

    assert "Thêm 66, sửa 0, thôi 0" in office.ok("roster", "import", ROSTER, "--yes")
    codes = json.loads(office.ok("roster", "codes", "--json"))
    assert len({one["code"] for one in codes}) == 66
    assert set(codes[0]) == {"name", "role", "unit", "code", "link"}
    assert codes[0]["name"] == "Lê Thị Minh Hồng"


def test_check_stores_nothing_and_shows_everything(office: Office) -> None:
    shown = office.ok("plan", "check", PLAN)
    for words in (
        "An Tiến",
        "Sao Sáng",
        "thứ Năm, 12/10/2023",
        "thứ Hai, 09/10/2023",
        "4 GV cốt cán",
        "Bát Trang",
    ):
        assert words in shown
    # In a pipe each value stands on one line, whole.
    content = next(line for line in shown.splitlines() if "Ứng dụng PP GD STEAM" in line)
    assert content.endswith("(Dự 2 HĐ GD Steam, nghe báo cáo, thảo luận)")
    assert list(office.folder.iterdir()) == []


def test_check_json_is_the_reading(office: Office) -> None:
    reading = json.loads(Desk(office.folder).run("plan", "check", PLAN, "--json").out)
    assert reading["cluster"] == "An Tiến"
    assert [s["date"] for s in reading["sessions"]] == [
        "2023-10-12",
        "2023-11-08",
        "2023-12-14",
        "2024-03-12",
    ]


def test_the_same_again_changes_nothing(cluster: Office) -> None:
    desk = Desk(cluster.folder)
    assert "Không có gì thay đổi so với lịch đang có." in desk.run("plan", "import", PLAN).out
    assert "Không có gì thay đổi." in desk.run("roster", "import", ROSTER).out


def test_a_changed_plan_shows_what_it_would_change(
    cluster: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.clock.SystemClock.now", lambda _: dt.datetime(2023, 10, 20, 3, tzinfo=dt.UTC))
    desk = Desk(cluster.folder)
    shown = desk.run("plan", "import", _changed(tmp_path), typed="không\n").out
    assert "~ B2 đổi ngày: thứ Tư, 08/11/2023 sang thứ Tư, 15/11/2023" in shown
    assert "~ B3 sửa thành phần" in shown
    assert "- bỏ B4: thứ Ba, 12/3/2024" in shown
    assert "+ thêm: thứ Tư, 17/4/2024, Xây dựng môi trường giáo dục" in shown
    assert "08/11/2023" in desk.run("status").out

    assert desk.run("plan", "import", _changed(tmp_path), "--yes").code == 0
    after = desk.run("status").out
    assert "B2  thứ Tư, 15/11/2023" in after
    assert "B5  thứ Tư, 17/4/2024" in after
    assert "Không có gì thay đổi" in desk.run("plan", "import", _changed(tmp_path)).out


def test_a_bad_roster_is_told_line_by_line_and_changes_nothing(cluster: Office, tmp_path: Path) -> None:
    lines = ROSTER.read_text(encoding="utf-8-sig").splitlines()
    lines[4] = "Nguyễn Thị Lan,Phi công,MN Sao Sáng,"
    lines[9] = "Trần Thị Mai,HT,MN Hoa Hồng,"
    bad = tmp_path / "bad.csv"
    bad.write_text("\n".join(lines), encoding="utf-8")
    done = cluster.run("roster", "import", bad, "--yes")
    assert done.returncode == 1
    assert "2 chỗ cần sửa, chưa nhập dòng nào" in done.stderr
    assert "Dòng 5" in done.stderr
    assert "Phi công" in done.stderr
    assert "Dòng 10" in done.stderr
    assert "Hoa Hồng" in done.stderr
    assert "Dòng 6" not in done.stderr
    assert "Không có gì thay đổi." in Desk(cluster.folder).run("roster", "import", ROSTER).out


def test_codes_are_issued_anew_and_as_lines(cluster: Office) -> None:
    desk = Desk(cluster.folder)
    lines = desk.run("roster", "codes").out.splitlines()
    assert len(lines) == 66
    assert "Lê Thị Minh Hồng (HT, Cụm trưởng, MN Sao Sáng)" in lines[0]
    assert lines[0] not in desk.run("roster", "codes").out


def test_the_authoritys_dates_and_days_off(cluster: Office, tmp_path: Path) -> None:
    desk = Desk(cluster.folder)
    dates = tmp_path / "dates.csv"
    dates.write_text(
        "Ngày,Nội dung,Loại\n08/11/2023,Hội nghị,lịch\n20/11/2023,Nghỉ lễ trường,nghỉ\n", "utf-8"
    )
    assert "Đã nhập 2 ngày mới, 0 ngày đã có." in desk.run("calendar", "import", dates).out
    assert "Đã nhập 0 ngày mới, 2 ngày đã có." in desk.run("calendar", "import", dates).out
    dates.write_text("08/11/2023,Hội nghị,lịch\n31/02/2024,Họp,lịch\n", "utf-8")
    assert "Dòng 2" in desk.refused("calendar", "import", dates)
    dates.write_text("08/11/2023,Hội nghị,khác\n", "utf-8")
    assert "Dòng 1: loại “khác”" in desk.refused("calendar", "import", dates)
    dates.write_text("08/11,Hội nghị,lịch\n", "utf-8")
    assert "Dòng 1" in desk.refused("calendar", "import", dates)
    ics = tmp_path / "dates.ics"
    ics.write_text(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20240208\r\nDTEND;VALUE=DATE:20240215\r\n"
        "SUMMARY:Nghỉ Tết\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        "utf-8",
    )
    assert "Đã nhập 7 ngày mới" in desk.run("calendar", "import", ics).out
    ics.write_text(ics.read_text("utf-8").replace("20240208", "2024xx08"), "utf-8")
    assert "2024xx08" in desk.refused("calendar", "import", ics)


def test_status_counts_the_missing_by_school(cluster: Office) -> None:
    shown = cluster.ok("status")
    assert "B1  thứ Năm, 12/10/2023  MN Sao Sáng  đã diễn ra" in shown
    assert "Bot không chạy" in shown
    assert "Chưa liên lạc được 66 người:" in shown
    assert "MN Bát Trang:    12/12" in shown
    assert max(map(len, shown.splitlines())) < 100
    told = json.loads(Desk(cluster.folder).run("status", "--json").out)
    assert told["people"] == 66
    assert told["registered"] == 0
    assert len(told["unreachable"]) == 66
    assert told["running"] is False
    assert [s["code"] for s in told["sessions"]] == ["B1", "B2", "B3", "B4"]


def test_with_two_clusters_the_commands_ask_which(cluster: Office, tmp_path: Path) -> None:
    desk = Desk(cluster.folder)
    assert desk.run("plan", "import", _second_cluster(tmp_path), "--yes").code == 0
    said = desk.refused("status")
    assert "--cluster" in said
    assert "An Tiến" in said
    assert "Núi Đối" in said
    assert "Cụm Núi Đối" in desk.run("status", "--cluster", "núi đối").out
    assert "Cụm An Tiến" in desk.run("status", "--cluster", "An Tiến").out
    assert len(json.loads(desk.run("roster", "codes", "--json", "--cluster", "An Tiến").out)) == 66
    assert json.loads(desk.run("roster", "codes", "--json", "--cluster", "Núi Đối").out) == []
    assert "Không có cụm" in desk.refused("roster", "import", ROSTER, "--cluster", "Hoa Mai")
    dates = tmp_path / "dates.csv"
    dates.write_text("08/11/2023,Hội nghị", "utf-8")
    assert "--cluster" in desk.refused("calendar", "import", dates)
    assert desk.run("calendar", "import", dates, "--cluster", "An Tiến").code == 0
