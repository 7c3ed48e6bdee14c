package org.actium.ft.store.api;

/** Nothing of a batch was done, because somebody else was faster, or has taken over: do not try it unchanged. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public RefusedException(String message) {
        super(message);
    }

    /** @param found an incarnation, an epoch or a term; 0: there is none */
    public static RefusedException by(Fence fence, long found) {
        return new RefusedException(named(fence.kind(), fence.id()) + " is at " + found + ", not at " + fence.current()
                + " as the author of the batch believes: it has been taken over, and must not write any more");
    }

    public static RefusedException goesBack(Fence.Kind kind, String id, long from, long to) {
        return new RefusedException(named(kind, id) + " is at " + from + " and must not go back to " + to);
    }

    public static RefusedException chunkMissing(Checkpoint checkpoint, String hash) {
        return new RefusedException("checkpoint " + checkpoint.number() + " of object '" + checkpoint.object()
                + "' names the chunk " + hash + ", which is not there: put it into the same batch");
    }

    public static RefusedException notAfter(LogEntry entry, long last) {
        return new RefusedException("entry " + entry.number() + " of log " + entry.log() + " of domain '"
                + entry.domain() + "' is not after the last one, " + last);
    }

    private static String named(Fence.Kind kind, String id) {
        return switch (kind) {
            case OBJECT -> "the incarnation of object '" + id + "'";
            case DOMAIN -> "the epoch of domain '" + id + "'";
            case RESOURCE -> "the term of resource '" + id + "'";
        };
    }
}
