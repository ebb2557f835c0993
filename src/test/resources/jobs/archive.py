"""Which JVMs map the archive of classes. One that refuses the archive says nothing and is only slower, so their memory is looked at."""
import glob
from pyspark.sql import SparkSession


def jvms(where):
    for maps in glob.glob("/proc/[0-9]*/maps"):
        with open(maps.replace("maps", "comm")) as name, open(maps) as files:
            if name.read().strip() == "java":
                yield f"{where} {'maps it' if '/opt/spark/classes.jsa' in files.read() else 'DOES NOT'}"


spark = SparkSession.builder.getOrCreate()
print("\n".join(jvms("on the edge node:")))
found = spark.sparkContext.parallelize(range(8), 8).mapPartitions(lambda _: list(jvms("with executors:"))).collect()
print("\n".join(sorted(set(found))))
spark.stop()
