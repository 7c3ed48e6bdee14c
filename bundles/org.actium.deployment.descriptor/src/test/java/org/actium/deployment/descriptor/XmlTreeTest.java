package org.actium.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.deployment.spi.XmlElement;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class XmlTreeTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(20);

    private final List<String> reported = new ArrayList<>();

    @Test
    public void everyElementKnowsWhereItsStartTagBegins() {
        XmlElement root = read("""
                <?xml version="1.0"?>
                <!-- <no> <element a=">"/> -->
                <a>
                  <b x="1"
                     y="a > b"
                  /><c/>
                  text <![CDATA[ <d/> ]]> <e><?pi <f/> ?><g></g></e>
                </a>""").orElseThrow().root();

        assertThat(places(root)).containsExactly("a 3:1", "b 4:3", "c 6:5", "e 7:27", "g 7:42");
        assertThat(root.text()).as("text of the element itself").isEqualTo("text  <d/>");
        assertThat(root.children().getFirst().attributes()).containsExactly(entry("x", "1"), entry("y", "a > b"));
    }

    @Test
    public void linesEndAsOnAnySystem() {
        assertThat(places(read("<a>\r\n <b/>\r\n</a>").orElseThrow().root())).containsExactly("a 1:1", "b 2:2");
        assertThat(places(read("<a>\r <b/>\r\r  <c/></a>").orElseThrow().root()))
                .containsExactly("a 1:1", "b 2:2", "c 4:3");
    }

    @Test
    public void theEncodingIsTheOneOfByteOrderMarkOrDeclaration() {
        String text = "<a name='é€'/>";
        assertThat(nameIn(text, StandardCharsets.UTF_8)).isEqualTo("é€");
        assertThat(nameIn("\uFEFF" + text, StandardCharsets.UTF_8)).isEqualTo("é€");
        assertThat(nameIn("\uFEFF" + text, StandardCharsets.UTF_16LE)).isEqualTo("é€");
        assertThat(nameIn("<?xml version='1.0' encoding='UTF-16'?>" + text, StandardCharsets.UTF_16BE))
                .isEqualTo("é€");
        assertThat(nameIn("<?xml version='1.0' encoding='ISO-8859-1'?><a name='é'/>", StandardCharsets.ISO_8859_1))
                .isEqualTo("é");
        assertThat(reported).isEmpty();
    }

    @Test
    public void bytesThatAreNotInTheirEncodingAreReportedWhereTheyStand() {
        assertThat(XmlTree.read("x.xml", "<a>\n  é</a>".getBytes(StandardCharsets.ISO_8859_1), this::report))
                .isEmpty();
        assertThat(read("<?xml version='1.0' encoding='klingon'?><a/>")).isEmpty();

        assertThat(reported)
                .containsExactly(
                        "x.xml:2:3: here are bytes that are not UTF-8",
                        "x.xml:1:1: this Java knows no encoding 'klingon'");
    }

    @Test
    public void whatIsNotWellFormedIsReportedWithItsPlace() {
        assertThat(problemOf("<a>\n<b></a>"))
                .startsWith("x.xml:2:6: not well-formed XML: ")
                .contains("\"b\"");
        assertThat(problemOf("")).startsWith("x.xml:1:1: not well-formed XML: ");
        assertThat(problemOf("<a b='1' b='2'/>")).endsWith("attribute 'b' stands twice in 'a'");
        assertThat(problemOf("<a x:b='1'/>")).endsWith("a prefix in 'a' is bound to no namespace");
        assertThat(problemOf("<a/><b/>")).startsWith("x.xml:1:6: not well-formed XML: ");
        assertThat(problemOf("no XML")).startsWith("x.xml:1:1: not well-formed XML: ");
    }

    @Test
    public void nothingOutsideTheDocumentIsReadAndNothingExpands() {
        assertThat(problemOf("<!DOCTYPE a SYSTEM 'file:///etc/passwd'>\n<a/>"))
                .isEqualTo("x.xml:1:1: a document type is not accepted; remove it, and write out its entities");
        assertThat(problemOf("\n<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>"))
                .isEqualTo("x.xml:2:1: a document type is not accepted; remove it, and write out its entities");
        assertThat(problemOf("<a>&unknown;</a>")).contains("1:13: not well-formed XML: ");
    }

    @Test
    public void sizeAndDepthAreLimited() {
        assertThat(problemOf("<a>".repeat(65) + "</a>".repeat(65)))
                .isEqualTo("x.xml:1:193: elements are nested more than 64 deep");
        assertThat(read("<a>".repeat(64) + "</a>".repeat(64))).as("64 deep").isPresent();
        assertThat(problemOf(" ".repeat(XmlTree.LARGEST) + "<a/>")).contains("more than 16777216 are not read");
        assertThat(problemOf("<a " + "b='1' ".repeat(100_000) + "/>")).contains("not well-formed");
    }

    @Test
    public void whatBelongsToXmlItselfIsLeftOutAndOtherNamespacesStayVisible() {
        XmlElement root = read("""
                <d:a xmlns:d="urn:d" xmlns:p="urn:p" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                     xsi:schemaLocation="x y" xml:lang="fr" p:q="1"><d:b/><p:c/></d:a>""").orElseThrow().root();

        assertThat(root.attributes()).containsOnlyKeys("p:q");
        assertThat(places(root)).containsExactly("a 1:1", "b 2:53", "p:c 2:59");
    }

    private Optional<XmlTree> read(String xml) {
        return XmlTree.read("x.xml", xml.getBytes(StandardCharsets.UTF_8), this::report);
    }

    private String nameIn(String xml, Charset charset) {
        return XmlTree.read("x.xml", xml.getBytes(charset), this::report)
                .orElseThrow()
                .root()
                .attributes()
                .get("name");
    }

    private String problemOf(String xml) {
        reported.clear();
        assertThat(read(xml)).as("tree").isEmpty();
        assertThat(reported).hasSize(1);
        return reported.getFirst();
    }

    private void report(Object at, String message) {
        reported.add(at + ": " + message);
    }

    private static List<String> places(XmlElement element) {
        var places = new ArrayList<String>();
        places.add(
                element.name() + " " + element.at().line() + ":" + element.at().column());
        element.children().forEach(child -> places.addAll(places(child)));
        return places;
    }
}
