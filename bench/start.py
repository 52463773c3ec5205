#!/usr/bin/env python3
"""How long masudi takes from its start to the first byte it prints.

    bench/start.py                                        # build/release/bin/masudi on examples/agency.txt
    bench/start.py --masudi build/bench/bin/masudi --runs 31

Prints least, median and most, in milliseconds. Wall-clock time: say nothing of it that was not measured on an idle machine.
"""
import argparse
import statistics
import subprocess
import time


def first_byte(command):
    """Milliseconds from the start of a command to its first byte of output."""
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        if not process.stdout.read(1):
            raise SystemExit(f"bench/start.py: {' '.join(command)} printed nothing")
        elapsed = time.perf_counter() - begin
        process.stdout.read()
    return elapsed * 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--masudi", default="build/release/bin/masudi", help="the program (default: %(default)s)")
    parser.add_argument("--article", default="examples/agency.txt", help="what it reads (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=15, help="how often (default: %(default)s)")
    options = parser.parse_args()
    times = [first_byte([options.masudi, "read", options.article]) for _ in range(options.runs)]
    print(f"start to first record: least {min(times):.0f} ms, median {statistics.median(times):.0f} ms, most {max(times):.0f} ms")


if __name__ == "__main__":
    main()
