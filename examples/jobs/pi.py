"""Estimate pi by the Monte Carlo method, as a job for spark-submit.

    spark-submit pi.py [partitions]

Points fall evenly on the unit square; the share of them within a quarter of the unit circle tends to pi / 4. Each
partition is one task of a million points with a seed of its own, so the same number of partitions gives the same
answer on a cluster of any size, and twice as many partitions are twice the work.
"""

import argparse
import math

import numpy as np
from pyspark.sql import SparkSession

POINTS = 1_000_000


def partition_count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not allowed; give a whole number from 1 to 100000")
    return int(text)


def points_inside(partition: int) -> int:
    points = np.random.default_rng([2026, partition]).random((2, POINTS))
    return int(np.count_nonzero((points**2).sum(axis=0) <= 1.0))


def main() -> None:
    parser = argparse.ArgumentParser(prog="pi.py", description="Estimate pi on a Spark cluster.")
    parser.add_argument("partitions", nargs="?", type=partition_count, default=8, help="tasks to run (default: 8)")
    partitions = parser.parse_args().partitions

    spark = SparkSession.builder.appName("pi").getOrCreate()
    try:
        inside = spark.sparkContext.parallelize(range(partitions), partitions).map(points_inside).sum()
    finally:
        spark.stop()

    total = partitions * POINTS
    # The count is binomial, so its standard deviation says how far off the estimate may be.
    error = 4 * math.sqrt(math.pi / 4 * (1 - math.pi / 4) / total)
    print(f"Pi is roughly {4 * inside / total:.6f} (standard error {error:.6f}, {total} points)")


if __name__ == "__main__":
    main()
