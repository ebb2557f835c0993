package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An authority of {@code extraCaCertificates} is trusted on every node by what opens TLS there: Python's own modules, {@code requests} and Java. */
@Tag("live")
@Tag("docker")
@Tag("nightly")
class DockerAuthorityTest {

    /** On the cluster's network; not one of the cluster's own names. */
    private static final String SERVER = "testauthority-server";

    private static final String ADDRESS = "https://" + SERVER + ":8443/";

    private static final String SERVE = """
            import http.server, ssl
            class Page(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(b"trusted")
            server = http.server.HTTPServer(("0.0.0.0", 8443), Page)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain("/tmp/server.pem", "/tmp/server.key")
            server.socket = context.wrap_socket(server.socket, server_side=True)
            print("listening", flush=True)
            server.serve_forever()
            """;

    private static final String BY_URLLIB =
            "import urllib.request; print(urllib.request.urlopen('" + ADDRESS + "').read())";
    private static final String BY_REQUESTS = "import requests; print(requests.get('" + ADDRESS + "').content)";

    private static final String BY_JAVA = """
            from pyspark.sql import SparkSession
            spark = SparkSession.builder.master("local[1]").getOrCreate()
            stream = spark.sparkContext._jvm.java.net.URL("%s").openStream()
            print("JAVA", bytes(stream.read() for _ in range(7)))
            spark.stop()
            """.formatted(ADDRESS);

    @TempDir
    private static Path folder;

    @Test
    void everyNodeTrustsIt() throws IOException {
        certificates();
        try (var stack = LiveStack.create("authority", folder)) {
            stack.configure(Map.of(
                    "extraCaCertificates",
                    bundle().toString(),
                    "workers.count",
                    "1",
                    "smokeTest",
                    "false",
                    "workspace.retain",
                    "false"));
            stack.up();
            String image = Shell.docker("inspect", "--format", "{{.Image}}", stack.node("edge"))
                    .orFail()
                    .text()
                    .strip();
            try {
                serve(stack.cluster(), image);
                for (String node : List.of("edge", "worker-1", "master")) {
                    assertThat(python(stack.node(node), BY_URLLIB)).as(node).contains("b'trusted'");
                }
                assertThat(python(stack.node("edge"), BY_REQUESTS)).contains("b'trusted'");
                var edge = new EdgeShell(Map.of(), () -> List.of("docker", "exec", stack.node("edge")));
                Path job = folder.resolve("authority.py");
                Files.writeString(job, BY_JAVA);
                edge.copy(job);
                assertThat(edge.run("spark-submit", "/workspace/authority.py")
                                .orFail()
                                .text())
                        .contains("JAVA b'trusted'");
            } finally {
                Shell.docker("rm", "--force", "--volumes", SERVER);
            }
            stack.destroy();
        }
    }

    private static String python(String container, String line) {
        return Shell.docker("exec", container, "python3", "-c", line).orFail().text();
    }

    /** A server with a certificate of the authority, beside the nodes. */
    private static void serve(String network, String image) {
        Shell.docker("create", "--name", SERVER, "--network", network, "--entrypoint", "python3", image, "-c", SERVE)
                .orFail();
        for (String file : List.of("server.pem", "server.key")) {
            Shell.docker("cp", folder.resolve(file).toString(), SERVER + ":/tmp/" + file)
                    .orFail();
        }
        Shell.docker("start", SERVER).orFail();
        Shell.await("the server listens", Duration.ofMinutes(1), () -> Shell.docker("logs", SERVER)
                .text()
                .contains("listening"));
    }

    /** The authority of this test, behind those that this machine needs for its builds. */
    private static Path bundle() throws IOException {
        var text = new StringBuilder();
        var machine = Optional.ofNullable(System.getenv("SPARK_CLUSTER_CA_CERTIFICATES"));
        if (machine.isPresent()) {
            text.append(Files.readString(Path.of(machine.get()))).append('\n');
        }
        text.append(Files.readString(folder.resolve("authority.pem")));
        return Files.writeString(folder.resolve("bundle.pem"), text);
    }

    private static void certificates() throws IOException {
        Files.writeString(
                folder.resolve("extensions"),
                "subjectAltName=DNS:" + SERVER + "\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n");
        for (String line : List.of(
                "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=testauthority -addext basicConstraints=critical,CA:TRUE"
                        + " -keyout authority.key -out authority.pem",
                "req -newkey rsa:2048 -nodes -subj /CN=" + SERVER + " -keyout server.key -out server.csr",
                "x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 -extfile extensions -out server.pem")) {
            Shell.run(Duration.ofMinutes(1), folder, Map.of(), "sh", "-c", "openssl " + line)
                    .orFail();
        }
        // The server's process is not its files' owner; the key is worth nothing after this test.
        Shell.run(Duration.ofMinutes(1), folder, Map.of(), "chmod", "0644", "server.key")
                .orFail();
    }
}
