package org.actium.service.api;

import java.io.Serializable;
import java.util.List;

/** What becomes of several technical services on one node. */
public sealed interface Combination extends Serializable {

    /**
     * They go together.
     *
     * @param services in the order in which they are applied; where no rule says otherwise, in the order given
     */
    record Ordered(List<ServiceUse> services) implements Combination {
        public Ordered {
            services = List.copyOf(services);
        }
    }

    /**
     * They do not.
     *
     * @param conflicts everything that stands in the way; of circles of orders a shortest one
     */
    record Refused(List<Conflict> conflicts) implements Combination {
        public Refused {
            conflicts = List.copyOf(conflicts);
            if (conflicts.isEmpty()) {
                throw new IllegalArgumentException("conflicts: there are none, so why refuse?");
            }
        }
    }

    /**
     * Services that do not go together, while those that are left without any one of them do; or one service that lacks
     * another.
     *
     * @param services those in conflict
     * @param rule what is in the way, as a sentence that names them all
     */
    record Conflict(List<ServiceUse> services, String rule) implements Serializable {
        public Conflict {
            services = List.copyOf(services);
        }
    }
}
