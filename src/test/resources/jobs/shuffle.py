import time
from pyspark.sql import SparkSession
# Reducers that wait for the executor with most of their blocks would start when it has left; an executor that asked before where blocks lie does not ask
# again within a stage.
spark = SparkSession.builder.config("spark.cores.max", 3).config("spark.shuffle.reduceLocality.enabled", "false").getOrCreate()
sc = spark.sparkContext
pairs = sc.parallelize(range(60000), 6).map(lambda x: (x % 6, "x" * 100)).groupByKey(24)
def slow(part):
    time.sleep(8)
    for key, values in part:
        yield key, len(list(values))
print(f"RESULT {sorted(pairs.mapPartitions(slow).collect())}", flush=True)
print(f"STAGES {sorted((s, sc.statusTracker().getStageInfo(s).currentAttemptId) for s in (0, 1))}", flush=True)
spark.stop()
