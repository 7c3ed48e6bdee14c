package org.actium.codec.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Where the class names in a message are looked up, and which classes it may name. */
@ConsumerType
public interface ClassScope {

    /**
     * Finds the class without initializing it.
     *
     * @throws CodecException if it would not be admitted, where that is known without loading it
     */
    Class<?> find(String name) throws ClassNotFoundException;

    /**
     * Whether instances of this class may be read, beyond the JDK classes the codec always admits. Asked once for each
     * class of a message, before anything of that class is instantiated; arrays are asked for by element type. What an
     * admitted class extends is admitted with it.
     */
    boolean admits(Class<?> type);

    /**
     * Finds what the loader finds, and admits what the loader itself defines (its bundle's own classes) and values of
     * Actium's API, which are the classes in its packages named {@code api}, {@code spi} and {@code model}. Other classes
     * that a bundle imports are not even loaded.
     */
    static ClassScope of(ClassLoader loader) {
        return new LoaderScope(loader);
    }
}
