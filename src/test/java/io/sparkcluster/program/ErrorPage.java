package io.sparkcluster.program;

/** The page for users that is made of the corpus: what they see, and what to do. */
final class ErrorPage {

    private static final String HEAD = """
            # Errors and what to do

            What the program says about a stack that cannot work, before anything is made. `pulumi preview` and `make preview` say it too. Every line of this page
            is a case that the tests run; the words here are those of the program, with examples for names and numbers, and … for what differs from machine to machine.
            """;

    private ErrorPage() {}

    static String of(ErrorCorpus corpus) {
        var page = new StringBuilder(HEAD);
        for (var section : corpus.sections()) {
            page.append("\n## ").append(section.title()).append("\n");
            if (!section.about().isEmpty()) {
                page.append(section.about()).append("\n");
            }
            page.append("\n| you see | what to do |\n|---|---|\n");
            for (var line : section.cases()) {
                page.append("| ")
                        .append(cell((line.isWarning() ? "warning: " : "") + line.see()))
                        .append(" | ")
                        .append(cell(line.remedy().orElse("")))
                        .append(" |\n");
            }
        }
        return page.toString();
    }

    /** In a cell a bar or an end of line would end it, and angle brackets would be taken for tags. */
    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replaceAll("\n *", "<br>");
    }
}
