import select
import sys
import time

from pyspark.sql import SparkSession

# clock.py TASKS: tasks of a second each, which also say how far the clock went back while they ran.
tasks = int(sys.argv[1])
spark = SparkSession.builder.getOrCreate()
# One clock that is never set stands for both machines: they have one kernel.
began = time.time() - time.monotonic()


def slow(numbers):
    for number in numbers:
        # Not by a point of the clock that never goes back, which libfaketime refuses.
        select.select([], [], [], 1)
        yield number, began - (time.time() - time.monotonic())


print("STARTED", flush=True)
pairs = spark.sparkContext.parallelize(range(tasks), tasks).mapPartitions(slow).collect()
print("BACK", max(back for _, back in pairs), flush=True)
print("SUM", sum(number for number, _ in pairs), flush=True)
spark.stop()
