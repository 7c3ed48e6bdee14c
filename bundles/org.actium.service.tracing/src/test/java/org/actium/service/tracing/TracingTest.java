package org.actium.service.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.actium.runtime.api.Node;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.service.testkit.TestServices;
import org.actium.testkit.EmbeddedGrid;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Calls over two runtimes, looked at by a collector that listens on a socket. */
public class TracingTest {

    private static final Pattern SPAN = Pattern.compile("\"traceId\":\"([0-9a-f]{32})\",\"spanId\":\"([0-9a-f]{16})\""
            + "(?:,\"parentSpanId\":\"([0-9a-f]{16})\")?,\"name\":\"([^\"]+)\"");

    @Rule
    public final EmbeddedGrid grid = new EmbeddedGrid();

    private final SystemTime time = new SystemTime(new SystemThreads());
    private final List<String> posted = new CopyOnWriteArrayList<>();
    private HttpServer collector;

    @Before
    public void startACollector() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @After
    public void stop() {
        collector.stop(0);
        time.close();
    }

    @Test
    public void aCallThatCausesOthersIsOneTraceOverAllRuntimes() {
        TestServices first = services("a");
        TestServices second = services("b");
        Node one = first.node("one");
        Node two = second.node("two");
        first.apply(one, "tracing", arguments());
        second.apply(two, "tracing", arguments());
        Node far = grid.runtime("a").nodeOf(grid.runtime("b"), "two");
        Link last = grid.objects().newActive(Link.class).on(far).start();
        Link middle = grid.objects().newActive(Link.class).on(one).start();

        assertThat(middle.pass(last)).isEqualTo(1);
        first.remove(one, "tracing");
        second.remove(two, "tracing"); // sends what is left

        List<MatchResult> spans =
                SPAN.matcher(String.join("", posted)).results().toList();
        assertThat(spans).extracting(span -> span.group(4)).hasSize(2).anyMatch(name -> name.startsWith("pass("));
        MatchResult outer = spans.stream()
                .filter(span -> span.group(4).startsWith("pass("))
                .findFirst()
                .orElseThrow();
        MatchResult inner = spans.stream()
                .filter(span -> span.group(4).startsWith("end("))
                .findFirst()
                .orElseThrow();
        assertThat(outer.group(3))
                .as("a thread that serves nothing belongs to no trace")
                .isNull();
        assertThat(inner.group(1)).isEqualTo(outer.group(1));
        assertThat(inner.group(3)).isEqualTo(outer.group(2));
        assertThat(String.join("", posted))
                .contains("{\"key\":\"service.name\",\"value\":{\"stringValue\":\"two\"}}", "\"status\":{\"code\":1}");
    }

    @Test
    public void timesAreWrittenInTheDigitsOfJsonWhateverTheLocale() {
        Locale usual = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            TestServices services = services("a");
            Node one = services.node("one");
            services.apply(one, "tracing", arguments());
            Link link = grid.objects().newActive(Link.class).on(one).start();
            assertThat(link.end()).isEqualTo(1);
            services.remove(one, "tracing");
        } finally {
            Locale.setDefault(usual);
        }

        assertThat(String.join("", posted))
                .containsPattern("\"startTimeUnixNano\":\"[0-9]+\",\"endTimeUnixNano\":\"[0-9]+\"");
    }

    @Test
    public void tracesThatNobodyWantsAreNotSent() {
        TestServices services = services("a");
        Node one = services.node("one");
        services.apply(one, "tracing", Map.of("otlp", url(), "sample", "0"));
        Link link = grid.objects().newActive(Link.class).on(one).start();

        assertThat(link.end()).isEqualTo(1);
        services.remove(one, "tracing");

        assertThat(posted).isEmpty();
    }

    @Test
    public void saysWhichArgumentIsWrong() {
        TestServices services = services("a");
        Node one = services.node("one");

        assertThatThrownBy(() -> services.apply(one, "tracing", Map.of("sample", "all")))
                .hasMessageContaining("argument 'sample' is 'all', which is not a number from 0 to 1");
        assertThatThrownBy(() -> services.apply(one, "tracing", Map.of("otlp", "collector:4318")))
                .hasMessageContaining("argument 'otlp' is 'collector:4318'");
    }

    private TestServices services(String runtime) {
        return new TestServices(grid.runtime(runtime), Map.of("tracing", () -> new Tracing(time, new Random(7))));
    }

    private Map<String, String> arguments() {
        return Map.of("otlp", url());
    }

    private String url() {
        return "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces";
    }

    /** One of a chain. */
    public static class Link {

        public int pass(Link next) {
            return next.end();
        }

        public int end() {
            return 1;
        }
    }
}
