import time
from pyspark.sql import SparkSession
spark = SparkSession.builder.config("spark.cores.max", 3).getOrCreate()
sc = spark.sparkContext
pairs = sc.parallelize(range(60000), 6).map(lambda x: (x % 6, "x" * 100)).groupByKey(24)
def slow(part):
    time.sleep(8)
    for key, values in part:
        yield key, len(list(values))
print("RESULT", sorted(pairs.mapPartitions(slow).collect()), flush=True)
print("STAGES", sorted((s, sc.statusTracker().getStageInfo(s).currentAttemptId) for s in (0, 1)), flush=True)
spark.stop()
