"""Makes two answers comparable: names for ids, `<time>` for the server's clock, sorted sets."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from dsl import Step
from player import Side, value_at
from wire import Answer

SERVER_TIMES = frozenset(
    {
        *("creation_time", "last_update_time", "creation_timestamp_ms", "last_updated_timestamp_ms"),
        *("creation_timestamp", "last_updated_timestamp"),
    }
)
FILE_HEADERS = ("content-disposition", "content-range", "x-content-type-options")
FILE_PATHS = ("get-artifact", "/mlflow-artifacts/artifacts/", "/artifacts/files")
ERROR_EXTRAS = frozenset({"sqlstate", "error_class"})
SETS = frozenset(
    {"tags", "params", "dataset_inputs", "model_inputs", "model_outputs", "latest_versions"}
)
PYTHON_SET = re.compile(r"\{'[^{}]*'\}")
RANDOM_NAME = re.compile(r"^[a-z]+-[a-z]+-\d{1,4}$")
UUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
UNNAMED_ID = re.compile(r"\b(m-)?[0-9a-f]{32}\b")
# An experiment id is a small number: it is replaced only where the text before it says so.
BEFORE_SHORT_ID = "|".join(
    f"(?<={text})"
    for text in (
        "mlflow-artifacts:/",
        "/artifacts/artifacts/",
        "xperiment ",
        "xperiment with id=",
        "xperiment with id ",
        "xperiment_id=",
        r"\['",
    )
)

ROOT_OF_EXPERIMENT = re.compile(r"(?<=mlflow-artifacts:/)\d+(?![\w.-])|(?<=')\d+(?=/(?:<|models/))")


@dataclass(frozen=True)
class Normal:
    """What of an answer is compared."""

    status: int
    content_type: str
    headers: Mapping[str, str]
    body: object

    def summary(self) -> str:
        """`<status> <error code> <message>`, or `<status> <content type>`; matched by explained.py.

        An error of stock's web framework, `{"detail": ...}`, reads `<status> detail <text>`.
        """
        if isinstance(self.body, dict) and "error_code" in self.body:
            return f"{self.status} {self.body['error_code']} {self.body.get('message', '')}"
        if isinstance(self.body, dict) and self.body.keys() == {"detail"}:
            return f"{self.status} detail {self.body['detail']}"
        return f"{self.status} {self.content_type}"


def normalise(step: Step, side: Side, answer: Answer) -> Normal:
    content_type = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    body = _body(content_type, answer.content)
    is_sorted = _is_sorted(step, body)
    named = _Names(side).walk(body, "", "")
    named = _without_order(step, named)
    if is_sorted is not None and isinstance(named, dict):
        named[f"<{step.sorted_by}> is sorted"] = is_sorted
    return Normal(answer.status, content_type, _headers(step, side, answer), named)


def canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=str)


class _Names:
    """Replaces what differs from server to server by names."""

    def __init__(self, side: Side) -> None:
        self._sent = "\n".join(side.sent)
        long_ids = {value: name for name, value in side.variables.items() if len(value) > 30}
        self._long_ids = long_ids
        short_ids = {value: name for name, value in side.variables.items() if value.isdigit()}
        self._short_ids = short_ids
        numbers = "|".join(sorted(short_ids, key=len, reverse=True))
        self._in_text = re.compile(rf"(?:{BEFORE_SHORT_ID})(?:{numbers})(?!\d)") if numbers else None

    def walk(self, value: object, key: str, parent: str) -> object:
        if isinstance(value, dict):
            return self._walk_object(value, key)
        if isinstance(value, list):
            items = [self.walk(item, key, parent) for item in value]
            is_set = key in SETS or (key == "metrics" and parent == "data")
            return sorted(items, key=canonical) if is_set else items
        if key in SERVER_TIMES and isinstance(value, int) and value > 0:
            return "<time>"
        return self._text(value, key) if isinstance(value, str) else value

    def _walk_object(self, value: dict[str, object], key: str) -> dict[str, object]:
        is_error = "error_code" in value
        kept = {name: item for name, item in value.items() if not (is_error and name in ERROR_EXTRAS)}
        walked = {name: self.walk(item, name, key) for name, item in kept.items()}
        if walked.get("key") == "mlflow.runName" and "value" in walked:
            walked["value"] = self._text(str(value["value"]), "run_name")
        if walked.get("next_page_token"):
            walked["next_page_token"] = "<token>"
        return walked

    def _text(self, text: str, key: str) -> str:
        if key in ("run_name", "name") and RANDOM_NAME.match(text) and text not in self._sent:
            return "<name>"
        if key == "experiment_id" and text.isdigit():
            return self._experiment(text)
        if key == "webhook_id" and UUID.match(text):
            return "<webhook id>"
        return self.replace_ids(text)

    def replace_ids(self, text: str) -> str:
        for value, name in self._long_ids.items():
            text = text.replace(value, f"<{name}>")
        if self._in_text:
            text = self._in_text.sub(lambda match: self._experiment(match.group(0)), text)
        text = ROOT_OF_EXPERIMENT.sub(lambda match: self._experiment(match.group(0)), text)
        text = PYTHON_SET.sub(_sorted_set, text)
        return UNNAMED_ID.sub(self._unnamed, text)

    def _experiment(self, number: str) -> str:
        """The default experiment is 0 everywhere; of others only that they are numbers is sure."""
        return number if number == "0" else f"<{self._short_ids.get(number, 'experiment id')}>"

    def _unnamed(self, match: re.Match[str]) -> str:
        """An id of the server's making that no step saved; one that the client made up stays."""
        found = match.group(0)
        return found if found in self._sent else f"<{match.group(1) or ''}id>"


def _sorted_set(match: re.Match[str]) -> str:
    """Stock prints sets in messages, in an order that changes from process to process."""
    return "{" + ", ".join(sorted(match.group(0)[1:-1].split(", "))) + "}"


def _headers(step: Step, side: Side, answer: Answer) -> dict[str, str]:
    """Where a redirect leads, and how a file is delivered; other headers are the front's business."""
    is_file = answer.status < 300 and any(part in step.path for part in FILE_PATHS)
    names = FILE_HEADERS if is_file else ()
    found = {name: answer.headers[name] for name in names if name in answer.headers}
    if "location" in answer.headers:
        found["location"] = answer.headers["location"].removeprefix(side.server)
    return {name: _Names(side).replace_ids(value) for name, value in found.items()}


def _body(content_type: str, content: bytes) -> object:
    if content_type == "application/json":
        try:
            return json.loads(content, parse_constant=lambda token: f"<bare {token}>")
        except ValueError:
            return f"<not JSON> {content[:200]!r}"
    if content_type == "text/html" and content.startswith(b"<"):
        return "<html>"
    try:
        return content.decode()
    except UnicodeDecodeError:
        return repr(content)


def _is_sorted(step: Step, body: object) -> bool | None:
    """For an order that the server's own ids decide: checked on each side, then taken out of play."""
    if not step.sorted_by:
        return None
    name, path = step.sorted_by.split(": ")
    values = [str(value_at(item, path)) for item in (value_at(body, name) or [])]  # type: ignore[attr-defined]
    return values == sorted(values)


def _without_order(step: Step, body: object) -> object:
    name = step.any_order or step.sorted_by.split(": ")[0]
    if name and isinstance(body, dict) and isinstance(body.get(name), list):
        body[name] = sorted(body[name], key=canonical)
    return body
