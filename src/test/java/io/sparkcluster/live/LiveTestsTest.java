package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Tags;
import org.junit.jupiter.api.Test;

/** The live tests as classes: most run at night only, where a class that JUnit cannot run is found late. */
class LiveTestsTest {

    private static final Set<String> PLATFORMS = Set.of("docker", "kubernetes", "podman", "swarm");

    private static final List<JavaClass> TESTS = new ClassFileImporter()
            .importPackages("io.sparkcluster.live").stream()
                    .filter(type ->
                            type.isTopLevelClass() && type.getSimpleName().endsWith("Test"))
                    .filter(type -> !type.getSimpleName().equals(LiveTestsTest.class.getSimpleName()))
                    .toList();

    @Test
    void junitCanMakeEachOfThem() {
        assertThat(TESTS).hasSizeGreaterThan(20).allSatisfy(type -> assertThat(type.getConstructors())
                .as(type.getName())
                .hasSize(1));
    }

    /** Tests of the live tests' own helpers are units, and carry no tag. */
    @Test
    void eachThatIsLiveNamesOnePlatform() {
        assertThat(TESTS)
                .filteredOn(type -> !tags(type).isEmpty())
                .hasSizeGreaterThan(20)
                .allSatisfy(type -> {
                    var platforms = tags(type);
                    assertThat(platforms.remove("live")).as(type.getName()).isTrue();
                    platforms.retainAll(PLATFORMS);
                    assertThat(platforms).as(type.getName()).hasSize(1);
                });
    }

    private static Set<String> tags(JavaClass type) {
        var tags = new TreeSet<String>();
        type.tryGetAnnotationOfType(Tag.class).ifPresent(tag -> tags.add(tag.value()));
        type.tryGetAnnotationOfType(Tags.class).ifPresent(all -> {
            for (Tag tag : all.value()) {
                tags.add(tag.value());
            }
        });
        return tags;
    }
}
