"""The runs and experiments that all servers get: a pure function of their number, so that every right answer is known beforehand."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

FIRST_MS = 1_700_000_000_000
PARAMS, METRICS, TAGS = 20, 20, 10
GOLDEN_RATIO = 0.6180339887498949
NUMBER_OF_TEAMS = 20


def name_of(run: int) -> str:
    return f"run-{run:07d}"


def start_of(run: int) -> int:
    return FIRST_MS + run * 1000


def params_of(run: int) -> dict[str, str]:
    spread = {f"p_{k:02d}": f"value-{(run * 7 + k) % 100}" for k in range(2, PARAMS)}
    return {"p_00": f"v{run % 10}", "p_01": f"{(run % 97 + 1) / 1e5:.5f}", **spread}


def quality_of(run: int) -> float:
    """The metric m_00, which the searches are about: other for every run, even over [0, 1)."""
    return (run * GOLDEN_RATIO) % 1.0


def metrics_of(run: int) -> dict[str, float]:
    spread = {f"m_{k:02d}": ((run * (2 * k + 1) + 13 * k) % 9973) / 9973 for k in range(1, METRICS)}
    return {"m_00": quality_of(run), **spread}


def tags_of(run: int) -> dict[str, str]:
    return {"t_00": f"team-{run % NUMBER_OF_TEAMS}", **{f"t_{k:02d}": f"tag-{(run + k) % 50}" for k in range(1, TAGS)}}


def experiment_name(prefix: str, experiment: int) -> str:
    return f"{prefix}/team-{experiment % NUMBER_OF_TEAMS}/project-{experiment:06d}"


def experiment_tags(experiment: int) -> dict[str, str]:
    return {"team": f"team-{experiment % NUMBER_OF_TEAMS}", "mlflow.note.content": f"What project {experiment} is about"}


def pairs_of(of: dict[str, str]) -> list[dict]:
    return [{"key": key, "value": value} for key, value in of.items()]


def batch_of(run_id: str, run: int) -> dict:
    """The log-batch that gives a run all that it holds."""
    points = [{"key": key, "value": value, "timestamp": start_of(run), "step": 0} for key, value in metrics_of(run).items()]
    return {"run_id": run_id, "metrics": points, "params": pairs_of(params_of(run)), "tags": pairs_of(tags_of(run))}


QUERIES = {
    "newest 50": {"order_by": ["attributes.start_time DESC"], "max_results": 50},
    "filter metric and param": {
        "filter": "metrics.m_00 > 0.5 and metrics.m_00 < 0.6 and params.p_00 = 'v3'", "max_results": 50},
    "LIKE on a tag": {"filter": "tags.t_00 LIKE 'team-13%'", "max_results": 50},
    "top 10 by metric": {"order_by": ["metrics.m_00 DESC"], "max_results": 10},
}


def answer_to(query: str, runs: int) -> list[str]:
    """The names that the query must find in an experiment of so many runs, in order: newest first where it does not say."""
    newest_first = range(runs - 1, -1, -1)
    if query == "newest 50":
        found = list(newest_first[:50])
    elif query == "filter metric and param":
        found = [run for run in newest_first if 0.5 < quality_of(run) < 0.6 and run % 10 == 3][:50]
    elif query == "LIKE on a tag":
        found = [run for run in newest_first if run % NUMBER_OF_TEAMS == 13][:50]
    else:
        found = sorted(newest_first, key=quality_of, reverse=True)[:10]
    return [name_of(run) for run in found]


def point_at(step: int) -> tuple[float, int]:
    """Value and time of one point of a history."""
    return 1.0 / (1 + step % 1000) + (step % 7) * 0.01, FIRST_MS + step


def history_batch(run_id: str, keys: list[str], first_step: int, steps: int) -> bytes:
    """A log-batch of len(keys) * steps points. Built as text: json.dumps would cost more than the sending."""
    points = []
    for step in range(first_step, first_step + steps):
        value, timestamp = point_at(step)
        rest = f'"value":{value!r},"timestamp":{timestamp},"step":{step}'
        points += [f'{{"key":"{key}",{rest}}}' for key in keys]
    return f'{{"run_id":"{run_id}","metrics":[{",".join(points)}]}}'.encode()


# The registry: models of a few versions each, every fiftieth of them a prompt, and one model with very many versions.
PROMPT_EVERY = 50
IS_PROMPT = "mlflow.prompt.is_prompt"


def model_name(prefix: str, model: int) -> str:
    return f"{prefix}.team-{model % NUMBER_OF_TEAMS}.model-{model:06d}"


def large_model(prefix: str) -> str:
    return f"{prefix}.large"


def is_prompt(model: int) -> bool:
    return model % PROMPT_EVERY == 49


def model_tags(model: int) -> dict[str, str]:
    prompt = {IS_PROMPT: "true"} if is_prompt(model) else {}
    return {"team": f"team-{model % NUMBER_OF_TEAMS}", "note": f"What model {model} is about", **prompt}


def version_tags(model: int, version: int) -> dict[str, str]:
    prompt = {IS_PROMPT: "true", "mlflow.prompt.text": f"Answer as model {model} would"} if is_prompt(model) else {}
    return {"quality": f"q-{(model + version) % 40}", "candidate": "yes" if version % 5 == 0 else "no", **prompt}


def version_run(model: int, version: int) -> str:
    """The run of a version: of every two versions the same one."""
    return f"{zlib.crc32(f'{model}/{version // 2}'.encode()):08x}" * 4


def version_source(model: int, version: int) -> str:
    if is_prompt(model):
        return "prompt-template"
    return f"s3://models/{model:06d}/{version_run(model, version)}/artifacts/model"


def version_of(name: str, model: int, version: int) -> dict:
    """The body of a model-versions/create."""
    return {"name": name, "source": version_source(model, version), "run_id": version_run(model, version),
            "description": f"Version {version} of model {model}", "tags": pairs_of(version_tags(model, version))}


@dataclass(frozen=True)
class Asked:
    """A search of the registry, and by what its right answer is known."""

    query: dict[str, Any]
    # How many there are in so many models of so many versions each, with a large one beside them.
    count: Callable[[int, int, int], int]
    matches: Callable[[dict], bool] = lambda row: True
    key: Callable[[dict], Any] = lambda row: 0
    is_descending: bool = False


REGISTRY_QUERIES = [("model-versions", query) for query in (
    "newest 50", "newest 100", "by name", "LIKE on the name", "by run", "by tag", "LIKE on a tag", "by source", "LIKE on the source",
    "by version number", "ordered by name", "ordered by version", "oldest 100", "all in one page", "prompts")]
REGISTRY_QUERIES += [("registered-models", query) for query in (
    "first 100", "by name", "LIKE on the name", "by tag", "LIKE on a tag", "newest 100", "all in one page", "prompts")]


def registry_query(entity: str, query: str, prefix: str, models: int, large: int) -> Asked:
    return (_version_query if entity == "model-versions" else _model_query)(query, prefix, models, large)


def _tag(row: dict, key: str) -> str | None:
    return next((tag["value"] for tag in row.get("tags", []) if tag["key"] == key), None)


def _plain(models: int) -> list[int]:
    """The models that are no prompts: a search leaves the others out unless it asks for them."""
    return [model for model in range(models) if not is_prompt(model)]


def _version_query(query: str, prefix: str, models: int, large: int) -> Asked:
    model = models // 3 - (1 if is_prompt(models // 3) else 0)
    name, run, source = model_name(prefix, model), version_run(model, 3), version_source(model, 3)

    def of_all(matches: Callable[[int, int], bool], are_prompts: bool = False) -> Callable[[int, int, int], int]:
        def count(models: int, versions: int, large: int) -> int:
            return sum(matches(model, version) for model in range(models) if is_prompt(model) == are_prompts for version in range(1, versions + 1))
        return count

    def updated(row: dict) -> int:
        return row["last_updated_timestamp"]
    newest = {"key": updated, "is_descending": True}
    everything = of_all(lambda *_: True)
    team = f"team-{TEAM_ASKED_FOR}"
    return {
        "all": Asked({"filter": f"name LIKE '{prefix}.%'"}, everything),
        "newest 50": Asked({"max_results": 50}, everything, **newest),
        "newest 100": Asked({"max_results": 100}, everything, **newest),
        "by name": Asked({"filter": f"name = '{name}'", "max_results": 100}, of_all(lambda m, v: m == model), lambda row: row["name"] == name, **newest),
        "LIKE on the name": Asked({"filter": f"name LIKE '%.{team}.%'", "max_results": 100}, of_all(lambda m, v: m % NUMBER_OF_TEAMS == TEAM_ASKED_FOR),
                                  lambda row: f".{team}." in row["name"], **newest),
        "by run": Asked({"filter": f"run_id = '{run}'", "max_results": 100}, of_all(lambda m, v: version_run(m, v) == run), lambda row: row["run_id"] == run),
        "by tag": Asked({"filter": "tags.quality = 'q-7'", "max_results": 100}, of_all(lambda m, v: (m + v) % 40 == 7),
                        lambda row: _tag(row, "quality") == "q-7", **newest),
        "LIKE on a tag": Asked({"filter": "tags.quality LIKE 'q-3%'", "max_results": 100}, of_all(lambda m, v: version_tags(m, v)["quality"].startswith("q-3")),
                               lambda row: _tag(row, "quality").startswith("q-3"), **newest),
        "by source": Asked({"filter": f"source_path = '{source}'", "max_results": 100}, of_all(lambda m, v: version_source(m, v) == source),
                           lambda row: row["source"] == source),
        "LIKE on the source": Asked({"filter": f"source_path LIKE 's3://models/{model // 10:05d}%'", "max_results": 100},
                                    of_all(lambda m, v: m // 10 == model // 10), lambda row: row["source"].startswith(f"s3://models/{model // 10:05d}"), **newest),
        "by version number": Asked({"filter": "version_number > 3", "max_results": 100}, of_all(lambda m, v: v > 3), lambda row: int(row["version"]) > 3, **newest),
        "ordered by name": Asked({"order_by": "name ASC", "max_results": 100}, everything, key=lambda row: row["name"]),
        "ordered by version": Asked({"order_by": "version_number DESC", "max_results": 100}, everything, key=lambda row: int(row["version"]), is_descending=True),
        "oldest 100": Asked({"order_by": "creation_timestamp ASC", "max_results": 100}, everything, key=lambda row: row["creation_timestamp"]),
        "all in one page": Asked({"max_results": 200_000}, everything, **newest),
        "prompts": Asked({"filter": f"tags.`{IS_PROMPT}` = 'true'", "max_results": 100}, of_all(lambda *_: True, are_prompts=True),
                         lambda row: _tag(row, IS_PROMPT) == "true", **newest),
        "of the large model": Asked({"filter": f"name = '{large_model(prefix)}'", "max_results": 50}, lambda *sizes: sizes[2],
                                    lambda row: row["name"] == large_model(prefix), **newest),
        "by tag, of the large model": Asked(
            {"filter": f"name = '{large_model(prefix)}' AND tags.candidate = 'yes'", "max_results": 100}, lambda *sizes: sizes[2] // 5,
            lambda row: _tag(row, "candidate") == "yes", **newest),
    }[query]


TEAM_ASKED_FOR = 13


def _model_query(query: str, prefix: str, models: int, large: int) -> Asked:
    model = models // 3 - (1 if is_prompt(models // 3) else 0)
    name, team = model_name(prefix, model), f"team-{TEAM_ASKED_FOR}"

    def of_all(matches: Callable[[int], bool]) -> Callable[[int, int, int], int]:
        return lambda models, versions, large: sum(matches(model) for model in _plain(models))

    def by_name(row: dict) -> str:
        return row["name"]
    of_team = of_all(lambda m: m % NUMBER_OF_TEAMS == TEAM_ASKED_FOR)
    everything = of_all(lambda _: True)
    return {
        "all": Asked({"filter": f"name LIKE '{prefix}.%'"}, everything),
        "first 100": Asked({"max_results": 100}, everything, key=by_name),
        "by name": Asked({"filter": f"name = '{name}'", "max_results": 100}, of_all(lambda m: m == model), lambda row: row["name"] == name),
        "LIKE on the name": Asked({"filter": f"name LIKE '%.{team}.%'", "max_results": 100}, of_team, lambda row: f".{team}." in row["name"], by_name),
        "by tag": Asked({"filter": f"tags.team = '{team}'", "max_results": 100}, of_team, lambda row: _tag(row, "team") == team, by_name),
        "LIKE on a tag": Asked({"filter": "tags.note LIKE '%model 13%'", "max_results": 100}, of_all(lambda m: str(m).startswith("13")),
                               lambda row: "model 13" in _tag(row, "note"), by_name),
        "newest 100": Asked({"order_by": "last_updated_timestamp DESC", "max_results": 100}, everything,
                            key=lambda row: row["last_updated_timestamp"], is_descending=True),
        "all in one page": Asked({"max_results": 1000}, everything, key=by_name),
        "prompts": Asked({"filter": f"tags.`{IS_PROMPT}` = 'true'", "max_results": 100},
                         lambda models, versions, large: models - len(_plain(models)), lambda row: _tag(row, IS_PROMPT) == "true", by_name),
    }[query]
