package io.sparkcluster;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.verify;

import com.google.protobuf.Value;
import com.pulumi.Context;
import com.pulumi.test.Mocks;
import com.pulumi.test.TestOptions;
import com.pulumi.test.TestResult;
import com.pulumi.test.internal.MockMonitor;
import com.pulumi.test.internal.PulumiTestInternal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mockito.ArgumentCaptor;
import pulumirpc.Resource.RegisterResourceOutputsRequest;
import pulumirpc.Resource.RegisterResourceRequest;

/**
 * Runs a program against a mocked engine and keeps what it registered. The SDK's own mocks show inputs only, without what is secret and
 * without parents, dependencies and other options; hence the look at the requests themselves.
 */
final class MockedEngine {

    static final String PROJECT = "spark-cluster";
    static final String STACK = "dev";

    /** What a mocked secret store gives out; must never be seen in an input that is not marked as secret. */
    static final String STASHED = "stashed-secret-value";

    /** What a mocked machine gives out to those that join its Swarm. */
    static final String JOIN_TOKEN = "SWMTKN-1-mocked";

    private static final Pattern WANTED_TASKS = Pattern.compile("(?m)^COUNT='?(\\d+)'?$");

    private MockedEngine() {}

    /**
     * What a program did.
     *
     * @param result what it exported, and what stopped it
     * @param registrations every resource
     * @param outputs what components registered as their outputs
     */
    record Run(TestResult result, List<Registration> registrations, List<RegisterResourceOutputsRequest> outputs) {

        /** This run, if the program went through to its end; otherwise fails with what stopped it. */
        private Run orFail() {
            int code = result.throwOnError().exitCode();
            if (code != 0) {
                throw new AssertionError("the program ended with exit code " + code);
            }
            return this;
        }

        /** What a component registered as its outputs. */
        Map<String, Value> outputsOf(String name) {
            return outputs.stream()
                    .filter(request -> request.getUrn().endsWith("::" + name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " registered no outputs"))
                    .getOutputs()
                    .getFieldsMap();
        }

        Value outputOf(String name, String output) {
            return Optional.ofNullable(outputsOf(name).get(output))
                    .orElseThrow(() -> new AssertionError(
                            "no output " + output + " among " + outputsOf(name).keySet()));
        }

        Registration named(String name) {
            return registrations.stream()
                    .filter(registration -> registration.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no resource " + name + " among "
                            + registrations.stream().map(Registration::name).toList()));
        }
    }

    /** A run that goes through to its end; one that does not fails the test with what stopped it. */
    static Run run(Consumer<Context> program) {
        return run(program, false).orFail();
    }

    static Run preview(Consumer<Context> program) {
        return run(program, true).orFail();
    }

    /** A run that may be stopped: its result says by what. */
    static Run attempt(Consumer<Context> program) {
        return run(program, false);
    }

    private static Run run(Consumer<Context> program, boolean preview) {
        var monitor = new AtomicReference<MockMonitor>();
        var engine = PulumiTestInternal.builder()
                .options(TestOptions.builder()
                        .projectName(PROJECT)
                        .stackName(STACK)
                        .preview(preview)
                        .build())
                .mocks(preview ? MockedEngine::unknown : MockedEngine::known)
                .monitorDecorator(real -> {
                    monitor.set(spy(real));
                    return monitor.get();
                })
                .build();
        TestResult result = engine.runTest(program);
        var requests = ArgumentCaptor.forClass(RegisterResourceRequest.class);
        verify(monitor.get(), atLeast(1)).registerResourceAsync(any(), requests.capture());
        var outputs = ArgumentCaptor.forClass(RegisterResourceOutputsRequest.class);
        verify(monitor.get(), atLeast(0)).registerResourceOutputsAsync(outputs.capture());
        return new Run(
                result, requests.getAllValues().stream().map(Registration::new).toList(), outputs.getAllValues());
    }

    @SuppressWarnings("unchecked")
    private static CompletableFuture<Mocks.ResourceResult> known(Mocks.ResourceArgs args) {
        Map<String, Object> state = new HashMap<>(args.inputs);
        switch (args.type) {
            case "pulumi:index:Stash" -> state.put("output", STASHED);
            case "docker:index/remoteImage:RemoteImage" -> state.put("imageId", "sha256:" + args.name);
            case "docker:index/container:Container" -> state.put("containerLogs", "log\nresult: 42\n");
            case "command:remote:Command" -> state.put("stdout", said(args));
            case "command:local:Command" ->
                state.put(
                        "stdout",
                        "{\"job\":\"pi\",\"seconds\":1.5,\"result\":\"3.14\",\"workers\":[],\"versions\":{}}");
            case "kubernetes:apps/v1:StatefulSet" -> {
                var metadata = new HashMap<String, Object>((Map<String, Object>) state.get("metadata"));
                metadata.put("uid", args.name);
                metadata.put("generation", 7);
                state.put("metadata", metadata);
                state.put("status", Map.of("replicas", 1, "updateRevision", "revision-1"));
            }
            default -> {
                // The inputs come back as they are.
            }
        }
        return CompletableFuture.completedFuture(Mocks.ResourceResult.of(Optional.of(args.name + "-id"), state));
    }

    /** What a script says on a machine. */
    private static String said(Mocks.ResourceArgs args) {
        if (args.name.endsWith("-placed")) {
            // As many as were asked for; a number is missing, as that of a task which was replaced.
            var asked = WANTED_TASKS.matcher(String.valueOf(args.inputs.get("stdin")));
            return Stream.of("1 beta", "3 gamma", "4 beta", "5 gamma")
                    .limit(asked.find() ? Integer.parseInt(asked.group(1)) : 0)
                    .collect(Collectors.joining("\n"));
        }
        if (args.name.endsWith("-swarm")) {
            // The manager says how to join, the others who they became.
            return String.valueOf(args.inputs.get("create")).endsWith("init") ? JOIN_TOKEN : "node";
        }
        return "{\"job\":\"pi\",\"seconds\":1.5,\"result\":\"3.14\",\"workers\":[],\"versions\":{}}";
    }

    /** A preview knows no id and no output yet. */
    private static CompletableFuture<Mocks.ResourceResult> unknown(Mocks.ResourceArgs args) {
        return CompletableFuture.completedFuture(Mocks.ResourceResult.of(Optional.empty(), args.inputs));
    }
}
