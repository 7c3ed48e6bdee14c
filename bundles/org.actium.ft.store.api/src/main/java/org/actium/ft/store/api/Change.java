package org.actium.ft.store.api;

import java.io.Serializable;
import java.util.Objects;

/** One step of a {@link Batch}. What is said to be refused refuses the whole batch. */
public sealed interface Change extends Serializable {

    /** Replaces what is known of the object. Refused if its incarnation would go back. */
    record PutObject(ObjectRecord object) implements Change {
        public PutObject {
            Objects.requireNonNull(object, "object");
        }
    }

    /** Forgets the object and its checkpoints; a fence takes its incarnation for 0 from then on. */
    record RemoveObject(String id) implements Change {
        public RemoveObject {
            Objects.requireNonNull(id, "id");
        }
    }

    /** Replaces what is known of the domain. Refused if its epoch would go back. */
    record PutDomain(DomainRecord domain) implements Change {
        public PutDomain {
            Objects.requireNonNull(domain, "domain");
        }
    }

    /** Forgets the domain and its logs, and none of its objects. */
    record RemoveDomain(String id) implements Change {
        public RemoveDomain {
            Objects.requireNonNull(id, "id");
        }
    }

    /** Replaces the lease of a resource. Refused if its term would go back. */
    record PutLease(Lease lease) implements Change {
        public PutLease {
            Objects.requireNonNull(lease, "lease");
        }
    }

    /** Keeps the bytes under their hash; does nothing if they are there. */
    record PutChunk(Blob bytes) implements Change {
        public PutChunk {
            Objects.requireNonNull(bytes, "bytes");
        }
    }

    /** Replaces the checkpoint of that number if there is one. Refused if a chunk that it names is missing. */
    record PutCheckpoint(Checkpoint checkpoint) implements Change {
        public PutCheckpoint {
            Objects.requireNonNull(checkpoint, "checkpoint");
        }
    }

    /** Drops the checkpoints of the object with smaller numbers. */
    record DropCheckpoints(String object, long below) implements Change {
        public DropCheckpoints {
            Objects.requireNonNull(object, "object");
        }
    }

    /** Drops the chunks that no checkpoint names. */
    record DropUnusedChunks() implements Change {}

    /** Refused if the number is not greater than all others in that log. */
    record Append(LogEntry entry) implements Change {
        public Append {
            Objects.requireNonNull(entry, "entry");
        }
    }

    /** Drops the entries of the log with smaller numbers. */
    record TrimLog(Log log, String domain, long below) implements Change {
        public TrimLog {
            Objects.requireNonNull(log, "log");
            Objects.requireNonNull(domain, "domain");
        }
    }
}
