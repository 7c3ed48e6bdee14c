package org.actium.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorException;
import org.assertj.core.api.SoftAssertions;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/**
 * Descriptors that people wrote for ProActive and for GCM: what becomes of each is in {@code corpus.tsv}, with the reason
 * for each refusal. The files are not part of this repository: the system property {@code actium.corpus} names their
 * directory, which otherwise is looked for beside the repository.
 */
public class CorpusTest {

    /** All files together; a descriptor that makes the reader hang fails here. */
    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @BeforeClass
    public static void findCorpus() {
        assumeTrue(
                "skipped: there is no directory " + Corpus.directory().toAbsolutePath()
                        + " with old descriptors; name one with -Dactium.corpus=…",
                Files.isDirectory(Corpus.directory()));
    }

    @Test
    public void everyDescriptorLoadsOrIsRefusedForTheReasonInTheTable() throws IOException {
        var softly = new SoftAssertions();
        for (Map.Entry<String, Outcome> row : table().entrySet()) {
            Path file = Corpus.directory().resolve(row.getKey());
            try {
                Descriptor descriptor = Corpus.read(file);
                softly.assertThat(row.getValue().refusal())
                        .as(row.getKey() + " loads")
                        .isEmpty();
                softly.assertThat(descriptor.source()).isEqualTo(file.toString());
            } catch (DescriptorException refused) {
                softly.assertThat(row.getValue().refusal())
                        .as(row.getKey() + " is refused: " + refused.getMessage())
                        .hasValueSatisfying(message -> assertThat(refused.problems())
                                .anySatisfy(
                                        problem -> assertThat(problem.message()).contains(message)));
                softly.assertThat(refused.problems()).allSatisfy(problem -> {
                    assertThat(problem.at().line()).isPositive();
                    assertThat(problem.at().column()).isPositive();
                });
            }
        }
        softly.assertAll();
    }

    @Test
    public void everyFileOfTheIndexIsInTheTable() throws IOException {
        assertThat(table().keySet())
                .containsExactlyInAnyOrderElementsOf(index().keySet())
                .containsExactlyInAnyOrderElementsOf(Corpus.names())
                .hasSize(205);
        assertThat(table().values().stream().filter(row -> row.refusal().isPresent()))
                .as("refused")
                .hasSize(34);
    }

    @Test
    public void whateverIsNotAsTheIndexSaysHasAReason() throws IOException {
        Map<String, String> index = index();

        assertThat(table()).allSatisfy((file, row) -> {
            boolean invalid = index.get(file).startsWith("I |");
            if (invalid || row.refusal().isPresent()) {
                assertThat(row.reason()).isNotBlank();
            }
        });
        assertThat(index.values().stream().filter(status -> status.startsWith("I |")))
                .as("those that their schemas call invalid")
                .hasSize(21);
    }

    /** What the corpus says of each file; the first word of a file that it names twice. */
    private static Map<String, String> index() throws IOException {
        var index = new LinkedHashMap<String, String>();
        for (String line : Files.readAllLines(Corpus.directory().resolve("INDEX.tsv"))) {
            String[] columns = line.split("\t", 2);
            if (columns.length == 2 && columns[0].endsWith(".xml")) {
                index.putIfAbsent(columns[0], columns[1]);
            }
        }
        return index;
    }

    private static Map<String, Outcome> table() throws IOException {
        var table = new LinkedHashMap<String, Outcome>();
        try (Stream<String> lines = Repository.lines(CorpusTest.class, "corpus.tsv")) {
            for (String line : lines.filter(text -> !text.startsWith("#")).toList()) {
                List<String> columns = List.of(line.split("\t", -1));
                table.put(
                        columns.get(0),
                        new Outcome(
                                columns.get(1).equals("refused") ? Optional.of(columns.get(2)) : Optional.empty(),
                                columns.get(3)));
            }
        }
        return table;
    }

    /**
     * @param refusal what a message says, if the file is refused
     * @param reason why it is, or why it is not; empty text if nobody would ask
     */
    private record Outcome(Optional<String> refusal, String reason) {}
}
