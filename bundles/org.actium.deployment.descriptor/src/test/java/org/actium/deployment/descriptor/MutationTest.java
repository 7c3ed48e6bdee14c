package org.actium.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.model.DescriptorException;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/**
 * Damages descriptors in every way that comes to mind, and reads and converts what is left: those of the corpus if it is
 * there, else our examples, and in either case some in the dialects of old. {@code -Dactium.mutations=} says how many times,
 * {@code -Dactium.seed=} from which seed on; a failure names its seed.
 */
public class MutationTest {

    private static final int MUTATIONS = Integer.getInteger("actium.mutations", 100_000);

    /** One that takes longer hangs: most take less than a millisecond. */
    private static final Duration HANGS = Duration.ofSeconds(30);

    @Rule
    public final Timeout deadline = Timeout.seconds(1200);

    private final XmlDescriptorReader reader = Corpus.reader();
    private final List<byte[]> originals = new ArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger converted = new AtomicInteger();

    @Before
    public void findOriginals() throws IOException {
        for (Path file : Files.isDirectory(Corpus.directory()) ? Corpus.files() : ExampleDescriptorsTest.files()) {
            originals.add(Files.readAllBytes(file));
        }
        OldDescriptors.texts().forEach(text -> originals.add(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    public void aDamagedDescriptorIsReadOrRefusedWithPositions() throws Exception {
        long first = Long.getLong("actium.seed", 0);
        System.out.println(MUTATIONS + " mutations of " + originals.size() + " descriptors, seeds from " + first);
        int workers = Math.max(2, Runtime.getRuntime().availableProcessors());
        var busy = new AtomicReferenceArray<Work>(workers);
        var next = new AtomicLong(first);
        List<Thread> threads = new ArrayList<>();
        var failure = new AtomicReference<Throwable>();
        for (int i = 0; i < workers; i++) {
            int worker = i;
            threads.add(Thread.ofPlatform().daemon().start(() -> {
                for (long seed = next.getAndIncrement();
                        seed < first + MUTATIONS && failure.get() == null;
                        seed = next.getAndIncrement()) {
                    busy.set(worker, new Work(seed, Instant.now()));
                    try {
                        tryOut(seed);
                    } catch (Throwable defect) {
                        failure.compareAndSet(null, new AssertionError("seed " + seed, defect));
                    }
                }
                busy.set(worker, null);
            }));
        }
        for (Thread thread : threads) {
            while (!thread.join(Duration.ofSeconds(1))) {
                for (int i = 0; i < workers; i++) {
                    Work work = busy.get(i);
                    assertThat(work == null || work.since().plus(HANGS).isAfter(Instant.now()))
                            .as("seed %s hangs", work == null ? "" : work.seed())
                            .isTrue();
                }
            }
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get().getMessage(), failure.get());
        }
        System.out.println(refused + " refused, " + converted + " converted");
        assertThat(refused).as("refused, so that the mutations did some damage").hasValueGreaterThan(MUTATIONS / 2);
        assertThat(converted).as("not damaged too much to be converted").hasValueGreaterThan(MUTATIONS / 100);
    }

    /** What a worker is at. */
    private record Work(long seed, Instant since) {}

    private void tryOut(long seed) {
        byte[] damaged = damaged(seed);
        var source = new DescriptorSource("test.xml", damaged, Map.of());
        try {
            outcome(() -> reader.read(source), refused);
            var conversions = new AtomicInteger();
            outcome(() -> reader.convert(source), conversions);
            converted.addAndGet(1 - conversions.get());
        } catch (RuntimeException | StackOverflowError | AssertionError defect) {
            throw new AssertionError("seed " + seed + ":\n" + new String(damaged, StandardCharsets.UTF_8), defect);
        }
    }

    private static void outcome(Runnable use, AtomicInteger refused) {
        try {
            use.run();
        } catch (DescriptorException problems) {
            refused.incrementAndGet();
            assertThat(problems.problems()).isNotEmpty();
            assertThat(problems.problems().stream()
                            .allMatch(problem -> problem.at().line() > 0
                                    && problem.at().column() > 0
                                    && !problem.message().isBlank()))
                    .as("every problem has a place and a message")
                    .isTrue();
        }
    }

    private byte[] damaged(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] damaged = originals.get(random.nextInt(originals.size()));
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            damaged = mutated(damaged, originals, random);
        }
        return damaged;
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
