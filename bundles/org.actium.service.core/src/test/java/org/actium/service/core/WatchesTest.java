package org.actium.service.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.LocalRuntime;
import org.actium.service.api.NodeWatcher;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class WatchesTest {

    private static final int ROUNDS = 20_000;

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final Node node = new LocalRuntime("here", new Random(1)).createNode("one", Optional.empty());
    private final Watches watches = new Watches(PresentObjects.NONE);

    @Test
    public void whoComesWhileTheLastOtherGoesHearsOfWhatBegins() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        AtomicInteger heard = new AtomicInteger();
        List<Registration> others = new ArrayList<>();
        others.add(watches.add(node, new NodeWatcher() {}));
        Thread closing = Thread.ofPlatform().start(() -> {
            for (int round = 0; round < ROUNDS; round++) {
                meet(together);
                others.getFirst().close();
                meet(together);
            }
        });
        for (int round = 0; round < ROUNDS; round++) {
            meet(together);
            Registration coming = watches.add(node, new NodeWatcher() {
                @Override
                public void began(BodyId object, Class<?> type) {
                    heard.incrementAndGet();
                }
            });
            meet(together); // now the other has gone, and who closes next waits
            watches.began(node, new BodyId(new RuntimeId(1, 1), round), Object.class);
            others.set(0, coming);
        }
        closing.join();

        assertThat(heard).hasValue(ROUNDS);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }
}
