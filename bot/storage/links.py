"""Private links, inside a caller's transaction."""

import datetime as dt

from sqlalchemy import Connection, delete, insert, or_, select

from bot.message import Document
from bot.papers.store import Link, LinkKind
from bot.storage.tables import web_link


class SqlLinks:
    """Implements `bot.papers.store.LinkStore`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(self, token_hash: str, link: Link) -> None:
        document = link.document
        values = {
            "token_hash": token_hash,
            "kind": link.kind.value,
            "cluster_id": link.cluster_id,
            "person_id": link.person_id,
            "made_at": link.made_at,
            "expires_at": link.expires_at,
            "name": document.name if document else None,
            "mime": document.mime if document else None,
            "content": document.content if document else None,
        }
        self._db.execute(insert(web_link).values(values))

    def opened(self, token_hash: str, kind: LinkKind, now: dt.datetime) -> Link | None:
        in_time = or_(web_link.c.expires_at.is_(None), web_link.c.expires_at > now)
        row = self._db.execute(
            select(web_link).where(
                web_link.c.token_hash == token_hash, web_link.c.kind == kind.value, in_time
            )
        ).one_or_none()
        if row is None:
            return None
        document = Document(row.name, row.content, row.mime) if row.content is not None else None
        return Link(kind, row.cluster_id, row.person_id, row.made_at, row.expires_at, document)

    def of_person(self, person_id: int, kind: LinkKind) -> Link | None:
        row = self._db.execute(
            select(web_link.c.cluster_id, web_link.c.made_at, web_link.c.expires_at)
            .where(web_link.c.person_id == person_id, web_link.c.kind == kind.value)
            .order_by(web_link.c.id.desc())
            .limit(1)
        ).one_or_none()
        return Link(kind, row.cluster_id, person_id, row.made_at, row.expires_at) if row else None

    def revoke(self, person_id: int, kind: LinkKind | None = None, *, but_newest: int = 0) -> None:
        hers = [web_link.c.person_id == person_id]
        if kind is not None:
            hers.append(web_link.c.kind == kind.value)
        kept = select(web_link.c.id).where(*hers).order_by(web_link.c.id.desc()).limit(but_newest)
        newest = list(self._db.execute(kept).scalars()) if but_newest else []
        self._db.execute(delete(web_link).where(*hers, web_link.c.id.not_in(newest)))

    def tidy(self, now: dt.datetime) -> None:
        self._db.execute(delete(web_link).where(web_link.c.expires_at <= now))
