package io.sparkcluster.platform.swarm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The facts that a machine reported. {@code probe.sh} prints them, as {@code NAME=VALUE} on each line. */
final class MachineFacts {

    private final Map<String, String> facts = new TreeMap<>();

    private MachineFacts() {}

    static MachineFacts parse(String text) {
        var parsed = new MachineFacts();
        text.lines().filter(line -> line.contains("=")).forEach(line -> {
            int equals = line.indexOf('=');
            parsed.facts.put(
                    line.substring(0, equals), line.substring(equals + 1).strip());
        });
        return parsed;
    }

    String text(String fact) {
        return Optional.ofNullable(facts.get(fact)).orElse("");
    }

    boolean is(String fact, String value) {
        return text(fact).equals(value);
    }

    OptionalLong number(String fact) {
        return text(fact).matches("\\d{1,15}") ? OptionalLong.of(Long.parseLong(text(fact))) : OptionalLong.empty();
    }

    List<String> words(String fact) {
        return List.of(text(fact).split(" +"));
    }
}
