package org.actium.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.actium.launcher.cli.Cli;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.cli.Terminal;
import org.actium.launcher.command.ConsoleCommand;
import org.actium.launcher.command.DaemonCommand;
import org.actium.launcher.command.DaemonProcess;
import org.actium.launcher.command.DeployCommand;
import org.actium.launcher.command.DomainCommand;
import org.actium.launcher.command.ExplainCommand;
import org.actium.launcher.command.ListCommand;
import org.actium.launcher.command.NewCommand;
import org.actium.launcher.command.NodeCommand;
import org.actium.launcher.command.OneShotCommand;
import org.actium.launcher.command.ResolveCommand;
import org.actium.launcher.command.SourceTreeCommand;
import org.actium.launcher.command.StartCommand;
import org.actium.launcher.command.StartGlobalFtServerCommand;
import org.actium.launcher.command.StatusCommand;
import org.actium.launcher.command.StopCommand;
import org.actium.launcher.command.TokenCommand;
import org.actium.launcher.command.TrainCommand;
import org.actium.launcher.command.UndeployCommand;
import org.actium.launcher.command.VersionCommand;
import org.actium.launcher.container.Containers;
import org.actium.launcher.container.Home;
import org.actium.launcher.state.StateRoot;

/** The program behind the script {@code actium}: commands for people, and containers for other containers. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        var terminal = Terminal.system();
        System.exit(new Cli(commands(terminal), terminal).run(List.of(arguments)));
    }

    private static List<Command> commands(Terminal terminal) {
        Map<String, String> environment = System.getenv();
        var home = Home.ofThisLauncher();
        var states = StateRoot.of(environment, Path.of(System.getProperty("user.home")));
        var containers = new Containers(home, states);
        var process = new DaemonProcess(home, environment.getOrDefault("PATH", ""));
        var start = new StartCommand(process, states, terminal);
        return List.of(
                new OneShotCommand(
                        Syntax.of("run", "Runs an application, from its descriptor to its result")
                                .passedOn("<application> [options]"),
                        "run",
                        containers,
                        environment),
                new OneShotCommand(
                        Syntax.of("plan", "Prints what deploying a descriptor would do")
                                .passedOn("<descriptor.xml> [options]"),
                        "node",
                        containers,
                        environment),
                new OneShotCommand(
                        Syntax.of("validate", "Shows everything that is wrong with descriptors")
                                .passedOn("<descriptor.xml>… [options]"),
                        "node",
                        containers,
                        environment),
                new OneShotCommand(
                        Syntax.of("doctor", "Looks at the hosts of a descriptor and says what is to be mended")
                                .passedOn("<descriptor.xml> [options]"),
                        "run",
                        containers,
                        environment),
                new OneShotCommand(
                        Syntax.of("convert", "Writes a descriptor of any dialect in Actium's own language")
                                .passedOn("<descriptor.xml>"),
                        "node",
                        containers,
                        environment),
                new ExplainCommand(
                        new OneShotCommand(
                                Syntax.of("explain", "Says what a deployment, an element or an id has come to or means")
                                        .passedOn("<deployment> | <element> | <id> <descriptor.xml>"),
                                "node",
                                containers,
                                environment),
                        states,
                        terminal),
                start,
                new StartGlobalFtServerCommand(start, states, terminal),
                new StopCommand(states, terminal),
                new StatusCommand(states, terminal),
                new TokenCommand(states, terminal),
                new DeployCommand(states, terminal),
                new UndeployCommand(states, terminal),
                new ListCommand(
                        "deployments",
                        "Lists the deployments of a running container",
                        List.of("id", "state", "lost", "source", "started"),
                        states,
                        terminal),
                new ListCommand(
                        "nodes",
                        "Lists the nodes it has or reaches",
                        List.of("name", "runtime", "virtualNode", "url"),
                        states,
                        terminal),
                new ListCommand(
                        "objects",
                        "Lists the active objects on these nodes",
                        List.of("id", "name", "type", "runtime", "node", "queued", "served"),
                        states,
                        terminal),
                new ListCommand(
                        "services",
                        "Lists the technical services installed in it",
                        List.of("id", "implementation", "bundle", "version"),
                        states,
                        terminal),
                new ListCommand(
                        "links",
                        "Lists the runtimes it is linked to, and by which way",
                        List.of("runtime", "id", "route"),
                        states,
                        terminal),
                new DomainCommand(states, terminal),
                new ConsoleCommand(states, terminal),
                SourceTreeCommand.test(),
                SourceTreeCommand.simulate(),
                SourceTreeCommand.torture(),
                new NewCommand(home, terminal),
                new VersionCommand(home, terminal),
                new NodeCommand(containers, terminal, environment),
                new DaemonCommand(containers, states, terminal, environment),
                new ResolveCommand(containers),
                new TrainCommand(home, containers));
    }
}
