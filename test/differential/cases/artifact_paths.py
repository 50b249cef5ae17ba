"""Artifact paths that lead elsewhere, or nowhere."""

from cases.artifacts import PROXY, ROOT, listing, load, store
from dsl import delete, get, group, new_run

HOSTILE = (
    "../x", "..", "a/../x", "a/../../x", "%2e%2e/x", "%2e%2e%2fx", "%252e%252e%252fx", "..%2fx", "..%5cx",
    "%2fetc/passwd", "%2Fetc%2Fpasswd", "//etc/passwd", "a//b", "./a", "a/./b", ".", "a%23b", "C:%5Cx", "c%3A/x",
    "file:///etc/passwd", "%20", "a/", "dir", "...", "a..b", "..a", "a/..", "~/x",
)  # fmt: skip

# Paths that some server might resolve to something that is there are not deleted or overwritten.
NEVER_PUT = frozenset({"a//b", "dir", "..%5cx"})
NEVER_DELETED = frozenset({".", "dir", "a/", "./a", "%20", "a//b", "a/./b", "c%3A/x", "~/x"})
NEVER_LISTED = frozenset({".", "./a", "%20"})

SAFE = group(
    "artifacts hostile paths",
    new_run("run"),
    store("dir/file.txt"),
    store("a/b"),
    [load(path, f"GET {path!r}") for path in HOSTILE],
    [store(path, b"x", f"PUT {path!r}") for path in HOSTILE if path not in NEVER_PUT],
    [delete(f"{PROXY}/{ROOT}/{path}", None, f"DELETE {path!r}") for path in HOSTILE if path not in NEVER_DELETED],
    [get(PROXY, f"path={ROOT}/{path}", f"LIST below {path!r}") for path in HOSTILE],
    [get(PROXY, f"path={path}", f"LIST {path!r}") for path in HOSTILE if path not in NEVER_LISTED],
    [get("artifacts/list", f"run_id=${{run}}&path={path}", f"list {path!r}") for path in HOSTILE if path not in NEVER_LISTED],
    [get("/get-artifact", f"run_id=${{run}}&path={path}", f"get-artifact {path!r}") for path in HOSTILE if path != "%20"],
    listing("", "LIST what stayed"),
    listing("/a", "LIST a"),
)

# NUL, line ends, bytes that are no UTF-8, Windows' way up; what stock makes of them is not worth keeping.
UNREADABLE = ("a%00b", "%c0%ae%c0%ae/x", "a%ffb", "a%0Ab", "..%5cx")

ODD = group(
    "artifacts unreadable paths",
    new_run("run"),
    [
        [store(path), load(path), listing(f"/{path}"), delete(f"{PROXY}/{ROOT}/{path}", None, f"DELETE {path}")]
        for path in UNREADABLE
    ],
)

GROUPS = (SAFE, ODD)
