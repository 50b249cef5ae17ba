"""Metrics: special values, the latest point, and long histories."""

from __future__ import annotations

import math
import random

from mlflow.entities import Metric

START = 1_700_000_000_000


def test_special_values(client, run_id):
    values = {"nan": math.nan, "plus": math.inf, "minus": -math.inf, "zero": 0.0, "tiny": 5e-324, "huge": 1.7976931348623157e308}
    client.log_batch(run_id, [Metric(key, value, START, 0) for key, value in values.items()])
    logged = client.get_run(run_id).data.metrics
    assert math.isnan(logged.pop("nan"))
    assert logged.pop("plus") >= 1.7976931348623157e308
    assert logged.pop("minus") <= -1.7976931348623157e308
    assert logged == {"zero": 0.0, "tiny": 5e-324, "huge": 1.7976931348623157e308}
    (point,) = client.get_metric_history(run_id, "nan")
    assert math.isnan(point.value)


def test_doubles_keep_every_bit(client, run_id):
    dice = random.Random(17)
    values = [0.1 + 0.2, 1 / 3, math.pi, *(dice.uniform(-1, 1) * 10.0 ** dice.randint(-300, 300) for _ in range(200))]
    client.log_batch(run_id, [Metric("m", value, START + step, step) for step, value in enumerate(values)])
    assert [point.value for point in client.get_metric_history(run_id, "m")] == values


def test_the_latest_point_has_the_greatest_step_then_timestamp_then_value(client, run_id):
    def latest() -> float:
        return client.get_run(run_id).data.metrics["m"]

    client.log_metric(run_id, "m", 1, timestamp=START, step=5)
    client.log_metric(run_id, "m", 9, timestamp=START + 99, step=3)
    assert latest() == 1
    client.log_metric(run_id, "m", 2, timestamp=START + 1, step=5)
    assert latest() == 2
    client.log_metric(run_id, "m", 8, timestamp=START, step=5)
    assert latest() == 2
    client.log_metric(run_id, "m", 3, timestamp=START + 1, step=5)
    client.log_metric(run_id, "m", 2.5, timestamp=START + 1, step=5)
    assert latest() == 3
    client.log_metric(run_id, "m", 4, timestamp=START, step=-7)
    assert latest() == 3
    history = [(point.step, point.timestamp - START, point.value) for point in client.get_metric_history(run_id, "m")]
    assert history == [(-7, 0, 4), (5, 0, 1), (5, 0, 8), (5, 1, 2), (5, 1, 2.5), (5, 1, 3), (3, 99, 9)]


def test_a_point_logged_again_counts_once(client, run_id):
    for _ in range(3):
        client.log_metric(run_id, "m", 0.5, timestamp=START, step=1)
        client.log_batch(run_id, [Metric("m", 0.5, START, 1), Metric("m", 0.5, START, 1)])
    assert len(client.get_metric_history(run_id, "m")) == 1


def test_a_history_of_60_000_points_comes_back_whole_and_in_order(client, run_id):
    points = [Metric("loss", 1 / (step + 1), START + step, step) for step in range(60_000)]
    order = list(range(0, len(points), 1000))
    random.Random(4).shuffle(order)
    for first in order:
        client.log_batch(run_id, points[first : first + 1000])
    history = client.get_metric_history(run_id, "loss")
    assert [(point.step, point.timestamp, point.value) for point in history] == [
        (point.step, point.timestamp, point.value) for point in points
    ]
    assert client.get_run(run_id).data.metrics == {"loss": 1 / 60_000}


def test_the_history_of_a_metric_that_nobody_logged_is_empty(client, run_id):
    assert client.get_metric_history(run_id, "nothing") == []


def test_a_history_of_many_calls_is_whole_whatever_came_late_or_twice(client, run_id):
    def call(first: int) -> list[Metric]:
        return [Metric(key, step / 7, START + step, step) for step in range(first, first + 50) for key in ("loss", "acc")]

    starts = [*range(0, 5000, 50), *range(25, 5000, 500), *range(0, 500, 50)]
    for first in [*starts[1::2], *starts[0::2]]:
        client.log_batch(run_id, call(first))
    for key in ("loss", "acc"):
        history = [(point.step, point.timestamp, point.value) for point in client.get_metric_history(run_id, key)]
        assert history == [(step, START + step, step / 7) for step in range(5000)]
