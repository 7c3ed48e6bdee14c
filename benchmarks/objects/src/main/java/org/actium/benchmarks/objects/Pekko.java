package org.actium.benchmarks.objects;

import com.typesafe.config.ConfigFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.util.Timeout;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;

/** A system of classic actors with its default configuration, except that it says nothing while it starts and ends. */
final class Pekko implements AutoCloseable {

    static final Timeout PATIENCE = new Timeout(Duration.create(60, TimeUnit.SECONDS));

    private final ActorSystem system = ActorSystem.create(
            "benchmark", ConfigFactory.parseString("pekko.loglevel=ERROR").withFallback(ConfigFactory.load()));

    ActorRef actorOf(Props props) {
        return system.actorOf(props);
    }

    void end(ActorRef actor) {
        system.stop(actor);
    }

    @Override
    public void close() throws TimeoutException, InterruptedException {
        system.terminate();
        Await.result(system.whenTerminated(), Duration.create(1, TimeUnit.MINUTES));
    }
}
