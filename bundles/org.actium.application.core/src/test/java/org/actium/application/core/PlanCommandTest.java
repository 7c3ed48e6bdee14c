package org.actium.application.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class PlanCommandTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final FakeDeployments deployments = new FakeDeployments();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String file;

    @Before
    public void writeDescriptor() throws IOException {
        file = Files.writeString(folder.newFile("grid.xml").toPath(), "<grid/>").toString();
    }

    @Test
    public void printsThePlanAndDeploysNothing() {
        assertThat(plan(file, "--var", "NODES=2")).isZero();
        assertThat(stdout().lines())
                .containsExactly(file, "  variables", "    NODES = 2", "  virtual nodes", "  launches", "    none");
        assertThat(deployments.deployed).isEmpty();
    }

    @Test
    public void printsEveryProblem() {
        deployments.refusing("no such jvm");

        assertThat(plan(file)).isEqualTo(2);
        assertThat(stderr().lines()).containsExactly(file + ":1:2: no such jvm", file + ":3:4: another problem");
    }

    @Test
    public void saysWhatItCannotDo() {
        assertThat(plan()).isEqualTo(2);
        assertThat(plan("missing.xml")).isEqualTo(2);
        assertThat(plan(file, "--format", "json")).isEqualTo(2);
        assertThat(stderr().lines())
                .containsExactly(
                        "actium plan: wants the file of one descriptor",
                        "actium plan: there is no file missing.xml",
                        "actium plan: format 'json' is none of text, dot, svg; "
                                + "JSON comes from a container with REST: POST /api/plans");
    }

    @Test
    public void helpExplainsTheOptions() {
        assertThat(plan("--help")).isZero();
        assertThat(stdout()).startsWith("usage: actium plan <descriptor.xml>");
    }

    private int plan(String... arguments) {
        return new PlanCommand(
                        deployments,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .applyAsInt(arguments);
    }

    private String stdout() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String stderr() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
