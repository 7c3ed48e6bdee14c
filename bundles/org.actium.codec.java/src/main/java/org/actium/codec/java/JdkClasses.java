package org.actium.codec.java;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.actium.codec.api.CodecException;

/**
 * Which classes of the JDK may be in a message: plain values, collections, exceptions, enums. Everything that could be
 * made to do something when it is read, compared or printed stays out, above all reflection, method handles, URLs and
 * naming. What stays out is not even loaded: a name, and if need be what the class file says of it, decides.
 */
final class JdkClasses {

    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    private static final Set<String> PACKAGES = Set.of(
            "java.math",
            "java.time",
            "java.time.chrono",
            "java.time.temporal",
            "java.time.zone",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks");

    private static final Set<String> INTERFACE_PACKAGES =
            Set.of("java.io", "java.lang", "java.util", "java.util.concurrent", "java.util.function");

    private static final Set<String> CLASSES = Set.of(
            "java.io.File",
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Character",
            "java.lang.Class",
            "java.lang.Double",
            "java.lang.Enum",
            "java.lang.Float",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Number",
            "java.lang.Object",
            "java.lang.Record",
            "java.lang.Short",
            "java.lang.StackTraceElement",
            "java.lang.String",
            "java.lang.StringBuffer",
            "java.lang.StringBuilder",
            "java.lang.Void",
            "java.net.Inet4Address",
            "java.net.Inet6Address",
            "java.net.InetAddress",
            "java.net.InetSocketAddress",
            "java.net.SocketAddress",
            "java.net.URI",
            "java.util.regex.Pattern",
            "sun.util.calendar.ZoneInfo");

    /** Where the JDK has packages besides those of {@code java}; others may have some there as well. */
    private static final List<String> SHARED_PREFIXES =
            List.of("javax.", "jdk.", "sun.", "com.sun.", "org.w3c.dom.", "org.xml.sax.", "org.ietf.jgss.");

    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "boolean", boolean.class,
            "byte", byte.class,
            "char", char.class,
            "short", short.class,
            "int", int.class,
            "long", long.class,
            "float", float.class,
            "double", double.class,
            "void", void.class);

    /** Found before; holds admitted classes only, so it stays small. */
    private final Map<String, Class<?>> found = new ConcurrentHashMap<>(PRIMITIVES);

    private final ClassLoader loader;

    JdkClasses() {
        this(PLATFORM);
    }

    /** @param loader is asked for what is admitted, and for nothing else */
    JdkClasses(ClassLoader loader) {
        this.loader = loader;
    }

    /** Whether the name can only be that of a class of the JDK. */
    static boolean isJdkName(String name) {
        return name.startsWith("java.")
                || CLASSES.contains(name)
                || PRIMITIVES.containsKey(name)
                || (SHARED_PREFIXES.stream().anyMatch(name::startsWith) && PLATFORM.getResource(file(name)) != null);
    }

    private static String file(String name) {
        return name.replace('.', '/') + ".class";
    }

    Class<?> find(String name) throws ClassNotFoundException {
        Class<?> known = found.get(name);
        if (known != null) {
            return known;
        }
        if (!admits(name)) {
            throw new CodecException("the message names " + name + ": " + refusal(name));
        }
        Class<?> type = Class.forName(name, false, loader);
        if (!admits(type)) {
            throw new CodecException("the message names " + name + ": " + refusal(type));
        }
        found.put(name, type);
        return type;
    }

    /** The same as of the class, without loading it. */
    private static boolean admits(String name) throws ClassNotFoundException {
        if (CLASSES.contains(name)) {
            return true;
        }
        if (!name.startsWith("java.")) {
            return false;
        }
        String packageName = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        if (PACKAGES.contains(packageName)) {
            return true;
        }
        ClassModel described = described(name);
        if (described.flags().has(AccessFlag.INTERFACE)) {
            return INTERFACE_PACKAGES.contains(packageName);
        }
        return described.flags().has(AccessFlag.ENUM) || isThrowable(name);
    }

    private static boolean isThrowable(String name) throws ClassNotFoundException {
        Optional<String> type = Optional.of(name);
        while (type.isPresent()) {
            if (type.get().equals(Throwable.class.getName())) {
                return true;
            }
            type = described(type.get())
                    .superclass()
                    .map(parent -> parent.asInternalName().replace('/', '.'));
        }
        return false;
    }

    private static ClassModel described(String name) throws ClassNotFoundException {
        try (InputStream file = PLATFORM.getResourceAsStream(file(name))) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            return ClassFile.of().parse(file.readAllBytes());
        } catch (IOException | IllegalArgumentException damaged) {
            throw new ClassNotFoundException(name, damaged);
        }
    }

    static Class<?> primitive(char descriptor) throws ClassNotFoundException {
        return switch (descriptor) {
            case 'Z' -> boolean.class;
            case 'B' -> byte.class;
            case 'C' -> char.class;
            case 'S' -> short.class;
            case 'I' -> int.class;
            case 'J' -> long.class;
            case 'F' -> float.class;
            case 'D' -> double.class;
            default -> throw new ClassNotFoundException("an array of '" + descriptor + "'");
        };
    }

    static boolean isJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == PLATFORM;
    }

    /** Whether instances of this class of the JDK may travel. */
    static boolean admits(Class<?> type) {
        String name = type.getName();
        if (type.isPrimitive() || CLASSES.contains(name)) {
            return true;
        }
        if (!name.startsWith("java.")) {
            return false;
        }
        if (type.isInterface()) {
            return INTERFACE_PACKAGES.contains(type.getPackageName()) || PACKAGES.contains(type.getPackageName());
        }
        return type.isEnum() || Throwable.class.isAssignableFrom(type) || PACKAGES.contains(type.getPackageName());
    }

    /** Why {@link #admits} says no. */
    static String refusal(Class<?> type) {
        return Throwable.class.isAssignableFrom(type)
                ? "of the exceptions of the JDK only those of its java packages are sent; catch it, and throw one of your own"
                        + " or of those"
                : refusal(type.getName());
    }

    private static String refusal(String name) {
        return name.equals(SerializedLambda.class.getName())
                ? "lambdas are not sent; use a class"
                : "of the JDK only plain values, collections, and the exceptions and enums of its java packages are sent";
    }
}
