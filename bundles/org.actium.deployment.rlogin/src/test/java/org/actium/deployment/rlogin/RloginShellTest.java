package org.actium.deployment.rlogin;

import org.actium.deployment.shell.api.RemoteShell;
import org.actium.deployment.shell.testkit.RemoteShellContract;
import org.actium.deployment.spi.ElementReader;

public class RloginShellTest extends RemoteShellContract {

    static final String RLOGIN = """
            #!/bin/sh
            # as rlogind: a shell in a terminal, after some words
            case " $* " in *" refuses "*) echo "Permission denied." >&2; exit 1 ;; esac
            echo "Welcome to this host"
            exec script -qfc "sh -i" /dev/null
            """;

    @Override
    protected RemoteShell shell() {
        return new RloginShell();
    }

    @Override
    protected ElementReader reader() {
        return new RloginElements();
    }

    @Override
    protected String listClass() {
        return "org.objectweb.proactive.core.process.rlogin.RLoginProcessList";
    }

    @Override
    protected String script() {
        return RLOGIN;
    }
}
