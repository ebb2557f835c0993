package io.sparkcluster;

import com.pulumi.core.Output;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A worker as the master lists it.
 *
 * @param name its host name in the cluster's network
 * @param cores its task slots
 * @param memory memory that it gives to executors, in Spark's notation, for example {@code 998m}
 * @param host the machine that runs it, on platforms with several machines
 */
public record WorkerInfo(Output<String> name, int cores, String memory, Optional<Output<String>> host) {

    /** The worker as a value for stack outputs: {@code name}, {@code cores}, {@code memory} and, if there is one, {@code host}. Known when the worker runs. */
    public Output<Map<String, Object>> toOutput() {
        return Output.tuple(name, host.orElseGet(() -> Output.of(""))).applyValue(where -> {
            var worker = new TreeMap<String, Object>();
            worker.put("name", where.t1);
            worker.put("cores", cores);
            worker.put("memory", memory);
            if (host.isPresent()) {
                worker.put("host", where.t2);
            }
            return worker;
        });
    }
}
