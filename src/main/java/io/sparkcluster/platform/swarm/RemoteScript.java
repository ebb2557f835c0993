package io.sparkcluster.platform.swarm;

import com.pulumi.command.remote.Command;
import com.pulumi.command.remote.CommandArgs;
import com.pulumi.command.remote.enums.Logging;
import com.pulumi.command.remote.inputs.ConnectionArgs;
import com.pulumi.command.remote.inputs.ProxyConnectionArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import io.sparkcluster.platform.Ownership;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs scripts on machines as steps in the life of a resource.
 *
 * @param settings the machines
 */
record RemoteScript(SwarmSettings settings) {

    private static final int DIAL_ERRORS = 6;
    private static final int DIAL_SECONDS = 15;

    /**
     * What to run.
     *
     * @param script its subject
     * @param create verb that makes
     * @param delete verb that takes away, if anything is to be
     * @param limit longest that either may take
     */
    record Step(String script, String create, Optional<String> delete, Duration limit) {

        static Step of(String script, String create, String delete, Duration limit) {
            return new Step(script, create, Optional.of(delete), limit);
        }

        static Step once(String script, String create, Duration limit) {
            return new Step(script, create, Optional.empty(), limit);
        }
    }

    /** A step with values that are known. */
    Command run(String name, Machine machine, Step step, Map<String, String> values, CustomResourceOptions options) {
        return run(name, machine, step, Output.of(values), List.of(), options);
    }

    /**
     * Registers a step.
     *
     * @param values variables of the script; secret if one of them is
     * @param triggers when one of them changes, the step is taken again
     */
    Command run(
            String name,
            Machine machine,
            Step step,
            Output<Map<String, String>> values,
            List<Output<String>> triggers,
            CustomResourceOptions options) {
        int seconds = Math.toIntExact(step.limit().toSeconds());
        var owner = Ownership.current().owner();
        var args = CommandArgs.builder()
                .connection(connection(machine))
                .create(Scripts.command(machine.login(), step.create(), seconds))
                .stdin(values.applyValue(known ->
                        Scripts.assignments(Scripts.owned(settings, owner)) + Scripts.of(step.script(), known)))
                .logging(Logging.Stderr)
                .addPreviousOutputInEnv(false);
        step.delete().ifPresent(verb -> args.delete(Scripts.command(machine.login(), verb, seconds)));
        if (!triggers.isEmpty()) {
            args.triggers(Output.all(triggers).applyValue(List::<Object>copyOf));
        }
        return new Command(name, args.build(), options);
    }

    private ConnectionArgs connection(Machine machine) {
        SshLogin login = machine.login();
        var connection = ConnectionArgs.builder()
                .host(login.host())
                .port((double) login.port())
                .user(login.user())
                .dialErrorLimit(DIAL_ERRORS)
                .perDialTimeout(DIAL_SECONDS);
        login.keyFile().map(RemoteScript::key).ifPresent(connection::privateKey);
        hostKey(login).ifPresent(connection::hostKey);
        if (machine.behindJumpHost()) {
            settings.jumpHost().map(this::proxy).ifPresent(connection::proxy);
        }
        return connection.build();
    }

    private ProxyConnectionArgs proxy(SshLogin login) {
        var proxy = ProxyConnectionArgs.builder()
                .host(login.host())
                .port((double) login.port())
                .user(login.user())
                .dialErrorLimit(DIAL_ERRORS)
                .perDialTimeout(DIAL_SECONDS);
        login.keyFile().map(RemoteScript::key).ifPresent(proxy::privateKey);
        hostKey(login).ifPresent(proxy::hostKey);
        return proxy.build();
    }

    /** Without one any machine would be accepted. */
    private Optional<String> hostKey(SshLogin login) {
        var key = KnownHosts.key(login, settings.knownHosts());
        if (key.isEmpty()) {
            throw new IllegalStateException("the host key of " + login.address() + " is not known");
        }
        return key;
    }

    private static Output<String> key(String file) {
        try {
            return Output.ofSecret(Files.readString(SwarmSettings.userFile(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the private key " + file, e);
        }
    }
}
