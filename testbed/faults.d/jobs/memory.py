from pyspark.sql import SparkSession

# One task that takes memory until it is stopped.
spark = SparkSession.builder.getOrCreate()


def greedy(numbers):
    taken = []
    for _ in range(200):
        taken.append(bytearray(b"x" * (32 << 20)))
    yield len(taken)


print("STARTED", flush=True)
# One text, which is written at once: Spark writes to the same output.
print(f"TAKEN {spark.sparkContext.parallelize(range(1), 1).mapPartitions(greedy).collect()}", flush=True)
spark.stop()
