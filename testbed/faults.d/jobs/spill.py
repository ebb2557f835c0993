import random

from pyspark.sql import SparkSession

# About 400 MB of shuffle files that cannot be compressed.
spark = SparkSession.builder.getOrCreate()


def pairs(number):
    for row in range(50):
        yield number * 50 + row, random.Random(number * 50 + row).randbytes(1 << 20)


print("STARTED", flush=True)
rows = spark.sparkContext.parallelize(range(8), 8).flatMap(pairs).repartition(4).count()
# One text, which is written at once: Spark writes to the same output.
print(f"ROWS {rows}", flush=True)
spark.stop()
