package org.actium.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the test reports below a source tree say, by {@code Class} and by {@code Class.method}. */
final class Reports {

    private final Map<String, Count> counts = new HashMap<>();

    /** How the runs of one test, or of all tests of a class, ended. */
    record Count(int ran, int failed) {

        static final Count NONE = new Count(0, 0);

        Count plus(boolean hasFailed) {
            return new Count(ran + 1, failed + (hasFailed ? 1 : 0));
        }

        boolean passed() {
            return ran > 0 && failed == 0;
        }

        String text(String name) {
            if (ran == 0) {
                return "NOT RUN  " + name;
            }
            return failed == 0
                    ? "passed   " + name + (ran == 1 ? "" : ", " + ran + " times")
                    : "FAILED   " + name + ", " + failed + " of " + ran + " times";
        }
    }

    static Reports below(Path tree) throws IOException {
        Reports reports = new Reports();
        try (Stream<Path> files =
                Files.find(tree, 6, (path, _) -> path.toString().matches(".*-reports/TEST-.*\\.xml"))) {
            for (Path file : files.toList()) {
                reports.read(file);
            }
        }
        return reports;
    }

    private void read(Path file) throws IOException {
        try {
            NodeList cases = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                if (test.getElementsByTagName("skipped").getLength() == 0) {
                    add(test);
                }
            }
        } catch (ParserConfigurationException | SAXException unreadable) {
            throw new IOException(file + " is no test report", unreadable);
        }
    }

    private void add(Element test) {
        String type = test.getAttribute("classname").replaceAll(".*\\.", "");
        String method = test.getAttribute("name").replaceAll("\\[.*", "");
        boolean failed = test.getElementsByTagName("failure").getLength() > 0
                || test.getElementsByTagName("error").getLength() > 0;
        for (String name : new String[] {type, type + "." + method}) {
            counts.put(name, of(name).plus(failed));
        }
    }

    Count of(String name) {
        return counts.getOrDefault(name, Count.NONE);
    }
}
