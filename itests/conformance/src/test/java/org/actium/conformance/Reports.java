package org.actium.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the test reports below a source tree say. */
final class Reports {

    private static final Pattern NAME = Pattern.compile("([^\\[]*)(?:\\[(.*)])?");
    private static final String SEEDS = "conformance.seeds";

    private final List<Run> runs;

    Reports(List<Run> runs) {
        this.runs = runs;
    }

    /**
     * One run of one test that was not skipped.
     *
     * @param type the whole name of its class
     * @param parameter what it ran with; empty for a test that has none
     * @param seeds how many the simulator was to try; 0 if nothing was said about that
     */
    record Run(String type, String method, String parameter, boolean passed, int seeds) {}

    /** @param since older reports are left aside: what they tell of may be gone */
    static Reports below(Path tree, Optional<FileTime> since) throws IOException {
        Reports reports = new Reports(new ArrayList<>());
        try (Stream<Path> files = Files.find(
                tree,
                6,
                (path, attributes) -> path.toString().matches(".*-reports/TEST-.*\\.xml")
                        && since.map(begin -> attributes.lastModifiedTime().compareTo(begin) >= 0)
                                .orElse(true))) {
            for (Path file : files.toList()) {
                reports.read(file);
            }
        }
        return reports;
    }

    private void read(Path file) throws IOException {
        try {
            Document report = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile());
            int seeds = seeds(report);
            NodeList cases = report.getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                add((Element) cases.item(i), seeds);
            }
        } catch (ParserConfigurationException | SAXException unreadable) {
            throw new IOException(file + " is no test report", unreadable);
        }
    }

    private static int seeds(Document report) {
        NodeList properties = report.getElementsByTagName("property");
        for (int i = 0; i < properties.getLength(); i++) {
            Element property = (Element) properties.item(i);
            if (property.getAttribute("name").equals(SEEDS)) {
                return Integer.parseInt(property.getAttribute("value"));
            }
        }
        return 0;
    }

    private void add(Element test, int seeds) {
        if (has(test, "skipped")) {
            return;
        }
        Matcher name = NAME.matcher(test.getAttribute("name"));
        if (name.matches()) {
            runs.add(new Run(
                    test.getAttribute("classname"),
                    name.group(1),
                    name.group(2) == null ? "" : name.group(2),
                    !has(test, "failure") && !has(test, "error"),
                    seeds));
        }
    }

    private static boolean has(Element test, String what) {
        return test.getElementsByTagName(what).getLength() > 0;
    }

    /** All runs of the tests of that class. */
    List<Run> of(String type) {
        return runs.stream().filter(run -> run.type().equals(type)).toList();
    }

    List<Run> of(String type, String method) {
        return of(type).stream().filter(run -> run.method().equals(method)).toList();
    }

    /** All runs of that test with that parameter. */
    List<Run> of(String type, String method, String parameter) {
        return of(type, method).stream()
                .filter(run -> run.parameter().equals(parameter))
                .toList();
    }
}
