package io.sparkcluster.platform;

import java.util.Map;

/**
 * A time limit for commands on the machine that runs Pulumi. macOS lacks GNU's {@code timeout}, so a shell function takes its place.
 */
public final class TimeLimit {

    /** The function {@code bounded SECONDS COMMAND...} for {@code sh}; its exit code is 124 when the time is over. */
    private static final String FUNCTION = BundledScript.text(TimeLimit.class, "bounded.sh");

    private static final String VARIABLE = "BOUNDED";

    private TimeLimit() {}

    /**
     * A script for {@code sh} in which {@code bounded SECONDS COMMAND...} runs a command with a limit.
     *
     * @param script the script's text
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

    /** The variable that holds the function. In the command line itself, the function's text would be part of every error. */
    public static Map<String, String> environment() {
        return Map.of(VARIABLE, FUNCTION);
    }
}
