package org.actium.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.actium.naming.api.UnknownNameException;
import org.actium.object.api.BodyId;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.spi.BirthGuard;
import org.actium.object.spi.ObjectHandles;
import org.actium.object.spi.ObjectListener;
import org.actium.object.spi.ObjectRef;
import org.actium.remote.api.UnreachableException;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.LocalRuntime;
import org.actium.runtime.spi.NodeHandles;
import org.actium.runtime.spi.NodeRef;
import org.junit.Test;

public class NameTableTest {

    private final LocalRuntime runtime = new LocalRuntime("here", new SplittableRandom(1));
    private final RuntimeAddress self = new RuntimeAddress(runtime.id(), "here", List.of());
    private final RuntimeAddress silent = new RuntimeAddress(new RuntimeId(7, 7), "silent", List.of());
    private final KnownObjects objects = new KnownObjects();
    private final NameTable names = new NameTable(runtime, self, new NoNodes(), objects, address -> {
        throw new UnreachableException("nobody answers at " + address.name());
    });

    /** Objects of this runtime: those said to live. */
    private final class KnownObjects implements ObjectHandles {
        private final Set<BodyId> living = new HashSet<>();
        private Optional<BodyId> endsOnceSeen = Optional.empty();

        @Override
        public Optional<LocalObject> here(BodyId id) {
            if (!living.contains(id)) {
                return Optional.empty();
            }
            if (endsOnceSeen.filter(id::equals).isPresent()) {
                living.remove(id);
                names.ended(id);
            }
            return Optional.of(new LocalObject(ref(id), String.class));
        }

        private ObjectRef ref(BodyId id) {
            return new ObjectRef(id, self, "object-" + id.number());
        }

        @Override
        public ObjectRef ref(Object stub) {
            throw new UnsupportedOperationException("there are no stubs");
        }

        @Override
        public <T> T stub(Class<T> type, ObjectRef ref) {
            throw new UnsupportedOperationException("there are no stubs");
        }

        @Override
        public Registration listen(ObjectListener listener) {
            throw new UnsupportedOperationException("nobody is to listen");
        }

        @Override
        public Registration guard(BirthGuard guard) {
            throw new UnsupportedOperationException("nobody is to guard");
        }
    }

    private static final class NoNodes implements NodeHandles {
        @Override
        public NodeRef ref(Node node) {
            throw new UnsupportedOperationException("there are no nodes");
        }

        @Override
        public Node node(NodeRef ref) {
            throw new UnsupportedOperationException("there are no nodes");
        }
    }

    private ObjectRef living(long number) {
        BodyId id = new BodyId(runtime.id(), number);
        objects.living.add(id);
        return objects.ref(id);
    }

    private ObjectRef outOfReach() {
        return new ObjectRef(new BodyId(silent.id(), 1), silent, "far-1");
    }

    @Test
    public void whoHasANameKeepsItIfTheOneThatIsToReplaceItHasEnded() {
        ObjectRef holder = living(1);
        ObjectRef ended = objects.ref(new BodyId(runtime.id(), 2));
        names.register("svc", holder, false);

        assertThatThrownBy(() -> names.register("svc", ended, true))
                .isInstanceOf(BodyTerminatedException.class)
                .hasMessageContaining("object-2 has ended and cannot be registered as 'svc'");

        assertThat(names.find("svc").object()).isEqualTo(holder);
        names.ended(holder.id());
        assertThat(names.list()).as("when it has ended too").isEmpty();
    }

    @Test
    public void whoHadANameGetsItBackIfTheOneThatReplacesItEndsMeanwhile() {
        ObjectRef holder = living(1);
        ObjectRef brief = living(2);
        names.register("svc", holder, false);
        objects.endsOnceSeen = Optional.of(brief.id());

        assertThatThrownBy(() -> names.register("svc", brief, true)).isInstanceOf(BodyTerminatedException.class);

        assertThat(names.find("svc").object()).isEqualTo(holder);
        names.ended(holder.id());
        assertThatThrownBy(() -> names.find("svc"))
                .as("when it has ended too")
                .isInstanceOf(UnknownNameException.class);
    }

    @Test
    public void anObjectThatIsOutOfReachGetsNoNameAndTakesNone() {
        ObjectRef holder = living(1);
        names.register("svc", holder, false);

        assertThatThrownBy(() -> names.register("svc", outOfReach(), true)).isInstanceOf(UnreachableException.class);
        assertThatThrownBy(() -> names.register("other", outOfReach(), false)).isInstanceOf(UnreachableException.class);

        assertThat(names.find("svc").object()).isEqualTo(holder);
        assertThatThrownBy(() -> names.find("other")).isInstanceOf(UnknownNameException.class);
    }
}
