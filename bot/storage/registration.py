"""Codes, wrong codes and join requests in the database (`bot.cluster.store`)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, delete, insert, select, update

from bot.cluster.store import JoinRequest, JoinState, StoredCode
from bot.storage import tables as t
from bot.storage.handovers import SqlHandovers

_requests = t.join_request
_codes = t.registration_code
_attempts = t.code_attempt


class SqlRegistrations(SqlHandovers):
    """A `RegistrationStore` on one connection; the caller opens and ends the transaction."""

    def replace_codes(self, hashes: Mapping[int, str], expires_at: datetime) -> None:
        self.end_codes(hashes)
        rows = [
            {"person_id": person_id, "code_hash": code_hash, "expires_at": expires_at}
            for person_id, code_hash in hashes.items()
        ]
        if rows:
            self._db.execute(insert(_codes), rows)

    def code(self, code_hash: str) -> StoredCode | None:
        row = self._db.execute(select(_codes).where(_codes.c.code_hash == code_hash)).first()
        if row is None:
            return None
        return StoredCode(row.id, row.person_id, row.code_hash, row.expires_at, row.used_at)

    def use_code(self, code_id: int, now: datetime) -> bool:
        unused = (_codes.c.id == code_id, _codes.c.used_at.is_(None))
        return self._db.execute(update(_codes).where(*unused).values(used_at=now)).rowcount == 1

    def end_codes(self, person_ids: Iterable[int]) -> None:
        self._db.execute(
            delete(_codes).where(_codes.c.person_id.in_(list(person_ids)), _codes.c.used_at.is_(None))
        )

    def add_attempt(self, channel: str, chat_id: str, now: datetime) -> None:
        self._db.execute(insert(_attempts).values(channel=channel, chat_id=chat_id, at=now))

    def attempts_since(self, channel: str, chat_id: str, since: datetime) -> list[datetime]:
        here = (_attempts.c.channel == channel, _attempts.c.chat_id == chat_id, _attempts.c.at > since)
        return list(self._db.execute(select(_attempts.c.at).where(*here).order_by(_attempts.c.at)).scalars())

    def forget_attempts(self, before: datetime) -> None:
        self._db.execute(delete(_attempts).where(_attempts.c.at <= before))

    def add_join_request(self, request: JoinRequest) -> JoinRequest:
        still_open = (
            _requests.c.channel == request.channel,
            _requests.c.chat_id == request.chat_id,
            _requests.c.cluster_id == request.cluster_id,
            _requests.c.state == JoinState.ASKED.value,
        )
        withdrawn = {"state": JoinState.WITHDRAWN.value, "decided_at": request.asked_at}
        self._db.execute(update(_requests).where(*still_open).values(**withdrawn))
        values = {
            "cluster_id": request.cluster_id,
            "unit_id": request.unit_id,
            "channel": request.channel,
            "chat_id": request.chat_id,
            "name": request.name,
            "role": request.role,
            "qualifier": request.qualifier,
            "state": request.state.value,
            "asked_at": request.asked_at,
        }
        return replace(request, id=self._put(_requests, 0, values))

    def join_request(self, request_id: int) -> JoinRequest | None:
        row = self._db.execute(select(_requests).where(_requests.c.id == request_id)).first()
        return _join_request(row) if row else None

    def open_join_requests(self, cluster_id: int) -> list[JoinRequest]:
        return self._open_requests(_requests.c.cluster_id == cluster_id)

    def open_join_requests_of(self, channel: str, chat_id: str) -> list[JoinRequest]:
        return self._open_requests(_requests.c.channel == channel, _requests.c.chat_id == chat_id)

    def close_join_request(
        self, request_id: int, state: JoinState, decided_by: int | None, now: datetime
    ) -> bool:
        still_open = (_requests.c.id == request_id, _requests.c.state == JoinState.ASKED.value)
        values = {"state": state.value, "decided_by": decided_by, "decided_at": now}
        return self._db.execute(update(_requests).where(*still_open).values(**values)).rowcount == 1

    def _open_requests(self, *where: Any) -> list[JoinRequest]:
        query = (
            select(_requests)
            .where(*where, _requests.c.state == JoinState.ASKED.value)
            .order_by(_requests.c.asked_at, _requests.c.id)
        )
        return [_join_request(row) for row in self._db.execute(query)]

    def _forget_chat(self, channel: str, chat_id: str, cluster_id: int) -> None:
        """Remove what a chat left behind outside its link."""
        for table in (t.dialog, t.choice, _attempts):
            self._db.execute(delete(table).where(table.c.channel == channel, table.c.chat_id == chat_id))
        self._db.execute(delete(t.inbox).where(t.inbox.c.chat_id == chat_id))
        asked = (t.group_chat.c.channel == channel, t.group_chat.c.asked == chat_id)
        self._db.execute(update(t.group_chat).where(*asked).values(asked=""))
        self._db.execute(
            delete(_requests).where(
                _requests.c.channel == channel,
                _requests.c.chat_id == chat_id,
                _requests.c.cluster_id == cluster_id,
            )
        )

    def _put(self, table: Table, row_id: int, values: Mapping[str, Any]) -> int:
        """Add (`row_id` 0) or change a row; its id."""
        if row_id:
            self._db.execute(update(table).where(table.c.id == row_id).values(**values))
            return row_id
        return int(self._db.execute(insert(table).values(**values).returning(table.c.id)).scalar_one())


def _join_request(row: Row[Any]) -> JoinRequest:
    return JoinRequest(
        id=row.id,
        cluster_id=row.cluster_id,
        unit_id=row.unit_id,
        channel=row.channel,
        chat_id=row.chat_id,
        name=row.name,
        role=row.role,
        qualifier=row.qualifier,
        state=JoinState(row.state),
        asked_at=row.asked_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
