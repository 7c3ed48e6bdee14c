package org.actium.codec.java;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.actium.codec.api.Substitution;

/** Writes one object graph, without a header, and notes the classes it writes. Used once. */
final class GraphWriter extends ObjectOutputStream {

    private final Substitution substitution;
    private final Lambdas lambdas;
    private final List<Class<?>> classes = new ArrayList<>();
    private final Set<String> capturing = new HashSet<>(); // names of classes whose lambdas are in the graph

    GraphWriter(OutputStream out, Substitution substitution, Lambdas lambdas) throws IOException {
        super(out);
        this.substitution = substitution;
        this.lambdas = lambdas;
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
    protected Object replaceObject(Object original) throws IOException {
        if (original instanceof SerializedLambda lambda
                && capturing.add(lambda.getCapturingClass().replace('/', '.'))) {
            for (Class<?> written : classes) {
                checkLambdasOf(written);
            }
        }
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
        if (type == SerializedLambda.class && lambdas != Lambdas.NONE) {
            return; // by whom it can be made follows, or was written before
        }
        checkLambdasOf(element);
        if (JdkClasses.isJdk(element) && !JdkClasses.admits(element)) {
            throw new InvalidClassException(element.getName(), JdkClasses.refusal(element));
        }
    }

    private void checkLambdasOf(Class<?> type) throws InvalidClassException {
        if (capturing.contains(type.getName()) && lambdas != Lambdas.NONE && !lambdas.areSentBy(type)) {
            throw new InvalidClassException(SerializedLambda.class.getName(), Lambdas.refusal(type.getName()));
        }
    }

    @Override
    protected void annotateProxyClass(Class<?> type) throws IOException {
        throw new InvalidClassException(type.getName(), "dynamic proxies are not sent");
    }
}
