package io.sparkcluster;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.pulumi.resources.ComponentResource;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rules of the packages below a root. There is one direction: model, plan, platform, components and config, program; nothing reaches back.
 *
 * @param root the package of the components
 */
record House(String root) {

    private static final String JDK = "java..";
    private static final String NULLNESS = "org.jspecify.annotations..";
    private static final String VALUES = "com.google.auto.value..";
    private static final String KUBERNETES_SDK = "com.pulumi.kubernetes..";

    /** Every rule by what it says. */
    Map<String, ArchRule> rules() {
        String model = root + ".model..";
        String plan = root + ".plan..";
        String platform = root + ".platform..";
        String program = root + ".program..";
        String[] shared = {root + ".platform.images..", root + ".platform.ssh.."};
        String config = root + ".config..";
        String[] platforms = {root + ".platform.docker..", root + ".platform.kubernetes..", root + ".platform.swarm.."};
        var rules = new LinkedHashMap<String, ArchRule>();
        rules.put(
                "there is no other package",
                classes()
                        .should()
                        .resideInAnyPackage(
                                root,
                                root + ".config",
                                root + ".model",
                                root + ".plan",
                                root + ".platform",
                                root + ".platform.docker",
                                root + ".platform.images",
                                root + ".platform.kubernetes",
                                root + ".platform.ssh",
                                root + ".platform.swarm",
                                root + ".program"));
        rules.put(
                "the model uses the JDK only",
                classes()
                        .that()
                        .resideInAPackage(model)
                        .should()
                        .onlyDependOnClassesThat(resideInAnyPackage(model, JDK, NULLNESS, VALUES)));
        rules.put(
                "the plan uses the model only",
                classes()
                        .that()
                        .resideInAPackage(plan)
                        .should()
                        .onlyDependOnClassesThat(resideInAnyPackage(plan, model, JDK, NULLNESS)));
        rules.put(
                "platforms use plan, model and SDKs only",
                classes()
                        .that()
                        .resideInAPackage(platform)
                        .should()
                        .onlyDependOnClassesThat(resideInAnyPackage(
                                platform, plan, model, JDK, NULLNESS, "com.pulumi..", "com.google.gson..", VALUES)));
        rules.put(
                "what all platforms have in common knows none",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".platform")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(root + ".platform.*.."));
        rules.put(
                "what platforms share knows none",
                noClasses()
                        .that()
                        .resideInAnyPackage(shared)
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(platforms)));
        rules.put(
                "platforms know nothing of each other",
                slices().matching(root + ".platform.(*)..")
                        .should()
                        .notDependOnEachOther()
                        .ignoreDependency(
                                alwaysTrue(), resideInAnyPackage(shared).as("what they share")));
        rules.put(
                "one platform talks to Kubernetes",
                noClasses()
                        .that(not(resideInAnyPackage(root + ".platform.kubernetes..", program)))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(KUBERNETES_SDK));
        rules.put(
                "components know no platform but the seam",
                noClasses()
                        .that()
                        .resideInAPackage(root)
                        .should()
                        .dependOnClassesThat(resideInAPackage(root + ".platform.*..")
                                .or(resideInAnyPackage(
                                        "com.pulumi.docker..", "com.pulumi.command..", KUBERNETES_SDK))));
        rules.put(
                "configuration is read into plan, model and platforms only",
                classes()
                        .that()
                        .resideInAPackage(config)
                        .should()
                        .onlyDependOnClassesThat(resideInAnyPackage(config, platform, plan, model, JDK, NULLNESS)));
        rules.put(
                "only the program asks for configuration",
                noClasses()
                        .that(not(resideInAnyPackage(config, program)))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(config));
        rules.put(
                "components stand in the root",
                classes()
                        .that()
                        .areAssignableTo(ComponentResource.class)
                        .should()
                        .resideInAPackage(root));
        rules.putAll(new Growth(root).rules());
        rules.put(
                "nothing reaches back to the program",
                noClasses()
                        .that(not(resideInAPackage(program)))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(program));
        rules.put(
                "packages form no cycle",
                slices().assignedFrom(new Packages(root)).should().beFreeOfCycles());
        return rules;
    }

    /** Each package is a slice; one that is inside another is no part of it. */
    private record Packages(String root) implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            return name.equals(root) || name.startsWith(root + ".")
                    ? SliceIdentifier.of(name)
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
