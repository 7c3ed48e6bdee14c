package org.actium.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.object.spi.RequestView;
import org.junit.Test;

public class BegunTest {

    private final Begun<String> begun = new Begun<>();
    private final RequestView outer = request();
    private final RequestView inner = request();

    private static RequestView request() {
        return (RequestView) Proxy.newProxyInstance(
                RequestView.class.getClassLoader(), new Class<?>[] {RequestView.class}, (_, method, _) -> {
                    throw new AssertionError(method + " is not asked");
                });
    }

    @Test
    public void aServiceWithinAServiceEndsFirst() {
        begun.begin(outer, "outer");
        begun.begin(inner, "inner");

        assertThat(begun.innermost()).contains("inner");
        assertThat(begun.end(inner)).contains("inner");
        assertThat(begun.innermost()).contains("outer");
        assertThat(begun.end(outer)).contains("outer");
        assertThat(begun.innermost()).isEmpty();
    }

    @Test
    public void whatBeganBeforeHasNoNoteAndTakesThatOfNobody() {
        begun.begin(outer, "outer");

        assertThat(begun.end(inner)).isEmpty();
        assertThat(begun.end(outer)).contains("outer");
    }

    @Test
    public void eachThreadFindsItsOwn() throws InterruptedException {
        begun.begin(outer, "here");
        List<Optional<String>> there = new ArrayList<>();

        Thread.ofPlatform().start(() -> there.add(begun.end(outer))).join();

        assertThat(there).containsExactly(Optional.empty());
        assertThat(begun.end(outer)).contains("here");
    }

    @Test
    public void whatNobodyEndedWithinAServiceEndsWithIt() {
        begun.begin(outer, "outer");
        begun.begin(inner, "stale"); // whoever noted it failed then, and was not told the end

        assertThat(begun.end(outer)).contains("outer");
        assertThat(begun.innermost()).isEmpty();
        assertThat(begun.end(inner)).isEmpty();
    }

    /** As of an interceptor that leaves while a request is served, by a thread that serves on. */
    @Test
    public void aThreadKeepsNoNoteOfAnInterceptorThatHasGone() {
        Begun<Object> gone = new Begun<>();
        Object note = new Object();
        gone.begin(outer, note);
        assertThat(gone.innermost()).contains(note);
        WeakReference<Object> left = new WeakReference<>(note);
        note = null;
        gone = null;

        for (int collection = 0; left.get() != null && collection < 100; collection++) {
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(left.get()).isNull();
    }
}
