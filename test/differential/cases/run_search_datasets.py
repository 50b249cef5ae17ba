"""Search of runs by their datasets; inputs and outputs in what is found."""

from cases.run_search import find
from dsl import group, new_model, new_run, post

DATASET = {"name": "iris", "digest": "d1", "source_type": "local", "source": "{}"}
OTHER_DATASET = {"name": "wine", "digest": "d2", "source_type": "local", "source": "{}"}


def uses(run: str, dataset: dict[str, str], context: str) -> object:
    tags = [{"key": "mlflow.data.context", "value": context}]
    body = {"run_id": "${%s}" % run, "datasets": [{"dataset": dataset, "tags": tags}]}
    return post("runs/log-inputs", body, f"{run} uses {dataset['name']} for {context}")


OF_DATASETS = group(
    "run search datasets",
    new_run("r0", start_time=1000),
    new_run("r1", start_time=2000),
    new_run("r2", start_time=3000),
    uses("r0", DATASET, "training"),
    uses("r1", DATASET, "eval"),
    uses("r1", OTHER_DATASET, "training"),
    new_model("model", source_run_id="${r0}"),
    post("runs/outputs", {"run_id": "${r0}", "models": [{"model_id": "${model}", "step": 3}]}, "r0 makes a model"),
    post("runs/log-inputs", {"run_id": "${r1}", "models": [{"model_id": "${model}"}]}, "r1 uses the model"),
    [
        find(text)
        for text in (
            "", "datasets.name = 'iris'", "dataset.name = 'iris'", "datasets.name != 'iris'", "datasets.name LIKE 'i%'", "datasets.name ILIKE 'I%'",
            "datasets.name IN ('iris', 'wine')", "datasets.name NOT IN ('iris')", "datasets.digest = 'd2'", "datasets.context = 'training'",
            "datasets.context IN ('eval')", "datasets.name = 'iris' AND datasets.context = 'training'", "datasets.name = 'wine' AND datasets.context = 'eval'",
            "datasets.name = 'absent'",
        )
    ],
)  # fmt: skip

GROUPS = (OF_DATASETS,)
