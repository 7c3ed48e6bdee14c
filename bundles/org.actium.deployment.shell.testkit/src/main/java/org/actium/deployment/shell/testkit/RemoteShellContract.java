package org.actium.deployment.shell.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.JvmProcess;
import org.actium.deployment.model.Launch;
import org.actium.deployment.model.Launch.Setting;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.shell.api.RemoteShell;
import org.actium.deployment.shell.api.ShellClient;
import org.actium.deployment.spi.ElementReader;
import org.actium.deployment.spi.Job;
import org.actium.deployment.spi.LaunchRejectedException;
import org.actium.deployment.spi.LaunchRequest;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.testkit.Eventually;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** What holds for each remote shell; its program is replaced by one that runs all on this host. */
public abstract class RemoteShellContract {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final SystemTime time = new SystemTime(new SystemThreads());
    private final Eventually eventually = new Eventually(time, Duration.ofSeconds(50));
    private final BlockingQueue<String> endings = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> endingsOfOne = new LinkedBlockingQueue<>();
    private ShellBench bench;

    @After
    public final void stopTime() {
        time.close();
    }

    protected abstract RemoteShell shell();

    protected abstract ElementReader reader();

    /** The class that a list of hosts has if it is for this shell. */
    protected abstract String listClass();

    /** Whether it leads from other hosts back to this one. */
    protected boolean forwards() {
        return false;
    }

    /** Stands in for the program of that name; refuses the host {@code refuses} with the words "Permission denied". */
    protected abstract String script();

    @Before
    public final void install() throws IOException {
        bench = new ShellBench(folder.getRoot().toPath(), shell(), reader(), shell().name(), script());
        bench.allow(shell().name());
        Optional<ShellClient> client = client(bench);
        if (client.isPresent()) {
            bench.use(client.get());
        }
    }

    /**
     * What stands in for the program of the shell; empty if the program is to be tested.
     *
     * @throws IOException if it cannot be made
     */
    protected Optional<ShellClient> client(ShellBench on) throws IOException {
        return Optional.empty();
    }

    @Test
    public final void theRuntimeIsBroughtOnceAndToldWhomToJoin() throws Exception {
        String java = bench.script("java", "#!/bin/sh\ncat > \"$HOME/told\"\necho started\nexit 3\n");

        assertThat(launched(java, "node7").take())
                .startsWith(shell().name() + " to node7: process ")
                .contains("ended with exit code 3; its last lines:")
                .contains("  started")
                .doesNotContain("actium-");
        assertThat(bench.text("home/told"))
                .isEqualTo("""
                name=d1-jvm-1
                parent=10.0.0.1:4000,192.0.2.7:4000%s
                token=t1.secret
                lease=60
                listen=0.0.0.0:0
                """.formatted(forwards() ? ",127.0.0.1:" + ShellBench.FORWARDED_PORT : ""));
        assertThat(bench.started()).as("refused, pushed, started").hasSize(3);

        launched(java, "node7").take();
        assertThat(bench.started()).as("the runtime is there").hasSize(4);
        assertThat(bench.started()).noneMatch(command -> command.toString().contains("secret"));
    }

    @Test
    public final void whereItListensMayBeSaidInTheDescriptor() throws Exception {
        String java = bench.script("java", "#!/bin/sh\ncat > \"$HOME/told\"\n");
        String process = shell().name() + "Process";
        launch(
                        java,
                        "<" + process + " hostname='node7'><processReference refid='local'/></" + process + ">",
                        "-Dactium.listen=none")
                .whenEnded(endings::add);
        endings.take();

        assertThat(bench.text("home/told")).contains("\nlisten=none\n");
    }

    @Test
    public final void nothingOfWhatWasSentStaysHere() throws Exception {
        try (var launcher = bench.launcher();
                Job job = launcher.launch(bench.request(oneHost(jvm("/bin/true"), "node7")))) {
            job.whenEnded(endings::add);
            endings.take();

            assertThat(bench.archives()).as("kept for the next host").isNotEmptyDirectory();
        }
        assertThat(bench.archives()).isEmptyDirectory();
    }

    @Test
    public final void aHostWithoutJavaGetsOneIfThatIsWanted() throws Exception {
        Path jdk = folder.newFolder("jdk").toPath();
        Files.createDirectories(jdk.resolve("jmods"));
        Files.createDirectory(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
        bench.script("jdk/bin/jlink", """
                #!/bin/sh
                while [ $# -gt 1 ]; do shift; done
                mkdir -p "$1/bin"
                cat >"$1/bin/java" <<'END'
                #!/bin/sh
                [ "$2" != -version ] || exit 0
                cat >/dev/null
                echo it runs
                exit 3
                END
                chmod 700 "$1/bin/java"
                cp "${0%/bin/jlink}/release" "$1"
                """);
        bench.script("java", "#!/bin/sh\nexit 1\n"); // before any on the path
        DescriptorElement element = oneHost("", "node7");
        bench.launcher().launch(bench.request(element)).whenEnded(endings::add);
        assertThat(endings.take()).contains("has no Java 25 or newer").contains("--push-java");

        bench.pushJava(jdk);
        bench.launcher().launch(bench.request(element)).whenEnded(endings::add);
        assertThat(endings.take()).contains("exit code 3").contains("it runs");
    }

    @Test
    public final void whatNobodyWantsAnyMoreIsNotBroughtAnyMore() throws Exception {
        Assume.assumeTrue("no program is run", client(bench).isEmpty());
        Path begins = folder.getRoot().toPath().resolve("begins");
        bench.script("tar", "#!/bin/sh\necho >'" + begins + "'\nexec sleep 60\n");
        Job job = launch(
                bench.script("java", "#!/bin/sh\n"),
                "<processListbyHost class='" + listClass() + "' hostlist='node7' repeat='2'>"
                        + "<processReference refid='local'/></processListbyHost>");
        job.whenEnded(endings::add);
        eventually.holds("it unpacks", () -> Files.exists(begins));
        List<ProcessHandle> all = running();

        job.close();

        awaitEnd(all);
        assertThat(endings).as("closing is no end by itself").isEmpty();
    }

    @Test
    public final void whatTheOtherSideSaysIsTheReason() throws Exception {
        assertThat(launched("java", "refuses").take())
                .startsWith(shell().name() + " to refuses: process ")
                .contains("ended with exit code")
                .contains("Permission denied")
                .contains("to mend that, let this user in there");
    }

    /** Those are words of the container, and about another host. */
    @Test
    public final void noRemedyIsNamedForWhatTheContainerSays() throws Exception {
        String java = bench.script(
                "java",
                "#!/bin/sh\ncat >/dev/null\necho 'cannot connect to 10.0.0.1:4000: Connection refused'\nexit 255\n");

        assertThat(launched(java, "node7").take())
                .contains("ended with exit code 255")
                .contains("cannot connect to 10.0.0.1:4000: Connection refused")
                .doesNotContain("actium-runs")
                .doesNotContain("to mend that");
    }

    @Test
    public final void oneOfSeveralMayEndWhileTheOthersGoOn() throws Exception {
        String java = bench.script("java", "#!/bin/sh\ncat > /dev/null\ntouch \"$HOME/up\"\nexec sleep 60\n");
        Job job = launch(
                java,
                "<processListbyHost class='" + listClass() + "' hostlist='node7 refuses'>"
                        + "<processReference refid='local'/></processListbyHost>");
        job.whenEnded(endings::add);
        job.whenRuntimeEnded((runtime, reason) -> endingsOfOne.add(runtime + ": " + reason));

        assertThat(job.description("d1-jvm-1")).startsWith(shell().name() + " to node7, process ");
        assertThat(endingsOfOne.take()).startsWith("d1-jvm-2: " + shell().name() + " to refuses: ");
        assertThat(job.failure()).isEmpty();
        Path up = folder.getRoot().toPath().resolve("home/up");
        eventually.holds("the other runs", () -> Files.exists(up));
        List<ProcessHandle> all = running();

        job.close();
        assertThat(endings).isEmpty();
        assertThat(endingsOfOne).as("closing is no end by itself").isEmpty();
        awaitEnd(all);
    }

    @Test
    public final void nothingInAValueIsTakenForACommand() throws Exception {
        Path victim = Path.of("victim"); // where the programs run, so that it can stand in the name of a file
        List<String> all = HostileValues.making(victim);
        List<String> evil = List.of(all.getFirst(), String.join("", all)); // each alone is for the next but one
        String element = shell().name() + "Process";
        for (String value : evil) {
            folder.newFolder(value);
            String java = bench.script(
                    value + "/java", "#!/bin/sh\ncat > /dev/null\nprintf '%s\\0' \"$V\" \"$@\" > \"$HOME/got\"\n");
            String hop = ("<shell hostname='gate'><processReference refid='inner'/></shell></processDefinition>"
                            + "<processDefinition id='inner'><shell hostname='node7'><environment><variable name='V' value=\""
                            + xml(value)
                            + "\"/></environment><processReference refid='local'/></shell>")
                    .replace("<shell", "<" + element)
                    .replace("</shell", "</" + element);
            Job job = launch(java, hop, "-Dvalue=" + value.replaceAll("[\\s'\"\\\\]", "_"));
            job.whenEnded(endings::add);
            String ending = endings.take();

            assertThat(folder.getRoot().toPath().resolve("home/got")).as(ending).exists();
            assertThat(bench.text("home/got").split("\0")[0]).isEqualTo(value);
            assertThat(victim).as(value).doesNotExist();
        }
    }

    @Test
    public final void aNameThatCouldBeAnythingElseIsRefused() {
        Path victim = folder.getRoot().toPath().resolve("home/victim");
        HostileValues.names(shell().name(), listClass())
                .forEach((place, definition) -> HostileValues.making(victim)
                        .forEach(value -> assertThatThrownBy(() -> bench.read("", definition.replace("%s", xml(value))))
                                .as(place + " = " + value)
                                .isInstanceOf(DescriptorException.class)
                                .hasMessageMatching("(?s)grid\\.xml:5:\\d+: .*")));
    }

    @Test
    public final void aNameOfABridgeThatCouldBeAnythingElseIsRefused() {
        if (!reader().elements().contains(shell().name() + "Bridge")) {
            return; // there is none
        }
        Path victim = folder.getRoot().toPath().resolve("home/victim");
        HostileValues.bridges(shell().name())
                .forEach(descriptor -> HostileValues.making(victim)
                        .forEach(value -> assertThatThrownBy(
                                        () -> bench.descriptor(descriptor.replace("%s", xml(value))))
                                .as(descriptor + " = " + value)
                                .isInstanceOf(DescriptorException.class)
                                .hasMessageMatching("(?s)grid\\.xml:5:\\d+: .*")));
    }

    @Test
    public final void anyOtherValueIsOneArgumentBehindEveryShell() throws Exception {
        Path victim = folder.getRoot().toPath().resolve("home/victim");
        for (String value : HostileValues.making(victim)) {
            for (var place : HostileValues.values(shell().name()).entrySet()) {
                DescriptorElement element = bench.read("", place.getValue().replace("%s", xml(value)));
                assertThat(words(element)).as(place.getKey()).containsAnyOf(value, "V=" + value);
            }
            DescriptorElement java = bench.read(
                    jvm(value, value),
                    HostileValues.values(shell().name())
                            .get("value of a variable")
                            .replace("%s", "x"));
            assertThat(words(java)).contains(value).containsSubsequence(parameters(java));
        }
        assertThat(victim).doesNotExist();
    }

    /** What the reader has made of its parameters. */
    private static List<String> parameters(DescriptorElement element) {
        return switch (element) {
            case JvmProcess jvm -> jvm.jvmParameters();
            case Launch launch -> parameters(launch.next().getLast());
            default -> throw new IllegalArgumentException(element.elementName());
        };
    }

    /** All that programs get here, on the gateway and behind it; each line is taken apart by a real shell. */
    private List<String> words(DescriptorElement element) throws Exception {
        List<String> command = bench.launcher().command(bench.request(element));
        var words = new ArrayList<>(command);
        for (int hop = 0; hop < 2; hop++) {
            command = takenApart(command.getLast());
            words.addAll(command);
        }
        return words;
    }

    private static List<String> takenApart(String line) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\0' " + line).start();
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        return List.of(out.split("\0", -1))
                .subList(0, (int) out.chars().filter(c -> c == 0).count());
    }

    @Test
    public final void optionsOfAGroupAreArgumentsEach() {
        Path victim = folder.getRoot().toPath().resolve("home/victim");
        for (String value : HostileValues.making(victim)) {
            Launch group = group(Map.of("hostList", "node7", "commandOptions", value, "privateKey/relpath", value));
            if (shell().carries(group)) {
                List<String> client = shell().hops(group).getFirst().client();
                assertThat(client).containsSubsequence(value.strip().split("\\s+"));
                if (client.contains("-i")) {
                    assertThat(client.get(client.indexOf("-i") + 1)).isEqualTo(value);
                }
                for (String name : List.of("hostList", "username")) {
                    var wrong = new HashMap<>(Map.of("hostList", "node7"));
                    wrong.put(name, value);
                    assertThatThrownBy(() -> shell().hops(group(wrong)))
                            .as(name + " = " + value)
                            .isInstanceOf(IllegalArgumentException.class);
                }
            }
        }
    }

    private Launch group(Map<String, String> settings) {
        return new Launch(
                shell().name() + "Group",
                settings.entrySet().stream()
                        .map(each -> new Setting(each.getKey(), each.getValue()))
                        .toList(),
                List.of(),
                OptionalInt.of(1),
                Optional.of("org.actium.deployment." + shell().name()),
                new SourcePosition("grid.xml", 1, 1));
    }

    @Test
    public final void aParentThatOthersCannotReachIsRefused() {
        var request = new LaunchRequest(
                oneHost("", "a"), List.of("w"), new Endpoint("127.0.0.1", 4000), List.of("t"), Duration.ofSeconds(10));

        assertThatThrownBy(() -> bench.launcher().launch(request))
                .isInstanceOf(LaunchRejectedException.class)
                .hasMessageContaining("listens at 127.0.0.1:4000 only")
                .hasMessageContaining("--listen");
        assertThat(bench.started()).isEmpty();
    }

    @Test
    public final void aHolderOfTheLeaseThatOthersCannotReachIsRefused() {
        assertThatThrownBy(() -> bench.launcher().launch(held("127.0.0.1")))
                .isInstanceOf(LaunchRejectedException.class)
                .hasMessageContaining("the runtime at 127.0.0.1:4001 cannot hold the lease of runtimes on other hosts");
        assertThat(bench.started()).isEmpty();
    }

    @Test
    public final void anotherHoldsTheLeaseWhereTheEndOfThisRuntimeIsNotTakenForAWish() {
        if (shell().hops((Launch) held("10.0.0.7").element()).getFirst().textOnly()) {
            assertThatThrownBy(() -> bench.launcher().launch(held("10.0.0.7")))
                    .isInstanceOf(LaunchRejectedException.class)
                    .hasMessageContaining("so no other one can hold its lease");
            assertThat(bench.started()).isEmpty();
        } else {
            bench.launcher().launch(held("10.0.0.7")).close();
            assertThat(bench.started()).isNotEmpty();
        }
    }

    private LaunchRequest held(String holder) {
        return new LaunchRequest(
                oneHost("", "refuses"),
                List.of("w"),
                new Endpoint("10.0.0.1", 4000),
                List.of("t"),
                Duration.ofSeconds(10),
                Optional.of(new Endpoint(holder, 4001)));
    }

    @Test
    public final void anInsecureOneIsRefusedUnlessTheAdministratorAllowsIt() throws IOException {
        bench.allow("other,another");
        DescriptorElement element = oneHost("", "refuses");

        if (shell().insecure()) {
            assertThatThrownBy(() -> bench.launcher().launch(bench.request(element)))
                    .isInstanceOf(LaunchRejectedException.class)
                    .hasMessageContaining("the protocol " + shell().name() + " is refused")
                    .hasMessageContaining("'insecure = " + shell().name() + "' in ");
            assertThat(bench.started()).isEmpty();
        } else {
            bench.launcher().launch(bench.request(element)).close();
            assertThat(bench.started()).isNotEmpty();
        }
    }

    @Test
    public final void aMissingProgramIsRefusedAtOnce() throws IOException {
        Assume.assumeTrue("no program is run", client(bench).isEmpty());
        var none = bench.launcher(command -> {
            throw new IOException("No such file or directory");
        });

        assertThatThrownBy(() -> none.launch(bench.request(oneHost("", "a"))))
                .isInstanceOf(LaunchRejectedException.class)
                .hasMessageContaining("cannot be started: No such file or directory");
    }

    private BlockingQueue<String> launched(String java, String host) {
        bench.launcher().launch(bench.request(oneHost(jvm(java), host))).whenEnded(endings::add);
        return endings;
    }

    private DescriptorElement oneHost(String jvm, String host) {
        String element = shell().name() + "Process";
        return bench.read(
                jvm,
                way("<" + element + " hostname='" + host + "'><processReference refid='local'/></" + element + ">"));
    }

    private Job launch(String java, String process, String... parameters) {
        return bench.launcher().launch(bench.request(bench.read(jvm(java, parameters), way(process))));
    }

    private static String jvm(String java, String... parameters) {
        var inside =
                new StringBuilder("<javaPath><absolutePath value=\"" + xml(java) + "\"/></javaPath><jvmParameters>");
        for (String parameter : parameters) {
            inside.append("<parameter value=\"").append(xml(parameter)).append("\"/>");
        }
        return inside.append("</jvmParameters>").toString();
    }

    private static List<ProcessHandle> running() {
        return ProcessHandle.current().descendants().toList();
    }

    /** A shell may outlive by a moment what waited for it. */
    private void awaitEnd(List<ProcessHandle> all) {
        assertThat(all).isNotEmpty();
        eventually.holds("all have ended", () -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static String way(String process) {
        return "<processDefinition id=\"way\">" + process + "</processDefinition>";
    }

    private static String xml(String value) {
        return value.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;")
                .replace("<", "&lt;")
                .replace("\t", "&#9;")
                .replace("\n", "&#10;");
    }
}
