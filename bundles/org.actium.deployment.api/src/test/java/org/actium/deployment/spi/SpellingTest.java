package org.actium.deployment.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.Test;

public class SpellingTest {

    private static final List<String> KNOWN = List.of("processReference", "serviceReference", "jvm", "jvms", "map");

    @Test
    public void findsTheNearestWordWhateverItsCase() {
        assertThat(Spelling.nearest("procesReference", KNOWN)).hasValue("processReference");
        assertThat(Spelling.nearest("cessReference", KNOWN)).hasValue("processReference");
        assertThat(Spelling.nearest("JVMS", KNOWN)).hasValue("jvms");
        assertThat(Spelling.nearest("ivms", KNOWN)).hasValue("jvms");
    }

    @Test
    public void findsNothingForAWordUnlikeAllOthers() {
        assertThat(Spelling.nearest("colour", KNOWN)).isEmpty();
        assertThat(Spelling.nearest("m".repeat(1_000_000), KNOWN)).isEmpty();
        assertThat(Spelling.nearest("jvm", List.of())).isEmpty();
        assertThat(Spelling.nearest("a", List.of("b"))).isEmpty();
    }

    @Test
    public void listsNoMoreThanAReaderWants() {
        var many = IntStream.range(0, 100).mapToObj(i -> "n" + i).toList();

        assertThat(Spelling.list(List.of("a", "b"))).isEqualTo("'a', 'b'");
        assertThat(Spelling.list(many)).startsWith("'n0', 'n1', ").endsWith("'n29' and 70 more");
    }

    @Test
    public void cutsLongTextsAndJoinsTheirLines() {
        assertThat(Spelling.shortened("a\n\t b")).isEqualTo("a b");
        assertThat(Spelling.shortened("x".repeat(100))).hasSize(61).endsWith("…");
    }
}
