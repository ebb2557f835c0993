import sys, time
from pyspark.sql import SparkSession
spark = SparkSession.builder.config("spark.dynamicAllocation.executorIdleTimeout", "5s").getOrCreate()
sc = spark.sparkContext
executors = lambda: len(sc._jsc.sc().statusTracker().getExecutorInfos()) - 1
def sums():
    return sorted(sc.parallelize(range(100), 4).map(lambda x: (x % 2, x)).reduceByKey(lambda a, b: a + b).collect())
print(f"FIRST {sums()} {executors()}", flush=True)
end = time.time() + 120
while executors():
    if time.time() > end:
        sys.exit("the executors stayed for 120 s")
    time.sleep(0.2)
print("IDLE", flush=True)
print(f"AGAIN {sums()} {executors()}", flush=True)
spark.stop()
