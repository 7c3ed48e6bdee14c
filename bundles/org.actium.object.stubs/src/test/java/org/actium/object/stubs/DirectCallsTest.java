package org.actium.object.stubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.actium.object.elsewhere.Reclusive;
import org.actium.object.spi.StubbedMethods;
import org.junit.Test;

public class DirectCallsTest {

    /** What a method can take, give and throw. */
    static class Sample {
        private String done = "";

        public long numbers(byte b, short s, int i, long l, float f, double d, boolean z, char c) {
            return b + s + i + l + (long) f + (long) d + (z ? 1 : 0) + c;
        }

        public char letter() {
            return 'x';
        }

        public void remember(String text, int[][] numbers) {
            done += text + Arrays.deepToString(numbers);
        }

        String done() {
            return done;
        }

        protected String guarded(Object any) {
            return "guarded " + any;
        }

        public void fail() throws IOException {
            throw new IOException("as it should");
        }
    }

    /** Inherits from another package, and from an interface. */
    static class Heir extends Reclusive implements Supplier<String> {
        @Override
        public String get() {
            return "got";
        }
    }

    /** Of an interface that has code. */
    interface Polite {
        default String greet(String name) {
            return "hello " + name;
        }
    }

    static class Host implements Polite {}

    private static Map<String, InvocationHandler> calls(Class<?> type) {
        return DirectCalls.of(type, StubbedMethods.of(type));
    }

    private static Object call(Map<String, InvocationHandler> calls, String signature, Object on, Object... arguments)
            throws Throwable {
        return calls.get(signature).invoke(on, null, arguments);
    }

    @Test
    public void takeAndGiveWhateverAMethodDoes() throws Throwable {
        Map<String, InvocationHandler> calls = calls(Sample.class);
        Sample sample = new Sample();

        assertThat(call(calls, "numbers(BSIJFDZC)J", sample, (byte) 1, (short) 2, 3, 4L, 5f, 6d, true, 'a'))
                .isEqualTo(22L + 'a');
        assertThat(call(calls, "letter()C", sample)).isEqualTo('x');
        assertThat(call(calls, "remember(Ljava/lang/String;[[I)V", sample, "a", new int[][] {{1}}))
                .isNull();
        assertThat(call(calls, "done()Ljava/lang/String;", sample)).isEqualTo("a[[1]]");
        assertThat(call(calls, "guarded(Ljava/lang/Object;)Ljava/lang/String;", sample, (Object) null))
                .isEqualTo("guarded null");
    }

    @Test
    public void throwWhatTheMethodThrows() {
        assertThatThrownBy(() -> call(calls(Sample.class), "fail()V", new Sample()))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("as it should");
    }

    @Test
    public void callTheMethodThatTheInstanceHas() throws Throwable {
        Map<String, InvocationHandler> calls = calls(Sample.class);

        assertThat(call(calls, "letter()C", new Sample() {
                    @Override
                    public char letter() {
                        return 'y';
                    }
                }))
                .isEqualTo('y');
    }

    @Test
    public void callWhatIsInherited() throws Throwable {
        assertThat(call(calls(Host.class), "greet(Ljava/lang/String;)Ljava/lang/String;", new Host(), "you"))
                .isEqualTo("hello you");
        assertThat(call(calls(Heir.class), "get()Ljava/lang/String;", new Heir()))
                .isEqualTo("got");
    }

    @Test
    public void leaveOutWhatCodeBesideTheClassCannotCall() throws Exception {
        List<Method> methods = List.of(Reclusive.class.getMethod("hidden"), Heir.class.getMethod("get"));

        assertThat(DirectCalls.of(Heir.class, methods)).containsOnlyKeys("get()Ljava/lang/String;");
    }

    @Test
    public void areNotThereForHiddenClassesAndThoseOfTheJdk() {
        Supplier<String> lambda = () -> "";

        assertThat(calls(lambda.getClass())).isEmpty();
        assertThat(calls(StringBuilder.class)).isEmpty();
    }
}
