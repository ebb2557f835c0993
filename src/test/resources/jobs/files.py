import os
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
open("/workspace/from-edge.csv", "w").write("a,b\n1,2\n3,4\n")
rows = spark.read.csv("file:/workspace/from-edge.csv", header=True).count()
spark.range(100).repartition(4).write.mode("overwrite").parquet("file:/workspace/from-executors")
def write(part):
    open(f"/workspace/part-{part}.txt", "w").write(str(part))
    return os.getuid()
owners = set(spark.sparkContext.parallelize(range(4), 4).map(write).collect())
print(f"MASTER {spark.sparkContext.master}")
print(f"ROWS {rows} OWNERS {owners} ME {os.getuid()}")
spark.stop()
