package org.actium.benchmarks.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.actium.codec.java.JavaCodec;
import org.actium.object.stubs.StubFactory;
import org.actium.remote.api.JoinToken;
import org.actium.remote.core.LinkSettings;
import org.actium.remote.core.RuntimeLinks;
import org.actium.remote.spi.Transport;
import org.actium.remote.tcp.TcpTransport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.core.LocalRuntime;
import org.actium.runtime.core.SystemRandom;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.actium.security.api.Enrolment;
import org.actium.security.api.LinkSecurity;
import org.actium.security.domain.DomainSecurity;
import org.actium.security.domain.DomainSettings;
import org.actium.testkit.EmbeddedRuntime;

/** One runtime with every guarantee on: causal order, bounded queues, the list of admitted classes. */
final class Ours implements Near {

    private static final int COUNTED = 1000;
    private static final String NODE = "far";
    private static final Endpoint LOOPBACK = new Endpoint("127.0.0.1", 0);

    private final FarJvm far;
    private final Runtime near;
    private final Target target;
    private final byte[] small = new byte[Workload.SMALL];
    private final byte[] large = new byte[Workload.LARGE_BYTES];

    /** What is called. */
    public static class Target implements Serializable {
        private static final long serialVersionUID = 1;
        private long bytes;

        public int take(int number, String text) {
            return number + text.length();
        }

        public void take(byte[] content) {
            bytes += content.length;
        }

        public Answer takeAndAnswer(byte[] content) {
            bytes += content.length;
            return new Answer(bytes);
        }

        public Answer answer(int number, String text) {
            return new Answer(number + text.length());
        }
    }

    /** A result that can be stood in for. */
    public static class Answer implements Serializable {
        private static final long serialVersionUID = 1;
        private final long value;

        public Answer(long value) {
            this.value = value;
        }

        public long value() {
            return value;
        }
    }

    /** A runtime and what it needs. */
    static final class Runtime implements AutoCloseable {

        private final SystemTime time;
        private final DomainSecurity security;
        private final EmbeddedRuntime embedded;

        private Runtime(SystemTime time, DomainSecurity security, EmbeddedRuntime embedded) {
            this.time = time;
            this.security = security;
            this.embedded = embedded;
        }

        static Runtime start(String name, boolean tls) {
            return start(name, tls, UnaryOperator.identity());
        }

        /** @param around what carries its links */
        static Runtime start(String name, boolean tls, UnaryOperator<Transport> around) {
            SystemThreads threads = new SystemThreads();
            SystemTime time = new SystemTime(threads);
            Ports ports = new Ports(time, threads, new SystemRandom());
            LocalRuntime runtime = new LocalRuntime(name, ports.random());
            DomainSecurity domain =
                    tls ? new DomainSecurity(runtime, time, ports.random(), DomainSettings.DEFAULT) : null;
            LinkSecurity security = tls ? domain : LinkSecurity.BARE;
            Transport transport = around.apply(new TcpTransport(threads, security));
            RuntimeLinks links = new RuntimeLinks(
                    runtime, transport, ports, LinkSettings.WITH_CERTIFICATES, LOOPBACK, tls ? domain : Enrolment.NONE);
            return new Runtime(
                    time, domain, new EmbeddedRuntime(runtime, ports, links, new StubFactory(), new JavaCodec()));
        }

        EmbeddedRuntime embedded() {
            return embedded;
        }

        @Override
        public void close() {
            embedded.close();
            if (security != null) {
                security.close();
            }
            time.close();
        }
    }

    private Ours(FarJvm far, Runtime near, Target target) {
        this.far = far;
        this.near = near;
        this.target = target;
    }

    static Ours connect(Secrets secrets, boolean tls) throws IOException {
        return connect(secrets, tls, UnaryOperator.identity());
    }

    private static Ours connect(Secrets secrets, boolean tls, UnaryOperator<Transport> around) throws IOException {
        FarJvm far = FarJvm.start(secrets, Stack.ACTIUM, tls);
        Runtime near = Runtime.start("near", tls, around);
        EmbeddedRuntime.Invitation invitation = near.embedded().invite();
        far.write(invitation.endpoint().toString());
        far.write(invitation.token().text());
        String joined = far.read();
        RuntimeAddress address = near.embedded().links().all().stream()
                .map(link -> link.peer())
                .filter(peer -> peer.id().toString().equals(joined))
                .findAny()
                .orElseThrow();
        Target target = near.embedded()
                .objects()
                .newActive(Target.class)
                .on(near.embedded().nodeAt(address, NODE))
                .start();
        return new Ours(far, near, target);
    }

    static AutoCloseable serve(boolean tls, BufferedReader near) throws IOException {
        Runtime runtime = Runtime.start("far", tls);
        runtime.embedded().runtime().createNode(NODE, Optional.empty());
        Endpoint parent = Endpoint.parse(near.readLine());
        runtime.embedded().join(new EmbeddedRuntime.Invitation(parent, JoinToken.parse(near.readLine())));
        System.out.println(runtime.embedded().runtime().id());
        return runtime;
    }

    @Override
    public Set<Workload> workloads() {
        return EnumSet.allOf(Workload.class);
    }

    @Override
    public void run(Workload workload, int calls) {
        switch (workload) {
            case CALL -> {
                for (int i = 0; i < calls; i++) {
                    target.take(i, Workload.TEXT);
                }
            }
            case ONE_WAY -> {
                for (int i = 0; i < calls; i++) {
                    target.take(small);
                }
                target.take(0, "");
            }
            case OUTSTANDING -> {
                Answer[] answers = new Answer[Workload.AT_ONCE];
                for (int i = 0; i < calls; i += Workload.AT_ONCE) {
                    Arrays.setAll(answers, number -> target.answer(number, Workload.TEXT));
                    await(answers);
                }
            }
            case LARGE -> {
                Answer[] answers = new Answer[Workload.STREAMED];
                for (int i = 0; i < calls; i++) {
                    if (i >= answers.length) {
                        answers[i % answers.length].value();
                    }
                    answers[i % answers.length] = target.takeAndAnswer(large);
                }
                await(Arrays.copyOf(answers, Math.min(calls, answers.length)));
            }
        }
    }

    private static void await(Answer[] answers) {
        for (Answer answer : answers) {
            answer.value();
        }
    }

    /** Bytes that a call takes, once the connection is warm: there, and back. */
    static Traffic bytesOfACall(Secrets secrets) throws Exception {
        CountingTransport counting = new CountingTransport();
        try (Ours ours = connect(secrets, false, counting::over)) {
            ours.run(Workload.CALL, COUNTED);
            Traffic before = counting.traffic();
            ours.run(Workload.CALL, COUNTED);
            Traffic after = counting.traffic();
            return new Traffic(
                    Math.ceilDiv(after.sent() - before.sent(), COUNTED),
                    Math.ceilDiv(after.received() - before.received(), COUNTED));
        }
    }

    @Override
    public void close() {
        near.close();
        far.close();
    }
}
