package org.actium.deployment.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.actium.deployment.model.SourcePosition;
import org.junit.Test;

public class ElementShapeTest {

    private static final SourcePosition HERE = new SourcePosition("grid.xml", 3, 5);
    private static final SourcePosition INSIDE = new SourcePosition("grid.xml", 4, 7);

    private final List<String> reported = new ArrayList<>();
    private final Problems problems = (at, message) -> reported.add(at + ": " + message);

    private final ElementShape jvm =
            ElementShape.EMPTY.requiring("name").allowing("askedNodes").containing("creation", "acquisition");

    @Test
    public void anElementOfTheRightShapeIsNotReported() {
        assertThat(jvm.check(element("jvm", Map.of("name", "Jvm1", "askedNodes", "2"), ""), problems))
                .isTrue();

        assertThat(reported).isEmpty();
    }

    @Test
    public void whatDoesNotBelongThereIsReportedWithWhatWasProbablyMeant() {
        var child = new XmlElement("cration", Map.of(), List.of(), "", INSIDE);
        var element = new XmlElement("jvm", Map.of("nam", "Jvm1"), List.of(child), "loose", HERE);

        assertThat(jvm.check(element, problems)).as("complete").isFalse();

        assertThat(reported)
                .containsExactly(
                        "grid.xml:3:5: unknown attribute 'nam' of 'jvm'; did you mean 'name'?",
                        "grid.xml:3:5: 'jvm' needs the attribute 'name', which is missing",
                        "grid.xml:4:7: unknown element 'cration' in 'jvm'; did you mean 'creation'?",
                        "grid.xml:3:5: 'jvm' holds the text 'loose', but may hold none");
    }

    @Test
    public void aWordLikeNoOtherIsReportedWithTheKnownOnes() {
        jvm.check(element("jvm", Map.of("name", "Jvm1", "colour", "red"), ""), problems);

        assertThat(reported)
                .containsExactly("grid.xml:3:5: unknown attribute 'colour' of 'jvm'; known here: 'askedNodes', 'name'");
    }

    @Test
    public void anEmptyRequiredAttributeIsAsGoodAsNone() {
        assertThat(jvm.check(element("jvm", Map.of("name", " "), ""), problems)).isFalse();

        assertThat(reported).containsExactly("grid.xml:3:5: 'jvm' needs the attribute 'name', which is empty");
    }

    @Test
    public void aNumberIsReadOrReported() {
        var element = element("jvm", Map.of("a", "7", "b", "0", "c", "many"), "");

        assertThat(element.integer("a", 1, problems)).hasValue(7);
        assertThat(element.integer("absent", 1, problems)).isEmpty();
        assertThat(reported).isEmpty();

        assertThat(element.integer("b", 1, problems)).isEmpty();
        assertThat(element.integer("c", 1, problems)).isEmpty();
        assertThat(reported)
                .containsExactly(
                        "grid.xml:3:5: attribute 'b' of 'jvm' is '0'; it must be a whole number from 1 to 2147483647",
                        "grid.xml:3:5: attribute 'c' of 'jvm' is 'many'; it must be a whole number from 1 to 2147483647");
    }

    private static XmlElement element(String name, Map<String, String> attributes, String text) {
        return new XmlElement(name, attributes, List.of(), text, HERE);
    }
}
