import os
import time
from pyspark.sql import SparkSession
# Holds its cores, and leaves them idle, for as long as the workspace has no file of that name. Variables in which a task finds Spark's secret go into the
# result.
spark = SparkSession.builder.getOrCreate()
def held(part):
    end = time.time() + 900
    while time.time() < end and not os.path.exists("/workspace/enough"):
        time.sleep(0.2)
    with open("/run/spark-cluster/spark-auth/secret") as file:
        secret = file.read()
    yield [name for name, value in os.environ.items() if secret in value]
print(f"VARIABLES {spark.sparkContext.parallelize(range(2), 2).mapPartitions(held).collect()}", flush=True)
spark.stop()
