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
    """`cases` and `paths` are globs (any may match), `reference` and `candidate` patterns searched in a summary.

    With a `suffix` (a pattern) the messages must be equal but for what the candidate's has at its end.
    """

    name: str
    reason: str
    cases: tuple[str, ...] = ("*",)
    paths: tuple[str, ...] = ("*",)
    reference: str = ""
    candidate: str = ""
    suffix: str = ""


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
        reference=r"^400 (BAD_REQUEST|RESOURCE_ALREADY_EXISTS) .*(sqlite3|SELECT construct)",
        candidate=r"^40[04] (BAD_REQUEST|RESOURCE_ALREADY_EXISTS|RESOURCE_DOES_NOT_EXIST|INVALID_PARAMETER_VALUE) ",
    ),
    Explained(
        "values of a wrong type are refused",
        "Stock drops such a field silently and stores or searches something else than was sent.",
        cases=("*ill-typed: *",),
        reference=r"^200 ",
        candidate=r"^400 INVALID_PARAMETER_VALUE",
    ),
    Explained(
        "values of a wrong type are named",
        "Both refuse; ours names the element that is wrong, stock the whole list or what follows from it.",
        cases=("*ill-typed: *",),
        paths=("$.message",),
        reference=r"^400 INVALID_PARAMETER_VALUE",
        candidate=r"^400 INVALID_PARAMETER_VALUE Invalid value .* Hint: Value was of type",
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
        "paths that are no key are refused",
        "Empty segments, absolute paths and Windows paths upwards are refused at once; stock looks for them on its disk.",
        cases=("artifacts hostile paths: *",),
        reference=r"^(200|404) ",
        candidate=r"^400 INVALID_PARAMETER_VALUE Invalid path",
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
        reference=r"^200 ",
        candidate=r"^(200|400) ",
    ),
    Explained(
        "a dataset without digest stands for all its digests",
        "Stock means to do so, but compares with an empty digest over HTTP.",
        cases=("logged model search orders: datasets iris", "logged model search orders: datasets iris, no filter"),
        reference=r"^200 ",
        candidate=r"^200 ",
    ),
    Explained(
        "chunked JSON bodies are read",
        "Stock's application server hides a body that has no Content-Length from MLflow.",
        cases=("json bodies: chunked",),
        reference=r"^400 INVALID_PARAMETER_VALUE Missing value",
        candidate=r"^200 ",
    ),
    Explained(
        "search errors say where",
        "Our message is stock's, followed by the place in the filter or order.",
        paths=("$.message",),
        suffix=r"\(at (character \d+: .*|order_by item \d+.*)\)",
    ),
    Explained(
        "a bad filter is named by its first bad token",
        "Stock lists all tokens of the clause as its SQL parser split them.",
        paths=("$.message",),
        reference=r"^400 INVALID_PARAMETER_VALUE Invalid clause\(s\)",
        candidate=r"^400 INVALID_PARAMETER_VALUE Invalid clause\(s\) .*\(at character \d+: ",
    ),
    Explained(
        "bad JSON is called bad JSON",
        "Stock takes an unreadable body for an empty one and misses its first field.",
        reference=r"^400 INVALID_PARAMETER_VALUE Missing value for required parameter",
        candidate=r"^400 INVALID_PARAMETER_VALUE Invalid request body: it must be a JSON object",
    ),
    Explained(
        "camel case is read in every request",
        "Proto3 JSON allows it everywhere; stock checks required fields by their snake case name.",
        cases=("json names: * in camel case",),
        reference=r"^400 INVALID_PARAMETER_VALUE (Missing value|Invalid value)",
        candidate=r"^200 ",
    ),
    Explained(
        "a missing id is a missing parameter",
        "Where stock does not read run_uuid, it looks for the run of the empty name.",
        cases=("*run_uuid*", "artifacts of a run: get-artifact without run"),
        reference=r"^(404 RESOURCE_DOES_NOT_EXIST Run with id=|400 INVALID_PARAMETER_VALUE )",
        candidate=r"^400 INVALID_PARAMETER_VALUE Missing value for required parameter 'run_",
    ),
    Explained(
        "an empty answer is an empty object",
        "Stock calls an empty body JSON.",
        cases=("artifacts of a run: upload-artifact*",),
        paths=("$",),
        reference=r"^200 ",
        candidate=r"^200 ",
    ),
    Explained(
        "malformed ranges are ignored",
        "HTTP tells servers to ignore a Range they cannot read.",
        cases=("artifacts content: range *",),
        reference=r"^400 text/plain",
        candidate=r"^200 ",
    ),
    Explained(
        "server-info tells what this server can do",
        "Gateway and uploads in parts depend on the deployment.",
        cases=("service: GET */server-info",),
        paths=("$.features_enabled.gateway", "$.multipart_*"),
    ),
    Explained(
        "parts of the stock dashboard are absent",
        "Its telemetry and gateway pages tolerate a 404.",
        cases=("service: GET */ui-telemetry", "service: GET */gateway-proxy"),
        candidate=r"^404 ENDPOINT_NOT_FOUND",
    ),
    Explained(
        "plain text is called plain text",
        "Stock calls the version and the empty answer to HEAD HTML.",
        cases=("service: GET /version", "service: HEAD /health"),
        paths=("content-type",),
        candidate=r"^200 text/plain",
    ),
    Explained(
        "a stored param may be logged again",
        "A retried request must be harmless; stock fails on its unique key.",
        cases=("logged models params: same again", "logged models params: one twice"),
        reference=r"^400 BAD_REQUEST",
        candidate=r"^200 ",
    ),
    Explained(
        "the path names the resource",
        "When path and body name two models, stock takes the body's.",
        cases=("logged models lifecycle: finalize with two ids",),
        reference=r"^200 ",
        candidate=r"^200 ",
    ),
    Explained(
        "an encoded slash does not separate",
        "Stock decodes the path before it looks for the route.",
        cases=("routes: encoded slash", "logged models tags: delete with encoded slash"),
    ),
    Explained(
        "nothing stays of a refused batch",
        "Stock stores the run's metrics before it looks for the model.",
        cases=("metrics of models: what a refused batch left",),
        paths=("$.metrics",),
    ),
    Explained(
        "there are no empty folders",
        "Object stores have keys, not folders.",
        cases=("artifacts file and folder: list of emptied folders",),
        reference=r"^200 ",
        candidate=r"^200 ",
    ),
    Explained(
        "redirects have no page",
        "The location is the same; nobody reads the HTML that stock sends along.",
        paths=("content-type", "$"),
        reference=r"^308 ",
        candidate=r"^308 ",
    ),
    Explained(
        "the last of a doubled tag counts",
        "As in log-batch; stock's database refuses the second row of the same key.",
        cases=("*tag twice", "experiments create: same tag twice"),
        reference=r"^400 ",
        candidate=r"^200 ",
    ),
    Explained(
        "keys with dashes need no quotes",
        "There is only one way to read `params.with-dash`; stock's tokenizer stops at the dash.",
        cases=("run search filters: filter params.with-dash = 'x'",),
        reference=r"^400 ",
        candidate=r"^200 ",
    ),
    Explained(
        "a list of one number has no comma",
        "Stock prints a Python tuple.",
        cases=("run search odd filters: odd filter run_id IN (1)", "registry search models: filter name IN (1)"),
        paths=("$.message",),
    ),
    Explained(
        "uploads in parts and downloads by URL work everywhere",
        "Stock has them for object stores alone, and here it keeps artifacts on its disk; Tracklet has S3 on a laptop, too.",
        cases=("artifacts multipart: *",),
        reference=r"^501 NOT_IMPLEMENTED Multipart (upload|download) is not supported for the current artifact repository",
        candidate=r"^(200 |400 INVALID_PARAMETER_VALUE |404 RESOURCE_DOES_NOT_EXIST )",
    ),
    Explained(
        "presigned URLs for runs that are proxied",
        "Stock signs for s3:// roots alone; here the server and S3 keep the same files under the same paths.",
        cases=("artifacts multipart: presigned *",),
        reference=r"^400 INVALID_PARAMETER_VALUE Presigned (upload|download) is not supported for ",
        candidate=r"^200 ",
    ),
    Explained(
        "a GET has no body",
        "Neither the platform's Request nor API Gateway carries one.",
        cases=("json bodies: GET with a body",),
        reference=r"^200 ",
        candidate=r"^400 ",
    ),
    Explained(
        "bytes that are no UTF-8 read as U+FFFD",
        "As the URL standard has it; Python keeps the escape.",
        cases=("routes: escape that is not UTF-8",),
        paths=("$.message",),
    ),
    Explained(
        "a page of no models",
        "No size or a negative one is the caller's mistake; stock answers an empty page with a token that leads nowhere.",
        cases=("logged model search pages: max_results -1", "registry search pages: models: max_results *"),
        reference=r"^200 ",
        candidate=r"^400 ",
    ),
    Explained(
        "names of models have an end",
        "256 characters, as stock's column has on MySQL and PostgreSQL; SQLite alone takes more.",
        cases=("registered models limits: *",),
        reference=r"^200 ",
        candidate=r"^400 INVALID_PARAMETER_VALUE",
    ),
    Explained(
        "words of SQL are names like others",
        "Stock's tokenizer takes `version`, `source` and `alias` for something else; they are no attributes either way.",
        cases=("registry search *: filter *", "registry search versions: order version"),
        paths=("$.message",),
        reference=r"^400 INVALID_PARAMETER_VALUE Invalid (clause\(s\)|order_by clause)",
        candidate=r"^400 INVALID_PARAMETER_VALUE Invalid attribute key '(version|source|alias)'",
    ),
    Explained(
        "local paths are named as they came",
        "Stock says where on its own disk they would be.",
        cases=("model versions sources: source with run *",),
        paths=("$.message",),
        reference=r"^400 INVALID_PARAMETER_VALUE .*To use a local path",
        candidate=r"^400 INVALID_PARAMETER_VALUE .*To use a local path",
    ),
    Explained(
        "paths are named in their normal form",
        "The message tells the path that was looked for.",
        cases=("artifacts hostile paths: get-artifact *",),
        paths=("$.message",),
        reference=r"^400 ",
        candidate=r"^400 ",
    ),
    Explained(
        "an empty number is a wrong type",
        "Stock drops the field where its own type check is missing.",
        cases=("history of a run: max_results ",),
        reference=r"^200 ",
        candidate=r"^400 ",
    ),
    Explained(
        "a null in a list is an empty item",
        "Stock's type check trips over it in other words.",
        cases=("run search orders: ill-typed: order null",),
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
        and bool(re.search(entry.reference, reference.summary(), re.DOTALL))
        and bool(re.search(entry.candidate, candidate.summary(), re.DOTALL))
        and (not entry.suffix or _is_longer(entry.suffix, reference, candidate))
        and all(_any_glob(delta.path, entry.paths) for delta in found)
    )


def _is_longer(suffix: str, reference: Normal, candidate: Normal) -> bool:
    shortened = re.sub(rf" {suffix}$", "", candidate.summary(), flags=re.DOTALL)
    return shortened != candidate.summary() and shortened == reference.summary()


def _any_glob(text: str, globs: Sequence[str]) -> bool:
    return any(fnmatchcase(text, glob) for glob in globs)


def _scope(entry: Explained) -> str:
    parts = [f"case `{glob}`" for glob in entry.cases if glob != "*"]
    parts += [f"at `{glob}`" for glob in entry.paths if glob != "*"]
    parts += [f"stock `{entry.reference}`"] if entry.reference else []
    parts += [f"ours `{entry.candidate}`"] if entry.candidate else []
    parts += [f"ours ends with `{entry.suffix}`"] if entry.suffix else []
    return ", ".join(parts).replace("|", "\\|")
