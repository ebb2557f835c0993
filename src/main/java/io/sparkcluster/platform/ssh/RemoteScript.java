package io.sparkcluster.platform.ssh;

import com.pulumi.command.remote.Command;
import com.pulumi.command.remote.CommandArgs;
import com.pulumi.command.remote.enums.Logging;
import com.pulumi.command.remote.inputs.ConnectionArgs;
import com.pulumi.command.remote.inputs.ProxyConnectionArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs scripts on hosts when a resource is created and deleted. */
public final class RemoteScript {

    private static final int DIAL_ERRORS = 6;
    private static final int DIAL_SECONDS = 15;

    private final SshHosts hosts;
    private final Supplier<Map<String, String>> common;

    /**
     * @param hosts the hosts on which scripts run
     * @param common variables that stand first in every script, read when a step is registered
     */
    public RemoteScript(SshHosts hosts, Supplier<Map<String, String>> common) {
        this.hosts = hosts;
        this.common = common;
    }

    /**
     * A script and its verbs, which are the functions to run.
     *
     * @param script what {@link SshScript#running} made of its functions
     * @param create the verb to run when the resource is created
     * @param delete the verb to run when the resource is deleted; empty if there is nothing to undo
     * @param limit time limit of each verb, in whole seconds
     */
    public record Step(String script, String create, Optional<String> delete, Duration limit) {

        /** A step that is undone when its resource is deleted. */
        public static Step of(String script, String create, String delete, Duration limit) {
            return new Step(script, create, Optional.of(delete), limit);
        }

        /** A step that leaves nothing to undo. */
        public static Step once(String script, String create, Duration limit) {
            return new Step(script, create, Optional.empty(), limit);
        }
    }

    /** Registers a step whose values are known. */
    public Command run(
            String name, SshHost host, Step step, Map<String, String> values, CustomResourceOptions options) {
        return run(name, host, step, Output.of(values), List.of(), options);
    }

    /**
     * Registers a step.
     *
     * @param values variables of the script, quoted for the shell; a secret output if one of them is secret
     * @param triggers the step runs again when one of them changes
     * @throws IllegalStateException when a host key is not known
     * @throws UncheckedIOException when a private key cannot be read
     */
    public Command run(
            String name,
            SshHost host,
            Step step,
            Output<Map<String, String>> values,
            List<Output<String>> triggers,
            CustomResourceOptions options) {
        int seconds = Math.toIntExact(step.limit().toSeconds());
        String first = SshScript.assignments(common.get());
        var args = CommandArgs.builder()
                .connection(connection(host))
                .create(SshScript.command(host.login(), step.create(), seconds))
                .stdin(values.applyValue(known -> first + SshScript.assignments(known) + step.script()))
                .logging(Logging.Stderr)
                .addPreviousOutputInEnv(false);
        step.delete().ifPresent(verb -> args.delete(SshScript.command(host.login(), verb, seconds)));
        if (!triggers.isEmpty()) {
            args.triggers(Output.all(triggers).applyValue(List::<Object>copyOf));
        }
        return new Command(name, args.build(), options);
    }

    private ConnectionArgs connection(SshHost host) {
        SshLogin login = host.login();
        var connection = ConnectionArgs.builder()
                .host(login.host())
                .port((double) login.port())
                .user(login.user())
                .dialErrorLimit(DIAL_ERRORS)
                .perDialTimeout(DIAL_SECONDS);
        login.keyFile().map(RemoteScript::key).ifPresent(connection::privateKey);
        hostKey(login).ifPresent(connection::hostKey);
        if (host.behindJumpHost()) {
            hosts.jumpHost().map(this::proxy).ifPresent(connection::proxy);
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

    /** Without a host key, the provider would accept any machine. */
    private Optional<String> hostKey(SshLogin login) {
        var key = hosts.hostKey(login);
        if (key.isEmpty()) {
            throw new IllegalStateException("the host key of " + login.address() + " is not known");
        }
        return key;
    }

    private static Output<String> key(String file) {
        try {
            return Output.ofSecret(Files.readString(SshHosts.userFile(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the private key " + file, e);
        }
    }
}
