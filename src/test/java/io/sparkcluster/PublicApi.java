package io.sparkcluster;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What programs can use of compiled classes, as text: a block for every type, with a line for every member. Names of the library stand without {@code
 * io.sparkcluster}, those of the type's own package and common ones of the JDK without a package. What every object, record or enum has is left out. A class
 * without a constructor for programs is written without {@code abstract} and {@code final}, since they cannot extend it.
 */
final class PublicApi {

    private static final String ROOT = "io.sparkcluster";
    private static final String CLASS_FILE = ".class";
    private static final Pattern PREFIX = Pattern.compile(
            "\\bio\\.sparkcluster\\.|\\bjava\\.(?:lang|util|util\\.function|time|nio\\.file)\\.(?=[A-Z])");
    private static final List<Method> OF_EVERY_OBJECT = List.of(Object.class.getMethods());

    private PublicApi() {}

    /** Of all classes of the library below a folder. */
    static String of(Path classes) throws IOException {
        var blocks = new TreeMap<String, String>();
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, PublicApi.class.getClassLoader());
                var files = Files.walk(classes)) {
            for (Path file :
                    files.filter(found -> found.toString().endsWith(CLASS_FILE)).toList()) {
                String path = classes.relativize(file).toString();
                var type = Class.forName(
                        path.substring(0, path.length() - CLASS_FILE.length()).replace('/', '.'), false, loader);
                if (isVisible(type)) {
                    blocks.put(name(type), block(type));
                }
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        return String.join("\n", blocks.values());
    }

    private static boolean isVisible(Class<?> type) {
        if (type.isSynthetic() || type.isAnonymousClass() || type.isLocalClass()) {
            return false;
        }
        var outer = type.getDeclaringClass();
        return outer == null
                ? Modifier.isPublic(type.getModifiers())
                : isVisible(outer) && isVisible(type.getModifiers(), outer);
    }

    private static boolean isVisible(int modifiers, Class<?> owner) {
        return Modifier.isPublic(modifiers)
                || (Modifier.isProtected(modifiers) && !Modifier.isFinal(owner.getModifiers()));
    }

    private static String block(Class<?> type) {
        var lines = new ArrayList<String>();
        lines.add(header(type));
        var fields = visible(type, Class::getDeclaredFields).toList();
        lines.addAll(sorted(fields.stream().filter(Field::isEnumConstant), field -> "constant " + field.getName()));
        lines.addAll(sorted(fields.stream().filter(field -> !field.isEnumConstant()), PublicApi::field));
        if (type.isRecord()) {
            Arrays.stream(type.getRecordComponents())
                    .map(component -> "component " + name(component.getGenericType()) + ' ' + component.getName())
                    .forEach(lines::add);
        }
        lines.addAll(sorted(
                visible(type, Class::getDeclaredConstructors).filter(made -> made.getDeclaringClass() == type),
                PublicApi::constructor));
        lines.addAll(sorted(
                visible(type, Class::getDeclaredMethods).filter(method -> !isMatterOfCourse(method)),
                PublicApi::method));
        var ownPackage =
                Pattern.compile("(?<![\\w.])" + Pattern.quote(shortened(type.getPackageName() + '.')) + "(?=[A-Z])");
        return ownPackage.matcher(String.join("\n    ", lines)).replaceAll("") + '\n';
    }

    /** Members of a supertype that is hidden count as the type's own. */
    private static <M extends Member> Stream<M> visible(Class<?> type, Function<Class<?>, M[]> members) {
        return Stream.concat(Stream.of(type), hiddenSupertypes(type))
                .flatMap(declaring -> Arrays.stream(members.apply(declaring)))
                .filter(member -> !member.isSynthetic() && isVisible(member.getModifiers(), type));
    }

    private static Stream<Class<?>> hiddenSupertypes(Class<?> type) {
        return Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
                .filter(PublicApi::isHidden)
                .flatMap(hidden -> Stream.concat(Stream.of(hidden), hiddenSupertypes(hidden)));
    }

    private static boolean isHidden(Class<?> type) {
        return type.getPackageName().startsWith(ROOT) && !isVisible(type);
    }

    private static boolean isMatterOfCourse(Method method) {
        boolean ofEnum =
                method.getDeclaringClass().isEnum() && (has(method, "values") || has(method, "valueOf", String.class));
        return ofEnum || OF_EVERY_OBJECT.stream().anyMatch(of -> has(method, of.getName(), of.getParameterTypes()));
    }

    private static boolean has(Method method, String name, Class<?>... parameters) {
        return method.getName().equals(name) && Arrays.equals(method.getParameterTypes(), parameters);
    }

    /** Of equal members the first counts: a type's own before one of a hidden supertype. */
    private static <M extends Member> List<String> sorted(Stream<M> members, Function<M, String> line) {
        var lines = new TreeMap<String, String>();
        members.forEach(member -> lines.putIfAbsent(
                member.getName() + (member instanceof Executable executable ? parameters(executable) : ""),
                line.apply(member)));
        return List.copyOf(lines.values());
    }

    private static String header(Class<?> type) {
        var words = new ArrayList<String>();
        words.add(modifiers(type) + kind(type) + ' ' + name(type) + typeParameters(type.getTypeParameters()));
        if (!type.isInterface() && !type.isRecord() && !type.isEnum() && type.getSuperclass() != Object.class) {
            words.addAll(list(
                    "extends",
                    Stream.of(type.getGenericSuperclass()).filter(parent -> !isHidden(type.getSuperclass()))));
        }
        words.addAll(list(
                type.isInterface() ? "extends" : "implements",
                IntStream.range(0, type.getInterfaces().length)
                        .filter(index -> !isHidden(type.getInterfaces()[index]))
                        .mapToObj(index -> type.getGenericInterfaces()[index])));
        if (type.isSealed() && !type.isEnum()) {
            words.addAll(
                    list("permits", Arrays.stream(type.getPermittedSubclasses()).filter(PublicApi::isVisible)));
        }
        return String.join(" ", words);
    }

    private static String modifiers(Class<?> type) {
        int modifiers = type.getModifiers();
        boolean isClass = kind(type).equals("class");
        return when(Modifier.isProtected(modifiers), "protected ")
                + when(isClass && Modifier.isStatic(modifiers), "static ")
                + when(isClass && Modifier.isAbstract(modifiers) && isOpen(type), "abstract ")
                + when(isClass && Modifier.isFinal(modifiers), "final ")
                + when(type.isSealed() && !type.isEnum(), "sealed ");
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "@interface";
        }
        if (type.isInterface()) {
            return "interface";
        }
        if (type.isRecord()) {
            return "record";
        }
        return type.isEnum() ? "enum" : "class";
    }

    /** Whether programs can implement or extend the type, unless it is final or sealed. */
    private static boolean isOpen(Class<?> type) {
        return type.isInterface()
                || Arrays.stream(type.getDeclaredConstructors()).anyMatch(made -> isVisible(made.getModifiers(), type));
    }

    private static List<String> list(String word, Stream<? extends Type> types) {
        String names = types.map(PublicApi::name).sorted().collect(Collectors.joining(", "));
        return names.isEmpty() ? List.of() : List.of(word, names);
    }

    private static String field(Field field) {
        int modifiers = field.getModifiers();
        return when(Modifier.isProtected(modifiers), "protected ")
                + when(Modifier.isStatic(modifiers), "static ")
                + when(Modifier.isFinal(modifiers), "final ")
                + name(field.getGenericType())
                + ' '
                + field.getName();
    }

    private static String constructor(Constructor<?> constructor) {
        return when(Modifier.isProtected(constructor.getModifiers()), "protected ")
                + typeVariables(constructor)
                + constructor.getDeclaringClass().getSimpleName()
                + parameters(constructor);
    }

    private static String method(Method method) {
        int modifiers = method.getModifiers();
        var owner = method.getDeclaringClass();
        boolean mayBeOverridden = !Modifier.isFinal(owner.getModifiers()) && isOpen(owner);
        return when(Modifier.isProtected(modifiers), "protected ")
                + when(Modifier.isStatic(modifiers), "static ")
                + when(Modifier.isAbstract(modifiers) && isOpen(owner), "abstract ")
                + when(method.isDefault(), "default ")
                + when(mayBeOverridden && Modifier.isFinal(modifiers), "final ")
                + typeVariables(method)
                + name(method.getGenericReturnType())
                + ' '
                + method.getName()
                + parameters(method);
    }

    private static String typeVariables(Executable member) {
        String variables = typeParameters(member.getTypeParameters());
        return variables.isEmpty() ? "" : variables + ' ';
    }

    private static String typeParameters(TypeVariable<?>[] variables) {
        return Arrays.stream(variables)
                .map(variable -> {
                    String bounds = Arrays.stream(variable.getBounds())
                            .filter(bound -> bound != Object.class)
                            .map(PublicApi::name)
                            .collect(Collectors.joining(" & "));
                    return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
                })
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), names -> names.isEmpty() ? "" : '<' + names + '>'));
    }

    private static String parameters(Executable member) {
        String parameters = Arrays.stream(member.getGenericParameterTypes())
                .map(PublicApi::name)
                .collect(Collectors.joining(", ", "(", ")"));
        String written = member.isVarArgs() ? parameters.replaceFirst("\\[]\\)$", "...)") : parameters;
        return Stream.concat(
                        Stream.of(written), list("throws", Arrays.stream(member.getGenericExceptionTypes())).stream())
                .collect(Collectors.joining(" "));
    }

    private static String name(Class<?> type) {
        return Objects.requireNonNullElse(type.getCanonicalName(), type.getName());
    }

    private static String name(Type type) {
        return shortened(type.getTypeName().replace('$', '.'));
    }

    private static String shortened(String name) {
        return PREFIX.matcher(name).replaceAll("");
    }

    private static String when(boolean holds, String word) {
        return holds ? word : "";
    }
}
