"""Searching runs: filters, order, pages, and the two shapes that the client gives."""

from __future__ import annotations

import math
import uuid
from concurrent.futures import ThreadPoolExecutor

import mlflow
import pytest
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag

COUNT = 260
START = 1_700_000_000_000


@pytest.fixture(scope="module")
def library() -> tuple[str, list[str]]:
    """An experiment of 260 runs, made once: run i has score i/10, depth i % 4 and, if even, a tag."""
    client = MlflowClient()
    experiment_id = client.create_experiment(f"library {uuid.uuid4()}")
    with ThreadPoolExecutor(8) as pool:
        return experiment_id, list(pool.map(lambda index: log_book(client, experiment_id, index), range(COUNT)))


def log_book(client: MlflowClient, experiment_id: str, index: int) -> str:
    run_id = client.create_run(experiment_id, start_time=START + index, run_name=f"run {index:03}").info.run_id
    loss = [] if index == 0 else [Metric("val loss", math.nan if index == 7 else -index, START, 0)]
    params = [Param("depth", str(index % 4)), Param("opt/name", "adam" if index % 3 else "SGD")]
    tags = [RunTag("even", "yes")] if index % 2 == 0 else []
    client.log_batch(run_id, [Metric("score", index / 10, START, 0), *loss], params, tags)
    if index % 5 == 0:
        client.set_terminated(run_id, end_time=START + 1000 + index)
    return run_id


FILTERS = {
    "metrics.score > 20 and params.depth = '3'": lambda i: i > 200 and i % 4 == 3,
    "metrics.score >= 25.5": lambda i: i >= 255,
    "metrics.score != 1.5 AND metrics.score < 2": lambda i: i != 15 and i < 20,
    "metrics.`val loss` <= -250": lambda i: i >= 250,
    'metrics."val loss" > -3': lambda i: i in (1, 2),
    "params.depth != '0' and params.`opt/name` = 'SGD'": lambda i: i % 4 != 0 and i % 3 == 0,
    "params.`opt/name` LIKE 'a%'": lambda i: i % 3 != 0,
    "params.`opt/name` ILIKE 's_d'": lambda i: i % 3 == 0,
    "tags.even = 'yes' and metrics.score < 1": lambda i: i % 2 == 0 and i < 10,
    "tags.`mlflow.runName` LIKE 'run 00%'": lambda i: i < 10,
    "attributes.run_name = 'run 042'": lambda i: i == 42,
    "attributes.status = 'FINISHED' and metrics.score < 3": lambda i: i % 5 == 0 and i < 30,
    "status != 'FINISHED' and metrics.score < 0.6": lambda i: i in (1, 2, 3, 4),
    f"start_time >= {START + 255}": lambda i: i >= 255,
    f"attribute.end_time > {START + 1250}": lambda i: i == 255,
    "metrics.unknown > 0": lambda i: False,
    "": lambda i: True,
}


@pytest.mark.parametrize("text", FILTERS)
def test_filters(client, library, text):
    experiment_id, run_ids = library
    found = client.search_runs([experiment_id], text, max_results=1000, order_by=["start_time ASC"])
    assert [run.info.run_id for run in found] == [run for index, run in enumerate(run_ids) if FILTERS[text](index)]


def test_a_run_id_finds_its_run(client, library):
    experiment_id, run_ids = library
    found = client.search_runs([experiment_id], f"run_id IN ('{run_ids[3]}', '{run_ids[9]}')")
    assert {run.info.run_id for run in found} == {run_ids[3], run_ids[9]}


def test_runs_are_ordered_newest_first_and_paged(client, library):
    experiment_id, run_ids = library
    pages, token = [], None
    while token is not None or not pages:
        page = client.search_runs([experiment_id], max_results=100, page_token=token)
        pages.append([run.info.run_id for run in page])
        token = page.token or None
    assert [len(page) for page in pages] == [100, 100, 60]
    assert sum(pages, []) == run_ids[::-1]


def test_pages_keep_a_given_order(client, library):
    experiment_id, run_ids = library
    order = ["params.depth ASC", "metrics.score DESC"]
    expected = sorted(range(COUNT), key=lambda index: (str(index % 4), -index))
    found, token = [], None
    while token is not None or not found:
        page = client.search_runs([experiment_id], order_by=order, max_results=64, page_token=token)
        found += [run.info.run_id for run in page]
        token = page.token or None
    assert found == [run_ids[index] for index in expected]


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
def test_nan_comes_after_the_numbers_and_a_missing_value_last(client, library, direction):
    experiment_id, run_ids = library
    found = client.search_runs([experiment_id], max_results=1000, order_by=[f"metrics.`val loss` {direction}"])
    ids = [run.info.run_id for run in found]
    assert ids[-2:] == [run_ids[7], run_ids[0]]
    assert ids[0] == (run_ids[COUNT - 1] if direction == "ASC" else run_ids[1])


def test_the_fluent_search_gives_a_data_frame_of_all_runs(library):
    experiment_id, run_ids = library
    frame = mlflow.search_runs([experiment_id], order_by=["metrics.score ASC"])
    assert list(frame.run_id) == run_ids
    assert list(frame["metrics.score"]) == [index / 10 for index in range(COUNT)]
    assert list(frame["params.depth"][:5]) == ["0", "1", "2", "3", "0"]
    assert frame["tags.even"].notna().sum() == COUNT / 2
    assert str(frame.start_time.dtype).startswith("datetime64")
    assert frame.end_time.notna().sum() == COUNT / 5


def test_the_fluent_search_gives_a_list_by_experiment_names(client, library):
    experiment_id, run_ids = library
    name = client.get_experiment(experiment_id).name
    found = mlflow.search_runs(
        experiment_names=[name], filter_string="metrics.score > 25", output_format="list", max_results=5
    )
    assert [run.info.run_id for run in found] == run_ids[:-6:-1]


def test_several_experiments_are_searched_at_once(client, library, experiment_id, run_id):
    found = client.search_runs([experiment_id, library[0], "281474976710655"], max_results=1000)
    assert len(found) == COUNT + 1
    assert found[0].info.run_id == run_id


@pytest.mark.parametrize(
    "wrong",
    [
        "metrics.m = 'text'",
        "params.p = 5",
        "status IN ('RUNNING') OR status = 'x'",
        "(params.a = 'b')",
        "nonsense",
        "unknown.a = 'b'",
        "attributes.colour = 'b'",
        "tags.a > 'b'",
        "run_name IN ('a', 'b')",
    ],
)
def test_a_wrong_filter_is_refused(client, library, refusal, wrong):
    refusal("INVALID_PARAMETER_VALUE", client.search_runs, [library[0]], wrong)


@pytest.mark.parametrize("wrong", ["metrics.score SIDEWAYS", "colour"])
def test_a_wrong_order_is_refused(client, library, refusal, wrong):
    refusal("INVALID_PARAMETER_VALUE", client.search_runs, [library[0]], order_by=[wrong])


def test_a_wrong_page_token_is_refused(client, library, refusal):
    refusal("INVALID_PARAMETER_VALUE", client.search_runs, [library[0]], page_token="never given out")
