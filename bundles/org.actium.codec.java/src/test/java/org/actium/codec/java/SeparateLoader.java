package org.actium.codec.java;

import java.io.IOException;
import java.io.InputStream;

/** Defines {@link Parcel} and {@link Carton} itself, as a bundle would; everything else comes from the class path. */
final class SeparateLoader extends ClassLoader {

    SeparateLoader() {
        super(SeparateLoader.class.getClassLoader());
    }

    Object instance(Class<?> type) throws ReflectiveOperationException {
        return loadClass(type.getName()).getConstructor().newInstance();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.equals(Parcel.class.getName()) && !name.equals(Carton.class.getName())) {
            return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }
}
