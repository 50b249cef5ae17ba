"""The small language of the cases: a group is a list of steps, a step is one HTTP call.

A string of a step may hold `${name}`: the value that an earlier step saved under that name on the
server that is being asked. Paths without a leading slash are below /api/2.0/mlflow/.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

JSON_TYPE = "application/json"

Query = Mapping[str, object] | str | None


@dataclass(frozen=True)
class Raw:
    """A request body sent as it stands, with any Content-Type or none."""

    content: bytes
    content_type: str | None = None
    is_chunked: bool = False


@dataclass(frozen=True)
class Step:
    """One call (or one walk over all pages) and what to remember of its answer."""

    name: str
    method: str
    path: str
    query: Query = None
    body: object = None
    has_body: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    save: Mapping[str, str] = field(default_factory=dict)
    pages_of: str = ""
    any_order: str = ""
    sorted_by: str = ""


@dataclass(frozen=True)
class Group:
    """Steps that need each other and nobody else."""

    name: str
    steps: tuple[Step, ...]


Steps = Step | Iterable["Steps"]


def full_path(path: str) -> str:
    return path if path.startswith("/") else f"/api/2.0/mlflow/{path}"


def get(path: str, query: Query = None, name: str = "", **options: object) -> Step:
    """A GET; a list in the query becomes a repeated key, a str is sent verbatim."""
    return _step("GET", path, name, query=query, **options)


def post(path: str, body: object = None, name: str = "", **options: object) -> Step:
    return _with_body("POST", path, body, name, options)


def patch(path: str, body: object = None, name: str = "", **options: object) -> Step:
    return _with_body("PATCH", path, body, name, options)


def put(path: str, body: object = None, name: str = "", **options: object) -> Step:
    return _with_body("PUT", path, body, name, options)


def delete(path: str, body: object = None, name: str = "", **options: object) -> Step:
    """A DELETE; without a body unless one is given."""
    if body is None:
        return _step("DELETE", path, name, **options)
    return _with_body("DELETE", path, body, name, options)


def call(method: str, path: str, name: str = "", **options: object) -> Step:
    """Any other method, without a body."""
    return _step(method, path, name, **options)


def group(name: str, *steps: Steps, experiment: str = "experiment") -> Group:
    """Names the steps uniquely and lets them begin with an experiment of the group's own.

    The experiment is called `diff <group name>`; its id is saved as `experiment`. An empty name
    leaves it out.
    """
    flat = list(_flatten(steps))
    if experiment:
        flat.insert(0, new_experiment(experiment, f"diff {name}"))
    return Group(name, tuple(_unique_names(flat)))


def new_experiment(variable: str, name: str, **fields: object) -> Step:
    body = {"name": name, **fields}
    return post("experiments/create", body, f"make {name}", save={variable: "experiment_id"})


def new_run(variable: str, experiment: str = "${experiment}", **fields: object) -> Step:
    """Creates a run called like its variable, and saves its id."""
    body = {"experiment_id": experiment, "run_name": variable, "start_time": 1000, **fields}
    return post("runs/create", body, f"make run {variable}", save={variable: "run.info.run_id"})


def new_model(variable: str, experiment: str = "${experiment}", **fields: object) -> Step:
    """Creates a logged model called like its variable, and saves its id."""
    body = {"experiment_id": experiment, "name": variable, **fields}
    saved = {variable: "model.info.model_id"}
    return post("logged-models", body, f"make model {variable}", save=saved)


def show_run(variable: str, name: str = "") -> Step:
    return get("runs/get", {"run_id": "${%s}" % variable}, name or f"show run {variable}")


def pairs(**values: str) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in values.items()]


def metric(key: str, value: object, timestamp: int = 1, step: int = 0) -> dict[str, object]:
    return {"key": key, "value": value, "timestamp": timestamp, "step": step}


def _step(method: str, path: str, name: str, **options: object) -> Step:
    return Step(name or f"{method} {path}", method, full_path(path), **options)  # type: ignore[arg-type]


def _with_body(method: str, path: str, body: object, name: str, options: dict[str, object]) -> Step:
    content = {} if body is None else body
    return _step(method, path, name, body=content, has_body=True, **options)


def _flatten(steps: Iterable[Steps]) -> Iterable[Step]:
    for step in steps:
        if isinstance(step, Step):
            yield step
        else:
            yield from _flatten(step)


def _unique_names(steps: Sequence[Step]) -> Iterable[Step]:
    seen: dict[str, int] = {}
    for step in steps:
        count = seen[step.name] = seen.get(step.name, 0) + 1
        yield step if count == 1 else replace(step, name=f"{step.name} #{count}")
