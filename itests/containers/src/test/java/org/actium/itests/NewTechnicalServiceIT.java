package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.actium.itests.application.Ledger;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.CallRefusedException;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServices;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;

/** What {@code actium new technical-service} writes is built by Maven with its test, installed, and does its work. */
@RunWith(PaxExam.class)
public class NewTechnicalServiceIT {

    @Rule
    public final Timeout deadline = Timeout.seconds(300);

    @Inject
    private BundleContext context;

    @Inject
    private TechnicalServices services;

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
        start(project.resolve("target/org.example.fireguard-1.0.0-SNAPSHOT.jar"));

        assertThat(services.offer("fire-guard")).isPresent();
        Node node = runtime.createNode("guarded", Optional.of("guarded"));
        services.apply(node, "it/guarded", List.of(new ServiceUse("guard", "fire-guard", Map.of("forbidden", "burn"))));
        Ledger ledger = objects.newActive(Ledger.class).on(node).start();
        assertThatThrownBy(ledger::burn)
                .isInstanceOf(CallRefusedException.class)
                .hasMessageContaining("node guarded forbids burn");
        assertThat(ledger.entries()).isZero();
        runtime.removeNode("guarded");
    }

    @Test
    public void saysWhatCannotBeCreated() {
        assertThat(cli.run("new", "technical-service", "Fire Guard"))
                .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(2))
                .satisfies(refused -> assertThat(refused.err()).contains("not 'Fire Guard'"));
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

    private void start(Path jar) throws BundleException {
        Bundle service = context.installBundle(jar.toUri().toString());
        service.adapt(BundleStartLevel.class).setStartLevel(1);
        service.start();
    }
}
