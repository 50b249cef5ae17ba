"""A server with many experiments: they are listed, filtered, found by name, and more of them are made."""

import time

from fill_database import fill_experiments
from scenarios.scenario import Scenario, Stage, in_parallel
import rows

FILL_WRITERS = 16
TEAM = 13
PAGE = 50


class Experiments(Scenario):
    name = "experiments"
    standard = {"experiments": 10_000, "rounds": 15, "lookups": 10, "writers": 16, "create_rounds": 5, "created": 96, "settle": 60}
    smoke = {"experiments": 300, "rounds": 2, "lookups": 3, "create_rounds": 2, "created": 32, "settle": 5}

    def stages(self, servers):
        rounds = self.sizes["rounds"]
        yield Stage("lists", rounds, self.lists, self.prepare, operation="a search for experiments")
        yield Stage("lookups", rounds, self.lookups, operation="get-by-name")
        yield Stage("one more", rounds, self.one_more, operation="a creation and a search")
        yield Stage("create", self.sizes["create_rounds"], self.create, self.warm, self.check_created, "a creation")

    def prepare(self, server):
        """Fills the server, and looks at its experiments once."""
        size, prefix, database = self.sizes["experiments"], self.experiment_name(), server.kind.database(server.folder)
        apis = [server.connect() for _ in range(self.sizes["writers"])]
        self.state[server.name] = {"apis": apis, "made": 0}
        start = time.perf_counter()
        if database:
            fill_experiments(database, prefix, size, int(time.time() * 1000))
        else:
            self._make(server, prefix, 0, size, FILL_WRITERS)
        seconds = time.perf_counter() - start
        way = "past the API, into its database" if database else "through the API"
        self.note(server, f"{size:,} experiments were put there {way}, in {seconds:.0f} s")
        server.settle(self.sizes["settle"])
        apis[0].search_experiments(max_results=PAGE)

    def _make(self, server, prefix, first, count, writers):
        """Makes the experiments from first on, by several writers at once, and gives the seconds it took."""
        apis = self.state[server.name]["apis"]

        def work(k):
            for number in range(first + k, first + count, writers):
                apis[k].create_experiment(rows.experiment_name(prefix, number), rows.experiment_tags(number))
        return in_parallel(writers, work)

    def lists(self, server, _):
        api, size, prefix = self.state[server.name]["apis"][0], self.sizes["experiments"], self.experiment_name()
        newest = self.time(f"{size:,} experiments: newest 50", server, lambda: api.search_experiments(max_results=PAGE))
        times = [experiment["creation_time"] for experiment in newest or []]
        self.expect(server, "newest first", times, sorted(times, reverse=True))
        self.expect(server, "newest 50", len(times), PAGE)
        self._check(server, newest)
        query = {"filter": f"name LIKE '{prefix}/team-{TEAM}/%'", "max_results": PAGE, "order_by": ["name ASC"]}
        found = self.time(f"{size:,} experiments: LIKE on the name", server, lambda: api.search_experiments(**query))
        names = [rows.experiment_name(prefix, number) for number in range(TEAM, size, rows.NUMBER_OF_TEAMS)]
        self.expect(server, "LIKE on the name", [experiment["name"] for experiment in found or []], names[:PAGE])
        self._check(server, found)
        return 2

    def lookups(self, server, round_number):
        api, size, lookups = self.state[server.name]["apis"][0], self.sizes["experiments"], self.sizes["lookups"]
        for lookup in range(lookups):
            number = (round_number * lookups + lookup) * 7919 % size
            name = rows.experiment_name(self.experiment_name(), number)
            found = self.time(f"{size:,} experiments: get-by-name", server,
                              lambda: api.get("experiments/get-by-name", experiment_name=name)["experiment"])
            self.expect(server, "name", found and found["name"], name)
            self._check(server, [found])
        return lookups

    def one_more(self, server, round_number):
        """What was made is in the very next list, so whatever a server has kept it must bring up to date."""
        api, name = self.state[server.name]["apis"][0], f"{self.experiment_name()}-one-more/{round_number}"

        def create_and_list():
            api.create_experiment(name, {})
            return api.search_experiments(max_results=PAGE)
        found = self.time(f"{self.sizes['experiments']:,} experiments: one more, and the newest 50", server, create_and_list)
        self.expect(server, "the newest", found and found[0]["name"], name)
        return 1

    def warm(self, server):
        self._create(server, self.sizes["writers"])

    def create(self, server, _):
        created, writers = self.sizes["created"], self.sizes["writers"]
        seconds = self._create(server, created)
        self.add(f"create, {writers} at once", server, created / seconds, "experiments/s", higher=True)
        return created

    def _create(self, server, count):
        state = self.state[server.name]
        first = state["made"]
        state["made"] += count
        return self._make(server, f"{self.experiment_name()}-created", first, count, self.sizes["writers"])

    def check_created(self, server):
        state, prefix = self.state[server.name], f"{self.experiment_name()}-created"
        found = state["apis"][0].search_experiments(filter=f"name LIKE '{prefix}/%'", max_results=5000)
        wanted = [rows.experiment_name(prefix, number) for number in range(state["made"])]
        self.expect(server, "experiments created", sorted(experiment["name"] for experiment in found), sorted(wanted))

    def _check(self, server, found):
        """Holds the experiments of the filling against what rows.py says of them."""
        prefix = f"{self.experiment_name()}/"
        for experiment in found or []:
            if experiment["name"].startswith(prefix):
                number = int(experiment["name"].rpartition("-")[2])
                tags = {tag["key"]: tag["value"] for tag in experiment.get("tags", [])}
                self.expect(server, "what an experiment holds", tags, rows.experiment_tags(number))
