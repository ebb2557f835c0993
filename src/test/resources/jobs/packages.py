"""Uses a package that a user has installed by pip, in the driver and in tasks on all executors."""

from pyspark.sql import SparkSession
from pyspark.sql.functions import pandas_udf

import sklearn

spark = SparkSession.builder.getOrCreate()


@pandas_udf("string")
def scaled(values):
    import pandas
    import sklearn
    import socket
    from sklearn.preprocessing import StandardScaler

    largest = StandardScaler().fit_transform(values.to_frame()).max()
    return pandas.Series([f"{socket.gethostname()} {sklearn.__version__} {sklearn.__file__} {largest:.3f}"] * len(values))


seen = {row[0] for row in spark.range(0, 4000, 1, 4).select(scaled("id")).distinct().collect()}
hosts = {line.split()[0] for line in seen}
versions = {line.split()[1] for line in seen} | {sklearn.__version__}
folders = {line.split()[2].split("/sklearn/")[0] for line in seen} | {sklearn.__file__.split("/sklearn/")[0]}
print(f"SKLEARN {versions} ON {len(hosts)} EXECUTORS FROM {folders}")
