package org.actium.object.spi;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Members of a class that code may use on a transparent future without the future being asked: it would find 0, {@code
 * null}, or what a method makes of these, instead of waiting. Known by reflection at run time and from the compiler
 * before.
 *
 * <p>Private and static members do not count, nor do those of {@code Object}. Classes of the JDK compare and copy each
 * other by private fields ({@code BigDecimal.add}); those that use methods only are {@link #OF_JDK}.
 *
 * @param type the result type or a class that it extends
 * @param fields those that are neither private nor static
 * @param finals methods that are final and neither private nor static
 * @param packaged further methods that only the package of the class sees, or whose results only it sees, where the
 *     result type is in another one
 */
public record OpenMembers(TypeFacts type, List<String> fields, List<String> finals, List<String> packaged) {

    /** Classes of the JDK whose code asks other objects by methods that a future overrides. */
    public static final List<String> OF_JDK = List.of(
            "java.lang.Number",
            "java.util.AbstractCollection",
            "java.util.AbstractList",
            "java.util.AbstractMap",
            "java.util.AbstractQueue",
            "java.util.AbstractSequentialList",
            "java.util.AbstractSet",
            "java.util.ArrayDeque",
            "java.util.ArrayList",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.LinkedHashMap",
            "java.util.LinkedHashSet",
            "java.util.LinkedList",
            "java.util.TreeMap",
            "java.util.TreeSet");

    public OpenMembers {
        Objects.requireNonNull(type, "type");
        fields = fields.stream().sorted().toList();
        finals = finals.stream().sorted().toList();
        packaged = packaged.stream().sorted().toList();
    }

    /** Of a class and all that it extends, {@code Object} left out; of nothing, if the type is no class. */
    public static List<OpenMembers> of(Class<?> type) {
        List<OpenMembers> all = new ArrayList<>();
        if (!type.isInterface() && !type.isArray()) {
            for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
                all.add(of(c, type));
            }
        }
        return all;
    }

    private static OpenMembers of(Class<?> declaring, Class<?> type) {
        TypeFacts facts = TypeFacts.of(declaring);
        if (facts.is(TypeFacts.Trait.OF_JDK)) {
            return new OpenMembers(facts, List.of(), List.of(), List.of());
        }
        boolean samePackage = declaring.getPackageName().equals(type.getPackageName())
                && declaring.getClassLoader() == type.getClassLoader();
        return new OpenMembers(
                facts,
                names(declaring.getDeclaredFields(), _ -> true),
                names(declaring.getDeclaredMethods(), method -> Modifier.isFinal(method.getModifiers())),
                names(declaring.getDeclaredMethods(), method -> !samePackage && isPackaged(method, type)));
    }

    private static boolean isPackaged(Method method, Class<?> type) {
        return !Modifier.isFinal(method.getModifiers())
                && (!isShared(method.getModifiers()) || !isSeenFrom(type, method.getReturnType()));
    }

    /** Whether code beside the type can name that result. */
    public static boolean isSeenFrom(Class<?> type, Class<?> result) {
        Class<?> element = result;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return isShared(element.getModifiers()) || element.getPackageName().equals(type.getPackageName());
    }

    private static boolean isShared(int modifiers) {
        return (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    private static <M extends AccessibleObject & Member> List<String> names(M[] members, Predicate<M> chosen) {
        return Arrays.stream(members)
                .filter(member -> (member.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC)) == 0)
                .filter(member -> !member.isSynthetic())
                .filter(chosen)
                .map(Member::getName)
                .toList();
    }

    /** Why an object of the class cannot be stood in for by a transparent future; empty if nothing is against it. */
    public Optional<String> obstacleToFutures() {
        if (type.is(TypeFacts.Trait.OF_JDK)) {
            return OF_JDK.contains(type.name())
                    ? Optional.empty()
                    : Optional.of(
                            type.name() + " belongs to the JDK, whose code would read its fields without waiting");
        }
        return Stream.of(
                        because(fields, "field", "not private: reading it would not wait"),
                        because(finals, "method", "final: calling it would not wait"),
                        because(packaged, "method", "for its package only: calling it would not wait"))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> because(List<String> members, String sort, String why) {
        return members.stream().findFirst().map(name -> sort + " " + type.name() + "." + name + " is " + why);
    }
}
