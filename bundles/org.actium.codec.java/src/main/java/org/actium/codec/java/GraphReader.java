package org.actium.codec.java;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.util.Optional;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.Substitution;

/** Reads one object graph that {@link GraphWriter} wrote. Used once. */
final class GraphReader extends ObjectInputStream {

    /** An entry of a map takes two bytes at least, and up to eight slots of a table. */
    private static final int ELEMENTS_PER_BYTE = 4;

    /** Slots of tables of which the message says nothing more. */
    private static final int EMPTY_TABLES = 1024;

    private final ClassSource classes;
    private final Substitution substitution;
    private final ReadLimits limits;
    private final long bytes;
    private long elements;
    private String exceeded;

    /** @param in knows how many bytes there are */
    GraphReader(InputStream in, ClassSource classes, Substitution substitution, ReadLimits limits) throws IOException {
        super(in);
        this.bytes = in.available();
        this.classes = classes;
        this.substitution = substitution;
        this.limits = limits;
        enableResolveObject(true);
        setObjectInputFilter(this::checkLimits);
    }

    /** The limit the message exceeds, if that is why it could not be read. */
    Optional<String> exceeded() {
        return Optional.ofNullable(exceeded);
    }

    @Override
    protected void readStreamHeader() {}

    @Override
    protected Class<?> resolveClass(ObjectStreamClass descriptor) throws ClassNotFoundException {
        return classes.resolve(descriptor);
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) {
        throw new CodecException("the message contains a dynamic proxy; those are not admitted");
    }

    @Override
    protected Object resolveObject(Object read) {
        return substitution.restore(read instanceof OptionalForm form ? form.toOptional() : read);
    }

    /**
     * Limits only: which classes may be read is decided where they are resolved, since restored objects pass here too.
     */
    private ObjectInputFilter.Status checkLimits(ObjectInputFilter.FilterInfo info) {
        elements += Math.max(0, info.arrayLength());
        if (info.depth() > limits.depth()) {
            exceeded = limits.tooDeep();
        } else if (info.references() > limits.references()) {
            exceeded = limits.tooManyReferences();
        } else if (elements > limits.elements()) {
            exceeded = limits.tooManyElements(elements);
        } else if (elements > ELEMENTS_PER_BYTE * bytes + EMPTY_TABLES) {
            exceeded = "the arrays of the message claim " + elements + " elements, in " + bytes + " bytes";
        } else if (info.streamBytes() > limits.bytes()) {
            exceeded = limits.tooLong(info.streamBytes());
        }
        return exceeded == null ? ObjectInputFilter.Status.UNDECIDED : ObjectInputFilter.Status.REJECTED;
    }
}
