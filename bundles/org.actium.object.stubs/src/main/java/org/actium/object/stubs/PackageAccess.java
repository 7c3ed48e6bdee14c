package org.actium.object.stubs;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import org.actium.object.spi.TypeFacts;

/**
 * Lets us define hidden classes in the package of any class.
 *
 * <p>A lookup obtained by {@code privateLookupIn} may define classes but not hidden ones; so a tiny class is defined
 * there that hands out its own, full-privilege lookup. Its bytes name JDK types only, so the package's loader needs to
 * see nothing of Actium. Types of the JDK itself take no such class: theirs goes to a loader of ours, where only public
 * types can be extended.
 */
final class PackageAccess {

    private static final String KEY = "ActiumAccess$";
    private static final ClassDesc LOOKUP =
            MethodHandles.Lookup.class.describeConstable().orElseThrow();

    private PackageAccess() {}

    /** A lookup with full privileges in the package of the type, or in a package of ours if the type is of the JDK. */
    static MethodHandles.Lookup to(Class<?> type) throws IllegalAccessException {
        return TypeFacts.isOfJdk(type) ? lookupOf(new Bridge().key()) : lookupOf(keyBeside(type));
    }

    private static Class<?> keyBeside(Class<?> type) throws IllegalAccessException {
        String prefix = type.getPackageName().isEmpty() ? KEY : type.getPackageName() + "." + KEY;
        for (int number = 0; ; number++) {
            String name = prefix + (number == 0 ? "" : number);
            Class<?> key = define(type, name);
            if (key.getClassLoader() == type.getClassLoader()) {
                return key;
            }
            // that one is of the same package in a parent loader, which is another package to the JVM
        }
    }

    private static Class<?> find(ClassLoader loader, String name) {
        try {
            return Class.forName(name, true, loader);
        } catch (ClassNotFoundException firstInThisPackage) {
            return null;
        }
    }

    /** Or finds the one that is there. To look for one that is not there would cost a search of all that the loader sees. */
    private static Class<?> define(Class<?> type, String name) throws IllegalAccessException {
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup()).defineClass(keyBytes(name));
        } catch (LinkageError definedBefore) {
            Class<?> found = find(type.getClassLoader(), name);
            if (found == null) {
                throw definedBefore;
            }
            return found;
        }
    }

    private static MethodHandles.Lookup lookupOf(Class<?> key) {
        try {
            return (MethodHandles.Lookup) key.getMethod("lookup").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException("cannot use " + key, impossible);
        }
    }

    private static byte[] keyBytes(String name) {
        return ClassFile.of()
                .build(
                        ClassDesc.of(name),
                        key -> key.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC)
                                .withMethodBody(
                                        "lookup",
                                        MethodTypeDesc.of(LOOKUP),
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                        code -> code.invokestatic(
                                                        MethodHandles.class
                                                                .describeConstable()
                                                                .orElseThrow(),
                                                        "lookup",
                                                        MethodTypeDesc.of(LOOKUP))
                                                .areturn()));
    }

    /** Loader for stubs of JDK types: one for each stub class, so that it goes when the stub class goes. */
    private static final class Bridge extends ClassLoader {

        Bridge() {
            super("actium-stubs", ClassLoader.getPlatformClassLoader());
        }

        Class<?> key() {
            byte[] bytes = keyBytes(KEY);
            return defineClass(KEY, bytes, 0, bytes.length);
        }
    }
}
