import time
from pyspark.sql import SparkSession
# Two cores at work for as long as the workspace has no file of that name.
spark = SparkSession.builder.getOrCreate()
def busy(part):
    import os
    end = time.time() + 240
    while time.time() < end and not os.path.exists("/workspace/enough"):
        sum(range(100000))
    yield 1
print(f"DONE {spark.sparkContext.parallelize(range(2), 2).mapPartitions(busy).sum()}", flush=True)
spark.stop()
