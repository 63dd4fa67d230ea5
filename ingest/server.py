"""A Chroma server in place of the embedded store: where it is, and what its failures mean."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from json import JSONDecodeError
from typing import Final
from urllib.parse import unquote, urlsplit

from ingest.manifest import IndexMissing

PATIENCE_S: Final = 20.0
"""How long one request may take. Chroma's own client would wait for a frozen server for ever."""
_PORTS: Final = {"http": 80, "https": 443}


class StoreUnreachable(Exception):
    """The Chroma server does not answer; the message names its address and what to do."""


@dataclass(frozen=True)
class Server:
    """The address of a Chroma server, with the login that a proxy before it may want."""

    host: str
    port: int
    ssl: bool = False
    login: str = field(default="", repr=False)
    """`user:password`, never shown."""

    @classmethod
    def at(cls, url: str) -> "Server":
        """The server that `http://host:port` names.

        Raises:
            ValueError: for anything else; the message repeats nothing of it, it may hold a login.

        """
        try:
            parts = urlsplit(url)
            port = parts.port or _PORTS[parts.scheme]
        except (ValueError, KeyError):
            parts, port = urlsplit(""), 0
        if not parts.hostname or parts.path not in ("", "/") or parts.query or parts.fragment:
            raise ValueError("this is no address like http://127.0.0.1:8000") from None
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        named = parts.username is not None
        login = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}" if named else ""
        return cls(host, port, parts.scheme == "https", login)

    @property
    def url(self) -> str:
        """The address without the login."""
        return f"{'https' if self.ssl else 'http'}://{self.host}:{self.port}"

    @property
    def headers(self) -> dict[str, str]:
        """The login as HTTP basic authentication."""
        if not self.login:
            return {}
        return {"Authorization": f"Basic {b64encode(self.login.encode()).decode()}"}

    def check(self) -> None:
        """Asks for a sign of life.

        Raises:
            StoreUnreachable: none came.

        """
        import httpx

        with self.reached():
            answer = httpx.get(
                f"{self.url}/api/v2/heartbeat", headers=self.headers, timeout=PATIENCE_S
            )
            if answer.is_error:
                raise StoreUnreachable(self._refusal(f"HTTP {answer.status_code}"))

    @contextmanager
    def reached(self) -> Iterator[None]:
        """Around calls of the server: its failures become errors that people can act on.

        Raises:
            StoreUnreachable: it is down, too slow, or answers with an error.
            IndexMissing: it is there and the collections are not.

        """
        import httpx
        from chromadb.errors import ChromaError, NotFoundError

        try:
            yield
        except NotFoundError as error:
            raise IndexMissing(
                f"the Chroma server at {self.url} does not hold the index; run `ozone index`"
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise StoreUnreachable(
                f"the Chroma server at {self.url} cannot be reached; start it (`chroma run`) or "
                "correct OZONE_CHROMA_URL, then try again"
            ) from error
        except (ChromaError, JSONDecodeError) as error:
            raise StoreUnreachable(self._refusal(str(error))) from error
        except Exception as error:
            # A bare Exception is what Chroma's client makes of an error page that is not its own.
            if type(error) is not Exception:
                raise
            raise StoreUnreachable(self._refusal(str(error))) from error

    def _refusal(self, said: str) -> str:
        first = (said.strip().splitlines() or ["no reason given"])[0][:120]
        return (
            f"the Chroma server at {self.url} answered with an error ({first}); look into its "
            "log or correct OZONE_CHROMA_URL, then try again"
        )
