package org.actium.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.Problem;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/**
 * Descriptors that people wrote for ProActive. They are not part of this repository: the system property
 * {@code actium.corpus} names their directory, which otherwise is looked for beside the repository.
 */
public class CorpusTest {

    /** All files together; a descriptor that makes the reader hang fails here. */
    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private static Path legacy;

    @BeforeClass
    public static void findCorpus() {
        Optional<Path> corpus = Optional.ofNullable(System.getProperty("actium.corpus"))
                .map(Path::of)
                .or(() -> Optional.of(Repository.root().resolve("../shared/corpus")));
        legacy = corpus.get().resolve("legacy").normalize();
        assumeTrue(
                "skipped: there is no directory " + legacy.toAbsolutePath()
                        + " with old descriptors; name one with -Dactium.corpus=…",
                Files.isDirectory(legacy));
    }

    @Test
    public void everyOldDescriptorLoadsOrSaysWhereAndWhyNot() throws IOException {
        List<Path> files = files();
        var refused = new TreeMap<String, Integer>();
        int loaded = 0;
        for (Path file : files) {
            try {
                assertThat(read(file).virtualNodes()).as(file.toString()).isNotEmpty();
                loaded++;
            } catch (DescriptorException problems) {
                assertThat(problems.problems()).as(file.toString()).isNotEmpty().allSatisfy(problem -> {
                    assertThat(problem.at().line()).as("line").isPositive();
                    assertThat(problem.at().column()).as("column").isPositive();
                    assertThat(problem.message()).isNotBlank();
                });
                problems.problems().forEach(problem -> refused.merge(sort(problem), 1, Integer::sum));
            }
        }
        System.out.println(
                "corpus: " + loaded + " of " + files.size() + " descriptors load; the others have these problems:");
        refused.forEach((message, count) -> System.out.println("  " + count + " × " + message));
    }

    @Test
    public void whatIsLocalAndCompleteLoads() throws IOException {
        assertThat(problemsOf("descriptors__Penguin.xml")).isEmpty();
        assertThat(problemsOf("descriptors__ibis.xml")).isEmpty();
        assertThat(problemsOf("descriptors__examples__TestJvmSetWithNode.xml")).isEmpty();
        assertThat(problemsOf("descriptors__scheduler__deployment__Local4JVM.xml"))
                .isEmpty();
        assertThat(problemsOf("src__Tests__functionalTests__ft__testFT_PML2.xml"))
                .isEmpty();
        assertThat(problemsOf("src__nonregressiontest__descriptor__extendedjvm__JVMExtensionIbis.xml"))
                .isEmpty();
        assertThat(problemsOf("src__nonregressiontest__descriptor__variablecontract__javaproperties__Test.xml"))
                .isEmpty();
    }

    @Test
    public void theDescriptorOfMistakesHasThoseMistakes() throws IOException {
        assertThat(problemsOf("src__nonregressiontest__descriptor__mistakes__testMistakes.xml"))
                .anySatisfy(message ->
                        assertThat(message).startsWith("13:6: 'vmName' refers to jvm 'Jvm1Toto', which is not there"))
                .anySatisfy(message -> assertThat(message)
                        .contains("'processReference' refers to processDefinition 'localJVMToto', which is not there"));
    }

    private static List<String> problemsOf(String file) throws IOException {
        try {
            read(legacy.resolve(file));
            return List.of();
        } catch (DescriptorException problems) {
            return problems.problems().stream()
                    .map(problem -> problem.at().line() + ":" + problem.at().column() + ": " + problem.message())
                    .toList();
        }
    }

    private static Descriptor read(Path file) throws IOException {
        var source = new DescriptorSource(file.toString(), Files.readAllBytes(file), Map.of());
        return new XmlDescriptorReader(List.of(), name -> name.equals("user.name") ? "tester" : null).read(source);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(legacy)) {
            return files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
        }
    }

    /** The message without what is different in each descriptor. */
    private static String sort(Problem problem) {
        String message = problem.message();
        int detail = message.indexOf(';');
        return (detail < 0 ? message : message.substring(0, detail))
                .replaceAll("(?<=(jvm|node|Definition|to) )'[^']*'", "…");
    }
}
