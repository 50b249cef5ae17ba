"""What a play found, for eyes and for files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from compare import Delta
from explained import EXPLAINED
from normalise import Normal
from wire import Request

LONGEST_TEXT = 600
MOST_DELTAS = 12


@dataclass(frozen=True)
class Result:
    """One step played on both servers; `explained_by` names the entry that accepts the difference."""

    case: str
    request: Request
    reference: Normal
    candidate: Normal
    deltas: Sequence[Delta]
    explained_by: str | None = None
    problem: str = ""

    @property
    def is_unexplained(self) -> bool:
        return bool(self.deltas or self.problem) and self.explained_by is None


def describe(result: Result) -> str:
    """The lines printed for an unexplained difference."""
    request = f"{result.request.method} {result.request.target}"
    content = result.request.content
    lines = [f"DIFFERENCE {result.case}", f"  request   {_short(request)}"]
    lines += [f"            {_short(content.decode(errors='replace'))}"] if content is not None else []
    lines += [f"  reference {_short(_shown(result.reference))}", f"  candidate {_short(_shown(result.candidate))}"]
    for delta in result.deltas[:MOST_DELTAS]:
        lines.append(f"  at {delta.path}: {_short(repr(delta.reference))} / {_short(repr(delta.candidate))}")
    if len(result.deltas) > MOST_DELTAS:
        lines.append(f"  and at {len(result.deltas) - MOST_DELTAS} more places")
    return "\n".join(lines + ([f"  {result.problem}"] if result.problem else []))


def stale_entries(results: Sequence[Result]) -> list[str]:
    used = {result.explained_by for result in results}
    return [entry.name for entry in EXPLAINED if entry.name not in used]


def write_report(path: str, results: Sequence[Result]) -> None:
    with open(path, "w", encoding="utf-8") as file:
        json.dump([_as_json(result) for result in results], file, indent=1, ensure_ascii=False)


def _as_json(result: Result) -> dict[str, object]:
    content = result.request.content
    return {
        "case": result.case,
        "request": f"{result.request.method} {result.request.target}",
        "content": None if content is None else content.decode(errors="replace"),
        "reference": _shown(result.reference),
        "candidate": _shown(result.candidate),
        "differs_at": [delta.path for delta in result.deltas],
        "explained_by": result.explained_by,
        "problem": result.problem,
    }


def _shown(answer: Normal) -> str:
    headers = f" {dict(answer.headers)}" if answer.headers else ""
    return f"{answer.status} {answer.content_type}{headers} {json.dumps(answer.body, ensure_ascii=False)}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}… ({len(text)} characters)"
