"""How a reading agrees with the expected one: the fields that a cluster lead would check, one by one."""

import re
import unicodedata
from typing import Any

_KINDS = re.compile(r"^(cụm|trường|chuyên môn|mầm non|mn|liên trường|thcs|th&thcs|ptdtbt|th|số|mg)\s+")


def folded(text: object) -> str:
    plain = unicodedata.normalize("NFC", str(text or "")).casefold()
    return re.sub(r"[\s.,;:\"“”'()–-]+", " ", plain).strip()


def named(text: object) -> str:
    name = folded(text)
    while (shorter := _KINDS.sub("", name)) != name:
        name = shorter
    return name


def document_fields(reading: dict[str, Any]) -> dict[str, Any]:
    return {
        "doc_type": reading["doc_type"],
        "school_year": reading["school_year"],
        "cluster": named(reading["cluster"]),
        "schools": sorted(named(school) for school in reading["schools"]),
        "head": folded(reading["head"]),
        "issued": reading["issued"],
        "number": reading["number"],
        "invite_working_days": reading["rules"].get("invite_working_days"),
    }


def session_fields(session: dict[str, Any]) -> dict[str, Any]:
    return {
        "date": session["date"],
        "date_end": session["date_end"],
        "date_precision": session["date_precision"],
        "time": session["time"],
        "hosts": sorted(named(host) for host in session["hosts"]),
        "content": folded(session["content"]),
        "audience": sorted(
            (part["role"], part["count"] or 0, part.get("scope") or "each_school")
            for part in session["audience"]
        ),
        "date_doubt": session["date_doubt"],
    }
