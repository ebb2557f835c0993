package io.sparkcluster.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks what can be known of Python requirements before pip reads them. */
final class RequirementsValidator {

    private static final String FIELD = "python.requirements";

    /** A name, with what may follow it: extras, versions, a marker, an address. */
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\\s*([\\[(<>=!~;@,\\s].*)?");

    private static final Pattern LOGIN = Pattern.compile("://[^/@\\s]+@");
    private static final Pattern OTHER_FILE = Pattern.compile(
            "(-r|--requirement|-c|--constraint|-e|--editable)([\\s=].*)?|\\.{0,2}/.*|.*@\\s*file:.*|file:.*");

    private final List<Problem> problems = new ArrayList<>();

    private RequirementsValidator() {}

    static List<Problem> validate(PythonSpec python) {
        var validator = new RequirementsValidator();
        python.requirements().forEach(validator::requirement);
        python.requirementsFile().ifPresent(validator::file);
        return validator.problems;
    }

    private void requirement(String text) {
        if (isRefused(text)) {
            return;
        }
        if (!NAME.matcher(text).matches()) {
            refuse(
                    text,
                    "a requirement is the name of a package, maybe with versions",
                    "Write it like scikit-learn or xgboost<4; options of pip can be in a file, which python.requirements names");
        }
    }

    private void file(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            problems.add(
                    new Problem(
                            FIELD,
                            file.toString(),
                            "it must be a readable text file with requirements, or a list of packages",
                            "Name the file as seen from the folder with Pulumi.yaml, or write the packages as a list: python.requirements: [scikit-learn]"));
            return;
        }
        lines.stream().map(String::strip).forEach(this::isRefused);
    }

    /** Whether a line names what a build does not have, or what must not be in an image. */
    private boolean isRefused(String line) {
        Optional<Problem> problem = Optional.empty();
        if (LOGIN.matcher(line).find()) {
            problem = Optional.of(new Problem(
                    FIELD,
                    "an address with a login",
                    "the requirements become part of the image",
                    "Give the address of the index by PIP_INDEX_URL, which only the build sees"));
        } else if (OTHER_FILE.matcher(line).matches()) {
            problem = Optional.of(new Problem(
                    FIELD,
                    line,
                    "a build has this one file only",
                    "Write the lines of the other file here, or name a package of an index"));
        }
        problem.ifPresent(problems::add);
        return problem.isPresent();
    }

    private void refuse(String value, String rule, String remedy) {
        problems.add(new Problem(FIELD, '"' + value + '"', rule, remedy));
    }
}
