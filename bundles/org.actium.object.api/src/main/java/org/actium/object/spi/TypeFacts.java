package org.actium.object.spi;

import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the rules for active objects ask about a type, and the rules themselves. Known by reflection at run time and from
 * the compiler before, so that both apply the same rules in the same words.
 *
 * @param name for messages
 */
public record TypeFacts(String name, Kind kind, Set<Trait> traits) {

    /** Why there is no way to make an object. */
    public static final String ONLY_PRIVATE_CONSTRUCTORS = "its constructors are all private; give it one that is not";

    /** What a type is declared as. */
    public enum Kind {
        PRIMITIVE,
        ARRAY,
        ANNOTATION,
        INTERFACE,
        ENUM,
        RECORD,
        CLASS
    }

    /** What else matters. */
    public enum Trait {
        ABSTRACT,
        FINAL,
        SEALED,
        PRIVATE,
        PUBLIC,
        /** Defined without a name by which others could find it, as lambdas are. */
        HIDDEN,
        ANONYMOUS,
        /** Declared in a method. */
        LOCAL,
        /** A member of another class, and not static. */
        INNER,
        OF_JDK,
        /** In a package that its module does not let us into. */
        CLOSED
    }

    public TypeFacts {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        traits = Collections.unmodifiableSet(traits.isEmpty() ? EnumSet.noneOf(Trait.class) : EnumSet.copyOf(traits));
    }

    public static TypeFacts of(Class<?> type) {
        return new TypeFacts(type.getTypeName(), kindOf(type), traitsOf(type));
    }

    private static Kind kindOf(Class<?> type) {
        if (type.isPrimitive()) {
            return Kind.PRIMITIVE;
        }
        if (type.isArray()) {
            return Kind.ARRAY;
        }
        if (type.isAnnotation()) {
            return Kind.ANNOTATION;
        }
        if (type.isInterface()) {
            return Kind.INTERFACE;
        }
        if (type.isEnum()) {
            return Kind.ENUM;
        }
        return type.isRecord() ? Kind.RECORD : Kind.CLASS;
    }

    private static Set<Trait> traitsOf(Class<?> type) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        int modifiers = type.getModifiers();
        add(traits, Trait.ABSTRACT, Modifier.isAbstract(modifiers));
        add(traits, Trait.FINAL, Modifier.isFinal(modifiers));
        add(traits, Trait.SEALED, type.isSealed());
        add(traits, Trait.PRIVATE, Modifier.isPrivate(modifiers));
        add(traits, Trait.PUBLIC, Modifier.isPublic(modifiers));
        add(traits, Trait.HIDDEN, type.isHidden());
        add(traits, Trait.ANONYMOUS, type.isAnonymousClass());
        add(traits, Trait.LOCAL, type.isLocalClass());
        add(traits, Trait.INNER, type.isMemberClass() && !Modifier.isStatic(modifiers));
        boolean ofJdk = isOfJdk(type);
        add(traits, Trait.OF_JDK, ofJdk);
        add(
                traits,
                Trait.CLOSED,
                type.getModule().isNamed()
                        && !(ofJdk
                                ? type.getModule().isExported(type.getPackageName())
                                : type.getModule().isOpen(type.getPackageName(), TypeFacts.class.getModule())));
        return traits;
    }

    /** Whether the JDK defines it. */
    public static boolean isOfJdk(Class<?> type) {
        return type.getModule().isNamed()
                && (type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader());
    }

    private static void add(Set<Trait> traits, Trait trait, boolean has) {
        if (has) {
            traits.add(trait);
        }
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** The rule that keeps the type from having stubs, for example {@code class Point is final}; empty if none does. */
    public Optional<String> obstacleToStubs() {
        return Optional.ofNullable(
                switch (kind) {
                    case PRIMITIVE -> name + " is primitive";
                    case ARRAY -> name + " is an array";
                    case ANNOTATION -> name + " is an annotation";
                    case ENUM -> "class " + name + " is an enum";
                    case RECORD -> "class " + name + " is a record";
                    case INTERFACE, CLASS -> obstacleToExtending();
                });
    }

    private String obstacleToExtending() {
        if (is(Trait.HIDDEN)) {
            return name + " is a hidden class";
        }
        if (is(Trait.FINAL)) {
            return "class " + name + " is final";
        }
        if (is(Trait.SEALED)) {
            return name + " is sealed";
        }
        if (is(Trait.PRIVATE)) {
            return name + " is private";
        }
        if (is(Trait.OF_JDK)) {
            return is(Trait.CLOSED) || !is(Trait.PUBLIC) ? name + " belongs to the JDK and is not public" : null;
        }
        return is(Trait.CLOSED) ? name + " is in a module that is not open to Actium" : null;
    }

    /** As {@link #obstacleToStubs}, of a class that is to be called through stubs of itself; with what else can be done. */
    public Optional<String> obstacleToCalls() {
        return obstacleToStubs().map(obstacle -> obstacle + "; call it through an interface that it implements: as(…)");
    }

    /** For example {@code class Point cannot be active: class Point is final}. */
    public String cannotBeActive(String why) {
        return "class " + name + " cannot be active: " + why;
    }

    /** The rule that keeps objects of exactly this class from being active, whatever their stubs; empty if none does. */
    public Optional<String> obstacleToServing() {
        return Optional.ofNullable(
                switch (kind) {
                    case PRIMITIVE -> "it is primitive";
                    case ARRAY -> "it is an array";
                    case ANNOTATION -> "it is an annotation";
                    case ENUM -> "it is an enum, whose values are the same for everybody";
                    case INTERFACE, RECORD, CLASS -> {
                        if (is(Trait.OF_JDK)) {
                            yield "it belongs to the JDK; make a class of your own active that extends or uses it";
                        }
                        yield is(Trait.CLOSED) ? "it is in a module that is not open to Actium" : null;
                    }
                });
    }

    /** The rule that keeps active objects of this class from being made by a constructor; empty if none does. */
    public Optional<String> obstacleToCreation() {
        return obstacleToServing().or(() -> Optional.ofNullable(obstacleToConstruction()));
    }

    private String obstacleToConstruction() {
        if (kind == Kind.INTERFACE) {
            return "it is an interface; name a class that implements it, and the interface by as(…)";
        }
        if (is(Trait.HIDDEN)) {
            return "it is a hidden class";
        }
        if (is(Trait.ANONYMOUS)) {
            return "it is anonymous; give the class a name, or turn the object active";
        }
        if (is(Trait.LOCAL)) {
            return "it is declared in a method; declare it in a class, static, or turn an object of it active";
        }
        if (is(Trait.INNER)) {
            return "it is an inner class, which needs an enclosing object; make it static, or turn an object of it active";
        }
        return is(Trait.ABSTRACT) ? "it is abstract; name a class that extends it, and this one by as(…)" : null;
    }
}
