import time
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
def slow(part):
    for x in part:
        time.sleep(1)
        yield x
print("STARTED", flush=True)
print(f"SUM {spark.sparkContext.parallelize(range(60), 12).mapPartitions(slow).sum()}", flush=True)
spark.stop()
