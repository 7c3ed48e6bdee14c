package org.actium.launcher.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** Runs the script {@code actium} with JDKs and a Maven that are scripts themselves and say how they were called. */
public class ActiumScriptTest {

    private static final Path SCRIPT = Path.of("../../actium");
    private static final List<String> TOOLS = List.of(
            "awk",
            "bash",
            "cat",
            "cksum",
            "dirname",
            "env",
            "find",
            "grep",
            "mkdir",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sort",
            "tee",
            "tail",
            "touch");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final Map<String, String> environment = new TreeMap<>();
    private Path path;
    private Instant built = Instant.now();

    private record Result(int exitCode, String out, String err) {}

    /** A PATH on which there is no Java and no Maven, whatever this machine has. */
    @Before
    public void hideTheJavaOfThisMachine() throws IOException {
        path = Files.createDirectories(directory("path"));
        for (String tool : TOOLS) {
            Path found = Stream.of(System.getenv("PATH").split(":"))
                    .map(entry -> Path.of(entry, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + tool + " on the PATH"));
            Files.createSymbolicLink(path.resolve(tool), found);
        }
        environment.put("PATH", path.toString());
        environment.put("HOME", directory("nobody").toString());
        environment.put("ACTIUM_JDK_FOLDERS", "");
    }

    // ---- which JDK

    @Test
    public void takesJavaHomeIfItIsNewEnough() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", jdk("25.0.3").toString());

        assertThat(actium(distribution(), "version").out()).startsWith("java 25.0.3 ");
    }

    @Test
    public void takesTheJavaOnThePathIfJavaHomeIsTooOld() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", jdk("17.0.1").toString());
        Files.createSymbolicLink(path.resolve("java"), jdk("26").resolve("bin/java"));

        assertThat(actium(distribution(), "version").out()).startsWith("java 26 ");
    }

    @Test
    public void looksIntoTheUsualFolders() throws IOException, InterruptedException {
        jdk("21.0.1");
        jdk("25.0.1");
        environment.put("ACTIUM_JDK_FOLDERS", directory("jdks") + "/*");

        assertThat(actium(distribution(), "version").out()).startsWith("java 25.0.1 ");
    }

    @Test
    public void takesOnlyTheOneThatIsAskedForByName() throws IOException, InterruptedException {
        environment.put("ACTIUM_JAVA_HOME", jdk("24").toString());
        environment.put("JAVA_HOME", jdk("25").toString());

        Result result = actium(distribution(), "version");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("ACTIUM_JAVA_HOME: ").contains("is JDK 24");
    }

    @Test
    public void saysWhatItLookedAtAndHowToGetOne() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", directory("nowhere").toString());
        Path jre = jdk("25");
        Files.delete(jre.resolve("bin/javac"));
        environment.put("ACTIUM_JDK_FOLDERS", jre + " " + jdk("11.0.2"));

        Result result = actium(distribution(), "version");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .contains("needs a JDK 25 or newer")
                .contains("JAVA_HOME: " + directory("nowhere") + " holds no JDK")
                .contains("PATH: no java")
                .contains(jre + " is a JRE 25, without a compiler")
                .contains("is JDK 11.0.2")
                .contains("apt install");
        assertThat(result.out()).isEmpty();
    }

    // ---- what it runs

    @Test
    public void passesArgumentsOnAsTheyAre() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", jdk("25").toString());

        assertThat(actium(distribution(), "console", "-c", "a b *", "").out())
                .endsWith("<org.actium.launcher.Main> <console> <-c> <a b *> <> \n");
    }

    @Test
    public void saysWhenItWasCalled() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", jdk("25").toString());
        long before = System.currentTimeMillis();

        String out = actium(distribution(), "version").out();

        long started = Long.parseLong(out.replaceAll("(?s).*<-Dactium.started=(\\d+)>.*", "$1"));
        assertThat(started).isBetween(before, System.currentTimeMillis());
    }

    @Test
    public void worksThroughASymbolicLink() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", jdk("25").toString());
        Path link = Files.createSymbolicLink(directory("link"), distribution());

        assertThat(actium(link, "version").out()).contains("home/lib/org.actium.launcher.jar>");
    }

    @Test
    public void preparesTheStartUpOnceForEachBuildAndJdk() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", jdk("25").toString());
        Path script = distribution();

        assertThat(actium(script, "run", "hello").err()).contains("preparing");
        assertThat(actium(script, "run", "hello").err()).isEmpty();
        assertThat(actium(script, "run", "hello").out()).contains("<-XX:AOTCache=");

        Files.writeString(directory("home/build.properties"), "contents=2");
        assertThat(actium(script, "run", "hello").err()).contains("preparing");

        environment.put("JAVA_HOME", jdk("26").toString());
        assertThat(actium(script, "run", "hello").err()).contains("preparing");
    }

    @Test
    public void startsWithoutThePreparationIfThatFailsAndSaysSoOnce() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", jdk("25").toString());
        environment.put("FAIL_TRAINING", "yes");
        Path script = distribution();

        Result first = actium(script, "run", "hello");
        assertThat(first.err()).contains("that failed");
        assertThat(first.out()).contains("<run>").doesNotContain("AOTCache");
        assertThat(actium(script, "run", "hello").err()).isEmpty();
        assertThat(directory("home/lib").toFile().list()).containsExactlyInAnyOrder("node.aot.key", "node.aot.log");
    }

    // ---- in a source tree

    @Test
    public void buildsWhatIsNotBuiltAndThenRuns() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", jdk("25").toString());
        Path script = tree("exit 0");

        Result result = actium(script, "version");

        assertThat(result.err()).isEqualTo("actium: building (the first time takes a few minutes) ...\n");
        assertThat(result.out()).contains("<version>");
        assertThat(actium(script, "version").err()).as("built now").isEmpty();
    }

    @Test
    public void buildsAgainIfASourceIsNewerOrGoneButNotForTests() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", jdk("25").toString());
        Path script = tree("exit 0");
        actium(script, "version");

        for (String source : List.of(
                "bundles/b/src/main/java/B.java",
                "bundles/b/src/main/java",
                "features/node.json",
                "pom.xml",
                "actium")) {
            touchAfterBuild(source);
            assertThat(actium(script, "plan").err()).as(source).contains("building");
            touchAfterBuild("bundles/b/src/test/java/BTest.java");
            assertThat(actium(script, "plan").err()).as("after " + source).isEmpty();
        }
    }

    @Test
    public void buildsAgainOnlyForWhatStartsContainers() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", jdk("25").toString());
        Path script = tree("exit 0");
        actium(script, "version");
        tree("exit 1");
        touchAfterBuild("bundles/b/src/main/java/B.java");

        for (String command : List.of("stop", "status", "undeploy", "console", "version")) {
            Result result = actium(script, command);
            assertThat(result.err()).as(command).isEmpty();
            assertThat(result.out()).contains("<" + command + ">");
        }
        assertThat(actium(script).exitCode()).as("without a command").isZero();
        for (String command : List.of("run", "start", "plan")) {
            touchAfterBuild("bundles/b/src/main/java/B.java");
            Result result = actium(script, command);
            assertThat(result.exitCode()).as(command).isEqualTo(1);
            assertThat(result.err()).as(command).contains("the build failed");
            assertThat(result.out()).as(command).isEmpty();
        }
    }

    @Test
    public void showsTheEndOfTheLogIfTheBuildFailsAndRunsNothing() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", jdk("25").toString());

        Result result = actium(tree("echo '[ERROR] B.java:[3,1] cannot find symbol'; exit 1"), "run", "hello");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("the build failed").contains("B.java:[3,1] cannot find symbol");
        assertThat(result.out()).isEmpty();
    }

    @Test
    public void saysThatMavenIsMissing() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", jdk("25").toString());
        Path script = tree("exit 0");
        Files.delete(path.resolve("mvn"));

        Result result = actium(script, "version");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("found no mvn on the PATH");
    }

    @Test
    public void sumsUpTheReportsOfThisRunOnly() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", jdk("25").toString());
        Path old = Files.createDirectories(directory("tree/bundles/b/target/surefire-reports"));
        Files.writeString(old.resolve("TEST-Old.xml"), report(100, 50, 0));
        Files.setLastModifiedTime(old.resolve("TEST-Old.xml"), FileTime.from(Instant.EPOCH));
        Path script = tree("mkdir -p bundles/a/target/failsafe-reports bundles/b/target/surefire-reports\n"
                + "cat >bundles/b/target/surefire-reports/TEST-B.xml <<END\n" + report(7, 1, 2) + "\nEND\n"
                + "cat >bundles/a/target/failsafe-reports/TEST-A.xml <<END\n" + report(3, 0, 0) + "\nEND\n"
                // file systems tell times apart that are some milliseconds apart; a real build takes longer
                + "touch -t 209901010000 bundles/?/target/*-reports/TEST-[AB].xml\n"
                + "exit 1");

        Result result = actium(script, "test");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out().lines().toList())
                .endsWith("     1.5 s     3 tests  a", "     1.5 s     7 tests  b", "7 passed, 1 failed, 2 skipped");
    }

    @Test
    public void namesTheTestsThatFailedAndWhyAndIsRedThoughMavenPassesThemBy()
            throws IOException, InterruptedException {
        environment.put("JAVA_HOME", jdk("25").toString());
        Path script = tree("mkdir -p bundles/b/target/surefire-reports\n"
                + "cat >bundles/b/target/surefire-reports/TEST-B.xml <<END\n" + report(2, 1, 0)
                + "\n<testcase name=\"holds\" classname=\"b.BTest\" time=\"0\"/>"
                + "\n<testcase name=\"breaks\" classname=\"b.BTest\" time=\"0\">\n<failure message=\"1 &lt; 2&#10;&amp; more\">"
                + "</failure>\n</testcase>\nEND\n"
                + "touch -t 209901010000 bundles/b/target/surefire-reports/TEST-B.xml\n"
                + "echo '[ERROR] There are test failures.'");

        Result result = actium(script, "test");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out().lines().toList())
                .endsWith(
                        "failed: b.BTest.breaks",
                        "    1 < 2",
                        "    & more",
                        "",
                        "     1.5 s     2 tests  b",
                        "1 passed, 1 failed, 0 skipped");
    }

    @Test
    public void closesWithZeroesIfNoTestRan() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", jdk("25").toString());

        Result result = actium(tree("exit 0"), "test");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).endsWith("\n0 passed, 0 failed, 0 skipped\n");
    }

    @Test
    public void refusesArgumentsOfTestThatItDoesNotKnow() throws IOException, InterruptedException {
        assertThat(actium(tree("exit 0"), "test", "--fast").exitCode()).isEqualTo(2);
        assertThat(actium(tree("exit 0"), "test", "--help").out()).startsWith("usage: actium test");
    }

    // ---- simulator

    @Test
    public void simulatesWithWhatIsBuiltAndBuildsTheScenariosIfTheyAreStale() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", jdk("25").toString());
        Path target = directory("tree/bundles/org.actium.simulation.scenarios/target");
        Path script = tree("mkdir -p " + target + "; echo a.jar:b.jar >" + target
                + "/simulate.classpath; echo \"$@\" >>" + directory("builds"));

        Result result = actium(script, "simulate", "calls", "--seed", "7");
        actium(script, "simulate");

        assertThat(result.out())
                .contains("<-cp> <" + target + "/classes:a.jar:b.jar>")
                .endsWith("<org.actium.simulation.scenarios.Main> <calls> <--seed> <7> \n");
        assertThat(Files.readAllLines(directory("builds")))
                .singleElement()
                .asString()
                .endsWith("package -pl bundles/org.actium.simulation.scenarios -am");
    }

    @Test
    public void buildsTheSimulatorAgainForWhatItRunsOnly() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", jdk("25").toString());
        Path bundles = directory("tree/bundles");
        Path target = Files.createDirectories(bundles.resolve("org.actium.simulation.scenarios/target"));
        Path classPath = target.resolve("simulate.classpath");
        Path run = Files.createDirectories(bundles.resolve("org.actium.run/src/main"));
        Path other = Files.createDirectories(bundles.resolve("org.actium.other/src/main"));
        Path script = tree("echo built >>" + directory("builds"));
        Files.writeString(classPath, "a.jar:" + bundles + "/org.actium.run/target/org.actium.run-0.1.0.jar");
        Files.setLastModifiedTime(classPath, FileTime.from(Instant.now().plusSeconds(60)));

        touch(other.resolve("Other.java"));
        actium(script, "simulate");
        assertThat(directory("builds")).doesNotExist();

        touch(run.resolve("Run.java"));
        actium(script, "simulate");
        assertThat(Files.readAllLines(directory("builds"))).hasSize(1);
    }

    /** Makes it newer than everything else. */
    private static void touch(Path file) throws IOException {
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(120)));
    }

    // ----

    private static String report(int tests, int failures, int skipped) {
        return "<?xml version=\"1.0\"?>\n<testsuite name=\"a.time.Test\" time=\"1.5\" tests=\"" + tests
                + "\" errors=\"0\" skipped=\"" + skipped + "\" failures=\"" + failures + "\">\n</testsuite>";
    }

    /** A distribution with the script under test in it. */
    private Path distribution() throws IOException {
        Path home = directory("home");
        Files.createDirectories(home.resolve("lib"));
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/node.jvm"), "");
        Files.writeString(home.resolve("build.properties"), "contents=1");
        return copyScript(home.resolve("bin"));
    }

    /**
     * A source tree with the script under test in it.
     *
     * @param build what its Maven does, besides assembling the distribution
     */
    private Path tree(String build) throws IOException {
        Path tree = directory("tree");
        Path script = copyScript(tree);
        for (String folder : List.of("bundles/b/src/main/java", "bundles/b/src/test/java", "features", "descriptors")) {
            Files.createDirectories(tree.resolve(folder));
        }
        for (String file : List.of(
                "pom.xml",
                "bnd.bnd",
                "bundles/b/src/main/java/B.java",
                "bundles/b/src/test/java/BTest.java",
                "features/node.json")) {
            Files.writeString(tree.resolve(file), "");
        }
        Path target = tree.resolve("runtime-assembly/distribution/target");
        executable(
                path.resolve("mvn"),
                "mkdir -p " + target + "/actium/conf " + target + "/actium/lib\n"
                        + "touch " + target + "/actium/conf/node.jvm " + target + "/built\n"
                        + build + "\n");
        return script;
    }

    private static Path copyScript(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path script = directory.resolve("actium");
        if (Files.notExists(script)) {
            Files.copy(SCRIPT, script);
        }
        return script;
    }

    /** A JDK whose {@code java} prints how it was called, and writes the cache it is asked for. */
    private Path jdk(String version) throws IOException {
        Path jdk = directory("jdks").resolve("jdk-" + version);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(jdk.resolve("bin/javac"), "exit 0\n");
        executable(jdk.resolve("bin/java"), """
                printf 'java %s ' %s
                printf '<%%s> ' "$@"
                echo
                for argument; do
                    if [[ $argument == -XX:AOTCacheOutput=* ]]; then
                        [[ -z ${FAIL_TRAINING:-} ]] || exit 1
                        touch "${argument#*=}"
                    fi
                done
                """.formatted("%s", version));
        return jdk;
    }

    private static void executable(Path file, String body) throws IOException {
        Files.writeString(file, "#!/usr/bin/env bash\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Makes the file of the tree newer than the build, and the build newer than all else. */
    private void touchAfterBuild(String file) throws IOException {
        built = built.plusSeconds(10);
        Files.setLastModifiedTime(directory("tree/runtime-assembly/distribution/target/built"), FileTime.from(built));
        Files.setLastModifiedTime(directory("tree").resolve(file), FileTime.from(built.plusSeconds(5)));
    }

    private Path directory(String name) {
        return folder.getRoot().toPath().resolve(name);
    }

    private Result actium(Path script, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(path.resolve("bash").toString(), script.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder.getRoot().toPath(), "out", "");
        Path err = Files.createTempFile(folder.getRoot().toPath(), "err", "");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        int exitCode = builder.start().waitFor();
        return new Result(
                exitCode, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }
}
