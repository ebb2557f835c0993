package io.sparkcluster.plan;

import java.util.Locale;
import java.util.Map;

/** A plan as text for people: one fact per line in a fixed order, so that two plans can be compared. */
public final class PlanText {

    private final StringBuilder text = new StringBuilder();

    private PlanText() {}

    /** The whole plan. */
    public static String of(ClusterPlan plan) {
        var page = new PlanText();
        page.line(
                0,
                "cluster " + plan.spec().name() + ": Spark " + plan.release().version() + ", Scala "
                        + plan.release().scala() + ", Java "
                        + plan.foundation().java() + ", Python "
                        + plan.foundation().python() + ", Hadoop client "
                        + plan.release().hadoop());
        page.line(0, "master url " + plan.masterUrl());
        plan.endpoints().forEach(shown -> page.line(0, shown.output() + " " + plan.address(shown)));
        page.line(0, "network " + plan.network());
        plan.volumes()
                .forEach(volume -> page.line(
                        0,
                        volume.id() + " " + volume.name() + " at " + volume.path()
                                + (volume.existing() ? ", existing" : volume.retain() ? ", retained" : ", removed")));
        page.line(0, "secrets " + plan.secrets().stream().map(SecretSpec::name).toList());
        plan.images().values().forEach(page::image);
        plan.nodes().forEach(page::node);
        plan.smokeTest()
                .ifPresent(test -> page.line(
                        0,
                        "smoke test, at most " + test.limit().toSeconds() + "s: " + String.join(" ", test.command())));
        return page.text.toString();
    }

    private void image(ImageSpec image) {
        line(
                0,
                "image " + image.role().label() + " on "
                        + image.role().parent().map(ImageRole::label).orElse("an operating system") + ": "
                        + (image.isBuilt() ? "built as " + image.repository() : image.source()));
        image.buildArgs().forEach((name, value) -> line(1, name + "=" + value));
        image.caCertificates().ifPresent(pem -> line(1, "certificate authorities of " + pem));
    }

    private void node(NodeSpec node) {
        line(0, "node " + node.hostName() + " (" + node.group().id() + ") runs " + node.command());
        line(
                1,
                "at most " + node.resources().cpus() + " CPUs, "
                        + node.resources().memory() + " memory; "
                        + (node.stop().before().isEmpty()
                                ? ""
                                : "hands over by " + node.stop().before() + ", ")
                        + "stops within " + node.stop().grace().toSeconds() + "s");
        line(
                1,
                "ready when " + node.health().ready().asCommand() + ", asked every "
                        + node.health().interval().toSeconds() + "s");
        for (ListenPort port : node.ports()) {
            line(
                    1,
                    "port " + port.port() + " " + port.name()
                            + port.published()
                                    .map(published -> ", published as " + published)
                                    .orElse(""));
        }
        node.mounts().forEach(mount -> mount(1, mount));
        node.executorPods().ifPresent(this::executorPods);
        properties("environment", node.environment());
        properties("spark-defaults.conf", node.sparkConf());
    }

    private void executorPods(ExecutorPods pods) {
        for (ExecutorPods.Template template : pods.templates()) {
            line(
                    1,
                    "asks for pods (" + template.kind().label() + ") by " + pods.folder() + "/"
                            + ExecutorPods.fileName(template.kind()) + ", " + template.cpus()
                            + " CPUs each, that stop within "
                            + template.stop().grace().toSeconds() + "s"
                            + (template.launches() ? " and ask for pods in turn" : ""));
            template.mounts().forEach(mount -> mount(2, mount));
            template.environment().forEach((name, value) -> line(2, name + "=" + value));
        }
    }

    /** A secret is written like the name of a constant, for example {@code JUPYTER_TOKEN}. */
    private void mount(int depth, Mount mount) {
        line(
                depth,
                "mount "
                        + mount.fold(
                                Mount.Shared::toString,
                                Mount.Own::toString,
                                Mount.Memory::toString,
                                secret -> "Secret[secret="
                                        + secret.secret()
                                                .name()
                                                .toUpperCase(Locale.ROOT)
                                                .replace('-', '_') + "]"));
    }

    private void properties(String title, Map<String, String> properties) {
        line(1, title);
        properties.forEach((name, value) -> line(2, name + "=" + value));
    }

    private void line(int depth, String content) {
        text.append("  ".repeat(depth)).append(content).append('\n');
    }
}
