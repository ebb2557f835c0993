package io.sparkcluster.live;

import static io.sparkcluster.live.TestMachines.ALPHA;
import static io.sparkcluster.live.TestMachines.BETA;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;

/** A master and a worker by {@code docker stack deploy}, as people try it first; on the images of a running cluster. */
final class NaiveStack implements AutoCloseable {

    private static final Duration NOTICED = Duration.ofMinutes(3);

    private NaiveStack() {}

    /** Deploys one of the stack files; returns when its master's task runs. */
    static NaiveStack deploy(String file, String masterImage, String workerImage) throws IOException {
        String text = Files.readString(Path.of("src", "test", "resources", "swarm", file))
                .replace("MASTER_IMAGE", masterImage)
                .replace("WORKER_IMAGE", workerImage);
        var naive = new NaiveStack();
        TestMachines.sh(
                        ALPHA,
                        "cat >/tmp/naive.yaml <<'END'\n" + text
                                + "END\ndocker stack deploy --resolve-image never -c /tmp/naive.yaml naive")
                .orFail();
        Shell.await("the master of the stack runs", NOTICED, () -> !TestMachines.tasks(ALPHA, "naive_master")
                .isEmpty());
        return naive;
    }

    /** Whether the master's port is reached under a name, from the worker's container on the other machine. */
    boolean reachesMaster(String name) {
        Shell.await("the worker of the stack runs", NOTICED, () -> !TestMachines.tasks(BETA, "naive_worker")
                .isEmpty());
        String worker = TestMachines.tasks(BETA, "naive_worker").get(0);
        String line = "import socket\ntry: socket.create_connection(('" + name + "', 7077), 5); print('REACHED')\n"
                + "except OSError as e: print(e)";
        // A container that ends meanwhile reaches nothing either, and is no answer.
        return python(BETA, worker, line).orFail().text().contains("REACHED");
    }

    /** Where a name leads to, seen from the master's container. */
    String address(String name) {
        String master = TestMachines.tasks(ALPHA, "naive_master").get(0);
        return python(ALPHA, master, "import socket; print(socket.gethostbyname(" + name + "))")
                .orFail()
                .text()
                .strip();
    }

    private static Shell.Result python(String machine, String container, String line) {
        return TestMachines.on(machine, "docker", "exec", container, "python3", "-c", line);
    }

    /** Everything that a service's tasks logged. While a task starts or ends, the engine fails to say it all, and is asked again. */
    String logs(String service) {
        var read = new ArrayList<String>();
        Shell.await("the whole log of naive_" + service, NOTICED, () -> {
            var result = TestMachines.sh(ALPHA, "timeout 30 docker service logs --tail 200 naive_" + service + " 2>&1");
            if (result.code() == 0) {
                read.add(result.text());
            }
            return result.code() == 0;
        });
        return read.get(0);
    }

    /** Takes it away, with its network, which the engine keeps as long as one of the tasks is not quite gone. */
    @Override
    public void close() {
        Shell.await(
                "the stack is removed",
                NOTICED,
                () -> TestMachines.on(ALPHA, "docker", "stack", "rm", "naive").code() == 0);
        Shell.await("the stack and its network are gone", NOTICED, () -> !TestMachines.sh(
                        ALPHA, "docker network ls --format '{{.Name}}'; docker service ls --format '{{.Name}}'")
                .orFail()
                .text()
                .contains("naive_"));
    }
}
