import sys
import time

from jupyter_client import BlockingKernelClient
from jupyter_core.paths import jupyter_runtime_dir

# in_kernel.py KERNEL: sends a cell with a long job to a running kernel, and does not wait for its end.
CELL = """
import time
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
spark.sparkContext.parallelize(range(600), 600).map(lambda number: time.sleep(1)).count()
"""

client = BlockingKernelClient(connection_file=f"{jupyter_runtime_dir()}/kernel-{sys.argv[1]}.json")
client.load_connection_file()
client.start_channels()
# A kernel that has just started does not answer yet, and the client would take it for dead.
end = time.monotonic() + 90
while True:
    try:
        client.wait_for_ready(timeout=30)
        break
    except RuntimeError:
        if time.monotonic() > end:
            raise
        time.sleep(1)
client.execute(CELL)
# Returns only when the kernel has begun to run the cell.
while client.get_iopub_msg(timeout=60)["msg_type"] != "execute_input":
    pass
client.stop_channels()
