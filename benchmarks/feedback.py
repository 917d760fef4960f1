"""What a vote costs: beside Isso's, and beside what the disk can do at all.

usage: python benchmarks/feedback.py [--seconds N] [--million] [--postgresql URL] [--no-isso] [--cache FOLDER]

Closed loop: 64 connections send the next vote when the last was acknowledged; every vote comes from an address of its
own. Open loop: 100 votes a second, each on a connection of its own, however long the others take. CPU seconds are those
of the service's processes alone. `--million` also measures a database of a million votes. Everything runs on loopback.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import isso_peer
import peers
from voting import Load, Service, kbgen_service, percentile, ready_after, resident

CONNECTIONS = 64
ROUNDS = 3


def main() -> None:
    options = arguments()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        print(f"disk: {syncs_per_second(folder):,.0f} appends of 4 KiB a second, each synced (fdatasync)")
        ours = measured("kbgen, SQLite", stack.enter_context(kbgen_service(folder / "sqlite")), options.seconds)
        if options.postgresql:
            service = kbgen_service(folder / "postgresql", "--database", options.postgresql)
            measured("kbgen, PostgreSQL", stack.enter_context(service), options.seconds)
        if not options.no_isso:
            isso = stack.enter_context(isso_peer.service(folder / "isso", options.cache))
            peer = measured("Isso, likes", isso, options.seconds)
            print(f"ratio, kbgen to Isso: votes {ours[0] / peer[0]:.1f}, CPU per vote {ours[1] / peer[1]:.2f}")
        if options.million:
            million(folder / "million")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5.0, metavar="N", help="how long each round takes")
    parser.add_argument("--million", action="store_true", help="also measure a database of a million votes")
    parser.add_argument("--postgresql", metavar="URL", help="an empty database to measure, too")
    parser.add_argument("--no-isso", action="store_true", help="leave the peer out")
    parser.add_argument("--cache", type=Path, default=peers.CACHE, metavar="FOLDER", help="where the peer is installed")
    return parser.parse_args()


def syncs_per_second(folder: Path, seconds: float = 2.0) -> float:
    """How often this disk makes four kilobytes durable in a second: no store that syncs each commit can do more."""
    descriptor = os.open(folder / "syncs", os.O_WRONLY | os.O_CREAT)
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        os.write(descriptor, bytes(4096))
        os.fdatasync(descriptor)
        done += 1
    os.close(descriptor)
    return done / (time.perf_counter() - began)


def measured(name: str, service: Service, seconds: float) -> tuple[float, float]:
    """Print and return votes a second and CPU microseconds a vote: the median of three rounds."""
    rounds = []
    for _ in range(ROUNDS):
        cpu, load = service.cpu(), Load(service)
        took, waits = load.closed(CONNECTIONS, seconds)
        rounds.append((len(waits) / took, (service.cpu() - cpu) / len(waits) * 1e6, waits))
    rounds.sort(key=lambda each: each[0])
    rate, cpu, waits = rounds[ROUNDS // 2]
    print(
        f"{name}: {rate:,.0f} votes/s ({rounds[0][0]:,.0f} to {rounds[-1][0]:,.0f}), {cpu:,.0f} µs CPU a vote,", end=" "
    )
    print(f"p50 {percentile(waits, 50):.1f} ms, p99 {percentile(waits, 99):.1f} ms at {CONNECTIONS} connections")
    waits = Load(service).open(100, max(seconds, 5))
    print(f"  100 votes/s, a connection each: p50 {percentile(waits, 50):.1f} ms, p99 {percentile(waits, 99):.1f} ms")
    print(f"  resident (PSS of all its processes): {resident(service):.0f} MiB")
    return rate, cpu


def million(folder: Path, votes: int = 1_000_000) -> None:
    """Print what a large database costs: to start, in memory, and to read."""
    folder.mkdir()
    script = Path(__file__).with_name("voting.py")
    subprocess.run([sys.executable, str(script), str(folder / "votes.sqlite"), str(votes)], check=True)
    size = (folder / "votes.sqlite").stat().st_size / 1e6
    with kbgen_service(folder) as service:
        print(f"{votes:,} votes ({size:,.0f} MB): ready in {ready_after(service):.2f} s", end=", ")
        Load(service).closed(8, 3)
        print(f"resident {resident(service):.0f} MiB while it is checked and takes votes")
    began = time.perf_counter()
    command = [sys.executable, "-m", "kbgen", "feedback", "summary", "--json"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    print(f"  summary: {time.perf_counter() - began:.2f} s, with the start of Python")


if __name__ == "__main__":
    main()
