"""What is true now about sessions and the people in them, read once for each unit of work."""

from bot.flows.cluster_scene import ClusterScene
from bot.flows.session_scene import SessionScene
from bot.flows.work import Work
from bot.sessions.session import Session


class Scene:
    """Everything read in one unit of work, each thing once."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._clusters: dict[int, ClusterScene] = {}
        self._sessions: dict[int, SessionScene | None] = {}

    def cluster(self, cluster_id: int) -> ClusterScene:
        if cluster_id not in self._clusters:
            cluster = self.work.people.cluster(cluster_id)
            if cluster is None:
                raise LookupError(f"no cluster {cluster_id}")
            self._clusters[cluster_id] = ClusterScene(self.work, cluster)
        return self._clusters[cluster_id]

    def session(self, session_id: int) -> SessionScene | None:
        if session_id not in self._sessions:
            session = self.work.sessions.get(session_id)
            self._sessions[session_id] = self.of(session) if session else None
        return self._sessions[session_id]

    def of(self, session: Session) -> SessionScene:
        return SessionScene(self.work, self.cluster(session.cluster_id), session)
