#!/usr/bin/env python3
"""Measure `masudi serve` over loopback: the time of each call, then many clients at once.

  bench/make_ledger.py --events 100000 -o big.db
  bench/serve.py --masudi build/release/bin/masudi --ledger big.db                  p50 and p95 of each call, one client, no two questions the same
  bench/serve.py --masudi build/release/bin/masudi --ledger big.db --clients 50 --seconds 60

Milliseconds are from sending the request to the last byte of the answer, over kept connections. Each call is asked with other filters each time, so that
no answer is one that the server remembers; --same asks the same again (the page does, when one goes back).
"""
import argparse
import http.client
import itertools
import json
import random
import resource
import subprocess
import threading
import time
from urllib.parse import urlencode

LISTS = ["events", "statements", "commitments", "articles"]


class Client:
    def __init__(self, port):
        self.port, self.connection = port, None

    def get(self, target):
        """(milliseconds, status, bytes)"""
        begin = time.perf_counter()
        for attempt in (1, 2):  # a kept connection may have been closed between two requests: HTTP lets a client ask again
            try:
                fresh = self.connection is None
                if fresh:
                    self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                self.connection.request("GET", target)
                answer = self.connection.getresponse()
                body = answer.read()
                if answer.will_close:
                    self.connection.close()
                    self.connection = None
                return (time.perf_counter() - begin) * 1000, answer.status, len(body)
            except (http.client.HTTPException, ConnectionError, OSError):
                self.connection.close()
                self.connection = None
                if fresh or attempt == 2:
                    return (time.perf_counter() - begin) * 1000, 0, 0


def filters(rng, kind, values):
    """A few filters, as an analyst sets them."""
    out = {"from": f"{rng.randint(2015, 2019)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"}
    if rng.random() < 0.5:
        out["to"] = f"{rng.randint(2020, 2024)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    if rng.random() < 0.4:
        out["party"] = rng.choice(values["party"])
    if rng.random() < 0.3:
        out["country"] = rng.choice(values["country"])
    if rng.random() < 0.3:
        out["outlet"] = rng.choice(values["outlet"])
    if rng.random() < 0.2:
        out["text"] = rng.choice(values["text"])
    if kind == "events" and rng.random() < 0.5:
        out["type"] = rng.choice(values["type"])
    return out


def targets(rng, values):
    """Name and maker of each call."""
    def list_of(kind):
        def make():
            query = filters(rng, kind, values)
            query["sort"] = rng.choice(["date", "-date", "published", "-published"] + (["confidence"] if kind != "articles" else []))
            return f"/api/v1/{kind}.json?" + urlencode(query)
        return make
    calls = [(f"{kind}.json", list_of(kind)) for kind in LISTS]
    calls += [(f"facets.json, {kind}", (lambda kind: lambda: f"/api/v1/facets.json?kind={kind}&" + urlencode(filters(rng, kind, values)))(kind)) for kind in LISTS]
    for name, kind in (("timeline", "events"), ("map", "events"), ("network", "events"), ("board", "commitments"), ("sources", "statements")):
        calls.append((f"{name}.json", (lambda name, kind: lambda: f"/api/v1/{name}.json?" + urlencode(filters(rng, kind, values)))(name, kind)))
    calls.append(("sources.json, by outlet", lambda: "/api/v1/sources.json?by=outlet&" + urlencode(filters(rng, "statements", values))))
    calls.append(("network.json, actors", lambda: "/api/v1/network.json?level=actor&" + urlencode(filters(rng, "events", values))))
    calls.append(("events.json, no filter", (lambda n: lambda: f"/api/v1/events.json?limit={40 + next(n) % 100}")(itertools.count())))
    calls.append(("facets.json, no filter", (lambda n: lambda: f"/api/v1/facets.json?top={10 + next(n) % 100}")(itertools.count())))
    calls.append(("articles/{id}.json", lambda: f"/api/v1/articles/{rng.choice(values['article'])}.json"))
    calls.append(("records/{id}.json", lambda: f"/api/v1/records/{rng.choice(values['article'])}:e1.json"))
    return calls


def percentile(times, share):
    times = sorted(times)
    return times[min(len(times) - 1, int(len(times) * share))]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--masudi", required=True)
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--requests", type=int, default=60, help="of each call")
    parser.add_argument("--clients", type=int, default=0, help="at once; 0 measures the calls one after another")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--same", action="store_true")
    args = parser.parse_args()

    begin = time.perf_counter()
    server = subprocess.Popen([args.masudi, "serve", "--ledger", args.ledger, "--port", "0", "--today", "2024-06-01", "--quiet"], stdout=subprocess.PIPE, text=True)
    try:
        port = int(server.stdout.readline().strip().rstrip("/").rsplit(":", 1)[1])
        there = time.perf_counter() - begin
        client = Client(port)
        while client.get("/api/v1/session.json")[1] == 503:  # a large ledger is still being loaded
            time.sleep(0.05)
        print(f"answers after {there:.1f} s, ready after {time.perf_counter() - begin:.1f} s")
        def read(target):
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", target)
            return json.loads(connection.getresponse().read())
        session = read("/api/v1/session.json")
        print("articles {articles:,}, events {events:,}, statements {statements:,}, commitments {commitments:,}".format(**session["counts"]))
        facets = {f["name"]: [v["value"] for v in f["values"]] for f in read("/api/v1/facets.json?top=200")["facets"]}
        items = read("/api/v1/events.json?limit=200")["items"]
        values = {name: facets[name] for name in ("party", "country", "outlet", "type")}
        values["text"] = [w.strip(".").lower() for item in items for w in item["sentence"]["text"].split()]
        values["article"] = [item["article"]["id"] for item in items]
        with open(f"/proc/{server.pid}/status") as status:
            print("memory", next(line for line in status if line.startswith("VmRSS")).split(":")[1].strip())
        if args.clients == 0:
            print(f"{'call':28} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8} {'kB':>7}")
            for name, make in targets(random.Random(7), values):
                target = make()
                client.get(target)  # connection and pages of the file are warm
                got = [client.get(target if args.same else make()) for _ in range(args.requests)]
                assert all(status == 200 for _, status, _ in got), (name, [s for _, s, _ in got if s != 200])
                times = [ms for ms, _, _ in got]
                print(f"{name:28} {percentile(times, 0.5):8.1f} {percentile(times, 0.95):8.1f} {max(times):8.1f} {sum(b for _, _, b in got) / len(got) / 1000:7.1f}")
            return
        times, errors, lock, end = [], [], threading.Lock(), time.perf_counter() + args.seconds
        def work(seed):
            mine, wrong, own = [], [], Client(port)
            calls = [make for name, make in targets(random.Random(seed), values)]
            pick = random.Random(seed + 1000)
            while time.perf_counter() < end:
                target = pick.choice(calls)()
                ms, status, _ = own.get(target)
                mine.append(ms)
                if status != 200:
                    wrong.append((status, target))
            with lock:
                times.extend(mine)
                errors.extend(wrong)
        threads = [threading.Thread(target=work, args=(seed,)) for seed in range(args.clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print(f"{args.clients} clients, {args.seconds:.0f} s: {len(times)} requests, {len(times) / args.seconds:.0f} a second, errors {len(errors)}; "
              f"p50 {percentile(times, 0.5):.0f} ms, p95 {percentile(times, 0.95):.0f} ms; client processor time {resource.getrusage(resource.RUSAGE_SELF).ru_utime:.0f} s")
        for error in errors[:5]:
            print(error)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
