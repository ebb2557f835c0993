package io.sparkcluster;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.pulumi.resources.ComponentResource;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;

/**
 * What users construct can grow: another field breaks none of their programs. So the public types of these packages have factories and builders; they are
 * no records and have no public constructors for several values. Plans and handles, in other packages, are made by the library.
 *
 * <p>Components keep the constructors that every Pulumi resource has. The cases of an interface, inside it, are made by the interface's factories.
 *
 * @param root the package of the components
 */
record Growth(String root) {

    /** Types that need no further field, that only the library makes, or whose builder takes every further value. */
    static final Set<String> EXCEPTIONS = Set.of(
            "SparkClusterArgs",
            "WorkerInfo",
            "model.MemorySize",
            "model.Owner",
            "model.Port",
            "model.Problem",
            "model.Warning",
            "platform.ssh.RemoteScript",
            "platform.ssh.RemoteScript$Step",
            "platform.ssh.SshHost",
            "platform.ssh.SshHosts");

    Map<String, ArchRule> rules() {
        var constructed = describe("users construct", Growth::isVisible)
                .and(resideInAnyPackage(
                        root,
                        root + ".config",
                        root + ".model",
                        root + ".platform.docker",
                        root + ".platform.kubernetes",
                        root + ".platform.ssh",
                        root + ".platform.swarm"))
                .and(not(assignableTo(ComponentResource.class).or(assignableTo(Throwable.class))))
                .and(not(describe("are cases of an interface", Growth::isCase)))
                .and(not(isException()));
        return Map.of(
                "what users construct is no record",
                noClasses().that(constructed).should().beRecords(),
                "what users construct has no constructor for several values",
                constructors()
                        .that()
                        .areDeclaredInClassesThat(constructed)
                        .and(describe("take several values", Growth::takesSeveral))
                        .should()
                        .notBePublic());
    }

    /** Whether a rule would refuse the type if it were no exception. */
    static boolean needsException(JavaClass type) {
        return type.isRecord() || type.getConstructors().stream().anyMatch(Growth::takesSeveral);
    }

    DescribedPredicate<JavaClass> isException() {
        return describe("are exceptions", type -> EXCEPTIONS.stream()
                .anyMatch(name -> type.getName().equals(root + "." + name)));
    }

    private static boolean takesSeveral(JavaConstructor constructor) {
        return constructor.getRawParameterTypes().size() > 1;
    }

    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(Growth::isVisible).orElse(true);
    }

    private static boolean isCase(JavaClass type) {
        return type.getEnclosingClass()
                .filter(outer -> outer.isInterface() && type.isAssignableTo(outer.getName()))
                .isPresent();
    }
}
