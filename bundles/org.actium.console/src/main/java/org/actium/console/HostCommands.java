package org.actium.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.api.HostCheck;
import org.actium.deployment.api.HostReport;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code actium:doctor}. */
@Component(service = HostCommands.class)
@GogoCommand(
        scope = "actium",
        function = {"doctor"})
public final class HostCommands {

    private final Deployments deployments;
    private final HostCheck hosts;

    @Activate
    public HostCommands(@Reference Deployments deployments, @Reference HostCheck hosts) {
        this.deployments = deployments;
        this.hosts = hosts;
    }

    @Descriptor("looks at the hosts of a descriptor and says what is to be mended; starts nothing there")
    public String doctor(
            CommandSession session,
            @Descriptor("file of the descriptor") String file,
            @Descriptor("variables, each name=value, and Java properties, each -Dname=value") String... variables)
            throws InterruptedException {
        Path path = session.currentDir().resolve(file);
        try {
            Variables typed = Variables.parse(variables);
            var source = new DescriptorSource(
                    path.toString(), Files.readAllBytes(path), typed.variables(), typed.properties());
            return HostReport.text(hosts.examine(deployments.read(source))).stripTrailing();
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException("there is no file " + missing.getFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable.getMessage(), unreadable);
        }
    }
}
