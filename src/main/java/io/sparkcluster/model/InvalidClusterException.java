package io.sparkcluster.model;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown before anything is registered when a cluster cannot be created as described; carries all problems at once. */
public final class InvalidClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * @param subject what has the problems, for example {@code cluster "spark-dev"}
     * @param problems at least one
     */
    public InvalidClusterException(String subject, List<Problem> problems) {
        super(message(subject, problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem that was found. */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(String subject, List<Problem> problems) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        // Lines to type that solve several problems at once are shown once.
        var shown = new HashSet<String>();
        return problems.stream()
                .map(problem -> problem.remedy().contains("\n") && !shown.add(problem.remedy())
                        ? new Problem(problem.field(), problem.value(), problem.rule(), "The lines above help here too")
                        : problem)
                .map(problem -> "\n  - " + problem)
                .collect(Collectors.joining("", count + " in " + subject + ":", ""));
    }
}
