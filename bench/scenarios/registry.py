"""A model registry with many versions: searches for versions and models, a model with very many of them, and all pages."""

import time

from fill_database import fill_registry
from scenarios.scenario import Scenario, Stage, in_parallel
import rows

FILL_WRITERS = 16
VERSIONS, MODELS = "model-versions", "registered-models"


def name_and_version(version: dict) -> tuple[str, int]:
    return version["name"], int(version["version"])


class Registry(Scenario):
    name = "registry"
    standard = {"models": 2000, "versions": 10, "large": 20_000, "rounds": 12, "calls": 3, "pages": [1000, 200], "settle": 60}
    smoke = {"models": 40, "versions": 5, "large": 60, "rounds": 2, "calls": 2, "pages": [50, 20], "settle": 5}

    def stages(self, servers):
        for entity, query in rows.REGISTRY_QUERIES:
            yield self._queries(entity, query, f"{self._size(entity)}: {query}", self.prepare)
        for size in self.sizes["pages"]:
            yield self._paging(VERSIONS, size, self._size(VERSIONS))
        yield self._paging(MODELS, self.sizes["pages"][1], self._size(MODELS))
        yield Stage("one more", self.sizes["rounds"], self.one_more, self.prepare, operation="a new version and a search")
        large = f"{self.sizes['large']:,} of one model"
        yield self._queries(VERSIONS, "of the large model", f"{large}: newest 50", self.prepare_large)
        yield self._queries(VERSIONS, "by tag, of the large model", f"{large}: by tag", self.prepare_large)
        yield self._paging(VERSIONS, self.sizes["pages"][0], large, "of the large model")

    def _size(self, entity):
        models = self.sizes["models"]
        return f"{models * self.sizes['versions']:,} versions" if entity == VERSIONS else f"{models:,} models"

    def _queries(self, entity, query, figure, prepare):
        return Stage(figure, self.sizes["rounds"], lambda s, i: self.query(s, entity, query, figure), prepare, operation=figure)

    def _paging(self, entity, size, of, query="all"):
        figure = f"{of}: all pages of {size:,}"
        rounds = max(2, self.sizes["rounds"] // 4)
        prepare = self.prepare if query == "all" else self.prepare_large
        return Stage(figure, rounds, lambda s, i: self.page(s, entity, query, figure, size), prepare, operation=figure)

    def prepare(self, server):
        """Fills the registry, once, and looks at it once."""
        if server.name in self.state:
            return
        self.state[server.name] = {"apis": [server.connect() for _ in range(FILL_WRITERS)], "more": 0, "large": False}
        models, versions = self.sizes["models"], self.sizes["versions"]
        self._fill(server, models * versions, [(rows.model_name(self.experiment_name(), model), model, versions) for model in range(models)])

    def prepare_large(self, server):
        """Adds one model with very many versions, once."""
        self.prepare(server)
        state = self.state[server.name]
        if not state["large"]:
            state["large"] = True
            self._fill(server, self.sizes["large"], [(rows.large_model(self.experiment_name()), self.sizes["models"], self.sizes["large"])])

    def _fill(self, server, count, models):
        database = server.kind.database(server.folder)
        start = time.perf_counter()
        if database:
            fill_registry(database, models, int(time.time() * 1000))
        else:
            self._fill_by_api(server, models)
        seconds = time.perf_counter() - start
        rests = server.settle(self.sizes["settle"])
        way = "past the API, into its database" if database else "through the API"
        self.note(server, f"{count:,} versions were put there {way}, in {seconds:.0f} s{'' if rests else '; it was still busy afterwards'}")
        api = self.state[server.name]["apis"][0]
        api.search_registry(VERSIONS, max_results=50)
        api.search_registry(MODELS, max_results=50)

    def _fill_by_api(self, server, models):
        apis = self.state[server.name]["apis"]

        def work(k):
            for name, model, versions in models[k::FILL_WRITERS]:
                apis[k].post("registered-models/create", {"name": name, "tags": rows.pairs_of(rows.model_tags(model))})
                for version in range(1, versions + 1):
                    apis[k].post("model-versions/create", rows.version_of(name, model, version))
        in_parallel(FILL_WRITERS, work)

    def _asked(self, query, entity):
        return rows.registry_query(entity, query, self.experiment_name(), self.sizes["models"], self.sizes["large"])

    def query(self, server, entity, query, figure):
        api, asked = self.state[server.name]["apis"][0], self._asked(query, entity)
        for _ in range(self.sizes["calls"]):
            found = self.time(figure, server, lambda: api.search_registry(entity, **asked.query)[0])
            self._check(server, figure, entity, found, asked)
        return self.sizes["calls"]

    def _check(self, server, figure, entity, found, asked):
        """Each row must be one that was asked for, and all of them must be there."""
        if found is None:
            return
        self.expect(server, f"{figure}, how many", len(found), self._expected(asked, entity))
        wrong = [row for row in found if not asked.matches(row)]
        self.expect(server, f"{figure}, rows that do not match", wrong, [])
        keys = [asked.key(row) for row in found]
        self.expect(server, f"{figure}, order", keys, sorted(keys, reverse=asked.is_descending))

    def _expected(self, asked, entity):
        return min(asked.query["max_results"], asked.count(self.sizes["models"], self.sizes["versions"], self.sizes["large"]))

    def page(self, server, entity, query, figure, size):
        """A walk through all of them; each row once."""
        api, asked = self.state[server.name]["apis"][0], self._asked(query, entity).query | {"max_results": size}
        found, token, start = [], None, time.perf_counter()
        while token or not found:
            page, token = api.search_registry(entity, **asked, page_token=token)
            found += page
        self.add(figure, server, (time.perf_counter() - start) * 1000)
        names = {name_and_version(row) if entity == VERSIONS else row["name"] for row in found}
        made = self.state[server.name]["more"]
        asked_for = self._asked(query, entity).count(self.sizes["models"], self.sizes["versions"], self.sizes["large"])
        wanted = asked_for + (made if entity == VERSIONS and query == "all" else 0)
        self.expect(server, f"{figure}, rows", (len(found), len(names)), (wanted, wanted))
        return 1

    def one_more(self, server, round_number):
        """What was made is in the very next search, so whatever a server has kept it must bring up to date."""
        state = self.state[server.name]
        api, name = state["apis"][0], rows.model_name(self.experiment_name(), round_number % self.sizes["models"])

        def create_and_search():
            made = api.post("model-versions/create", rows.version_of(name, round_number, 1))["model_version"]
            return made, api.search_registry(VERSIONS, max_results=50)[0]
        figure = f"{self._size(VERSIONS)}: one more, and the newest 50"
        outcome = self.time(figure, server, create_and_search)
        state["more"] += 1
        if outcome:
            made, found = outcome
            self.expect(server, "the newest", found and name_and_version(found[0]), name_and_version(made))
        return 1
