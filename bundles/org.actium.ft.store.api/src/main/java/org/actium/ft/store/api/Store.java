package org.actium.ft.store.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What survives the hosts. Changed by batches only, each of which is <em>atomic</em>: all of it is there or nothing,
 * whatever fails in the middle; <em>durable</em>: once its commit has completed, it is there after power has failed; and
 * <em>fenced</em>: it is refused as a whole if what its author believes to be current is not.
 *
 * <p>Whoever reads sees batches that will stay, each whole, and all whose commits completed before.
 *
 * <p>Threading: for any threads at once. Batches take effect in the order in which they are handed in. Reading blocks
 * for as long as the storage takes; {@link #commit} does not.
 *
 * <p>Implementations pass {@code StoreContract} of {@code org.actium.testkit}.
 */
@ConsumerType
public interface Store extends AutoCloseable {

    /**
     * Carries out all of the batch, or nothing. Several batches may become durable together; the fate of one is not that
     * of another.
     *
     * @return completes when the batch is durable, on a thread of the store, which must not be held up. Fails with
     *     {@link RefusedException} if a fence or a change was refused, and with {@link StoreException} if the storage
     *     failed: then the batch may still be found when the store is opened again, unless a later commit completes
     *     before; read what is there, and try again
     */
    CompletionStage<Void> commit(Batch batch);

    /** @throws StoreException by this and all others that read: the storage failed or the store is closed */
    Optional<ObjectRecord> object(String id);

    /** All objects, by their ids. */
    List<ObjectRecord> objects();

    /** The objects that roll back together, by their ids. */
    List<ObjectRecord> objects(String domain);

    Optional<DomainRecord> domain(String id);

    Optional<Lease> lease(String resource);

    /** Of all resources, by their names. */
    List<Lease> leases();

    /** The numbers of the checkpoints of an object, ascending. */
    List<Long> checkpoints(String object);

    Optional<Checkpoint> checkpoint(String object, long number);

    /** @param hash see {@link Blob#sha256} */
    Optional<Blob> chunk(String hash);

    /** The entries from that number on, ascending. */
    List<LogEntry> log(Log log, String domain, long from);

    /** How much the log has of that domain; cheaper than reading it where the storage can count. */
    default LogSize logSize(Log log, String domain) {
        List<LogEntry> entries = log(log, domain, 0);
        return new LogSize(
                entries.size(),
                entries.stream()
                        .mapToLong(entry -> entry.content().bytes().length)
                        .sum());
    }

    /** Blocks until what was handed in before has been carried out or has failed; what comes later fails. */
    @Override
    void close();
}
