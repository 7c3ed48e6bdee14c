package org.actium.object.stubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import org.actium.object.elsewhere.Reclusive;
import org.actium.object.spi.CallHandler;
import org.junit.Test;

public class StubFactoryTest {

    private final StubFactory stubs = new StubFactory();
    private final List<String> calls = new ArrayList<>();
    private Object result;
    private final CallHandler recorder = (method, arguments) -> {
        calls.add(method.signature() + Arrays.toString(arguments));
        return result;
    };

    /** Everything a method can be. */
    public static class Everything {
        private static boolean constructed;
        final int field = 7;

        public Everything(String required) {
            constructed = true;
        }

        public long numbers(byte b, short s, int i, long l, float f, double d, boolean z, char c, String text) {
            return 1;
        }

        protected String guarded() {
            return "original";
        }

        String packaged() {
            return "original";
        }

        private String secret() {
            return "original";
        }

        String callsSecret() {
            return secret();
        }

        public final String last() {
            return "original";
        }

        public static String common() {
            return "original";
        }

        public void varied(String... texts) {}

        public Number covariant() {
            return 1;
        }
    }

    /** Narrows a result: javac adds a bridge. */
    public static class Derived extends Everything {
        public Derived() {
            super("");
        }

        @Override
        public Integer covariant() {
            return 2;
        }
    }

    /** An interface with a default method and a type variable. */
    public interface Shape<T> {
        T area(T unit);

        default String name() {
            return "shape";
        }
    }

    /** Leaves the method abstract. */
    public abstract static class AbstractShape implements Shape<Double> {}

    /** Not public, so javac gives public subclasses bridges that only call what they inherit. */
    static class Hidden<T> {
        public String inherited(T with) {
            return "original";
        }

        public Object narrowed(T with) {
            return "original";
        }

        public String overloaded(Object with) {
            return "original";
        }
    }

    /** Bridges that end in methods above, beside those that end in its own. */
    public static class Shown extends Hidden<Integer> {
        @Override
        public String narrowed(Integer with) {
            return "original";
        }

        public String overloaded(Integer with) {
            return "original";
        }
    }

    static class NotPublic {
        String greet() {
            return "hi";
        }
    }

    @Test
    public void passesPrimitivesBothWays() {
        Everything stub = stubs.stub(Everything.class, recorder);
        result = 42L;

        long answer = stub.numbers((byte) 1, (short) 2, 3, 4L, 5f, 6d, true, 'x', "y");

        assertThat(answer).isEqualTo(42);
        assertThat(calls).containsExactly("numbers(BSIJFDZCLjava/lang/String;)J[1, 2, 3, 4, 5.0, 6.0, true, x, y]");
    }

    @Test
    public void runsNoConstructor() {
        Everything.constructed = false;

        stubs.stub(Everything.class, recorder);

        assertThat(Everything.constructed).isFalse();
    }

    @Test
    public void interceptsProtectedAndPackagePrivateMethodsButNotFinalAndStaticOnes() {
        Everything stub = stubs.stub(Everything.class, recorder);
        result = "intercepted";

        assertThat(stub.guarded()).isEqualTo("intercepted");
        assertThat(stub.packaged()).isEqualTo("intercepted");
        assertThat(stub.callsSecret()).isEqualTo("intercepted");
        assertThat(stub.last()).isEqualTo("original");
        assertThat(Everything.common()).isEqualTo("original");
    }

    @Test
    public void aBridgeEndsInTheNarrowedMethod() {
        Derived stub = stubs.stub(Derived.class, recorder);
        result = 3;

        assertThat(((Everything) stub).covariant()).isEqualTo(3);
        assertThat(calls).containsExactly("covariant()Ljava/lang/Integer;[]");
    }

    @Test
    public void aBridgeThatMakesAnInheritedMethodPublicIsIntercepted() {
        Shown stub = stubs.stub(Shown.class, recorder);
        result = "intercepted";

        assertThat(stub.inherited(1)).isEqualTo("intercepted");
        assertThat(stub.narrowed(2)).isEqualTo("intercepted");
        assertThat(((Hidden<Integer>) stub).narrowed(3)).isEqualTo("intercepted");
        assertThat(stub.overloaded((Object) 4)).isEqualTo("intercepted");
        assertThat(stub.overloaded(5)).isEqualTo("intercepted");
        assertThat(calls)
                .containsExactly(
                        "inherited(Ljava/lang/Object;)Ljava/lang/String;[1]",
                        "narrowed(Ljava/lang/Integer;)Ljava/lang/String;[2]",
                        "narrowed(Ljava/lang/Integer;)Ljava/lang/String;[3]",
                        "overloaded(Ljava/lang/Object;)Ljava/lang/String;[4]",
                        "overloaded(Ljava/lang/Integer;)Ljava/lang/String;[5]");
    }

    @Test
    public void stubsInterfacesWithDefaultMethodsAndAbstractClasses() {
        @SuppressWarnings("unchecked")
        Shape<Double> shape = stubs.stub(Shape.class, recorder);
        AbstractShape abstractShape = stubs.stub(AbstractShape.class, recorder);
        result = 2.0;
        assertThat(shape.area(1.0)).isEqualTo(2.0);
        assertThat(abstractShape.area(1.0)).isEqualTo(2.0);
        result = "round";

        assertThat(shape.name()).isEqualTo("round");
        assertThat(abstractShape.name()).isEqualTo("round");
    }

    @Test
    public void stubsTypesOfTheJdk() {
        result = 5;
        assertThat(stubs.stub(List.class, recorder).size()).isEqualTo(5);
        assertThat(stubs.stub(ArrayList.class, recorder).size()).isEqualTo(5);
        assertThat(stubs.stub(Map.class, recorder).size()).isEqualTo(5);
    }

    @Test
    public void stubsClassesThatAreNotPublic() {
        result = "intercepted";

        assertThat(stubs.stub(NotPublic.class, recorder).greet()).isEqualTo("intercepted");
    }

    @Test
    public void letsWhatTheHandlerThrowsThroughUnchanged() {
        Everything stub = stubs.stub(Everything.class, (method, arguments) -> {
            throw new java.io.IOException("undeclared");
        });

        assertThatThrownBy(() -> stub.varied("a", "b")).isInstanceOf(java.io.IOException.class);
    }

    @Test
    public void knowsItsStubsAndNothingElse() {
        Everything stub = stubs.stub(Everything.class, recorder);

        assertThat(stubs.handler(stub)).containsSame(recorder);
        assertThat(stubs.stubbedType(stub)).contains(Everything.class);
        assertThat(stubs.handler("text")).isEmpty();
        assertThat(stubs.handler(null)).isEmpty();
        Runnable lambda = () -> {};
        assertThat(stubs.handler(lambda)).isEmpty();
    }

    @Test
    public void methodsCanBeCalledOnOtherInstances() throws Throwable {
        NotPublic stub =
                stubs.stub(NotPublic.class, (method, arguments) -> method.invokeOn(new NotPublic(), arguments));

        assertThat(stub.greet()).isEqualTo("hi");
    }

    @Test
    public void namesTheRuleThatATypeBreaks() {
        assertThat(stubs.obstacle(String.class)).contains("class java.lang.String is final");
        assertThat(stubs.obstacle(int[].class)).contains("int[] is an array");
        assertThat(stubs.obstacle(int.class)).contains("int is primitive");
        assertThat(stubs.obstacle(Thread.State.class)).contains("class java.lang.Thread$State is an enum");
        assertThat(stubs.obstacle(java.lang.constant.ClassDesc.class))
                .contains("java.lang.constant.ClassDesc is sealed");
        assertThat(stubs.obstacle(Collections.unmodifiableList(List.of()).getClass()))
                .hasValueSatisfying(rule -> assertThat(rule).endsWith("belongs to the JDK and is not public"));
        assertThat(stubs.obstacle(Everything.class)).isEmpty();
        assertThatThrownBy(() -> stubs.stub(String.class, recorder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no stub of java.lang.String: class java.lang.String is final");
    }

    /** Wants to be cleaned up and replaced, which its stubs do not. */
    public static class Particular implements Serializable {
        private static final long serialVersionUID = 1;

        @Override
        @SuppressWarnings({"deprecation", "removal"})
        protected void finalize() {
            throw new IllegalStateException("a stub was finalized");
        }

        protected Object writeReplace() {
            return "replaced";
        }
    }

    @Test
    public void whatTheJvmCallsOnAnyObjectIsNoCall() throws Exception {
        Particular stub = stubs.stub(Particular.class, recorder);

        stub.finalize();

        assertThat(stub.writeReplace()).isSameAs(stub);
        assertThat(calls).isEmpty();
    }

    /** Helps itself. */
    public interface Helped {
        static String common() {
            return "static";
        }

        private String secret() {
            return "private " + name();
        }

        default String told() {
            return secret();
        }

        String name();
    }

    @Test // row 173
    public void methodsOfAnInterfaceThatNobodyCanOverrideStayWhatTheyAre() throws Throwable {
        Helped stub = stubs.stub(
                Helped.class,
                (method, arguments) -> method.name().equals("told")
                        ? method.invokeOn(
                                new Helped() {
                                    @Override
                                    public String name() {
                                        return "Ada";
                                    }
                                },
                                arguments)
                        : "intercepted");

        assertThat(Helped.common()).isEqualTo("static");
        assertThat(stub.told()).isEqualTo("private Ada");
        assertThat(stub.name()).isEqualTo("intercepted");
    }

    /** Narrows by its type argument: javac adds a bridge here too. */
    public abstract static class Sized<N extends Number> {
        public abstract N size();
    }

    /** Says which. */
    public static class Counted extends Sized<Integer> {
        @Override
        public Integer size() {
            return 1;
        }
    }

    @Test // rows 17, 175
    public void aNarrowedResultIsTheSameThroughEveryType() {
        Counted stub = stubs.stub(Counted.class, recorder);
        result = 4;

        assertThat(stub.size()).isEqualTo(4);
        assertThat(((Sized<?>) stub).size()).isEqualTo(4);
        assertThat(calls).containsOnly("size()Ljava/lang/Integer;[]");
    }

    /** Inherits a method whose result is not for this package. */
    public static class Heir extends Reclusive {}

    @Test
    public void aResultThatThePackageOfTheTypeDoesNotSeeIsTold() {
        assertThatThrownBy(() -> stubs.stub(Heir.class, recorder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("its method hidden returns org.actium.object.elsewhere.")
                .hasMessageEndingWith("which package org.actium.object.stubs does not see");
    }

    @Test
    public void aPackageThatTwoLoadersHaveIsTwoPackages() throws Exception {
        stubs.stub(Recluse.class, recorder);
        Class<?> twin = new ClassLoader(getClass().getClassLoader()) {
            Class<?> twin() throws IOException {
                byte[] bytes =
                        Recluse.class.getResourceAsStream("Recluse.class").readAllBytes();
                return defineClass(Recluse.class.getName(), bytes, 0, bytes.length);
            }
        }.twin();

        Object stub = stubs.stub(twin, recorder);

        assertThat(stub).isInstanceOf(twin).isNotInstanceOf(Recluse.class);
        assertThat(stub.getClass().getClassLoader()).isSameAs(twin.getClassLoader());
        assertThat(stubs.stub(twin, recorder).getClass()).isSameAs(stub.getClass());
        assertThat(new StubFactory().stub(twin, recorder)).isInstanceOf(twin);
    }

    @Test // row 178
    public void oneStubClassServesAllThreads() throws InterruptedException {
        CyclicBarrier together = new CyclicBarrier(8);
        List<Class<?>> classes = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    together.await();
                    classes.add(stubs.stub(Derived.class, recorder).getClass());
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(classes).hasSize(8);
        assertThat(classes.stream().distinct()).hasSize(1);
    }
}
