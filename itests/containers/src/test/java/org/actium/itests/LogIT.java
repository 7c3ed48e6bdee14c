package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.inject.Inject;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.Deployments;
import org.actium.itests.application.Chatterbox;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Descriptors;
import org.actium.itests.support.Eventually;
import org.actium.itests.support.IdleTransport;
import org.actium.itests.support.Processes;
import org.actium.object.api.ActiveObjects;
import org.actium.remote.api.Links;
import org.actium.remote.spi.Transport;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** What child JVMs log is shown in the log of their parent, which is standard error here. */
@RunWith(PaxExam.class)
public class LogIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    @Inject
    private BundleContext context;

    @Inject
    private Deployments deployments;

    @Inject
    private ActiveObjects objects;

    @Inject
    private Links links;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream standardError = System.err;

    @Configuration
    public Option[] container() {
        return Containers.assembly("node");
    }

    @Before
    public void listen() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @After
    public void undeployAll() {
        System.setErr(standardError);
        deployments.deployments().forEach(Deployment::undeploy);
        assertThat(Processes.children()).isEmpty();
    }

    private String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    private Chatterbox child() {
        Deployment deployment =
                deployments.deploy(Descriptors.example("local.xml", Map.of("NODES", "1")), DeploymentListener.NONE);
        return objects.newActive(Chatterbox.class)
                .on(deployment.virtualNode("workers").node())
                .start();
    }

    @Test
    public void aRecordOfAChildIsShownWithItsRuntimeLoggerAndStackTrace() {
        assertThat(child().complain("complains")).isTrue();

        String last = "at org.actium.itests.application.Chatterbox.complain";
        Eventually.becomes("all of it is shown", PATIENCE, () -> log().contains(last), this::log);
        assertThat(log())
                .containsPattern("ERROR .*Chatterbox - \\[d[0-9]+-worker\\] complains on purpose")
                .contains("java.lang.IllegalStateException: what is wrong");
    }

    @Test
    public void whatAChildLogsWhileItsLinkIsCutIsShownInOrderWhenItIsBack() throws Exception {
        Chatterbox child = child();
        ServiceReference<Transport> first = context.getServiceReference(Transport.class);
        ServiceRegistration<Transport> other =
                context.registerService(Transport.class, new IdleTransport(context.getService(first)), null);
        Bundle tcp = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals("org.actium.remote.tcp"))
                .findAny()
                .orElseThrow();
        assertThat(child.count(60, 50)).isTrue();
        Eventually.becomes("the first are shown", PATIENCE, () -> shown().contains(1), this::log);

        tcp.stop();
        assertThat(links.all()).isEmpty();
        List<Integer> before = shown();
        tcp.start();

        List<Integer> all = IntStream.rangeClosed(1, 60).boxed().toList();
        Eventually.becomes("all are shown", PATIENCE, () -> shown().contains(60), this::log);
        assertThat(before).as("the link was cut in the middle").doesNotContain(60);
        assertThat(shown()).containsExactlyElementsOf(all);
        other.unregister();
    }

    /** In the order in which they are shown; one that is shown again, because its answer was cut off, counts once. */
    private List<Integer> shown() {
        return Pattern.compile("count ([0-9]+) of 60")
                .matcher(log())
                .results()
                .map(result -> Integer.valueOf(result.group(1)))
                .distinct()
                .toList();
    }
}
