"""Searches in experiments of several sizes, warm; ours also right after a start. Then all pages of the largest."""

import base64
import time

from fill_database import fill_runs
from rest import TimedOut
from scenarios.create_runs import check_run, make_run
from scenarios.scenario import Scenario, Skip, Stage, in_parallel
import rows

FILL_WRITERS = 16
CURRENT_SERVER = "tracklet"


class Search(Scenario):
    name = "search"
    standard = {"sizes": [1000, 10_000, 100_000], "rounds": 15, "cold_rounds": 2, "page": 1000, "settle": 120}
    smoke = {"sizes": [60, 200], "rounds": 2, "cold_rounds": 1, "page": 50, "settle": 5}

    def stages(self, servers):
        sizes, rounds = self.sizes["sizes"], self.sizes["rounds"]
        for size in sizes:
            yield self._queries(f"{size:,} runs", size, rounds)
        if len(sizes) > 1:
            yield self._queries(f"{sizes[0]:,} runs beside {sizes[-1]:,}", sizes[0], max(2, rounds // 2))
        largest = sizes[-1]
        pages = -(-largest // self.sizes["page"])
        yield Stage(f"all pages of {largest:,}", pages, lambda s, i: self.page(s, largest), self.prepare_paging,
                    lambda s: self.check_paging(s, largest), "a page")
        yield Stage(f"cold, {largest:,} runs", self.sizes["cold_rounds"], lambda s, i: self.cold(s, largest),
                    self.only_ours)

    def _queries(self, title, size, rounds):
        return Stage(title, rounds, lambda s, i: self.queries(s, title, size), lambda s: self.prepare(s, size), operation=f"a query, {title}")

    def prepare(self, server, size):
        """Fills an experiment with runs, once, and looks at it once."""
        state = self.state.setdefault(server.name, {"experiments": {}, "hopeless": set(), "api": server.connect()})
        if size not in state["experiments"]:
            state["experiments"][size] = self._fill(server, size)
        for query in rows.QUERIES.values():
            try:
                state["api"].search(state["experiments"][size], **query)
            except TimedOut:
                pass

    def _fill(self, server, size):
        experiment = server.connect().experiment(f"{self.experiment_name()}-{size}")
        database = server.kind.database(server.folder)
        start = time.perf_counter()
        if database:
            fill_runs(database, experiment, size)
        else:
            self._fill_by_api(server, experiment, size)
        seconds = time.perf_counter() - start
        rests = server.settle(self.sizes["settle"])
        way = "past the API, into its database" if database else "through the API"
        self.note(server, f"{size:,} runs were put there {way}, in {seconds:.0f} s{'' if rests else '; it was still busy afterwards'}")
        return experiment

    @staticmethod
    def _fill_by_api(server, experiment, size):
        """Runs that are over, as those that were put into the databases are."""
        def work(k):
            api = server.connect()
            for run in range(k, size, FILL_WRITERS):
                run_id = make_run(api, experiment, run)
                api.post("runs/update", {"run_id": run_id, "status": "FINISHED", "end_time": rows.start_of(run) + 500})
            api.close()
        in_parallel(FILL_WRITERS, work)

    def queries(self, server, title, size):
        state, done = self.state[server.name], 0
        for query in rows.QUERIES:
            if (size, query) not in state["hopeless"]:
                self._query(server, f"{title}: {query}", size, query)
                done += 1
        return done

    def _query(self, server, figure, size, query, **more):
        state = self.state[server.name]
        try:
            page = state["api"].search(state["experiments"][size], **rows.QUERIES[query])
        except TimedOut as error:
            state["hopeless"].add((size, query))
            self.error(server, f"{figure}: {error}")
            # It goes on computing for nobody, which would spoil the others' figures.
            if not server.settle(10):
                server.restart()
            return
        self.add(figure, server, page.seconds * 1000, **more)
        names = [run["info"]["run_name"] for run in page.runs]
        self.expect(server, f"{query} of {size:,}", names, rows.answer_to(query, size))
        if page.runs:
            check_run(self, server, page.runs[0])

    def prepare_paging(self, server):
        self.state[server.name] |= {"token": None, "names": [], "seconds": [], "ended": False}

    def page(self, server, size):
        """The next page of a walk through the whole experiment."""
        state = self.state[server.name]
        if state["ended"]:
            return None
        start = time.perf_counter()
        query = {"max_results": self.sizes["page"], "page_token": state["token"]}
        page = state["api"].search(state["experiments"][size], **query)
        state["seconds"].append(time.perf_counter() - start)
        self.add(f"{size:,} runs: a page of {self.sizes['page']:,}", server, state["seconds"][-1] * 1000)
        state["names"] += [run["info"]["run_name"] for run in page.runs]
        state["token"] = self._mended(server, page.token)
        state["ended"] = state["token"] is None
        return 1

    def _mended(self, server, token):
        """FastTrackML 0.6 cuts some of its page tokens short, and answers 400 to them: mended, so that there is a figure."""
        if token and server.name == "fasttrackml":
            text = base64.b64decode(token).decode()
            if not text.endswith("}"):
                self.error(server, "next_page_token is cut short, no client can go on with it (mended here)")
                return base64.b64encode((text + "}").encode()).decode()
        return token

    def check_paging(self, server, size):
        state = self.state[server.name]
        read, seconds = len(state["names"]), state["seconds"]
        self.add(f"{size:,} runs: all pages", server, read / sum(seconds), "runs/s", higher=True)
        tenth = max(1, len(seconds) // 10)
        self.add(f"{size:,} runs: last pages against the first", server, sum(seconds[-tenth:]) / sum(seconds[:tenth]), "times")
        self.expect(server, "names of the runs on the pages", state["names"], [rows.name_of(run) for run in range(size - 1, size - 1 - read, -1)])
        if read < size:
            self.note(server, f"{read:,} of {size:,} runs were paged through in time")

    def only_ours(self, server):
        if server.name != CURRENT_SERVER:
            raise Skip("")

    def cold(self, server, size):
        """Each query is the first that a fresh process answers; held against the peers' warm ones."""
        for query in rows.QUERIES:
            server.restart()
            warm = f"{size:,} runs: {query}"
            self._query(server, f"{warm}, by a process just started", size, query, against=warm)
        return None
