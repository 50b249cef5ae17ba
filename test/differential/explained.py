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
    """`cases` and `paths` are globs (any may match), `reference` and `candidate` patterns searched in a summary."""

    name: str
    reason: str
    cases: tuple[str, ...] = ("*",)
    paths: tuple[str, ...] = ("*",)
    reference: str = ""
    candidate: str = ""


EXPLAINED: tuple[Explained, ...] = (
    Explained(
        "null is absent",
        "In proto3 JSON a null field is an absent one; stock fails on a null list.",
        cases=("*null*",),
        reference=r"^500 ",
        candidate=r"^200 ",
    ),
    Explained(
        "files and folders may share a name",
        "Object stores have keys, not folders; the disk behind stock fails with 500.",
        cases=("artifacts file and folder: *",),
        reference=r"^500 ",
        candidate=r"^200 ",
    ),
    Explained(
        "no server error for a bad request",
        "Clients repeat a 500 for four minutes; what the caller did wrong is 400 or 404.",
        reference=r"^500 ",
        candidate=r"^4\d\d [A-Z_]+ ",
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
        "errors of the web framework answer JSON",
        "Stock leaves some refusals to its web framework (HTML, text or `detail`); ours are MLflow errors.",
        reference=r"^4\d\d (text/html|text/plain|detail)",
        candidate=r"^4\d\d [A-Z_]+ ",
    ),
    Explained(
        "a run without experiment goes to the default one",
        "Stock means to do so, but fails on a foreign key.",
        cases=("runs create: experiment *", "json nulls: experiment null"),
        reference=r"^400 BAD_REQUEST .*FOREIGN KEY",
        candidate=r"^200 ",
    ),
    Explained(
        "no SQL in messages",
        "Stock shows the database's error text; ours is a sentence, and may name the code better.",
        reference=r"^400 (BAD_REQUEST|RESOURCE_ALREADY_EXISTS) (?s:.*)(sqlite3|SELECT construct)",
        candidate=r"^40[04] (BAD_REQUEST|RESOURCE_ALREADY_EXISTS|RESOURCE_DOES_NOT_EXIST|INVALID_PARAMETER_VALUE) ",
    ),
    Explained(
        "values of a wrong type are refused",
        "Stock drops such a field silently and stores or searches something else than was sent.",
        cases=("*ill-typed: *",),
        candidate=r"^400 INVALID_PARAMETER_VALUE",
    ),
    Explained(
        "page tokens are opaque",
        "Clients only echo tokens; ours are made otherwise, so a bad one is refused in other words.",
        cases=("*token*",),
        paths=("$.message",),
        candidate=r"^400 INVALID_PARAMETER_VALUE",
    ),
    Explained(
        "artifact locations are object stores",
        "Local paths, `..`, other servers' schemes and unknown ones are refused at creation.",
        cases=("experiments locations: *",),
        reference=r"^200 ",
        candidate=r"^(400 INVALID_PARAMETER_VALUE|404 RESOURCE_DOES_NOT_EXIST)",
    ),
    Explained(
        "unreadable paths are refused",
        "NUL and bytes that are no UTF-8 have no place in a key; stock stores an escaped name.",
        cases=("artifacts unreadable paths: *",),
        candidate=r"^400 INVALID_PARAMETER_VALUE",
    ),
    Explained(
        "NaN is a string in bulk histories",
        "Stock prints a bare NaN, which is not JSON.",
        cases=("history in bulk: *",),
        paths=("$.metrics*.value",),
        reference=r"^200 ",
        candidate=r"^200 ",
    ),
    Explained(
        "the status of logged models is searched by name",
        "Stock compares the text with its stored integer, so that no filter finds anything.",
        cases=("logged model search filters: status filter *",),
    ),
    Explained(
        "a dataset without digest stands for all its digests",
        "Stock means to do so, but compares with an empty digest over HTTP.",
        cases=("logged model search orders: datasets iris*", "logged model search orders: order by metrics of iris*"),
        reference=r"^200 ",
        candidate=r"^200 ",
    ),
    Explained(
        "parts and presigned URLs are served",
        "Stock on a disk answers 501 or 400; an object store can serve them.",
        cases=("artifacts multipart: *",),
        reference=r"^(501 NOT_IMPLEMENTED|400 INVALID_PARAMETER_VALUE Presigned)",
    ),
    Explained(
        "chunked JSON bodies are read",
        "Stock's application server hides a body that has no Content-Length from MLflow.",
        cases=("json bodies: chunked",),
        reference=r"^400 INVALID_PARAMETER_VALUE Missing value",
        candidate=r"^200 ",
    ),
    Explained(
        "redirects have no page",
        "The location is the same; nobody reads the HTML that stock sends along.",
        paths=("content-type", "$"),
        reference=r"^308 ",
        candidate=r"^308 ",
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
        _any_glob(case, entry.cases)
        and bool(re.search(entry.reference, reference.summary()))
        and bool(re.search(entry.candidate, candidate.summary()))
        and all(_any_glob(delta.path, entry.paths) for delta in found)
    )


def _any_glob(text: str, globs: Sequence[str]) -> bool:
    return any(fnmatchcase(text, glob) for glob in globs)


def _scope(entry: Explained) -> str:
    parts = [f"case `{glob}`" for glob in entry.cases if glob != "*"]
    parts += [f"at `{glob}`" for glob in entry.paths if glob != "*"]
    parts += [f"stock `{entry.reference}`"] if entry.reference else []
    parts += [f"ours `{entry.candidate}`"] if entry.candidate else []
    return ", ".join(parts).replace("|", "\\|")
