import select
import sys
import time

from pyspark.sql import SparkSession

# clock.py TASKS: runs tasks of a second each, which also report how far the clock went back while they ran.
tasks = int(sys.argv[1])
spark = SparkSession.builder.getOrCreate()
# Driver and executor share a kernel, so both read the same monotonic clock.
began = time.time() - time.monotonic()


def slow(numbers):
    for number in numbers:
        # Not a wait until an absolute monotonic time, which libfaketime refuses.
        select.select([], [], [], 1)
        yield number, began - (time.time() - time.monotonic())


print("STARTED", flush=True)
pairs = spark.sparkContext.parallelize(range(tasks), tasks).mapPartitions(slow).collect()
# One text, which is written at once: Spark writes to the same output.
print(f"BACK {max(back for _, back in pairs)}", flush=True)
print(f"SUM {sum(number for number, _ in pairs)}", flush=True)
spark.stop()
