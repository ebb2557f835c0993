import os
import time
from pyspark.sql import SparkSession
# Holds two cores, and leaves them idle, for as long as the workspace has no file of that name. What a task finds of Spark's secret among its variables
# goes into the result.
spark = SparkSession.builder.getOrCreate()
def held(part):
    end = time.time() + 900
    while time.time() < end and not os.path.exists("/workspace/enough"):
        time.sleep(0.2)
    yield [name for name, value in os.environ.items() if "SECRET" in name and value]
print("VARIABLES", spark.sparkContext.parallelize(range(2), 2).mapPartitions(held).collect(), flush=True)
spark.stop()
