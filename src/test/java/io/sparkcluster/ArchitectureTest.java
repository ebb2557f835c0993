package io.sparkcluster;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.pulumi.resources.ComponentResource;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** One direction: model, plan, platform, components, program; nothing reaches back. */
@AnalyzeClasses(packages = "io.sparkcluster", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.sparkcluster";
    private static final String MODEL = "io.sparkcluster.model..";
    private static final String PLAN = "io.sparkcluster.plan..";
    private static final String PLATFORM = "io.sparkcluster.platform..";
    private static final String PROGRAM = "io.sparkcluster.program..";
    private static final String JDK = "java..";
    private static final String NULLNESS = "org.jspecify.annotations..";

    @ArchTest
    static final ArchRule MODEL_USES_ONLY_THE_JDK = classes()
            .that()
            .resideInAPackage(MODEL)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(MODEL, JDK, NULLNESS));

    @ArchTest
    static final ArchRule PLAN_USES_ONLY_THE_MODEL = classes()
            .that()
            .resideInAPackage(PLAN)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(PLAN, MODEL, JDK, NULLNESS));

    @ArchTest
    static final ArchRule PLATFORMS_USE_PLAN_MODEL_AND_SDKS = classes()
            .that()
            .resideInAPackage(PLATFORM)
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage(PLATFORM, PLAN, MODEL, JDK, NULLNESS, "com.pulumi..", "com.google.gson.."));

    @ArchTest
    static final ArchRule COMPONENTS_KNOW_NO_PLATFORM_BUT_THE_SEAM = noClasses()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .dependOnClassesThat(resideInAPackage("io.sparkcluster.platform.*..")
                    .or(resideInAnyPackage("com.pulumi.docker..", "com.pulumi.command..", "com.pulumi.kubernetes..")));

    @ArchTest
    static final ArchRule NOTHING_REACHES_BACK_TO_THE_PROGRAM = noClasses()
            .that(not(resideInAPackage(PROGRAM)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(PROGRAM);

    @ArchTest
    static final ArchRule COMPONENTS_STAND_IN_THE_ROOT =
            classes().that().areAssignableTo(ComponentResource.class).should().resideInAPackage(ROOT);

    @ArchTest
    static final ArchRule PLATFORMS_SET_NO_SPARK_PROPERTY = noClasses()
            .that()
            .resideInAPackage(PLATFORM)
            .should()
            .dependOnClassesThat()
            .haveSimpleName("SparkProperties");

    @ArchTest
    static final ArchRule PLATFORMS_KNOW_NOTHING_OF_EACH_OTHER = slices().matching("io.sparkcluster.platform.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    alwaysTrue(),
                    resideInAPackage("io.sparkcluster.platform.images..").as("what they share"));

    @ArchTest
    static final ArchRule WHAT_PLATFORMS_SHARE_KNOWS_NONE = noClasses()
            .that()
            .resideInAPackage("io.sparkcluster.platform.images..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.sparkcluster.platform.docker..",
                    "io.sparkcluster.platform.swarm..",
                    "io.sparkcluster.platform.kubernetes.."));
}
