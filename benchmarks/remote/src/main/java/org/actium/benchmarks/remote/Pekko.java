package org.actium.benchmarks.remote;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;

/**
 * Classic actors over Artery TCP with its defaults. Messages are values for which Pekko has serializers by hand; what has
 * two arguments with us is a text here. A system that tells without end loses messages, so that two bursts at most are
 * under way.
 */
final class Pekko implements Near {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int BURST = 1000;

    private final FarJvm far;
    private final ActorSystem system;
    private final ActorRef target;
    private final byte[] small = new byte[Workload.SMALL];

    private static final class TargetActor extends AbstractActor {
        private long bytes;

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(byte[].class, content -> bytes += content.length)
                    .match(String.class, text -> getSender().tell(text.length(), getSelf()))
                    .match(Integer.class, number -> getSender().tell(number, getSelf()))
                    .build();
        }
    }

    private Pekko(FarJvm far, ActorSystem system, ActorRef target) {
        this.far = far;
        this.system = system;
        this.target = target;
    }

    static Pekko connect(Secrets secrets, boolean tls) throws Exception {
        FarJvm far = FarJvm.start(secrets, Stack.PEKKO, tls);
        ActorSystem system = ActorSystem.create("near", settings(secrets, tls));
        ActorRef target = system.actorSelection(far.read())
                .resolveOne(PATIENCE)
                .toCompletableFuture()
                .get();
        return new Pekko(far, system, target);
    }

    static AutoCloseable serve(Secrets secrets, boolean tls) {
        ActorSystem system = ActorSystem.create("far", settings(secrets, tls));
        ActorRef target = system.actorOf(Props.create(TargetActor.class, TargetActor::new), "target");
        System.out.println(target.path()
                .toSerializationFormatWithAddress(
                        ((ExtendedActorSystem) system).provider().getDefaultAddress()));
        return () -> end(system);
    }

    /** @throws CompletionException if it does not end in time */
    private static void end(ActorSystem system) {
        system.terminate();
        system.getWhenTerminated()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static Config settings(Secrets secrets, boolean tls) {
        String settings = """
                pekko.loglevel = ERROR
                pekko.stdout-loglevel = ERROR
                pekko.actor.provider = remote
                pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                pekko.remote.artery.transport = %s
                pekko.remote.artery.ssl.config-ssl-engine {
                  key-store = "%s"
                  trust-store = "%s"
                  key-store-password = "%s"
                  key-password = "%s"
                  trust-store-password = "%s"
                  protocol = "TLSv1.3"
                  enabled-algorithms = [TLS_AES_128_GCM_SHA256]
                  require-mutual-authentication = on
                }
                """.formatted(
                        tls ? "tls-tcp" : "tcp",
                        secrets.store(),
                        secrets.store(),
                        secrets.password(),
                        secrets.password(),
                        secrets.password());
        return ConfigFactory.parseString(settings).withFallback(ConfigFactory.load());
    }

    @Override
    public Set<Workload> workloads() {
        return EnumSet.of(Workload.CALL, Workload.ONE_WAY, Workload.OUTSTANDING);
    }

    @Override
    public void run(Workload workload, int calls) throws Exception {
        switch (workload) {
            case CALL -> {
                for (int i = 0; i < calls; i++) {
                    get(ask(Workload.TEXT));
                }
            }
            case ONE_WAY -> tell(calls);
            case OUTSTANDING -> askAtOnce(calls);
            case LARGE -> throw new UnsupportedOperationException("its frames are shorter");
        }
    }

    private void tell(int calls) throws Exception {
        CompletionStage<Object> before = null;
        for (int left = calls; left > 0; left -= BURST) {
            for (int i = Math.min(left, BURST); i > 0; i--) {
                target.tell(small, ActorRef.noSender());
            }
            CompletionStage<Object> arrived = ask(left);
            if (before != null) {
                get(before);
            }
            before = arrived;
        }
        get(before);
    }

    private void askAtOnce(int calls) throws Exception {
        List<CompletionStage<Object>> answers = new ArrayList<>(Workload.AT_ONCE);
        for (int i = 0; i < calls; i += Workload.AT_ONCE) {
            for (int j = 0; j < Workload.AT_ONCE; j++) {
                answers.add(ask(Workload.TEXT));
            }
            for (CompletionStage<Object> answer : answers) {
                get(answer);
            }
            answers.clear();
        }
    }

    private CompletionStage<Object> ask(Object question) {
        return Patterns.ask(target, question, PATIENCE);
    }

    private static Object get(CompletionStage<Object> answer) throws InterruptedException, ExecutionException {
        return answer.toCompletableFuture().get();
    }

    @Override
    public void close() {
        try {
            end(system);
        } finally {
            far.close();
        }
    }
}
