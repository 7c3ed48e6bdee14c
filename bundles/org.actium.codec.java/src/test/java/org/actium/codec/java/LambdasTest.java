package org.actium.codec.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.ReceivedClasses;
import org.actium.codec.api.SentClasses;
import org.actium.codec.api.Substitution;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleReference;

/** Lambdas of the class that asked for it travel, others do not. */
public class LambdasTest {

    private static final ClassScope HERE = ClassScope.of(LambdasTest.class.getClassLoader());

    private final JavaCodec codec =
            new JavaCodec(ReadLimits.DEFAULT, SharingSettings.DEFAULT, new Lambdas(type -> type == Asking.class));

    /** Public, because classes of other loaders use it. */
    public interface Operator extends UnaryOperator<String>, Serializable {}

    private static final class Asking {
        static Operator appending(String suffix) {
            return text -> text + suffix;
        }
    }

    private static final class Silent {
        static Operator appending(String suffix) {
            return text -> text + suffix;
        }
    }

    private Object sent(Object value) {
        return read(codec.encode(value, Substitution.NONE, SentClasses.NONE));
    }

    private Object read(ByteBuffer message) {
        return codec.decode(message, HERE, Substitution.NONE, ReceivedClasses.NONE);
    }

    @Test
    public void aLambdaOfABundleThatAskedForItTravelsWithWhatItHasCaptured() {
        Operator arrived = (Operator) sent(Asking.appending("!"));
        assertThat(arrived.apply("well")).isEqualTo("well!");
        Operator copied = codec.copy(Asking.appending("?"), Substitution.NONE);
        assertThat(copied.apply("well")).isEqualTo("well?");
    }

    @Test
    public void aLambdaOfAnotherBundleIsNotSentAndTheMessageSaysWhatToDo() {
        assertThatThrownBy(() -> sent(new ArrayList<>(List.of("fine", Silent.appending("!")))))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("value[1]")
                .hasMessageContaining("lambdas are not sent; use a class, or let the bundle of "
                        + Silent.class.getName() + " say 'Actium-Lambdas: true' in its manifest");
        assertThatThrownBy(() -> sent(new Object[] {Silent.class, Asking.appending("!"), Silent.appending("!")}))
                .hasMessageContaining("the bundle of " + Silent.class.getName());
        assertThatThrownBy(() -> codec.copy(Silent.appending("!"), Substitution.NONE))
                .hasMessageContaining("lambdas are not sent");
    }

    @Test
    public void aLambdaOfAnotherBundleIsNotReadWhereverItsClassIsNamed() throws IOException {
        for (Object hidden : new Object[] {
            Silent.appending("!"),
            new Object[] {Asking.appending("!"), Silent.appending("!")},
            new Object[] {Silent.class, Asking.appending("!"), Silent.appending("!")},
            new Object[] {Asking.class, Silent.class, Silent.appending("!")}
        }) {
            ByteBuffer message = stream(hidden);
            assertThatThrownBy(() -> read(message))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("names " + Silent.class.getName() + ", which could make it");
        }
    }

    @Test
    public void lambdasOfTheJdkAreNotRead() throws IOException {
        ByteBuffer message = stream(Comparator.<String, String>comparing(Asking.appending("!")));
        assertThatThrownBy(() -> read(message))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("names java.util.Comparator, which could make it");
    }

    /** Defines {@link Asking} itself, as a bundle with these headers would. */
    private static final class BundleLoader extends ClassLoader implements BundleReference {

        private final Bundle bundle;

        BundleLoader(Map<String, String> headers) {
            super(BundleLoader.class.getClassLoader());
            bundle = (Bundle) Proxy.newProxyInstance(
                    getParent(),
                    new Class<?>[] {Bundle.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "getHeaders" -> new Hashtable<>(headers);
                        case "adapt" -> null; // it has no wiring
                        default -> throw new UnsupportedOperationException(method.getName());
                    });
        }

        @Override
        public Bundle getBundle() {
            return bundle;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Asking.class.getName())) {
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

        Operator lambda() throws ReflectiveOperationException {
            Method appending = loadClass(Asking.class.getName()).getDeclaredMethod("appending", String.class);
            appending.setAccessible(true);
            return (Operator) appending.invoke(null, "!");
        }
    }

    @Test
    public void theManifestOfTheBundleDecides() throws Exception {
        JavaCodec inContainer = new JavaCodec(ReadLimits.DEFAULT, SharingSettings.DEFAULT, Lambdas.ofBundles());
        BundleLoader asking = new BundleLoader(Map.of("Actium-Lambdas", "true"));
        ByteBuffer message = inContainer.encode(asking.lambda(), Substitution.NONE, SentClasses.NONE);
        Operator arrived =
                (Operator) inContainer.decode(message, ClassScope.of(asking), Substitution.NONE, ReceivedClasses.NONE);
        assertThat(arrived.apply("well")).isEqualTo("well!");

        for (String other : List.of("false", "")) {
            BundleLoader silent = new BundleLoader(Map.of("Actium-Lambdas", other));
            Operator lambda = silent.lambda();
            assertThatThrownBy(() -> inContainer.encode(lambda, Substitution.NONE, SentClasses.NONE))
                    .hasMessageContaining("lambdas are not sent");
            ByteBuffer sentAllTheSame = stream(lambda);
            assertThatThrownBy(() -> inContainer.decode(
                            sentAllTheSame, ClassScope.of(silent), Substitution.NONE, ReceivedClasses.NONE))
                    .hasMessageContaining("which could make it");
        }
    }

    /** What somebody with a plain object stream would send. */
    private static ByteBuffer stream(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(Tags.STREAM);
        try (HeaderlessStream out = new HeaderlessStream(bytes)) {
            out.writeObject(value);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static final class HeaderlessStream extends ObjectOutputStream {
        HeaderlessStream(OutputStream out) throws IOException {
            super(out);
        }

        @Override
        protected void writeStreamHeader() {}
    }
}
