"""The runs and experiments that all servers get: a pure function of their number, so that every right answer is known beforehand."""

from __future__ import annotations

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


def batch_of(run_id: str, run: int) -> dict:
    """The log-batch that gives a run all that it holds."""
    def pairs(of: dict[str, str]) -> list[dict]:
        return [{"key": key, "value": value} for key, value in of.items()]
    points = [{"key": key, "value": value, "timestamp": start_of(run), "step": 0} for key, value in metrics_of(run).items()]
    return {"run_id": run_id, "metrics": points, "params": pairs(params_of(run)), "tags": pairs(tags_of(run))}


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
