package org.actium.service.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.Test;

/** With the examples of W3C Trace Context. */
public class TraceContextTest {

    private static final String EXAMPLE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    public void readsAndWritesTheHeader() {
        TraceContext context = TraceContext.parse(EXAMPLE).orElseThrow();

        assertThat(context).isEqualTo(new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true));
        assertThat(context).hasToString(EXAMPLE);
        assertThat(TraceContext.parse(EXAMPLE.substring(0, 53) + "00")
                        .orElseThrow()
                        .sampled())
                .isFalse();
    }

    @Test
    public void aLaterVersionMayHaveMoreBehind() {
        assertThat(TraceContext.parse("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-is-new"))
                .isPresent();
        assertThat(TraceContext.parse(EXAMPLE + "-more")).isEmpty();
    }

    @Test
    public void whatIsNoHeaderBeginsANewTrace() {
        assertThat(TraceContext.parse("")).isEmpty();
        assertThat(TraceContext.parse("ff" + EXAMPLE.substring(2))).isEmpty();
        assertThat(TraceContext.parse("00-00000000000000000000000000000000-00f067aa0ba902b7-01"))
                .isEmpty();
        assertThat(TraceContext.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"))
                .isEmpty();
        assertThat(TraceContext.parse(EXAMPLE.toUpperCase(java.util.Locale.ROOT)))
                .isEmpty();
    }

    @Test
    public void aChildIsAnotherSpanOfTheSameTrace() {
        Random random = new Random(1);
        TraceContext root = TraceContext.root(random, true);
        TraceContext child = root.child(random);

        assertThat(TraceContext.parse(root.toString())).contains(root);
        assertThat(child.trace()).isEqualTo(root.trace());
        assertThat(child.span()).isNotEqualTo(root.span());
    }
}
