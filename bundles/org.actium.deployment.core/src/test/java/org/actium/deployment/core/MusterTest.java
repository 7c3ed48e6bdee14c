package org.actium.deployment.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.actium.deployment.core.Readiness.Verdict;
import org.actium.deployment.model.VirtualNodeDefinition;
import org.actium.runtime.api.Node;
import org.actium.runtime.core.LocalRuntime;
import org.junit.Test;

public class MusterTest {

    private final LocalRuntime runtime = new LocalRuntime("here", new Random(1));
    private final VirtualNodeDefinition definition = new TestDescriptor()
            .launched("Jvm1", 1, 1)
            .virtualNode("vn1")
            .on("Jvm1")
            .build()
            .virtualNodes()
            .get("vn1");
    private final Muster muster = new Muster(
            new Target(definition, List.of("Jvm1"), new Readiness(2, false, OptionalInt.empty()), List.of()));
    private final Node a = runtime.createNode("a", Optional.empty());
    private final Node b = runtime.createNode("b", Optional.empty());
    private final Node c = runtime.createNode("c", Optional.empty());

    @Test
    public void ordersNodesBySourceRuntimeAndPosition() {
        muster.attach(new Place(1, 0, 0), c);
        muster.attach(new Place(0, 1, 0), b);
        muster.attach(new Place(0, 0, 1), a);

        assertThat(muster.nodes()).containsExactly(a, b, c);
    }

    @Test
    public void decidesOnceAndNotBeforeItIsActivated() {
        assertThat(muster.judge(2)).as("nobody waits yet").isEmpty();
        muster.activate(0);
        muster.attach(new Place(0, 0, 0), a);
        assertThat(muster.judge(0)).isEmpty();
        muster.attach(new Place(0, 1, 0), b);
        assertThat(muster.judge(0)).contains(Verdict.READY);

        muster.detach(0, 0);
        assertThat(muster.judge(1)).as("no news").isEmpty();
        assertThat(muster.verdict()).isEqualTo(Verdict.READY);
        assertThat(muster.nodes()).containsExactly(b);
    }

    @Test
    public void givesNodesInTurnAlsoAfterOneIsGone() {
        muster.attach(new Place(0, 0, 0), a);
        muster.attach(new Place(0, 1, 0), b);
        muster.attach(new Place(0, 2, 0), c);
        assertThat(muster.next()).contains(a);
        assertThat(muster.next()).contains(b);

        muster.detach(0, 2);

        assertThat(muster.next()).contains(a);
        assertThat(muster.next()).contains(b);
    }

    @Test
    public void givesNoneWhereNoneIs() {
        assertThat(muster.next()).isEmpty();
    }
}
