"""Sends one request of a case and brings back the answer, unjudged."""

from __future__ import annotations

import http.client
import json
import urllib.parse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dsl import Query, Raw, JSON_TYPE

TIMEOUT_SECONDS = 60
CHUNK_BYTES = 1000


@dataclass(frozen=True)
class Request:
    method: str
    target: str
    headers: Mapping[str, str]
    content: bytes | None
    is_chunked: bool = False


@dataclass(frozen=True)
class Answer:
    """Status 0 means that no HTTP answer came; the body then says why."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def target_of(path: str, query: Query) -> str:
    if not query:
        return path
    if isinstance(query, str):
        return f"{path}?{query}"
    return f"{path}?{urllib.parse.urlencode(query, doseq=True)}"


def request_of(method: str, target: str, body: object, has_body: bool, headers: Mapping[str, str]) -> Request:
    """Builds the request; a body that is not Raw becomes JSON."""
    if not has_body:
        return Request(method, target, headers, None)
    if isinstance(body, Raw):
        typed = {"Content-Type": body.content_type} if body.content_type is not None else {}
        return Request(method, target, {**typed, **headers}, body.content, body.is_chunked)
    content = json.dumps(body).encode()
    return Request(method, target, {"Content-Type": JSON_TYPE, **headers}, content)


def send(server: str, request: Request) -> Answer:
    """Asks `server` (http://host:port) on a fresh connection."""
    host = urllib.parse.urlsplit(server)
    connection = http.client.HTTPConnection(host.hostname or "", host.port or 80, timeout=TIMEOUT_SECONDS)
    try:
        return _exchange(connection, request)
    except (OSError, http.client.HTTPException) as error:
        return Answer(0, {}, f"no answer: {error!r}".encode())
    finally:
        connection.close()


def _exchange(connection: http.client.HTTPConnection, request: Request) -> Answer:
    if request.is_chunked:
        headers = {**request.headers, "Transfer-Encoding": "chunked"}
        body = _chunks(request.content or b"")
        connection.request(request.method, request.target, body, headers, encode_chunked=True)
    else:
        connection.request(request.method, request.target, request.content, dict(request.headers))
    response = connection.getresponse()
    headers_read = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, headers_read, response.read())


def _chunks(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), CHUNK_BYTES):
        yield content[start : start + CHUNK_BYTES]
