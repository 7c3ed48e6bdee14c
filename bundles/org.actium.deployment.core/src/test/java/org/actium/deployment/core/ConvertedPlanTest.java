package org.actium.deployment.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.api.Plan;
import org.actium.deployment.descriptor.XmlDescriptorReader;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.Launch;
import org.actium.deployment.model.Problem;
import org.actium.deployment.spi.AcquisitionProtocol;
import org.actium.deployment.spi.DeploymentProtocol;
import org.actium.deployment.spi.Job;
import org.actium.deployment.spi.LaunchRequest;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.assertj.core.api.SoftAssertions;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/**
 * A descriptor and what {@code convert} makes of it have the same plan, to the last character but for places, whatever the
 * plan says. Tried with our examples, and with the descriptors of old if they are there: {@code -Dactium.corpus=}.
 */
public class ConvertedPlanTest {

    private static final Path REPOSITORY = Path.of("../..");
    private static final List<String> FOLDERS = List.of("gcm-application", "gcm-deployment", "legacy");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    private final Extensions extensions = new Extensions();
    private final Deployer deployer = new InMemoryDomain().runtime("here").deployer(extensions);
    private final XmlDescriptorReader reader = new XmlDescriptorReader(List.of(), this::property);

    @Before
    public void install() {
        extensions.addReader(reader);
        var anything = new Anything();
        extensions.addDeploymentProtocol(anything, Map.of(DeploymentProtocol.NAME, "any"));
        extensions.addAcquisitionProtocol(anything, Map.of(AcquisitionProtocol.NAME, "any"));
    }

    @Test
    public void ourExamplesHaveTheSamePlanWhenTheyAreConverted() throws IOException {
        List<Path> examples = filesIn(REPOSITORY.resolve("descriptors"));

        assertThat(compare(examples).planned()).isEqualTo(examples.size()).isGreaterThan(9);
    }

    @Test
    public void descriptorsOfOldHaveTheSamePlanWhenTheyAreConverted() throws IOException {
        Path corpus = Optional.ofNullable(System.getProperty("actium.corpus"))
                .map(Path::of)
                .orElse(REPOSITORY.resolve("../shared/corpus"));
        assumeTrue("skipped: no corpus; name one with -Dactium.corpus=…", Files.isDirectory(corpus));

        Outcome outcome = compare(asTheyOnceLay(corpus));

        assertThat(outcome.planned() + outcome.refused() + outcome.notConverted())
                .as("all files")
                .isEqualTo(205);
        assertThat(outcome.planned()).as("had a plan").isGreaterThan(150);
        assertThat(outcome.notConverted())
                .as("malformed, or with elements of no known grammar")
                .isEqualTo(10);
    }

    private record Outcome(int planned, int refused, int notConverted) {}

    private Outcome compare(List<Path> files) throws IOException {
        var softly = new SoftAssertions();
        int planned = 0;
        int refused = 0;
        int notConverted = 0;
        for (Path file : files) {
            byte[] original = Files.readAllBytes(file);
            byte[] converted;
            try {
                converted = reader.convert(source(file, original)).getBytes(StandardCharsets.UTF_8);
            } catch (DescriptorException notInOurLanguage) {
                notConverted++;
                continue;
            }
            String before = plan(file, original);
            softly.assertThat(plan(file, converted)).as(file.toString()).isEqualTo(before);
            if (before.startsWith(REFUSED)) {
                refused++;
            } else {
                planned++;
            }
        }
        softly.assertAll();
        return new Outcome(planned, refused, notConverted);
    }

    private static final String REFUSED = "refused";

    private String plan(Path file, byte[] xml) {
        try {
            Plan plan = deployer.plan(deployer.read(source(file, xml)));
            Plan withoutPlaces = new Plan(
                    plan.source(),
                    plan.variables(),
                    plan.virtualNodes(),
                    plan.launches(),
                    plan.steps(),
                    plan.dialect(),
                    plan.contract(),
                    List.of(),
                    List.of());
            return withoutPlaces.text() + plan.dot() + "notes\n" + messages(plan.notes()) + "\nobstacles\n"
                    + messages(plan.obstacles());
        } catch (DescriptorException wrong) {
            return REFUSED + "\n" + messages(wrong.problems());
        }
    }

    /** Without places, in messages too, and without what elements were called before. */
    private static String messages(List<Problem> problems) {
        return problems.stream()
                .map(problem ->
                        problem.message().replaceAll(":\\d+:\\d+", "").replaceAll("'(proactive|environment)'", "''"))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static DescriptorSource source(Path file, byte[] xml) {
        return new DescriptorSource(file.toString(), xml, Map.of());
    }

    private String property(String name) {
        return switch (name) {
            case "user.name" -> "tester";
            case "proactive.home", "user.dir", "user.home", "java.home" ->
                folder.getRoot().toString();
            case "hostCapacity", "vmCapacity" -> "2";
            case "os" -> "unix";
            default -> null;
        };
    }

    /** Names of files were paths once, so that what names another file finds it. */
    private List<Path> asTheyOnceLay(Path corpus) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : FOLDERS) {
            for (Path file : filesIn(corpus.resolve(name))) {
                Path place = folder.getRoot()
                        .toPath()
                        .resolve(file.getFileName().toString().replace("__", "/"));
                Files.createDirectories(place.getParent());
                if (Files.exists(place)) { // it lay there at another time
                    place = place.resolveSibling(name + "-" + place.getFileName());
                }
                files.add(Files.copy(file, place));
            }
        }
        return files;
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
        }
    }

    /** Would start and find everything, by a command that says what it was told. */
    private static final class Anything implements DeploymentProtocol, AcquisitionProtocol {

        @Override
        public boolean starts(DescriptorElement element) {
            return true;
        }

        @Override
        public int runtimes(DescriptorElement element) {
            return element instanceof Launch launch ? launch.runtimes().orElse(1) : 1;
        }

        @Override
        public List<String> command(LaunchRequest request) {
            return List.of("start", request.element().toString().replaceAll(":\\d+:\\d+", ""));
        }

        @Override
        public Job launch(LaunchRequest request) {
            throw new AssertionError("a plan starts nothing");
        }

        @Override
        public boolean acquires(DescriptorElement element) {
            return true;
        }

        @Override
        public OptionalInt expected(DescriptorElement element) {
            return OptionalInt.of(1);
        }

        @Override
        public Registration acquire(DescriptorElement element, Predicate<RuntimeAddress> found) {
            throw new AssertionError("a plan finds nothing");
        }
    }
}
