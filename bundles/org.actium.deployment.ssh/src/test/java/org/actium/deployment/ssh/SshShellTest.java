package org.actium.deployment.ssh;

import org.actium.deployment.shell.api.RemoteShell;
import org.actium.deployment.shell.testkit.RemoteShellContract;
import org.actium.deployment.spi.ElementReader;

public class SshShellTest extends RemoteShellContract {

    static final String SSH = """
            #!/bin/sh
            # as sshd: the last argument goes to the login shell
            for last in "$@"; do :; done
            case " $* " in *" -- refuses "*) echo "Permission denied (publickey)." >&2; exit 255 ;; esac
            exec sh -c "$last"
            """;

    @Override
    protected RemoteShell shell() {
        return new SshShell();
    }

    @Override
    protected ElementReader reader() {
        return new SshElements();
    }

    @Override
    protected String listClass() {
        return "org.objectweb.proactive.core.process.ssh.SSHProcessList";
    }

    @Override
    protected boolean forwards() {
        return true;
    }

    @Override
    protected String script() {
        return SSH;
    }
}
