"""Webhooks: create, list, get, update, delete, test. Both servers are as deployed: no plain HTTP, no private address.

Hosts are addresses: names would be looked up, which a machine without a network cannot.
"""

from dsl import Step, delete, get, group, patch, post

HOOKS = "webhooks"
PUBLIC = "https://93.184.216.34/hook"
CREATED = {"entity": "REGISTERED_MODEL", "action": "CREATED"}
WHOLE = {"name": "hook", "url": PUBLIC, "events": [CREATED]}


def create(title: str, **fields: object) -> Step:
    body = {key: value for key, value in {**WHOLE, **fields}.items() if value is not ...}
    return post(HOOKS, body, title)


def made(variable: str, **fields: object) -> Step:
    return post(HOOKS, {**WHOLE, **fields}, f"make {variable}", save={variable: "webhook.webhook_id"})


def show(variable: str, title: str = "") -> Step:
    return get(f"{HOOKS}/${{{variable}}}", None, title or f"show {variable}")


def change(variable: str, title: str, **fields: object) -> Step:
    return patch(f"{HOOKS}/${{{variable}}}", fields, title)


ENTITIES = (
    *("REGISTERED_MODEL", "MODEL_VERSION", "MODEL_VERSION_TAG", "MODEL_VERSION_ALIAS", "PROMPT", "PROMPT_VERSION"),
    *("PROMPT_TAG", "PROMPT_VERSION_TAG", "PROMPT_ALIAS", "BUDGET_POLICY"),
)
ACTIONS = ("CREATED", "UPDATED", "DELETED", "SET", "EXCEEDED")
NAMES = ("a", "9", "A.b_c-d", "n" * 63, "n" * 64, "-a", "a-", ".", "a b", "é", "a/b", "a'b", "a\nb", "a\n")
URLS = (
    *("http://93.184.216.34/", "ftp://93.184.216.34/", "93.184.216.34", "https://", "https:///x", "  ", "//93.184.216.34"),
    *("https://127.0.0.1/", "https://10.0.0.1", "https://169.254.169.254/latest", "https://[::1]:8443/", "https://0.0.0.0"),
    *("https://[::ffff:127.0.0.1]/", "https://[fc00::1]/", "https://[fe80::1]/", "https://100.64.0.1/", "https://192.0.2.1/"),
    *("https://8.8.8.8:8443/a?b=c#d", "https://u:p@8.8.8.8/", "HTTPS://8.8.8.8/", "https://[2001:4860:4860::8888]/"),
)

EVENTS = group(
    "webhooks events",
    [
        create(f"event {entity} {action}", events=[{"entity": entity, "action": action}])
        for entity in ENTITIES
        for action in ACTIONS
    ],
    create("two events", events=[{"entity": "PROMPT_TAG", "action": "SET"}, CREATED]),
    create("no events", events=[]),
    create("events missing", events=...),
    create("events null", events=None),
    create("events not a list", events="x"),
    create("ill-typed: event unknown", events=[{"entity": "EXPERIMENT", "action": "CREATED"}]),
    create("event of nothing", events=[{}]),
    create("event without action", events=[{"entity": "PROMPT"}]),
    create("event by number", events=[{"entity": 1, "action": 1}]),
    create("event twice", events=[CREATED, CREATED]),
    experiment="",
)

CREATE = group(
    "webhooks create",
    [create(f"name {name}", name=name) for name in NAMES],
    [create(f"url {url}", url=url) for url in URLS],
    [create(f"{name} missing", **{name: ...}) for name in ("name", "url")],
    [create(f"{name} empty", **{name: ""}) for name in ("name", "url", "description", "secret")],
    [create(f"{name} a number", **{name: 5}) for name in ("name", "url", "description", "secret")],
    [create(f"status {status}", status=status) for status in ("ACTIVE", "DISABLED", 1, 2)],
    create("ill-typed: status unknown", status="PAUSED"),
    create("with all", description="what it is for", secret="s", status="DISABLED"),
    create("many wrong", name="-", url="http://127.0.0.1", events=[]),
    create("same name again", name="hook"),
    experiment="",
)

LIFE = group(
    "webhooks life",
    made("first", description="d", secret="s"),
    made("second", name="second"),
    show("first"),
    get(f"{HOOKS}/none", None, "get unknown"),
    change("first", "nothing"),
    change("first", "name", name="other"),
    change("first", "empty name", name=""),
    change("first", "bad name", name="-"),
    change("first", "url", url="https://8.8.8.8/"),
    change("first", "empty url", url=""),
    change("first", "private url", url="https://127.0.0.1/"),
    change("first", "plain url", url="http://8.8.8.8/"),
    change("first", "events", events=[{"entity": "PROMPT", "action": "CREATED"}, CREATED]),
    change("first", "no events", events=[]),
    change("first", "bad event", events=[{"entity": "PROMPT", "action": "SET"}]),
    change("first", "no description", description=""),
    change("first", "no secret", secret=""),
    change("first", "disabled", status="DISABLED"),
    change("first", "name a number", name=5),
    show("first", "show changed"),
    patch(f"{HOOKS}/none", {"name": "a"}, "change unknown"),
    patch(f"{HOOKS}/none", {"name": "-"}, "change unknown badly"),
    post(f"{HOOKS}/none/test", {}, "test unknown"),
    post(f"{HOOKS}/${{second}}/test", {"event": {"entity": "PROMPT", "action": "SET"}}, "test bad event"),
    delete(f"{HOOKS}/${{first}}", None, "delete"),
    delete(f"{HOOKS}/${{first}}", None, "delete again"),
    show("first", "show deleted"),
    change("first", "change deleted", name="a"),
    show("second"),
    experiment="",
)

LIST = group(
    "webhooks list",
    [get(HOOKS, {"max_results": size}, f"max_results {size}") for size in ("-1", "1001", "x", "1.5")],
    get(HOOKS, {"page_token": "bad"}, "bad token"),
    experiment="",
)

GROUPS = (EVENTS, CREATE, LIFE, LIST)
