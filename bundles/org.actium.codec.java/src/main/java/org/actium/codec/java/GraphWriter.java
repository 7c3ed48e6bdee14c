package org.actium.codec.java;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.actium.codec.api.Substitution;

/** Writes one object graph, without a header, and notes the classes it writes. Used once. */
final class GraphWriter extends ObjectOutputStream {

    private final Substitution substitution;
    private final List<Class<?>> classes = new ArrayList<>();

    GraphWriter(OutputStream out, Substitution substitution) throws IOException {
        super(out);
        this.substitution = substitution;
        enableReplaceObject(true);
    }

    /** In the order in which a reader meets them. */
    List<Class<?>> classes() {
        return Collections.unmodifiableList(classes);
    }

    @Override
    protected void writeStreamHeader() {}

    /** Hands what is buffered to the stream below without flushing that. */
    @Override
    public void drain() throws IOException {
        super.drain();
    }

    @Override
    protected Object replaceObject(Object original) {
        Object substitute = substitution.replace(original);
        return OptionalForm.isOptional(substitute) ? OptionalForm.of(substitute) : substitute;
    }

    @Override
    protected void annotateClass(Class<?> type) throws IOException {
        classes.add(type);
        Class<?> element = type;
        while (element.isArray()) {
            element = element.componentType();
        }
        if (JdkClasses.isJdk(element) && !JdkClasses.admits(element)) {
            throw new InvalidClassException(element.getName(), JdkClasses.refusal(element));
        }
    }

    @Override
    protected void annotateProxyClass(Class<?> type) throws IOException {
        throw new InvalidClassException(type.getName(), "dynamic proxies are not sent");
    }
}
