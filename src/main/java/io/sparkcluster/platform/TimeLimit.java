package io.sparkcluster.platform;

import java.util.Map;

/**
 * A time limit for a command that runs on the machine of whoever runs Pulumi. GNU's {@code timeout} is missing on macOS, so that a shell
 * function stands for it.
 */
public final class TimeLimit {

    /** The function {@code bounded SECONDS COMMAND...} for {@code sh}; its exit code is 124 when the time is over. */
    private static final String FUNCTION = BundledScript.text(TimeLimit.class, "bounded.sh");

    private static final String VARIABLE = "BOUNDED";

    private TimeLimit() {}

    /**
     * A script for {@code sh} in which {@code bounded SECONDS COMMAND...} runs a command with a limit.
     *
     * @param script its text, without a first line that names a shell
     */
    public static String script(String script) {
        return FUNCTION + script;
    }

    /**
     * A command line for {@code sh} that runs one command with a limit, in an environment that has {@link #environment()}.
     *
     * @param seconds the limit
     * @param command words for the shell
     */
    public static String command(long seconds, String command) {
        return "eval \"$" + VARIABLE + "\"\nbounded " + seconds + " " + command;
    }

    /** The function as a variable: the text of a command line is part of its error, where nobody wants to read it. */
    public static Map<String, String> environment() {
        return Map.of(VARIABLE, FUNCTION);
    }
}
