package org.actium.application.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class CurrentActiumTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(10);

    @Test
    public void isThereWhileTheOperationRunsAndOnlyInItsThread() throws InterruptedException {
        Actium outer = actium();
        Actium inner = actium();
        StringBuilder elsewhere = new StringBuilder();

        CurrentActium.call(outer, () -> {
            assertThat(Actium.here()).isSameAs(outer);
            CurrentActium.call(inner, () -> assertThat(Actium.here()).isSameAs(inner));
            assertThat(Actium.here()).isSameAs(outer);
            Thread other = Thread.ofPlatform().name("other").start(() -> elsewhere.append(refusal()));
            other.join();
            return null;
        });

        assertThat(elsewhere.toString()).startsWith("thread 'other' was not started by Actium");
        assertThat(refusal()).contains("actium run");
    }

    @Test
    public void passesOnResultsAndExceptions() {
        assertThat(CurrentActium.<Integer, RuntimeException>call(actium(), () -> 42))
                .isEqualTo(42);
        assertThatThrownBy(() -> CurrentActium.call(actium(), () -> {
                    throw new IOException("as it is");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("as it is");
    }

    private static String refusal() {
        try {
            Actium.here();
            return "";
        } catch (IllegalStateException refused) {
            return refused.getMessage();
        }
    }

    private static Actium actium() {
        return (Actium) Proxy.newProxyInstance(
                Actium.class.getClassLoader(), new Class<?>[] {Actium.class}, (proxy, method, arguments) -> {
                    throw new AssertionError(method + " is not expected");
                });
    }
}
