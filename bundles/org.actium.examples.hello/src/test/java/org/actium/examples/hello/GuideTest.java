package org.actium.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;

/** Keeps docs/guide/testing.md true. */
public class GuideTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "guide", "testing.md");

    @Test
    public void theJavaOfThePageIsCompiledAndRunHere() throws IOException {
        String sources = indentedAlike(readAll("src/test/java"));

        assertThat(blocks("java"))
                .hasSize(3)
                .allSatisfy(block -> assertThat(sources).contains(block));
    }

    @Test
    public void theXmlOfThePageIsInThisPom() throws IOException {
        String pom =
                indentedAlike(Files.readString(Path.of("pom.xml"))).replace("${project.version}", "${actium.version}");

        assertThat(blocks("xml")).hasSize(2).allSatisfy(block -> assertThat(pom).contains(block));
    }

    @Test
    public void theDefectOfThePageIsFoundAsThePageTells() throws IOException {
        Result result = JUnitCore.runClasses(TicketSale.class);

        assertThat(result.getFailureCount()).isEqualTo(1);
        String told = shape(result.getFailures().getFirst().getMessage());
        assertThat(blocks("").stream().filter(block -> block.startsWith("theLastTicketIsSoldOnce")))
                .singleElement()
                .satisfies(block -> assertThat(shape(block).lines())
                        .allSatisfy(line -> assertThat(told).contains(line)));
    }

    /** Blocks of the page in that language, each line without its indentation. */
    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        var fences = Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(Files.readString(PAGE));
        while (fences.find()) {
            if (fences.group(1).equals(language)) {
                blocks.add(indentedAlike(fences.group(2)));
            }
        }
        return blocks;
    }

    private static String indentedAlike(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n")).strip();
    }

    /** What depends on the seed is left out: numbers, hashes and the strategy. */
    private static String shape(String report) {
        return indentedAlike(report)
                .replaceAll("\\(.*hash [0-9a-f]+\\)", "(hash)")
                .replaceAll("\\b(fault|message)s\\b", "$1")
                .replaceAll("strategy=\\S+", "strategy")
                .replaceAll("<- #\\d+", "")
                .replaceAll("[\\d.]+", "0")
                .replaceAll(" +", " ");
    }

    private static String readAll(String folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
