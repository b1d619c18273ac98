#!/usr/bin/env python3
"""Runs ciiflow and a peer by turns on one register, and compares findings, time and memory.

Both read the register, find what each party owes under the pack beside this file, and write it. Their findings have to
agree in party, obligation, status and tier, whatever the order; else this ends with exit 1. Of the two, ciiflow also
finds chains, operators, evidence and gaps, and sorts.

Needs a Unix system, and what the peer needs: for peer_duckdb.py `pip install duckdb`.
"""

import argparse
import csv
import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
COMPARED = ["party", "obligation", "status", "tier"]
# The bytes in a unit of `ru_maxrss`.
MAXRSS = 1 if sys.platform == "darwin" else 1024


def measure(command):
    """Runs a command and gives its seconds and its most memory in MB."""
    with tempfile.TemporaryFile() as told:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            told.seek(0)
            sys.exit(f"{command[0]} ended with {child.returncode}:\n{told.read().decode(errors='replace')}")
    return seconds, usage.ru_maxrss * MAXRSS / 1e6


def findings(path):
    """What is compared of each finding."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        heading = next(rows)
        places = [heading.index(column) for column in COMPARED]
        for row in rows:
            yield ",".join(row[place] for place in places)


def digest(path):
    """The number of findings, and the sum of their hashes, which no order changes.

    It holds one finding at a time: a child's peak memory is never told as less than what this process has.
    """
    count = total = 0
    for finding in findings(path):
        count += 1
        total += int.from_bytes(hashlib.blake2b(finding.encode(), digest_size=16).digest(), "big")
    return count, total % (1 << 128)


def tell_differences(ours, theirs):
    """Prints some of what only one of two files has."""
    ours, theirs = set(findings(ours)), set(findings(theirs))
    for whose, only in ("ciiflow", ours - theirs), ("the peer", theirs - ours):
        print(f"{len(only)} findings only of {whose}", *sorted(only)[:5], sep="\n  ", file=sys.stderr)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("register", type=Path, help="folder with parties.csv and relationships.csv")
    parser.add_argument(
        "--ciiflow",
        type=Path,
        default=HERE.parent / "target/release/ciiflow",
        help="the binary [default: target/release/ciiflow]",
    )
    parser.add_argument(
        "--peer",
        type=Path,
        default=HERE / "peer_duckdb.py",
        help="a script that takes REGISTER, OUT.csv and THREADS [default: peer_duckdb.py]",
    )
    parser.add_argument("--pairs", type=int, default=3, help="times that both are run [default: 3]")
    parser.add_argument("--threads", type=int, default=2, help="threads of each [default: 2]")
    return parser.parse_args()


def main():
    args = arguments()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ciiflow", "findings.csv"), Path(folder, "peer.csv")
        commands = [
            [args.ciiflow, "analyze", args.register, "--policy", HERE / "pack.toml", "--as-of", "2026-01-01"]
            + ["--output", ours.parent, "--write", "findings", "--quiet", "--threads", str(args.threads)],
            [sys.executable, args.peer, args.register, theirs, str(args.threads)],
        ]
        # Read once, so that nobody has to wait for the disk.
        for table in "parties.csv", "relationships.csv":
            with open(args.register / table, "rb") as file:
                while file.read(1 << 20):
                    pass
        for pair in range(args.pairs):
            rows.append([figure for command in commands for figure in measure(command)])
            expected, found = digest(ours), digest(theirs)
            if expected != found:
                tell_differences(ours, theirs)
                sys.exit("the findings differ")
            print(f"pair {pair + 1}: the same {expected[0]:,} findings", file=sys.stderr)
    print("| pair | ciiflow, s | peer, s | ratio | ciiflow, MB | peer, MB | ratio |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for number, (our_time, our_memory, their_time, their_memory) in enumerate(rows, 1):
        print(
            f"| {number} | {our_time:.2f} | {their_time:.2f} | {their_time / our_time:.1f} "
            f"| {our_memory:,.0f} | {their_memory:,.0f} | {their_memory / our_memory:.1f} |"
        )
    times = statistics.median(their_time / our_time for our_time, _, their_time, _ in rows)
    memory = statistics.median(theirs / ours for _, ours, _, theirs in rows)
    print(f"| median | | | {times:.1f} | | | {memory:.1f} |")


if __name__ == "__main__":
    main()
