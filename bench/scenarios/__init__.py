"""All scenarios, in the order they run."""

from scenarios.artifacts import Artifacts
from scenarios.concurrency import Concurrency
from scenarios.create_runs import CreateRuns
from scenarios.experiments import Experiments
from scenarios.log_batch import LogBatch
from scenarios.log_metric import LogMetric
from scenarios.metric_history import MetricHistory
from scenarios.registry import Registry
from scenarios.scenario import Scenario
from scenarios.search import Search
from scenarios.startup import Startup
from scenarios.training_loop import TrainingLoop

SCENARIOS: list[type[Scenario]] = [
    Startup, LogMetric, LogBatch, TrainingLoop, CreateRuns, Experiments, Concurrency, MetricHistory, Search, Registry,
    Artifacts]
