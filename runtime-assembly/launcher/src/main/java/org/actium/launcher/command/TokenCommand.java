package org.actium.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.cli.Terminal;
import org.actium.launcher.state.StateRoot;

/** {@code actium token}: prints a join token and nothing else, to be piped into {@code actium start --join}. */
public final class TokenCommand implements Command {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smhd])");

    private final StateRoot states;
    private final Terminal terminal;

    public TokenCommand(StateRoot states, Terminal terminal) {
        this.states = states;
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return RunningInstance.addTo(Syntax.of("token", "Prints a token with which one container can join, once")
                .option("--valid", "<time>", "for how long, such as 30s, 10m, 2h, 1d; default 10m")
                .option("--count", "<number>", "prints so many, one to a line, for as many containers or starts")
                .flag("--guest", "for 'actium run --join': no virtual node takes who comes with it"));
    }

    @Override
    public int run(Options options) throws IOException, InterruptedException {
        Duration valid = duration(options.value("--valid").orElse("10m"));
        String guest = options.has("--guest") ? "&guest=true" : "";
        var api = new DaemonApi(new RunningInstance(states, options));
        for (int count = count(options.value("--count").orElse("1")); count > 0; count--) {
            JsonNode token = api.post("tokens?valid=" + valid + guest);
            terminal.out().println(token.path("token").asText());
        }
        return ExitCode.OK;
    }

    static int count(String text) {
        if (!text.matches("[1-9]\\d{0,2}")) {
            throw CommandFailure.usage("option --count wants a number from 1 to 999, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    static Duration duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw CommandFailure.usage(
                    "option --valid wants a number and one of s, m, h, d, such as 10m, not '" + text + "'");
        }
        int amount = Integer.parseInt(parts.group(1));
        return switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
