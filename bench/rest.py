"""MLflow's REST API over kept-alive connections.

Sockets of our own, for the load generator shares the machine with the servers it measures: the usual client
libraries spend about a millisecond of CPU on a call, this one a tenth of it.
"""

from __future__ import annotations

import json
import socket
import time
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit


class NoAnswer(Exception):
    """Refused, cut off, or not answered in time."""


class TimedOut(NoAnswer):
    """Not answered in time; the server may still be at work on it."""


class Refused(Exception):
    """An answer with an error status."""

    def __init__(self, status: int, text: str):
        super().__init__(f"HTTP {status}: {' '.join(text.split())[:200]}")
        self.status = status


class Connection:
    """One connection to a server, opened at need; for one thread at a time."""

    def __init__(self, url: str, timeout: float):
        parts = urlsplit(url)
        self._address, self._timeout = (parts.hostname or "127.0.0.1", parts.port or 80), timeout
        self._head = f" HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept: */*\r\n"
        self._socket: socket.socket | None = None
        self._reader = None

    def close(self) -> None:
        if self._socket:
            self._reader.close()
            self._socket.close()
            self._socket = None

    def request(self, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        """Sends a request and reads the whole answer: its status and body."""
        length = "" if body is None else f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        message = f"{method} {path}{self._head}{length}\r\n".encode() + (body or b"")
        is_reused = self._socket is not None
        try:
            return self._exchange(message)
        except TimeoutError as error:
            self.close()
            raise TimedOut(f"no answer in {self._timeout:.0f} s") from error
        except (OSError, EOFError) as error:
            self.close()
            if not is_reused:
                raise NoAnswer(f"{type(error).__name__}: {error}") from error
        # The server had closed the idle connection, as it may.
        return self.request(method, path, body)

    def _exchange(self, message: bytes) -> tuple[int, bytes]:
        if self._socket is None:
            self._socket = socket.create_connection(self._address, self._timeout)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._reader = self._socket.makefile("rb", 1 << 16)
        self._socket.sendall(message)
        status = int(self._line().split(None, 2)[1])
        headers = {}
        while line := self._line().strip():
            name, _, value = line.partition(b":")
            headers[name.lower()] = value.strip().lower()
        body = self._body(headers)
        if headers.get(b"connection") == b"close":
            self.close()
        return status, body

    def _body(self, headers: dict[bytes, bytes]) -> bytes:
        if headers.get(b"transfer-encoding") != b"chunked":
            return self._exactly(int(headers.get(b"content-length", b"0")))
        parts = []
        while size := int(self._line().split(b";")[0], 16):
            parts.append(self._exactly(size))
            self._line()
        self._line()
        return b"".join(parts)

    def _line(self) -> bytes:
        line = self._reader.readline()
        if not line.endswith(b"\n"):
            raise EOFError("the connection ended")
        return line

    def _exactly(self, size: int) -> bytes:
        data = self._reader.read(size)
        if len(data) < size:
            raise EOFError("the connection ended within an answer")
        return data


@dataclass(frozen=True)
class Page:
    """Runs that were found, the token of the next page, and how long it took until the whole answer was there, not yet decoded."""

    runs: list[dict]
    token: str | None
    seconds: float


class Tracking(Connection):
    """The calls of the scenarios; each raises Refused unless the status is 200."""

    def call(self, method: str, path: str, body: dict | bytes | None = None) -> dict:
        return json.loads(self._ask(method, path, body))

    def _ask(self, method: str, path: str, body: dict | bytes | None) -> bytes:
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        status, answer = self.request(method, path, data)
        if status != 200:
            raise Refused(status, answer.decode("utf-8", "replace"))
        return answer

    def post(self, operation: str, body: dict | bytes) -> dict:
        return self.call("POST", "/api/2.0/mlflow/" + operation, body)

    def get(self, operation: str, prefix: str = "/api/2.0/mlflow/", **query) -> dict:
        given = {name: value for name, value in query.items() if value is not None}
        return self.call("GET", f"{prefix}{operation}?{urlencode(given, doseq=True, quote_via=quote)}")

    def is_healthy(self) -> bool:
        try:
            return self.request("GET", "/health")[0] == 200
        except NoAnswer:
            return False

    def experiment(self, name: str) -> str:
        """The id of the experiment with this name, made if it is not there."""
        try:
            return self.get("experiments/get-by-name", experiment_name=name)["experiment"]["experiment_id"]
        except Refused as refusal:
            if refusal.status != 404:
                raise
        return str(self.post("experiments/create", {"name": name})["experiment_id"])

    def create_run(self, experiment_id: str, name: str, start_time: int) -> str:
        body = {"experiment_id": experiment_id, "run_name": name, "user_id": "bench", "start_time": start_time}
        return self.post("runs/create", body)["run"]["info"]["run_id"]

    def latest(self, run_id: str) -> dict[str, dict]:
        """The latest value of each metric of a run, by its name."""
        metrics = self.get("runs/get", run_id=run_id)["run"]["data"].get("metrics", [])
        return {metric["key"]: metric for metric in metrics}

    def create_experiment(self, name: str, tags: dict[str, str]) -> str:
        pairs = [{"key": key, "value": value} for key, value in tags.items()]
        return str(self.post("experiments/create", {"name": name, "tags": pairs})["experiment_id"])

    def search_experiments(self, **query) -> list[dict]:
        return self.post("experiments/search", query).get("experiments", [])

    def search(self, experiment_id: str, **query) -> Page:
        """A page of runs."""
        start = time.perf_counter()
        answer = self._ask("POST", "/api/2.0/mlflow/runs/search", {"experiment_ids": [experiment_id], **query})
        seconds = time.perf_counter() - start
        found = json.loads(answer)
        return Page(found.get("runs", []), found.get("next_page_token") or None, seconds)

    def search_registry(self, entity: str, **query) -> tuple[list[dict], str | None]:
        """The models or versions of one page, and the token of the next one; entity is as in the path."""
        found = self.get(f"{entity}/search", **query)
        return found.get(entity.replace("-", "_"), []), found.get("next_page_token") or None
