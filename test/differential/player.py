"""Plays the steps of a group on one server."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass, field, replace

from dsl import Raw, Step
from wire import Answer, Request, request_of, send, target_of

VARIABLE = re.compile(r"\$\{(\w+)\}")
MOST_PAGES = 100


@dataclass
class Side:
    """One server in one group: what was saved, and every text that was sent to it."""

    server: str
    variables: dict[str, str] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    calls: int = 0


@dataclass(frozen=True)
class Played:
    """A step's request and answer; of a walk over pages the first request and a joined answer."""

    request: Request
    answer: Answer


class CannotSave(Exception):
    """An answer lacks a value that later steps need."""


def play_step(step: Step, side: Side) -> Played:
    """Sends the step. After it the clock is at a later millisecond, so that two creations never tie."""
    played = _play_pages(step, side) if step.pages_of else _play_once(step, side, "")
    _next_millisecond()
    return played


def save_values(step: Step, side: Side, answer: Answer) -> None:
    """Remembers what the step wants saved; raises CannotSave when the answer has no such value."""
    for variable, path in step.save.items():
        value = value_at(parsed(answer), path)
        if value is None:
            raise CannotSave(f"{variable} from {path}")
        side.variables[variable] = str(value)


def value_at(value: object, path: str) -> object:
    """Follows `runs.0.info.run_id`; None when there is no such way."""
    for part in path.split("."):
        if isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        elif isinstance(value, dict):
            value = value.get(part)
        else:
            return None
    return value


def parsed(answer: Answer) -> object:
    try:
        return json.loads(answer.content)
    except ValueError:
        return None


def _play_once(step: Step, side: Side, token: str) -> Played:
    query, body = _filled(step.query, side), _filled(step.body, side)
    if token and step.method == "GET" and isinstance(query, dict):
        query = {**query, "page_token": token}
    elif token and isinstance(body, dict):
        body = {**body, "page_token": token}
    target = target_of(str(_filled(step.path, side)), query)  # type: ignore[arg-type]
    headers = {name: str(_filled(value, side)) for name, value in step.headers.items()}
    request = request_of(step.method, target, body, step.has_body, headers)
    side.sent.append(f"{target} {(request.content or b'').decode(errors='replace')}")
    side.calls += 1
    return Played(request, send(side.server, request))


def _play_pages(step: Step, side: Side) -> Played:
    first = last = _play_once(step, side, "")
    items: list[object] = []
    sizes: list[int] = []
    while last.answer.status == 200 and len(sizes) < MOST_PAGES:
        page = parsed(last.answer)
        found = value_at(page, step.pages_of) or []
        sizes.append(len(found))  # type: ignore[arg-type]
        items.extend(found)  # type: ignore[arg-type]
        token = value_at(page, "next_page_token")
        if not token:
            joined = json.dumps({"page_sizes": sizes, step.pages_of: items}).encode()
            return Played(first.request, Answer(200, last.answer.headers, joined))
        last = _play_once(step, side, str(token))
    return Played(first.request, last.answer)


def _filled(value: object, side: Side) -> object:
    if isinstance(value, str):
        return VARIABLE.sub(lambda match: side.variables.get(match.group(1), match.group(0)), value)
    if isinstance(value, Raw):
        text = str(_filled(value.content.decode("latin-1"), side))
        return replace(value, content=text.encode("latin-1"))
    if isinstance(value, dict):
        return {key: _filled(item, side) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, side) for item in value]
    return value


def _next_millisecond() -> None:
    before = time.time_ns() // 1_000_000
    while time.time_ns() // 1_000_000 == before:
        time.sleep(0.0002)
