package io.sparkcluster.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One stack on Docker for all classes of a run that take a {@link LiveStack}: minutes of {@code up} are the price of a live test. Each class configures what it
 * needs and calls {@code up}; the stack is taken away when the run ends.
 */
final class SharedCluster implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedCluster.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LiveStack.class;
    }

    @Override
    public LiveStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Held.class, key -> new Held(), Held.class)
                .stack;
    }

    private static final class Held implements AutoCloseable {

        private final Path folder;
        private final LiveStack stack;

        Held() {
            try {
                folder = Files.createTempDirectory("shared-cluster");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            stack = LiveStack.create("life", folder);
        }

        @Override
        public void close() throws IOException {
            stack.close();
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
