package org.actium.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.model.DescriptorException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/**
 * Damages descriptors in every way that comes to mind and reads what is left: those of the corpus if it is there, else the
 * examples. {@code -Dactium.mutations=} says how many times.
 */
public class MutationTest {

    private static final int MUTATIONS = Integer.getInteger("actium.mutations", 5000);

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    @Test
    public void aDamagedDescriptorIsReadOrRefusedWithPositions() throws IOException {
        List<byte[]> originals = new ArrayList<>();
        for (Path file : Files.isDirectory(Corpus.directory()) ? Corpus.files() : ExampleDescriptorsTest.files()) {
            originals.add(Files.readAllBytes(file));
        }
        XmlDescriptorReader reader = Corpus.reader();
        int refused = 0;
        for (int seed = 0; seed < MUTATIONS; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            byte[] damaged = originals.get(random.nextInt(originals.size()));
            for (int times = 1 + random.nextInt(4); times > 0; times--) {
                damaged = mutated(damaged, originals, random);
            }
            try {
                reader.read(new DescriptorSource("test.xml", damaged, Map.of()));
            } catch (DescriptorException problems) {
                refused++;
                assertThat(problems.problems().stream()
                                .allMatch(problem -> problem.at().line() > 0
                                        && problem.at().column() > 0
                                        && !problem.message().isBlank()))
                        .as("seed " + seed + ": every problem has a place and a message")
                        .isTrue();
            } catch (RuntimeException | StackOverflowError defect) {
                throw new AssertionError("seed " + seed + ":\n" + new String(damaged, StandardCharsets.UTF_8), defect);
            }
        }
        assertThat(refused).as("refused, so that the mutations did some damage").isGreaterThan(MUTATIONS / 2);
    }

    private static byte[] mutated(byte[] text, List<byte[]> others, RandomGenerator random) {
        int from = random.nextInt(text.length);
        int to = Math.min(text.length, from + 1 + random.nextInt(60));
        return switch (random.nextInt(8)) {
            case 0 -> spliced(text, from, to, new byte[0]);
            case 1 -> spliced(text, from, from, Arrays.copyOfRange(text, from, to));
            case 2 -> spliced(text, from, from + 1, new byte[] {(byte) random.nextInt(256)});
            case 3 -> Arrays.copyOf(text, Math.max(1, from));
            case 4 -> {
                byte[] other = others.get(random.nextInt(others.size()));
                int start = random.nextInt(other.length);
                yield spliced(
                        text,
                        from,
                        to,
                        Arrays.copyOfRange(other, start, Math.min(other.length, start + random.nextInt(200))));
            }
            case 5 -> withoutALine(text, random);
            case 6 ->
                replaced(
                        text,
                        random,
                        "\"",
                        List.of(
                                "\"${NODES}",
                                "\"${user.name}",
                                "\"${",
                                "\"[1-",
                                "\"[1-99999]^[",
                                "\"-1",
                                "\"",
                                "\" x=\"",
                                "\"\u00e9",
                                "\"&#10;"));
            default ->
                replaced(
                        text,
                        random,
                        "<",
                        List.of(
                                "<x:",
                                "</",
                                "<!--",
                                "<![CDATA[",
                                "<?p ",
                                "<!DOCTYPE a>",
                                "<service id='s'/><",
                                "&e;<",
                                "<jvm><"));
        };
    }

    private static byte[] withoutALine(byte[] text, RandomGenerator random) {
        var lines = new ArrayList<>(Arrays.asList(new String(text, StandardCharsets.ISO_8859_1).split("\n", -1)));
        String line = lines.remove(random.nextInt(lines.size()));
        if (random.nextBoolean()) {
            lines.add(random.nextInt(lines.size() + 1), line);
        }
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] replaced(byte[] text, RandomGenerator random, String what, List<String> replacements) {
        String document = new String(text, StandardCharsets.ISO_8859_1);
        int at = document.indexOf(what, random.nextInt(document.length()));
        String replacement = replacements.get(random.nextInt(replacements.size()));
        return at < 0 ? text : spliced(text, at, at + what.length(), replacement.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] spliced(byte[] text, int from, int to, byte[] replacement) {
        byte[] result = new byte[from + replacement.length + text.length - to];
        System.arraycopy(text, 0, result, 0, from);
        System.arraycopy(replacement, 0, result, from, replacement.length);
        System.arraycopy(text, to, result, from + replacement.length, text.length - to);
        return result.length == 0 ? new byte[] {' '} : result;
    }
}
