package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.platform.Platform;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The records of plan and platform keep copies of collections, which nobody can change. */
class RecordsTest {

    private static final String LATER = "later";

    private static final int LEAST_RECORDS = 25;

    /** A record that is given empty collections needs no other values. */
    private static final Map<Class<?>, Object> VALUES = Map.of(
            boolean.class,
            false,
            int.class,
            1,
            long.class,
            1L,
            double.class,
            1.0,
            String.class,
            "any",
            Optional.class,
            Optional.empty());

    static List<Class<?>> records() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackagesOf(ClusterPlan.class, Platform.class)
                        .stream()
                        .filter(JavaClass::isRecord)
                        .<Class<?>>map(JavaClass::reflect)
                        .filter(record -> collections(record).findAny().isPresent())
                        .toList();
    }

    @ParameterizedTest
    @MethodSource("records")
    void keepsItsOwnCopies(Class<?> record) throws ReflectiveOperationException {
        var given = Arrays.stream(record.getRecordComponents())
                .map(component -> value(component.getType()))
                .toArray();
        Object made = constructor(record).newInstance(given);
        Arrays.stream(given).forEach(RecordsTest::change);

        for (RecordComponent component : collections(record).toList()) {
            component.getAccessor().setAccessible(true);
            Object kept = component.getAccessor().invoke(made);
            if (kept instanceof Map<?, ?> map) {
                assertThat(map).as(component.toString()).isEmpty();
                assertThat(map).as(component.toString()).isUnmodifiable();
            } else {
                assertThat((Collection<?>) kept).as(component.toString()).isEmpty();
                assertThat((Collection<?>) kept).as(component.toString()).isUnmodifiable();
            }
        }
    }

    @Test
    void allOfThemAreFound() {
        assertThat(records()).hasSizeGreaterThanOrEqualTo(LEAST_RECORDS).contains(ClusterPlan.class);
    }

    private static Stream<RecordComponent> collections(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .filter(component -> Collection.class.isAssignableFrom(component.getType())
                        || Map.class.isAssignableFrom(component.getType()));
    }

    private static Constructor<?> constructor(Class<?> record) throws ReflectiveOperationException {
        var types = Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        var constructor = record.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor;
    }

    private static @Nullable Object value(Class<?> type) {
        if (type == List.class || type == Collection.class) {
            return new ArrayList<>();
        }
        if (type == Set.class) {
            return new LinkedHashSet<>();
        }
        if (type == SortedSet.class) {
            return new TreeSet<>();
        }
        if (type == Map.class) {
            return new LinkedHashMap<>();
        }
        return type == SortedMap.class ? new TreeMap<>() : VALUES.get(type);
    }

    @SuppressWarnings("unchecked")
    private static void change(@Nullable Object given) {
        if (given instanceof Map<?, ?> map) {
            ((Map<Object, Object>) map).put(LATER, LATER);
        } else if (given instanceof Collection<?> collection) {
            ((Collection<Object>) collection).add(LATER);
        }
    }
}
