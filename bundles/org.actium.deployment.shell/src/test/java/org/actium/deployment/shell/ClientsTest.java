package org.actium.deployment.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.deployment.shell.api.Hop;
import org.actium.deployment.shell.api.ProcessStarter;
import org.actium.deployment.shell.api.ShellClient;
import org.actium.deployment.spi.LaunchRejectedException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ClientsTest {

    private static final ProcessStarter PROGRAMS = command -> {
        throw new IOException("a program");
    };

    @Rule
    public final TemporaryFolder home = new TemporaryFolder();

    private final List<ShellClient> installed = new ArrayList<>();

    private static ShellClient client(String shell, String name) {
        return new ShellClient() {
            @Override
            public String shell() {
                return shell;
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public Process start(Hop hop, List<String> command) throws IOException {
                throw new IOException(name + " for " + shell);
            }
        };
    }

    private void rules(String line) throws IOException {
        Path conf = Files.createDirectory(home.getRoot().toPath().resolve("conf"));
        Files.writeString(conf.resolve("protocols.properties"), line + "\n");
    }

    private String who(String shell, Optional<String> property) {
        Clients clients = new Clients(installed, Optional.of(home.getRoot().toPath()), property, PROGRAMS);
        try {
            clients.starting(new Hop(shell, Optional.empty(), "host", List.of(shell)))
                    .start(List.of(shell));
            throw new AssertionError("nothing was started");
        } catch (IOException who) {
            return who.getMessage();
        }
    }

    @Test
    public void thePropertyThatLinksReadSaysWhoSpeaksSsh() {
        installed.add(client("ssh", "mina"));
        assertThat(who("ssh", Optional.of("mina"))).isEqualTo("mina for ssh");
        assertThat(who("ssh", Optional.of("program"))).isEqualTo("a program");
        assertThat(who("ssh", Optional.empty())).isEqualTo("a program");
        assertThat(who("rsh", Optional.of("mina"))).as("another shell").isEqualTo("a program");
    }

    @Test
    public void theLineInTheRulesCountsWhereThePropertyDoesNotSayOtherwise() throws IOException {
        installed.add(client("ssh", "mina"));
        rules("ssh = mina");
        assertThat(who("ssh", Optional.empty())).isEqualTo("mina for ssh");
        assertThat(who("ssh", Optional.of("program"))).isEqualTo("a program");
    }

    @Test
    public void aClientThatIsNotInstalledIsNamedWithWhereItIsWanted() throws IOException {
        assertThatThrownBy(() -> who("ssh", Optional.of("mina")))
                .isInstanceOf(LaunchRejectedException.class)
                .hasMessage("the configuration of this container says 'actium.ssh.client=mina', but no installed bundle"
                        + " offers that; install org.actium.deployment.mina, or take the line out");
        rules("ssh = mina");
        assertThatThrownBy(() -> who("ssh", Optional.empty()))
                .hasMessageStartingWith("conf/protocols.properties says 'ssh = mina', but no installed bundle offers");
    }
}
