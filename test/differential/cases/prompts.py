"""Prompts: registered models and versions whose tags say so."""

from dsl import Step, delete, get, group, pairs, post

PROMPT = "mlflow.prompt.is_prompt"
TEXT = "mlflow.prompt.text"


def create(name: str, title: str = "", **tags: str) -> Step:
    return post("registered-models/create", {"name": name, "tags": pairs(**tags)}, title or f"make {name}")


def version(name: str, title: str, source: str = "dummy-source", **tags: str) -> Step:
    body = {"name": name, "source": source, "tags": pairs(**tags)}
    return post("model-versions/create", body, title)


def models(title: str, query: str = "", **further: object) -> Step:
    return get("registered-models/search", {"filter": query, "order_by": ["name"], **further}, title)


def versions(title: str, query: str = "") -> Step:
    return get("model-versions/search", {"filter": query, "order_by": ["name", "version_number"]}, title)


IS = f"tags.`{PROMPT}` = 'true'"
IS_NOT = f"tags.`{PROMPT}` != 'true'"

PROMPTS = group(
    "prompts",
    create("prompt a", **{PROMPT: "true", "team": "x"}),
    create("prompt b", **{PROMPT: "true", "_mlflow_experiment_ids": ",1,23,"}),
    create("Prompt C", **{PROMPT: "True"}),
    create("model a", team="x"),
    create("model b", **{PROMPT: "false"}),
    create("prompt a", "prompt again", **{PROMPT: "true"}),
    create("prompt a", "model with a prompt's name"),
    create("model a", "prompt with a model's name", **{PROMPT: "true"}),
    create("model a", "false prompt with a model's name", **{PROMPT: "false"}),
    version("prompt a", "first text", **{PROMPT: "true", TEXT: "Hello {{name}}", "_mlflow_prompt_type": "text"}),
    version("prompt a", "second text", "prompt-template", **{PROMPT: "true", TEXT: "Hi {{name}}"}),
    version("prompt b", "in capitals", **{PROMPT: "TRUE", TEXT: "x"}),
    version("prompt a", "real source", "s3://bucket/a", **{PROMPT: "true", TEXT: "x"}),
    version("prompt a", "local source", "/etc/passwd", **{PROMPT: "true", TEXT: "x"}),
    version("prompt a", "text of 100000", **{PROMPT: "true", TEXT: "x" * 100_000}),
    version("prompt a", "text of 100001", **{PROMPT: "true", TEXT: "x" * 100_001}),
    version("prompt a", "no prompt", "s3://bucket/a"),
    version("model a", "placeholder for a model"),
    version("model a", "model", "s3://bucket/a"),
    version("model a", "prompt of a model", **{PROMPT: "true", TEXT: "x"}),
    version("model b", "model of a false prompt", "s3://bucket/a", **{PROMPT: "false"}),
    version("model b", "copy of a prompt", "models:/prompt a/1"),
    models("models"),
    models("prompts", IS),
    models("not prompts", IS_NOT),
    models("false prompts", f"tags.`{PROMPT}` = 'false'"),
    models("not false", f"tags.`{PROMPT}` != 'false'"),
    models("prompts in capitals", f"tags.`{PROMPT}` = 'TRUE'"),
    models("prompts by LIKE", f"tags.`{PROMPT}` LIKE 'tr%'"),
    models("prompts and more", f"{IS} AND name LIKE 'prompt%'"),
    models("prompts of a team", f"{IS} AND tags.team = 'x'"),
    models("prompts of an experiment", f"{IS} AND tags.`_mlflow_experiment_ids` ILIKE '%,23,%'"),
    models("first clause counts", f"{IS_NOT} AND {IS}"),
    models("first clause asks", f"{IS} AND {IS_NOT}"),
    versions("versions of models"),
    versions("versions of prompts", IS),
    versions("not of prompts", IS_NOT),
    versions("of one prompt", "name = 'prompt a'"),
    versions("of one prompt, asked for", f"name = 'prompt a' AND {IS}"),
    versions("by text", f"{IS} AND tags.`{TEXT}` LIKE 'H%'"),
    versions("double quotes", f'{IS} AND tags.`{TEXT}` ILIKE "%NAME%"'),
    post("registered-models/alias", {"name": "prompt a", "alias": "production", "version": "1"}, "alias"),
    get("registered-models/alias", {"name": "prompt a", "alias": "production"}, "by alias"),
    get("registered-models/get", {"name": "prompt a"}, "show"),
    delete("registered-models/delete-tag", {"name": "prompt b", "key": PROMPT}, "no prompt any more"),
    models("models, one more"),
    post("model-versions/set-tag", {"name": "model b", "version": "1", "key": PROMPT, "value": "true"}, "becomes a prompt's"),
    versions("versions of models, one less"),
    delete("model-versions/delete-tag", {"name": "model b", "version": "1", "key": PROMPT}, "is a model's again"),
    versions("versions of models, one more"),
    delete("registered-models/delete", {"name": "prompt a"}, "delete"),
    models("prompts after delete", IS),
    experiment="",
)

GROUPS = (PROMPTS,)
