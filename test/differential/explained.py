"""The accepted differences between stock and Tracklet, each with its reason.

An entry explains a call when the case's name, the summaries of both answers (see Normal.summary)
and every differing path match. README.md shows the same list as a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from compare import Delta
from normalise import Normal


@dataclass(frozen=True)
class Explained:
    """`cases` and `paths` are globs, `reference` and `candidate` patterns searched in a summary."""

    name: str
    reason: str
    cases: str = "*"
    paths: str = "*"
    reference: str = ""
    candidate: str = ""


EXPLAINED: tuple[Explained, ...] = (
    Explained(
        "no server error for a bad request",
        "Clients repeat a 500 for four minutes; what the caller did wrong is 400.",
        reference=r"^500 ",
        candidate=r"^400 INVALID_PARAMETER_VALUE",
    ),
    Explained(
        "unknown routes answer JSON",
        "ENDPOINT_NOT_FOUND makes clients fall back to an older endpoint; stock sends HTML.",
        reference=r"^404 text/html",
        candidate=r"^404 ENDPOINT_NOT_FOUND",
    ),
    Explained(
        "wrong methods answer JSON",
        "As for unknown routes: an error body that clients can read.",
        reference=r"^405 text/html",
        candidate=r"^(405 |404 ENDPOINT_NOT_FOUND)",
    ),
    Explained(
        "HTML errors answer JSON",
        "Stock leaves some refusals to the web framework, as HTML; ours are MLflow errors.",
        reference=r"^400 text/html",
        candidate=r"^400 [A-Z_]+ ",
    ),
    Explained(
        "no SQL in messages",
        "Stock shows the database's error text; ours is a sentence, and may name the code better.",
        reference=r"^400 (BAD_REQUEST|RESOURCE_ALREADY_EXISTS) .*(sqlite3|sqlalchemy|IntegrityError)",
        candidate=r"^40[04] (BAD_REQUEST|RESOURCE_ALREADY_EXISTS|RESOURCE_DOES_NOT_EXIST|INVALID_PARAMETER_VALUE)",
    ),
    Explained(
        "nested values of a wrong type are refused",
        "Stock drops such a field silently and stores something else than was sent.",
        cases="*nested*",
        reference=r"^200 ",
        candidate=r"^400 INVALID_PARAMETER_VALUE",
    ),
)


def explain(
    case: str, reference: Normal, candidate: Normal, found: Sequence[Delta]
) -> Explained | None:
    """The first entry that explains all that differs in this call."""
    matching = (entry for entry in EXPLAINED if _matches(entry, case, reference, candidate, found))
    return next(matching, None)


def table() -> str:
    """The entries as a Markdown table."""
    rows = [f"| {entry.name} | {_scope(entry)} | {entry.reason} |" for entry in EXPLAINED]
    return "\n".join(["| Difference | Where | Reason |", "|---|---|---|", *rows])


def _matches(
    entry: Explained, case: str, reference: Normal, candidate: Normal, found: Sequence[Delta]
) -> bool:
    return (
        fnmatchcase(case, entry.cases)
        and bool(re.search(entry.reference, reference.summary()))
        and bool(re.search(entry.candidate, candidate.summary()))
        and all(fnmatchcase(delta.path, entry.paths) for delta in found)
    )


def _scope(entry: Explained) -> str:
    parts = [f"case `{entry.cases}`"] if entry.cases != "*" else []
    parts += [f"at `{entry.paths}`"] if entry.paths != "*" else []
    parts += [f"stock `{entry.reference}`"] if entry.reference else []
    parts += [f"ours `{entry.candidate}`"] if entry.candidate else []
    return ", ".join(parts).replace("|", "\\|")
