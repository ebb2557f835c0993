import sys
import time

from pyspark.sql import SparkSession

# steps.py TASKS SECONDS: every task takes that long and adds its number.
tasks, seconds = int(sys.argv[1]), float(sys.argv[2])
spark = SparkSession.builder.getOrCreate()


def slow(numbers):
    for number in numbers:
        time.sleep(seconds)
        yield number


print("STARTED", flush=True)
# One text, which is written at once: Spark writes to the same output.
print(f"SUM {spark.sparkContext.parallelize(range(tasks), tasks).mapPartitions(slow).sum()}", flush=True)
spark.stop()
