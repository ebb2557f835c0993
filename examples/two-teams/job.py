"""Counts the multiples of 7 below a million, on the cluster that the container's configuration names."""

from pyspark.sql import SparkSession

spark = SparkSession.builder.appName("sevens").getOrCreate()
try:
    count = spark.sparkContext.parallelize(range(1_000_000), 4).filter(lambda number: number % 7 == 0).count()
finally:
    spark.stop()
print(f"result: {count} multiples of 7", flush=True)
