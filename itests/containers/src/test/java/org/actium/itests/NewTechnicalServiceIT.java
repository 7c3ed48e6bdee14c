package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.DescriptorSource;
import org.actium.itests.application.Ledger;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Descriptors;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.CallRefusedException;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.service.api.BundleUpdates;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;

/** What {@code actium new technical-service} writes is built by Maven with its test, installed, deployed, and does its work. */
@RunWith(PaxExam.class)
public class NewTechnicalServiceIT {

    @Rule
    public final Timeout deadline = Timeout.seconds(300);

    @Inject
    private BundleUpdates updates;

    @Inject
    private Deployments deployments;

    @Inject
    private ActiumRuntime runtime;

    @Inject
    private ActiveObjects objects;

    private final Cli cli = new Cli(Containers.privateDirectory());

    @Configuration
    public Option[] container() {
        return Containers.assembly("node");
    }

    @Test
    public void theNewBundleBuildsIsTestedAndWorksInAContainer() throws Exception {
        Path project = Containers.privateDirectory().resolve("fire-guard");
        Cli.Result written = cli.run("new", "technical-service", "fire-guard", "--directory", project.toString());
        assertThat(written.exitCode()).as("%s", written).isZero();
        assertThat(written.out()).contains("wrote " + project, "mvn verify");

        String log = verify(project);
        assertThat(log).contains("Tests run: 1, Failures: 0, Errors: 0");
        updates.install(Files.newInputStream(project.resolve("target/org.example.fireguard-1.0.0-SNAPSHOT.jar")));

        Deployment deployment = deployments.deploy(
                asItsReadmeSays(Files.readString(project.resolve("README.md")).replace("\"open\"", "\"burn\"")),
                DeploymentListener.NONE);
        try {
            Node node = deployment.virtualNode("workers").waitReady().getFirst();
            assertThat(node.runtime()).as("brought to another runtime").isNotEqualTo(runtime.id());
            Ledger ledger = objects.newActive(Ledger.class).on(node).start();
            assertThatThrownBy(ledger::burn)
                    .isInstanceOf(CallRefusedException.class)
                    .hasMessageContaining("node " + node.name() + " forbids burn");
            assertThat(ledger.entries()).isZero();
        } finally {
            deployment.undeploy();
        }
    }

    private static DescriptorSource asItsReadmeSays(String readme) {
        return Descriptors.workersWithServices(
                1, between("```xml\n", "```", readme), between("and `", "` at the virtual node", readme));
    }

    private static String between(String before, String after, String text) {
        assertThat(text).contains(before, after);
        String rest = text.substring(text.indexOf(before) + before.length());
        return rest.substring(0, rest.indexOf(after));
    }

    @Test
    public void saysWhatCannotBeCreated() {
        assertThat(cli.run("new", "technical-service", "Fire Guard"))
                .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(2))
                .satisfies(refused -> assertThat(refused.err()).contains("not 'Fire Guard'"));
        assertThat(cli.run("new", "technical-service", "class").err())
                .contains("'org.example.class' cannot be its Java package", "choose another name");
        assertThat(cli.run("new", "protocol", "x").err()).contains("creates a technical-service, not a 'protocol'");
        Path there = Containers.privateDirectory();
        assertThat(cli.run("new", "technical-service", "x", "--directory", there.toString())
                        .err())
                .contains(there + " is there already");
    }

    private static String verify(Path project) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-o"));
        command.add("-Dmaven.repo.local=" + System.getProperty("org.ops4j.pax.url.mvn.localRepository"));
        command.add("verify");
        Path log = Files.createTempFile("actium-it", ".log");
        ProcessBuilder maven =
                new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        int exit = maven.redirectOutput(log.toFile()).start().waitFor();
        String text = Files.readString(log);
        Files.delete(log);
        assertThat(exit).as(text).isZero();
        return text;
    }
}
