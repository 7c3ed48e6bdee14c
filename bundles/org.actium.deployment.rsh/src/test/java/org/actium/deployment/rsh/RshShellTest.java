package org.actium.deployment.rsh;

import org.actium.deployment.shell.api.RemoteShell;
import org.actium.deployment.shell.testkit.RemoteShellContract;
import org.actium.deployment.spi.ElementReader;

public class RshShellTest extends RemoteShellContract {

    static final String RSH = """
            #!/bin/sh
            # as rshd: the last argument goes to the login shell, and its exit code nowhere
            for last in "$@"; do :; done
            case " $* " in *" refuses "*) echo "Permission denied." >&2; exit 1 ;; esac
            sh -c "$last"
            exit 0
            """;

    @Override
    protected RemoteShell shell() {
        return new RshShell();
    }

    @Override
    protected ElementReader reader() {
        return new RshElements();
    }

    @Override
    protected String listClass() {
        return "org.objectweb.proactive.core.process.rsh.RSHProcessList";
    }

    @Override
    protected String script() {
        return RSH;
    }
}
