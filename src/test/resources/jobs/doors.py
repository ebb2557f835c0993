"""Knocks at Spark's ports: doors.py NAME=SECRET... -- HOST:PORT... prints "NAME HOST:PORT in" or "NAME HOST:PORT out: why".

A connection that proves its secret is in: the protocol answers no message before. One with an empty secret sends a message without proving any.
"""
import sys
from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession

split = sys.argv.index("--")
secrets = dict(argument.split("=", 1) for argument in sys.argv[1:split])
addresses = [address.rsplit(":", 1) for address in sys.argv[split + 1:]]

jvm = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()._jvm
spark = jvm.org.apache.spark
nothing = jvm.scala.Option.empty()


def client(host, port, secret):
    conf = spark.SparkConf(False).set("spark.authenticate", str(bool(secret)).lower())
    conf.set("spark.network.crypto.enabled", "true").set("spark.network.crypto.cipher", "AES/GCM/NoPadding")
    conf.set("spark.network.crypto.saslFallback", "false")
    bootstraps = jvm.java.util.ArrayList()
    transport = spark.network.netty.SparkTransportConf.fromSparkConf(conf, "rpc", 1, nothing, nothing)
    if secret:
        conf.set("spark.authenticate.secret", secret)
        default = getattr(spark.SecurityManager, "$lessinit$greater$default$3")()
        holder = spark.SecurityManager(conf, nothing, default)
        bootstraps.add(spark.network.crypto.AuthClientBootstrap(transport, "stranger", holder))
    context = spark.network.TransportContext(transport, spark.network.server.NoOpRpcHandler())
    return context.createClientFactory(bootstraps).createClient(host, int(port))


def outcome(host, port, secret):
    try:
        found = client(host, port, secret)
        if not secret:
            found.sendRpcSync(jvm.java.nio.ByteBuffer.wrap(bytearray(b"a message of a driver that knows no secret")), 10000)
        return "in"
    except Py4JJavaError as error:
        return "out: " + str(error.java_exception).splitlines()[0]


for name, secret in secrets.items():
    for host, port in addresses:
        print(f"{name} {host}:{port} {outcome(host, port, secret)}", flush=True)
