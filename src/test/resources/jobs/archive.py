"""Which JVMs map the archive of classes. One that refuses the archive says nothing and is only slower, so their memory is looked at."""
import glob
from pyspark.sql import SparkSession


def jvms(where):
    for name in glob.glob("/proc/[0-9]*/comm"):
        try:
            # Other processes, such as health checks, may belong to root while they start.
            if open(name).read().strip() != "java":
                continue
            files = open(name.replace("comm", "maps")).read()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended
        yield f"{where} {'maps it' if '/opt/spark/classes.jsa' in files else 'DOES NOT'}"


spark = SparkSession.builder.getOrCreate()
print("\n".join(jvms("on the edge node:")))
found = spark.sparkContext.parallelize(range(8), 8).mapPartitions(lambda _: list(jvms("with executors:"))).collect()
print("\n".join(sorted(set(found))))
spark.stop()
