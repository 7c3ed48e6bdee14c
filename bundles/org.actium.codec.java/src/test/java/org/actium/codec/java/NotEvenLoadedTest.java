package org.actium.codec.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import org.actium.codec.api.CodecException;
import org.junit.Test;

/** Of the JDK a class is loaded when it is admitted, and not to find out whether it is. */
public class NotEvenLoadedTest {

    /** Notes what it is asked for. */
    private static final class Recording extends ClassLoader {

        private final List<String> asked = new ArrayList<>();

        Recording() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        public Class<?> loadClass(String name) throws ClassNotFoundException {
            asked.add(name);
            return super.loadClass(name);
        }
    }

    private final Recording loader = new Recording();
    private final OnlyThese scope = new OnlyThese();
    private final ScopedClasses classes = new ScopedClasses(scope, new JdkClasses(loader), Lambdas.NONE);

    @Test
    public void whatIsNotAdmittedIsNotLoadedWhereverItIsNamed() {
        for (String name : List.of(
                "java.rmi.server.UnicastRemoteObject",
                "java.lang.ProcessBuilder",
                "java.lang.ProcessBuilder$Redirect",
                "java.lang.invoke.SerializedLambda",
                "java.lang.reflect.Proxy",
                "java.lang.reflect.InvocationHandler",
                "java.net.URL",
                "java.util.logging.FileHandler",
                "java.util.jar.JarFile",
                "java.beans.EventHandler",
                "java.sql.DriverManager",
                "javax.naming.InitialContext",
                "javax.management.BadAttributeValueExpException",
                "com.sun.rowset.JdbcRowSetImpl",
                "jdk.internal.misc.Unsafe",
                "sun.misc.Unsafe")) {
            for (String spelling : List.of(name, "[L" + name + ";", "[[[L" + name + ";")) {
                assertThatThrownBy(() -> classes.named(spelling))
                        .as(spelling)
                        .isInstanceOfAny(CodecException.class, ClassNotFoundException.class)
                        .hasMessageContaining(name);
            }
        }
        assertThat(loader.asked).isEmpty();
        assertThat(scope.asked())
                .filteredOn(name -> !name.startsWith("com.sun.rowset"))
                .isEmpty();
    }

    @Test
    public void whatIsAdmittedIsFoundInAnyPackageOfTheJdk() throws Exception {
        for (Class<?> type : List.of(
                Instant.class,
                HashMap.class,
                Function.class,
                UncheckedIOException.class,
                FileSystemException.class,
                StandardOpenOption.class,
                Thread.State.class,
                Integer.class)) {
            assertThat(classes.named(type.getName())).isSameAs(type);
            assertThat(classes.named(type.arrayType().arrayType().getName()))
                    .isSameAs(type.arrayType().arrayType());
        }
        assertThat(loader.asked).contains(StandardOpenOption.class.getName());
    }

    @Test
    public void aNameThatNoClassHasIsNoReasonToAskALoader() {
        assertThatThrownBy(() -> classes.named("java.nowhere.Nothing")).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> classes.named("[Ljava.;")).isInstanceOf(ClassNotFoundException.class);
        assertThat(loader.asked).isEmpty();
    }
}
