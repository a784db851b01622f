"""Asking a running bot how it is."""

import httpx

from bot.settings import Settings

HEALTH = "/healthz"
SERVICE = "nhaclich"  #: says that it is this program that answers on the port
PATIENCE = 8.0  #: seconds; longer than the bot gives its database


def ask_health(settings: Settings, installation: str) -> bool | None:
    """Whether the bot that listens on HTTP_PORT of this machine is well; one that does not answer in time
    is not.  None: nothing listens there, or another program, or the bot of another database."""
    host = settings.listens_on
    here = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    try:
        answer = httpx.get(f"http://{here}:{settings.http_port}{HEALTH}", timeout=PATIENCE, trust_env=False)
        body = answer.json()
    except httpx.ReadTimeout:
        return False
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return None
    if not isinstance(body, dict) or body.get("service") != SERVICE:
        return None
    if body.get("installation", installation) != installation:
        return None
    return answer.status_code == 200
