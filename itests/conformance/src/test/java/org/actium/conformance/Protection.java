package org.actium.conformance;

import java.util.random.RandomGenerator;
import org.actium.codec.java.JavaCodec;
import org.actium.object.stubs.StubFactory;
import org.actium.remote.core.LinkSettings;
import org.actium.remote.core.RuntimeLinks;
import org.actium.remote.tcp.TcpTransport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.core.LocalRuntime;
import org.actium.runtime.spi.Ports;
import org.actium.security.domain.DomainSecurity;
import org.actium.security.domain.DomainSettings;
import org.actium.testkit.EmbeddedRuntime;

/** What protects the links of a runtime. */
enum Protection {
    NONE {
        @Override
        EmbeddedRuntime start(String name, Ports ports, Extra extra) {
            TcpTransport transport = new TcpTransport(ports.threads());
            return begun(EmbeddedWorld.start(name, ports, transport), transport, extra);
        }
    },
    TLS {
        @Override
        EmbeddedRuntime start(String name, Ports ports, Extra extra) {
            RandomGenerator random = ports.random();
            LocalRuntime runtime = new LocalRuntime(name, random);
            DomainSecurity security = new DomainSecurity(runtime, ports.time(), random, DomainSettings.DEFAULT);
            TcpTransport transport = new TcpTransport(ports.threads(), security);
            RuntimeLinks links = new RuntimeLinks(
                    runtime, transport, ports, LinkSettings.WITH_CERTIFICATES, new Endpoint("127.0.0.1", 0), security);
            return begun(
                    new EmbeddedRuntime(runtime, ports, links, new StubFactory(), new JavaCodec()), transport, extra);
        }
    };

    private static EmbeddedRuntime begun(EmbeddedRuntime runtime, TcpTransport transport, Extra extra) {
        extra.begin(runtime, transport);
        return runtime;
    }

    /** At any port of the loopback; ends when the clock of the ports does. */
    abstract EmbeddedRuntime start(String name, Ports ports, Extra extra);
}
