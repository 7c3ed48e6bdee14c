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

    private final ClassSource classes;
    private final Substitution substitution;
    private final ReadLimits limits;
    private long elements;
    private String exceeded;

    GraphReader(InputStream in, ClassSource classes, Substitution substitution, ReadLimits limits) throws IOException {
        super(in);
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
            exceeded = "the message is nested deeper than " + limits.depth() + " objects";
        } else if (info.references() > limits.references()) {
            exceeded = "the message has more than " + limits.references() + " references";
        } else if (elements > limits.elements()) {
            exceeded = "the arrays of the message have more than " + limits.elements() + " elements";
        } else if (info.streamBytes() > limits.bytes()) {
            exceeded = "the message is longer than " + limits.bytes() + " bytes";
        }
        return exceeded == null ? ObjectInputFilter.Status.UNDECIDED : ObjectInputFilter.Status.REJECTED;
    }
}
