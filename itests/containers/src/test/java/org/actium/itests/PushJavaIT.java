package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.actium.itests.support.Containers;
import org.actium.itests.support.OnHosts;
import org.actium.itests.support.SharedContainer;
import org.actium.itests.support.TestBed;
import org.junit.ClassRule;
import org.junit.Test;

/** A host without Java gets one from a deployer that was started so, made by the jlink of its JDK. */
public class PushJavaIT extends OnHosts {

    private static final String CACHE = "/root/.cache/actium/java";

    @ClassRule
    public static final TestBed BED = new TestBed(1);

    @ClassRule
    public static final SharedContainer CONTAINER = container(Containers.home(), "--push-java");

    public PushJavaIT() {
        super(BED, CONTAINER);
    }

    @Test
    public void aHostWithoutJavaGetsOneOnce() throws IOException {
        BED.on("host1", "mount", "-t", "tmpfs", "none", "/usr/lib/jvm");
        BED.on("host1", "rm", "-rf", CACHE);
        try {
            String file = descriptor(
                    "workers", "<sshProcess hostname='host1'><processReference refid='local'/></sshProcess>");
            String first = deploy(file);
            assertThat(BED.containersOn("host1")).anyMatch(line -> line.startsWith(CACHE + "/"));
            assertThat(cli.run("undeploy", first).exitCode()).isZero();
            String brought = inCache();

            String second = deployed(file);
            assertThat(cli.run("undeploy", second).exitCode()).isZero();
            assertThat(inCache())
                    .as("the same, not another one")
                    .isEqualTo(brought)
                    .hasLineCount(1);
        } finally {
            BED.on("host1", "umount", "/usr/lib/jvm");
        }
    }

    private String inCache() {
        return BED.on("host1", "find", CACHE, "-name", "modules", "-printf", "%i %T@ %p\\n")
                .strip();
    }
}
